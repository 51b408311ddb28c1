"""Cells that a spreadsheet shows and doesn't run."""

import re

RUNS = r"^\s*[-=+@|%\uff1d\uff0b\uff0d\uff20]"
"""What makes a formula, or once did (DDE's `|`, and full-width forms that some locales read alike), also behind white
space. Python and PostgreSQL read this pattern alike."""

_RUNS = re.compile(RUNS)


def safe(text: str) -> str:
    """Somebody's text as a cell: what a spreadsheet would run begins with an apostrophe, which makes it text."""
    return f"'{text}" if _RUNS.match(text) else text
