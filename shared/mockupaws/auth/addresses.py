"""Which way a request came, and its client's address, which stands for clients that are not signed in."""

import hmac
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address, ip_network

from shared.mockupaws.errors import ForbiddenError, UnavailableError
from shared.mockupaws.secrets import read_secret
from shared.mockupaws.settings import settings

# What one subscriber has of IPv6: counting single addresses, they would have 2^64 allowances.
_SUBSCRIBER_BITS = 64


def must_come_by_the_edge(headers: Mapping[str, str]) -> None:
    """Refuses what went round the edge, where there is one: API Gateway's own address has no firewall before it.

    Where the secret was never read and can't be, nobody is refused: it would be everybody, and each request asks again.

    Args:
        headers: names in lower case.

    Raises:
        ForbiddenError: it did.
    """
    believed = _edge_keys()
    if believed is not None and not _is_one_of(believed, headers.get("x-origin-verify", "")):
        raise ForbiddenError("Nobody is let in by this address: use the one that the dashboard has.")


def client_address(headers: Mapping[str, str], source_ip: str) -> str:
    """The client's address, or for IPv6 its /64.

    API Gateway's `sourceIp` is whoever opened the connection. Behind CloudFront that is one of CloudFront's own
    servers, so there it is `X-Viewer-Address`, which our function at the edge writes over whatever the client sent;
    it is believed only beside the secret that CloudFront adds. X-Forwarded-For is the client's to write and isn't
    asked.

    Args:
        headers: names in lower case.
        source_ip: the gateway's `sourceIp`.
    """
    viewer, presented = headers.get("x-viewer-address"), headers.get("x-origin-verify")
    # While the secret can't be read an edge's viewers share an allowance, which is better than no answer.
    return _subscriber(viewer if viewer and presented and _is_one_of(_edge_keys() or (), presented) else source_ip)


def _edge_keys() -> tuple[str, ...] | None:
    """What CloudFront may say; None where none is there to say it, or its secret can't be read."""
    arn = settings().edge_secret_arn
    if not arn:
        return None
    try:
        secret = read_secret(arn)
    except UnavailableError:
        return None
    # While it is rotated, CloudFront's servers don't all change at once.
    return tuple(str(secret[name]) for name in ("key", "previous") if secret.get(name))


def _is_one_of(believed: tuple[str, ...], presented: str) -> bool:
    return any(hmac.compare_digest(each.encode(), presented.encode()) for each in believed)


def _subscriber(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed.packed, _SUBSCRIBER_BITS), strict=False))
