"""Addresses of machines, which may be personal data: a kind of their own, masked only where that is asked for."""

import re
import socket

from shared.mockupaws.profiling.pii.kind import Kind, Span, keep_last, whole_if

_OCTET = r"(?:25[0-5]|2[0-4]\d|[01]?\d?\d)"
# Not in a longer number, name or version; and a browser's version has four numbers too: Chrome/120.0.0.0
_BEFORE = r"(?<![\w.*-])(?<!Chrome/)(?<!CriOS/)(?<!Edg/)(?<!EdgA/)(?<!OPR/)(?<!Version/)"
# It starts at the first dot, because dots are rarer than digits and the engine skips to a literal at once: seven times
# the speed, on lines of which every second one holds an address.
_IPV4 = re.compile(
    rf"(?a)\.(?=\d{{1,3}}\.\d{{1,3}}\.\d)"
    rf"(?:(?<={_BEFORE}\d\.)|(?<={_BEFORE}\d\d\.)|(?<={_BEFORE}(?:25[0-5]|2[0-4]\d|[01]\d\d)\.))"
    rf"{_OCTET}\.{_OCTET}\.{_OCTET}(?!\w|\.\d)"
)


def _ipv4(match: re.Match[str]) -> Span:
    dot, end = match.span()
    start = dot - 1
    while start and match.string[start - 1].isdecimal():
        start -= 1
    return start, end


IPV4 = Kind(name="ipv4", trigger=rb"\d\.\d{1,3}\.\d{1,3}\.\d", pattern=_IPV4, locate=_ipv4, mask=keep_last(0))


def count_ipv4(text: str) -> int:
    """How many IPv4 addresses a text holds, where it is of no interest where they are."""
    return len(_IPV4.findall(text))


_HEAD_CHARACTERS = 3  # fe80::1, 2001:db8::1


def _is_ipv6(match: re.Match[str]) -> bool:
    value = match.group()
    head, shortened, _ = value.partition("::")
    # Names of programs may be all hexadecimal, `dead::beef`: an address of theirs has a digit, and a longer beginning.
    if shortened and not (any(map(str.isdigit, value)) and (not head or len(head) >= _HEAD_CHARACTERS)):
        return False
    try:
        socket.inet_pton(socket.AF_INET6, value)  # a tenth of the time of ipaddress: a line may hold 30,000 of them
    except OSError:
        return False
    return True


IPV6 = Kind(
    name="ipv6",
    trigger=rb"[0-9A-Fa-f]::|::[0-9A-Fa-f]|(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]",
    pattern=re.compile(r"(?a)(?<![\w:.*])(?=[0-9A-Fa-f:]*:)[0-9A-Fa-f:]{3,39}+(?![\w:]|\.\d)"),
    locate=whole_if(_is_ipv6),
    mask=keep_last(0),
)
