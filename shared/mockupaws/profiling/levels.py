"""The severity of a log line, as its sender wrote it.

An HTTP access log says no level, and a status is none: such lines are `unknown`, so that dropping a level from a
pipeline never drops what nobody labelled.
"""

import re
from typing import cast

from shared.mockupaws.contracts.traffic import Level
from shared.mockupaws.profiling.colours import uncoloured

_SPELLINGS: dict[Level, str] = {
    "trace": "trace trce trc verbose vrb finest finer all",
    "debug": "debug dbug dbg fine config debug1 debug2 debug3 debug4 debug5",
    "info": "info information informational inf notice note log ok success",
    "warn": "warn warning wrn",
    "error": "error err severe fail failure",
    "fatal": "fatal ftl critical crit alert emerg emergency panic dpanic",
}
_NAMES: dict[str, Level] = {name: level for level, names in _SPELLINGS.items() for name in names.split()}
_LETTERS: dict[str, Level] = {
    "T": "trace", "V": "trace", "D": "debug", "I": "info", "N": "info", "W": "warn", "E": "error", "F": "fatal",
    "C": "fatal",
}  # fmt: skip
_SYSLOG: tuple[Level, ...] = ("fatal", "fatal", "fatal", "error", "warn", "info", "info", "debug")
_ORDER: tuple[Level, ...] = ("trace", "debug", "info", "warn", "error", "fatal")

HEAD = 16_384
"""Characters from the start in which a line's level is looked for."""
# The same where the line isn't JSON.
_TEXT_HEAD = 512


def _of_number(number: int) -> Level:
    if 0 <= number < 8:  # noqa: PLR2004  syslog's severities, RFC 5424
        return _SYSLOG[number]
    if 10 <= number < 70:  # noqa: PLR2004  pino's and bunyan's 10 to 60, Python's 10 to 50
        return _ORDER[number // 10 - 1]
    return "unknown"


def of_otlp_severity(number: int) -> Level:
    """The level of an OpenTelemetry SeverityNumber: 1 to 24, four to each level; 0 is unspecified."""
    return _ORDER[(number - 1) // 4] if 1 <= number <= 24 else "unknown"  # noqa: PLR2004


def normalize_level(value: str | float | None) -> Level:
    """One of our levels for what a sender calls it: a name in any case, a letter, syslog's or pino's number."""
    if value is None or isinstance(value, bool):
        return "unknown"
    if isinstance(value, str):
        name = (uncoloured(value) if "[" in value else value).strip().lower()
        level = _NAMES.get(name)
        if level is not None:
            return level
        if len(name) == 1 and name.isalpha():
            return _LETTERS.get(name.upper(), "unknown")
        if not name.isascii() or not name.isdigit() or len(name) > 3:  # noqa: PLR2004
            return "unknown"
        value = int(name)
    try:
        return _of_number(int(value))
    except (OverflowError, ValueError):  # infinity, NaN
        return "unknown"


_JSON = re.compile(
    r'"(?:@?l(?:evel|vl)|log[._]?level|levelname|level_name|severity|severityText|severity_text|SeverityText|Level'
    r'|LEVEL|@l|PRIORITY)"\s*:\s*(?:"(?P<name>[^"\\]{1,16})"|(?P<number>\d{1,3})\b)'
)


def _words(upper: str, label: str, any_case: str) -> tuple[str, str]:
    """A level's words as a pattern for Python and one for RE2, which knows no look-ahead."""
    common = (
        rf"(?i:\b(?:level|lvl|severity)=\"?(?:{any_case})\b)"  # logfmt: level=info, lvl="warn"
        rf"|\b(?:{label}): "  # sshd, winston and .NET begin the text with it: error: ..., warn: ...
        rf"|\[(?:\w+:)?(?i:{any_case})\]"  # Apache, nginx, MySQL: [error], [core:notice], [Warning]
    )
    return rf"\b(?:{upper})(?![\w.=/-])|{common}", rf"\b(?:{upper})(?:$|[^\w.=/-])|{common}"


_PATTERNS: dict[Level, tuple[str, str]] = {
    "trace": _words("TRACE|FINE(?:R|ST)", "trace|trce", "trace|trc|verbose|vrb"),
    "debug": _words("DEBUG|FINE", "debug[1-5]?|dbug", "debug|dbg"),
    "info": _words("INFO|NOTICE", "info|notice|LOG", "info|information|inf|notice|note"),
    "warn": _words("WARN(?:ING)?", "warn|warning", "warn(?:ing)?|wrn"),
    "error": _words("ERROR|ERR|SEVERE", "error|fail", "error|err|severe"),
    "fatal": _words(
        "FATAL|CRIT(?:ICAL)?|ALERT|EMERG(?:ENCY)?|PANIC", "crit|critical|fatal|panic",
        "fatal|ftl|crit(?:ical)?|alert|emerg(?:ency)?|panic",
    ),
}  # fmt: skip
WORDS: dict[Level, bytes] = {level: words.encode() for level, (_, words) in _PATTERNS.items()}
"""For each level an RE2 pattern of the words that say it, to know which of them stand in a text at all."""

_FIRST_WORD = re.compile("(?a)" + "|".join(f"(?P<{level}>{words})" for level, (words, _) in _PATTERNS.items()))
_LEADING = re.compile(
    r"<(?P<pri>\d{1,3})>"
    r"|(?P<glog>[IWEF])\d{4} \d\d:\d\d:\d\d"
    r"|\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} +\d+ +\d+ (?P<logcat>[VDIWEF]) "
)


def level_of(text: str, words: tuple[Level, ...]) -> Level:
    """The level that a text says itself, `unknown` where it says none.

    In this order: a JSON field (`level`, `severity`, ...), syslog's `<PRI>`, the letter of glog and logcat, then the
    first of a word in capitals, `level=...`, `[error]` or `error: ` within the first 512 characters.

    Args:
        text: a message.
        words: the levels of which a word stands in it (`signals`).
    """
    first = text[:1]
    if first == "{":
        if match := _JSON.search(text, 0, HEAD):
            level = normalize_level(match["name"] or match["number"])
            if level != "unknown":
                return level
    elif (first.isdigit() or first in "<IWEF") and (match := _LEADING.match(text)):
        return _SYSLOG[int(match["pri"]) & 7] if match["pri"] else _LETTERS[match["glog"] or match["logcat"]]
    if not words:
        return "unknown"
    if len(words) == 1 and len(text) <= _TEXT_HEAD:
        return words[0]
    match = _FIRST_WORD.search(text, 0, _TEXT_HEAD)
    return cast("Level", match.lastgroup) if match else "unknown"
