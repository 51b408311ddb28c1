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


def test_volume_tiers_are_one_row_and_the_rows_add_up_to_the_title(sample: Path, tmp_path: Path) -> None:
    """A hundred billion GB-seconds reach the third of Lambda's tiers; every amount here is of whole cents."""
    design, base = tmp_path / "design.json", tmp_path / "base.json"
    design.write_text('{"lambda": {"memory_mb": 10240, "duration_ms_base": 5000}}')
    options = (sample, "--pipeline", design, "--events-per-month", str(2 * 10**10))
    base.write_text(estimate(*options, "--json"))
    month = json.loads(base.read_text())["monthly"]
    assert [line["description"] for line in month["services"][1]["lines"]].count("Duration at 10240 MB") == 3
    total = Decimal(month["total_usd"])

    assert amounts(estimate(*options, "--markdown")) == (total, [total])
    same = estimate(*options, "--markdown", "--baseline", base)
    assert "As before." in same
    assert amounts(same) == (total, [total, total, 0])

    design.write_text('{"lambda": {"memory_mb": 128, "duration_ms_base": 5000}}')
    less = amounts(estimate(*options, "--markdown", "--baseline", base))
    assert less == (less[0], [less[0], total, less[0] - total])
    assert less[0] < total


def amounts(text: str) -> tuple[Decimal, list[Decimal]]:
    """Give the amount of a comment's title, and the sum of each of its columns."""

    def usd(cell: str) -> Decimal:
        return Decimal(cell.replace("$", "").replace(",", "").replace("±", ""))

    title, *lines = text.splitlines()
    rows = [line.strip("| ").split(" | ")[2:] for line in lines if line.startswith(("| sqs", "| lambda", "| bedrock"))]
    columns = zip(*([usd(cell) for cell in row] for row in rows), strict=True)
    return usd(title.split(": ")[1].removesuffix(" a month")), [sum(column, Decimal()) for column in columns]


def test_over_budget_it_says_so_and_exits_3(sample: Path) -> None:
    assert "**Over** the budget of $1.00." in estimate(sample, "--markdown", "--budget", "1", code=3)
    assert "Within the budget" in estimate(sample, "--markdown", "--budget", "1000000")


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", *(f'{{"monthly": {{"total_usd": "{usd}", "services": []}}}}' for usd in ("x", "NaN"))]
)
def test_what_is_no_estimate_is_no_baseline(sample: Path, tmp_path: Path, content: str) -> None:
    path = tmp_path / "base.json"
    path.write_text(content)
    assert "estimate --json" in " ".join(estimate(sample, "--baseline", path, code=2).split())
