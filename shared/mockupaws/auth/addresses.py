"""The client's address, which stands for clients that are not signed in, from the two places that can't be forged."""

import hmac
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address, ip_network

from shared.mockupaws.secrets import read_secret
from shared.mockupaws.settings import settings

# What one subscriber has of IPv6: counting single addresses, they would have 2^64 allowances.
_SUBSCRIBER_BITS = 64


def client_address(headers: Mapping[str, str], source_ip: str) -> str:
    """The client's address, or for IPv6 its /64.

    API Gateway's `sourceIp` is whoever opened the connection. Behind CloudFront that is one of CloudFront's own
    servers, so there it is CloudFront's `CloudFront-Viewer-Address`, believed only beside the secret that CloudFront
    adds. X-Forwarded-For is the client's to write and isn't asked.

    Args:
        headers: names in lower case.
        source_ip: the gateway's `sourceIp`.
    """
    viewer = headers.get("cloudfront-viewer-address")
    return _subscriber(_without_port(viewer) if viewer and _from_edge(headers) else source_ip)


def _from_edge(headers: Mapping[str, str]) -> bool:
    arn, presented = settings().edge_secret_arn, headers.get("x-edge-secret", "")
    return bool(arn) and hmac.compare_digest(str(read_secret(arn)["key"]).encode(), presented.encode())


def _without_port(viewer: str) -> str:
    return viewer.rpartition(":")[0].strip("[]")


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
