"""Cells that a spreadsheet shows and doesn't run.

Quotes are no help: where a list is separated by `;` (Excel in Italian, German or French), by tabs or by `|`, as the
reader or their locale says, a cell of ours goes on until there, quotes within it are letters, and what follows is a
cell of its own. So a formula is looked for at the beginning of a text and behind whatever may part it, the end of a
line included; space, what isn't seen, and quotes may stand before it.

As little as can be is changed. `=` and `@` make a formula of anything. What goes on with `-` or `+` is left alone in a
text that couldn't do more than add numbers up: to call, to ask another program or to read another file takes a `(`,
`|`, `!` or `#`. So "retry 3, -1 left" stays as it is, and in "retry 3, -1 left (timeout)" is an apostrophe before -1.

Python and PostgreSQL read these patterns alike. They don't agree on what white space is, so each character is named.
"""

import re

_UNSEEN = (
    r"\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
)

RUNS = rf"^[{_UNSEEN}]*[-=+@|%\uff1d\uff0b\uff0d\uff20]"
"""What makes a formula of a text, or once did (DDE's `|`, and full-width forms that some locales read alike)."""

CALLS = r"[(|!#\uff08\uff5c\uff01\uff03]"
"""What it takes to do more than sums."""

_PARTS = rf'([;|,\u0009-\u000d\u0085\u2028\u2029][{_UNSEEN}"]*)([%s])'
_MAKES, _SIGNS = r"=@\uff1d\uff20", r"+\uff0b\uff0d-"

PARTS = _PARTS % _MAKES
"""What may part a text, and what behind it makes a formula of the rest."""

PARTS_OF_CALLS = _PARTS % (_MAKES + _SIGNS)
"""The same in a text with CALLS in it."""

PARTED = r"\1'\2"
"""What becomes of that: an apostrophe is between them."""

_RUNS, _CALLS, _EITHER = re.compile(RUNS), re.compile(CALLS), (re.compile(PARTS), re.compile(PARTS_OF_CALLS))


def safe(text: str) -> str:
    """Somebody's text as a cell: before what a spreadsheet would run is an apostrophe, which makes it text."""
    parted = _EITHER[_CALLS.search(text) is not None].sub(PARTED, text)
    return f"'{parted}" if _RUNS.match(text) else parted
