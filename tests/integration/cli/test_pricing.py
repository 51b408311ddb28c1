"""`mockupaws pricing refresh` has the stage ask AWS, and says what came of it."""

import io
import json
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from typer.testing import CliRunner, Result

from shared.cli import pricing
from shared.cli.main import app


class Lambda:
    """Answers as `refresh_pricing` does."""

    def __init__(self, answer: dict[str, Any], **more: str) -> None:
        self.answer = {"Payload": io.BytesIO(json.dumps(answer).encode()), **more}
        self.asked: list[str] = []

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803 (as AWS spells it)
        self.asked.append(FunctionName + Payload.decode())
        return self.answer


def run(monkeypatch: pytest.MonkeyPatch, function: Lambda, *arguments: str) -> Result:
    def lambda_of(_: str) -> Lambda:
        return function

    monkeypatch.setattr(pricing, "lambda_of", lambda_of)
    return CliRunner().invoke(app, ["pricing", "refresh", *arguments])


def test_the_stage_is_asked_and_its_answer_told(monkeypatch: pytest.MonkeyPatch) -> None:
    function = Lambda({"confirmed": 1200, "changed": 4, "unconfirmed": 10})
    result = run(monkeypatch, function, "--stage", "prod")
    assert result.exit_code == 0
    assert "1,200 prices, 4 are new" in result.output
    assert function.asked == ["mockupaws-prod-refresh_pricing{}"]


def test_a_refresh_that_failed_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = Lambda({"errorMessage": "AWSLambda in eu-west-1: ClientError"}, FunctionError="Unhandled")
    result = run(monkeypatch, failed)
    assert result.exit_code == 1
    assert "AWSLambda in eu-west-1" in result.output
    assert "Prices are as they were" in result.output


def test_a_stack_that_is_down_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_there(_: str) -> Lambda:
        raise EndpointConnectionError(endpoint_url="http://127.0.0.1:1")

    monkeypatch.setattr(pricing, "lambda_of", nothing_there)
    result = CliRunner().invoke(app, ["pricing", "refresh"])
    assert result.exit_code == 1
    assert "make up" in result.output
