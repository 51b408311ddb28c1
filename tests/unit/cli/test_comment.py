"""The comment on a change: `mockupaws estimate --markdown --baseline`."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from shared.cli.main import app

LINES = "".join(f"2026-10-01T00:{n // 60:02}:{n % 60:02}Z INFO request {n} served\n" for n in range(600))


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "app.log"
    path.write_text(LINES)
    return path


def estimate(*arguments: str | Path, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["estimate", "--jobs", "1", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result.output


def test_without_a_baseline_it_is_the_bill(sample: Path) -> None:
    text = estimate(sample, "--markdown")
    total = Decimal(json.loads(estimate(sample, "--json"))["monthly"]["total_usd"])
    assert text.startswith(f"### What these logs cost: ${total.quantize(Decimal('0.01')):,} a month")
    assert "| before |" not in text


def test_what_changed_stands_first_with_its_difference(sample: Path, tmp_path: Path) -> None:
    base = tmp_path / "base.json"
    base.write_text(estimate(sample, "--json"))
    sample.write_text(LINES.replace("served", "served " + "with a much longer text than before " * 5))
    text = estimate(sample, "--markdown", "--baseline", base)
    rows = [line for line in text.splitlines() if line.startswith(("| bedrock", "| sqs"))]
    assert "Input tokens" in rows[0]
    assert "| +$" in rows[0]
    assert "±$0" in rows[-1]
    assert " a month against before (+" in text
    assert "As before." in estimate(sample, "--markdown", "--baseline", _again(sample, tmp_path))


def _again(sample: Path, tmp_path: Path) -> Path:
    path = tmp_path / "again.json"
    path.write_text(estimate(sample, "--json"))
    return path


def test_over_budget_it_says_so_and_exits_3(sample: Path) -> None:
    assert "**Over** the budget of $1.00." in estimate(sample, "--markdown", "--budget", "1", code=3)
    assert "Within the budget" in estimate(sample, "--markdown", "--budget", "1000000")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"monthly": {"total_usd": "x", "services": []}}'])
def test_what_is_no_estimate_is_no_baseline(sample: Path, tmp_path: Path, content: str) -> None:
    path = tmp_path / "base.json"
    path.write_text(content)
    assert "estimate --json" in " ".join(estimate(sample, "--baseline", path, code=2).split())
