"""The client's address, which stands for clients that are not signed in, from the two places that can't be forged."""

import hmac
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address, ip_network

from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.secrets import read_secret
from shared.mockupaws.settings import settings

# What one subscriber has of IPv6: counting single addresses, they would have 2^64 allowances.
_SUBSCRIBER_BITS = 64


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
    viewer = headers.get("x-viewer-address")
    return _subscriber(viewer if viewer and _from_edge(headers.get("x-origin-verify", "")) else source_ip)


def _from_edge(presented: str) -> bool:
    arn = settings().edge_secret_arn
    if not arn or not presented:
        return False
    try:
        secret = read_secret(arn)
    except UnavailableError:
        # For as long as that lasts an edge's viewers share an allowance, which is better than no answer.
        return False
    # While it is rotated, CloudFront's servers don't all change at once.
    believed = (str(secret[name]) for name in ("key", "previous") if secret.get(name))
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
