"""Addresses of machines, which may be personal data: a kind of their own, masked only where that is asked for."""

import re
import socket

from shared.mockupaws.profiling.pii.kind import Kind, Span

_STARS = str.maketrans(dict.fromkeys("0123456789ABCDEFabcdef", "*"))


def _mask_address(value: str) -> str:
    return value.translate(_STARS)  # a line may hold 60,000 of them


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


IPV4 = Kind(name="ipv4", trigger=rb"\d\.\d{1,3}\.\d{1,3}\.\d", pattern=_IPV4, locate=_ipv4, mask=_mask_address)


def count_ipv4(text: str) -> int:
    """How many IPv4 addresses a text holds, where it is of no interest where they are."""
    return len(_IPV4.findall(text))


# Names of programs may be all hexadecimal, `dead::beef`, `b2::d4`: shortened, an address of theirs has a digit, and
# nothing or three characters before.
_NAME = re.compile(r"(?a)[^:]{1,2}::|\D*::\D*\Z")


def _ipv6(match: re.Match[str]) -> Span | None:
    value = match.group()
    if _NAME.match(value):
        return None
    try:
        socket.inet_pton(socket.AF_INET6, value)  # a tenth of the time of ipaddress
    except OSError:
        return None
    return match.span()


IPV6 = Kind(
    name="ipv6",
    trigger=rb"[0-9A-Fa-f]::|::[0-9A-Fa-f]|(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]",
    pattern=re.compile(r"(?a)(?<![\w:.*])(?=[0-9A-Fa-f:]*:)[0-9A-Fa-f:]{3,39}+(?![\w:]|\.\d)"),
    locate=_ipv6,
    mask=_mask_address,
)
