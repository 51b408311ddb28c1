"""Secrets Manager that doesn't answer: what was read last is good enough, while a door can still answer."""

import json
import socket
import time
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from shared.mockupaws import secrets
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.secrets import TTL_SECONDS, read_secret

# A door has 29 s, and may read three secrets: the database's, the tokens' and the edge's.
A_THIRD_OF_A_DOORS_S = 29 / 3


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Secrets Manager takes connections and says nothing; the secret `edge` was read before."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    with mock_aws():
        boto3.client("secretsmanager").create_secret(Name="edge", SecretString=json.dumps({"key": "s3cret"}))
        read_secret("edge")
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SECRETS_MANAGER", f"http://127.0.0.1:{server.getsockname()[1]}")
        yield
    secrets._kept.pop("edge", None)
    secrets._failed.pop("edge", None)


def grow_old(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    now = time.monotonic() + seconds
    monkeypatch.setattr(secrets.time, "monotonic", lambda: now)


def test_what_was_read_last_is_given_in_time(silent: None, monkeypatch: pytest.MonkeyPatch) -> None:
    del silent
    grow_old(monkeypatch, TTL_SECONDS + 1)
    begun = time.perf_counter()
    assert read_secret("edge") == {"key": "s3cret"}
    assert time.perf_counter() - begun < A_THIRD_OF_A_DOORS_S
    # Not asked again at once: the next requests don't wait for it.
    begun = time.perf_counter()
    assert read_secret("edge") == {"key": "s3cret"}
    assert time.perf_counter() - begun < 1


def test_what_may_not_be_old_is_refused_in_time(silent: None) -> None:
    del silent
    begun = time.perf_counter()
    with pytest.raises(UnavailableError):
        read_secret("edge", max_age_s=0)
    assert time.perf_counter() - begun < A_THIRD_OF_A_DOORS_S


def test_it_is_asked_again_after_a_while(silent: None, monkeypatch: pytest.MonkeyPatch) -> None:
    del silent
    grow_old(monkeypatch, TTL_SECONDS + 1)
    read_secret("edge")
    monkeypatch.delenv("AWS_ENDPOINT_URL_SECRETS_MANAGER")
    grow_old(monkeypatch, secrets.AGAIN_SECONDS + 1)
    with mock_aws():
        boto3.client("secretsmanager").create_secret(Name="edge", SecretString=json.dumps({"key": "n3w"}))
        assert read_secret("edge") == {"key": "n3w"}
