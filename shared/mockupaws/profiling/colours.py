r"""Terminals' colours in log lines: control sequences (ECMA-48, section 5.4), of programs that don't ask who reads.

Some are escaped on their way: `\u001b[32m` in JSON, `\x1b[32m` by nginx, `#033[32m` by rsyslog and syslog-ng.
"""

import re

COLOUR = r"(?:\x1b|#033|(?<!\\)\\++(?:u001[Bb]|x1[Bb]|033|e))\[[0-9:;?]{0,32}[A-Za-z]"
"""A pattern of one. It is linear: the run of backslashes starts only where it does, the rest is short."""

TRIGGER = rb"\x1b\[|(?:#033|\\(?:u001[Bb]|x1[Bb]|033|e))\["
"""An RE2 pattern on UTF-8 bytes that holds wherever there is one."""

_COLOUR = re.compile(COLOUR)


def uncoloured(text: str) -> str:
    """The text as a terminal shows it, without its colours."""
    return _COLOUR.sub("", text)
