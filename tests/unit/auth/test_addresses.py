import json
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from shared.mockupaws import secrets
from shared.mockupaws.auth.addresses import client_address, must_come_by_the_edge
from shared.mockupaws.errors import ForbiddenError
from shared.mockupaws.settings import settings

EDGE, VIEWER = "203.0.113.7", "198.51.100.1"


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """AWS without anything in it, and no CloudFront before us."""
    monkeypatch.delenv("EDGE_SECRET_ARN", raising=False)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    settings.cache_clear()
    with mock_aws():
        yield
    settings.cache_clear()
    secrets._kept.pop("edge", None)


@pytest.fixture
def edge(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Behind CloudFront; gives the header that it adds."""
    boto3.client("secretsmanager").create_secret(Name="edge", SecretString=json.dumps({"key": "s3cret"}))
    monkeypatch.setenv("EDGE_SECRET_ARN", "edge")
    settings.cache_clear()
    return {"x-origin-verify": "s3cret"}


def becomes(**secret: str) -> None:
    """Change the secret, and let the time pass for which it is kept."""
    boto3.client("secretsmanager").put_secret_value(SecretId="edge", SecretString=json.dumps(secret))
    secrets._kept.pop("edge", None)


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-for": VIEWER},
        {"forwarded": f"for={VIEWER}", "x-real-ip": VIEWER, "true-client-ip": VIEWER},
        {"cloudfront-viewer-address": f"{VIEWER}:443"},
        {"x-viewer-address": VIEWER},
        {"x-viewer-address": VIEWER, "x-origin-verify": ""},
        {"x-viewer-address": VIEWER, "x-origin-verify": "s3cret"},
    ],
)
def test_no_header_of_the_clients_counts(headers: dict[str, str]) -> None:
    assert client_address(headers, EDGE) == EDGE


def test_no_viewer_is_believed_beside_a_wrong_secret(edge: dict[str, str]) -> None:
    viewer = {"x-viewer-address": VIEWER}
    for guess in ({}, {"x-origin-verify": ""}, {"x-origin-verify": "guess"}, {"x-origin-verify": "s3cre\u0301t"}):
        assert client_address(viewer | guess, EDGE) == EDGE
    assert client_address(viewer | edge, EDGE) == VIEWER


@pytest.mark.parametrize(
    ("viewer", "subscriber"),
    [
        ("198.51.100.10", "198.51.100.10"),
        ("2001:db8:0:1:2:3:4:5", "2001:db8:0:1::/64"),
        ("::ffff:198.51.100.10", "198.51.100.10"),
    ],
)
def test_behind_cloudfront_it_is_the_viewers(edge: dict[str, str], viewer: str, subscriber: str) -> None:
    assert client_address({"x-viewer-address": viewer} | edge, EDGE) == subscriber


def test_while_the_secret_is_rotated_both_are_believed(edge: dict[str, str]) -> None:
    viewer, new = {"x-viewer-address": VIEWER}, {"x-origin-verify": "n3w"}
    becomes(key="n3w", previous="s3cret")
    assert client_address(viewer | edge, EDGE) == client_address(viewer | new, EDGE) == VIEWER
    becomes(key="n3w")
    assert client_address(viewer | edge, EDGE) == EDGE
    assert client_address(viewer | new, EDGE) == VIEWER


def test_an_empty_secret_opens_nothing(edge: dict[str, str]) -> None:
    becomes(key="", previous="")
    assert client_address({"x-viewer-address": VIEWER, "x-origin-verify": ""}, EDGE) == EDGE
    assert client_address({"x-viewer-address": VIEWER} | edge, EDGE) == EDGE


def test_who_goes_round_the_edge_is_refused(edge: dict[str, str]) -> None:
    for guess in ({}, {"x-origin-verify": ""}, {"x-origin-verify": "guess"}, {"x-viewer-address": VIEWER}):
        with pytest.raises(ForbiddenError):
            must_come_by_the_edge(guess)
    must_come_by_the_edge(edge)


def test_while_the_secret_is_rotated_both_are_let_in(edge: dict[str, str]) -> None:
    becomes(key="n3w", previous="s3cret")
    must_come_by_the_edge(edge)
    must_come_by_the_edge({"x-origin-verify": "n3w"})
    becomes(key="n3w")
    with pytest.raises(ForbiddenError):
        must_come_by_the_edge(edge)


def test_an_empty_secret_lets_nobody_in(edge: dict[str, str]) -> None:
    becomes(key="", previous="")
    for presented in ({}, {"x-origin-verify": ""}, edge):
        with pytest.raises(ForbiddenError):
            must_come_by_the_edge(presented)


def test_where_there_is_no_edge_nobody_goes_round_it() -> None:
    must_come_by_the_edge({})


def test_a_secret_that_cant_be_read_refuses_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDGE_SECRET_ARN", "edge")
    settings.cache_clear()
    must_come_by_the_edge({"x-origin-verify": "s3cret"})
    assert client_address({"x-viewer-address": VIEWER, "x-origin-verify": "s3cret"}, EDGE) == EDGE


def test_a_subscriber_of_ipv6_is_one_client() -> None:
    assert client_address({}, "2001:db8::1") == client_address({}, "2001:db8::ffff:0:0:2")
    assert client_address({}, "2001:db8::1") != client_address({}, "2001:db8:0:1::1")


def test_what_is_no_address_is_taken_as_it_is() -> None:
    assert client_address({}, "test-invoke-source-ip") == "test-invoke-source-ip"
