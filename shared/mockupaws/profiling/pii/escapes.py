r"""How a text reads with its escapes undone: JSON's and programs' backslashes, nginx's `\x22`, URLs' percent signs.

So are control characters of rsyslog and syslog-ng (`#011` is a tab), and the tabs that `cat -A` shows (`^I`).
What a typesetter puts into numbers, spaces and hyphens that don't break, is read as what a keyboard has for it; a
terminal's colour as the one character that begins it, which parts what it stands between.
"""

import re
from collections.abc import Iterable

from shared.mockupaws.profiling import colours

TRIGGER = (
    colours.TRIGGER + rb"|\\(?:[bfnrt/]|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})"
    rb"|%[0-9A-Fa-f]{2}|#0[0-3][0-7]|\^I"
    rb"|\xc2\xa0|\xe2\x80[\x87\x89\x90\x91\xaf]"
)
"""An RE2 pattern on UTF-8 bytes that holds wherever there is an escape."""

_ESCAPE = re.compile(
    colours.COLOUR + r"|"
    # JSON in JSON doubles backslashes at each level: a run of them counts as one. It starts only where the run does, so
    # that many are no slower than few.
    r"(?<!\\)\\++"
    r"(?:([bfnrt/])|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2}))"
    # No escape is what a value would begin with, in a path: CORP\x12@example.com, C:\Users\rssmra85t10a562s
    r"(?!@|(?<=[bfnrt])[A-Za-z]{5}\d\d[A-Za-z]\d\d[A-Za-z]\d{3}[A-Za-z]\b)"
    # In octal; but so begin numbers in groups, too (SSN #012-34-5678), and #012@example.com.
    r"|#(0[0-3][0-7])(?!@|[.-]\d)"
    # A tab, where a value begins right behind it: ^IT60… is an account.
    r"|\^(I)(?=[+(]?\d|[A-Za-z]{2}\d\d|[A-Za-z]{6}[\dL-NP-Vl-np-v]{2}|A[KS]IA[A-Z2-7]|eyJ)"
    # No one escapes letters and digits, and what looks like one may be none: LIKE '%4111…%', LIKE '%202-555-…%', or a
    # magnetic stripe, %B4111…^DOE/JOHN^…. A URL in a URL has its percent signs escaped: %2540
    r"|%(?:25){0,3}(?!B[\d ]{12,22}(?:\^|%(?:25){0,3}5[Ee]))"
    r"""(0[9ADad]|[23][A-Fa-f]|(?<!['"]%)(?:2\d|40)|5[B-Fb-f]|7[B-Eb-e]|[89A-Fa-f][0-9A-Fa-f])"""
    r"|([\u00a0\u2007\u2009\u202f\u2010\u2011])"
)
_TYPESET = dict.fromkeys("\u00a0\u2007\u2009\u202f", " ") | dict.fromkeys("\u2010\u2011", "-")
_CHARACTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "I": "\t", "/": "/"} | _TYPESET
# A byte past ASCII is a part of a character: one letter for each, so that an escape stands for one character always.
_BYTES = {f"{code:02x}": chr(code) if code < 0x80 else "é" for code in range(256)}  # noqa: PLR2004


def _character(match: re.Match[str]) -> str:
    if match.lastindex is None:
        return "\x1b"
    escaped = match[match.lastindex]
    if len(escaped) == 1:
        return _CHARACTERS[escaped]
    if len(escaped) == 2:  # noqa: PLR2004
        return _BYTES[escaped.lower()]
    if len(escaped) == 3:  # noqa: PLR2004
        return chr(int(escaped, 8))
    code = int(escaped, 16)
    if 0xD800 <= code < 0xE000:  # noqa: PLR2004  half of a pair
        return "\N{REPLACEMENT CHARACTER}"
    char = chr(code)
    return _TYPESET.get(char, char)


def undone(text: str) -> str:
    """The text with one character for each escape."""
    return _ESCAPE.sub(_character, text)


def places(text: str, positions: Iterable[int]) -> list[int]:
    """Where in a text the characters of `undone(text)` are.

    Args:
        text: with its escapes.
        positions: in `undone(text)`, in order.
    """
    found: list[int] = []
    upcoming = iter(positions)
    position = next(upcoming, None)
    ahead = 0  # of the other is the text by so many characters, behind the escapes so far
    for escape in _ESCAPE.finditer(text):
        start, end = escape.span()
        while position is not None and position <= start - ahead:
            found.append(position + ahead)
            position = next(upcoming, None)
        if position is None:
            break
        ahead += end - start - 1
    if position is not None:
        found.append(position + ahead)
        found += [each + ahead for each in upcoming]
    return found
