"""A function whose tokens could be forged doesn't start; one that can't ask for its keys yet does."""

import json
import runpy
from pathlib import Path
from typing import Any

import boto3
import pytest

from infra.catalog import FUNCTIONS
from shared.mockupaws import secrets
from shared.mockupaws.auth.tokens import WeakSecretError
from shared.mockupaws.settings import settings

pytestmark = [
    pytest.mark.usefixtures("stage"),
    pytest.mark.parametrize("name", [function.name for function in FUNCTIONS if function.routes]),
]

FUNCTIONS_FOLDER = Path(__file__).parents[3] / "functions"
STRONG = {"kid": "now", "key": "k" * 32}


def start(name: str) -> Any:
    """Import a function as a new container does; give its handler."""
    secrets._kept.clear()
    return runpy.run_path(str(FUNCTIONS_FOLDER / name / "handler.py"))["handler"]


@pytest.mark.parametrize(
    "weak",
    [STRONG | {"key": "k" * 31}, STRONG | {"key": ""}, STRONG | {"previous": {"kid": "before", "key": "k" * 31}}],
    ids=["short", "empty", "short before"],
)
def test_with_a_short_signing_key_it_doesnt_start(name: str, weak: dict[str, Any]) -> None:
    arn = settings().jwt_secret_arn
    boto3.client("secretsmanager").put_secret_value(SecretId=arn, SecretString=json.dumps(weak))
    with pytest.raises(WeakSecretError, match="at least 32 are needed") as refused:
        start(name)
    assert "kkk" not in str(refused.value)


def test_with_one_of_32_bytes_it_starts_and_has_it_at_hand(name: str) -> None:
    arn = settings().jwt_secret_arn
    boto3.client("secretsmanager").put_secret_value(SecretId=arn, SecretString=json.dumps(STRONG))
    assert callable(start(name))
    assert secrets._kept[arn][1] == STRONG


def test_while_the_key_cant_be_read_it_starts_nevertheless(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET_ARN", "gone")
    settings.cache_clear()
    assert callable(start(name))
