import pytest

from shared.mockupaws.auth import addresses
from shared.mockupaws.auth.addresses import client_address
from shared.mockupaws.settings import settings


@pytest.fixture
def edge(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Behind CloudFront; gives the header that it adds."""
    monkeypatch.setenv("EDGE_SECRET_ARN", "edge")
    monkeypatch.setattr(addresses, "read_secret", {"edge": {"key": "s3cret"}}.__getitem__)
    settings.cache_clear()
    return {"x-edge-secret": "s3cret"}


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDGE_SECRET_ARN", raising=False)
    settings.cache_clear()


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-for": "198.51.100.1"},
        {"forwarded": "for=198.51.100.1", "x-real-ip": "198.51.100.1"},
        {"cloudfront-viewer-address": "198.51.100.1:443"},
        {"cloudfront-viewer-address": "198.51.100.1:443", "x-edge-secret": ""},
    ],
)
def test_no_header_of_the_clients_counts(headers: dict[str, str]) -> None:
    assert client_address(headers, "203.0.113.7") == "203.0.113.7"


def test_no_viewer_is_believed_beside_a_wrong_secret(edge: dict[str, str]) -> None:
    viewer = {"cloudfront-viewer-address": "198.51.100.1:443"}
    assert client_address(viewer, "203.0.113.7") == "203.0.113.7"
    assert client_address(viewer | {"x-edge-secret": "guess"}, "203.0.113.7") == "203.0.113.7"
    assert client_address(viewer | edge, "203.0.113.7") == "198.51.100.1"


@pytest.mark.parametrize(
    ("viewer", "subscriber"),
    [
        ("198.51.100.10:46532", "198.51.100.10"),
        ("2001:db8:0:1:2:3:4:5:46532", "2001:db8:0:1::/64"),
        ("[2001:db8:0:1:2:3:4:5]:46532", "2001:db8:0:1::/64"),
        ("::ffff:198.51.100.10:46532", "198.51.100.10"),
    ],
)
def test_behind_cloudfront_it_is_the_viewers(edge: dict[str, str], viewer: str, subscriber: str) -> None:
    assert client_address({"cloudfront-viewer-address": viewer} | edge, "203.0.113.7") == subscriber


def test_a_subscriber_of_ipv6_is_one_client() -> None:
    assert client_address({}, "2001:db8::1") == client_address({}, "2001:db8::ffff:0:0:2")
    assert client_address({}, "2001:db8::1") != client_address({}, "2001:db8:0:1::1")


def test_what_is_no_address_is_taken_as_it_is() -> None:
    assert client_address({}, "test-invoke-source-ip") == "test-invoke-source-ip"
