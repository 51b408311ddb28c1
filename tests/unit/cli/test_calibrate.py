"""`mockupaws calibrate` against CountTokens as botocore describes it (Stubber checks the request's shape)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import boto3
import pytest
from botocore.stub import ANY, Stubber
from typer.testing import CliRunner

from shared.cli import calibrate as module
from shared.cli.calibrate import CountsTokens, measure, sample
from shared.cli.main import app
from shared.mockupaws.profiling import count_tokens

MODEL = "anthropic.claude-haiku-4-5-20251001-v1:0"
FRAME = 7


@pytest.fixture
def bedrock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    """Put a stubbed client in boto3's place."""
    client: Any = cast("Any", boto3).client(
        "bedrock-runtime", region_name="us-east-1", aws_access_key_id="testing", aws_secret_access_key="testing"
    )

    def made(*_: object, **__: object) -> Any:
        return client

    monkeypatch.setattr(module.boto3, "client", made)
    with Stubber(client) as stubber:
        yield stubber


def asked(text: Any) -> dict[str, Any]:
    return {"modelId": MODEL, "input": {"converse": {"messages": [{"role": "user", "content": [{"text": text}]}]}}}


def answers(stubber: Stubber, texts: list[str], factors: list[int]) -> None:
    """CountTokens of the frame, then of each text: so many times what is counted here."""
    stubber.add_response("count_tokens", {"inputTokens": FRAME + 1}, asked("a"))
    for text, factor in zip(texts, factors, strict=True):
        stubber.add_response("count_tokens", {"inputTokens": FRAME + factor * count_tokens(text)}, asked(text))


def test_the_factor_is_of_all_and_the_band_of_its_texts(bedrock: Stubber) -> None:
    lines = [f"2026-10-01T00:00:{second:02} INFO request served" for second in range(40)]
    texts = ["\n".join(lines[:20]), "\n".join(lines[20:])]
    answers(bedrock, texts, [1, 3])
    measured = measure(cast("CountsTokens", bedrock.client), MODEL, lines)
    assert (measured.low, measured.high) == (1, 3)
    assert measured.factor == pytest.approx(2, abs=0.05)
    assert measured.lines == 40
    bedrock.assert_no_pending_responses()


def test_personal_data_is_not_sent(bedrock: Stubber) -> None:
    bedrock.add_response("count_tokens", {"inputTokens": 8}, asked("a"))
    bedrock.add_response("count_tokens", {"inputTokens": 20}, asked("mail j***@***.com"))
    measure(cast("CountsTokens", bedrock.client), MODEL, ["mail jane@example.com"])


def test_as_it_is_typed(bedrock: Stubber, tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_text("one line\nanother line\n")
    for options in ([], ["--json"]):
        answers(bedrock, ["one line\nanother line"], [2])
        result = CliRunner().invoke(app, ["calibrate", str(path), "--model", f"us.{MODEL}", *options])
        assert result.exit_code == 0, result.output
        assert '"token_factor": 2.0' in result.output
    assert json.loads(result.output)["model_id"] == MODEL


def test_a_refusal_says_what_is_needed(bedrock: Stubber, tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_text("one line\n")
    bedrock.add_client_error("count_tokens", "AccessDeniedException", http_status_code=403, expected_params=asked(ANY))
    result = CliRunner().invoke(app, ["calibrate", str(path), "--model", MODEL])
    assert result.exit_code == 1
    assert "bedrock:CountTokens" in result.output
    assert CliRunner().invoke(app, ["calibrate", str(path)]).exit_code == 2
    (tmp_path / "empty.log").touch()
    assert CliRunner().invoke(app, ["calibrate", str(tmp_path / "empty.log"), "--model", MODEL]).exit_code == 2


def test_a_sample_is_bounded_and_always_the_same() -> None:
    lines = [str(number) for number in range(10_000)]
    drawn = sample(lines, 100)
    assert len(drawn) == len(set(drawn)) == 100
    assert drawn == sample(lines, 100)
    assert sample(lines[:5], 100) == lines[:5]
    assert 3_000 < sum(map(int, drawn)) / 100 < 7_000
