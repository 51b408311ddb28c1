"""`mockupaws estimate`, as it is typed: no server, no database."""

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from infra.local.stack import StackError
from shared.cli import stack
from shared.cli.main import app

START = datetime(2026, 10, 1, tzinfo=UTC)


def logs(count: int, *, every_s: int = 1, level: str = "INFO", start: datetime = START) -> str:
    """A line every so many seconds, each one different."""
    times = (start + timedelta(seconds=number * every_s) for number in range(count))
    return "".join(f"{at:%Y-%m-%dT%H:%M:%SZ} {level} request {number} served\n" for number, at in enumerate(times))


@pytest.fixture
def hour(tmp_path: Path) -> Path:
    """Give a file with a line a second for an hour."""
    path = tmp_path / "app.log"
    path.write_text(logs(3600))
    return path


def run(*arguments: str | Path, stdin: str | None = None, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["estimate", "--jobs", "1", *map(str, arguments)], input=stdin)
    assert result.exit_code == code, result.output
    return result.output


def answer(*arguments: str | Path, stdin: str | None = None, code: int = 0) -> dict[str, Any]:
    return json.loads(run("--json", *arguments, stdin=stdin, code=code))


def test_a_month_at_the_rate_of_the_lines_own_times(hour: Path) -> None:
    found = answer(hour)
    assert found["inputs"][0]["lines"] == 3600
    assert found["inputs"][0]["size_bytes"] == hour.stat().st_size - 3600
    assert (found["inputs"][0]["first"], found["inputs"][0]["last"]) == ("2026-10-01T00:00:00Z", "2026-10-01T00:59:59Z")
    month = found["monthly"]
    assert month["sample"]["recorded_seconds"] == 3600
    assert month["usage"]["logs"] == 730 * 3600
    total = sum(Decimal(line["cost_usd"]) for service in month["services"] for line in service["lines"])
    assert total == Decimal(month["total_usd"])


def test_every_figure_can_be_traced(hour: Path) -> None:
    """Lines, bytes, blocks, tokens, unit price and source are all there, and quantity times price is the cost."""
    text = run(hour)
    for word in ("lines", "bytes", "blocks", "tokens", "3,600", "0.4 / million", "0.001 / 1K tokens", "x 730"):
        assert word in text
    assert re.search(r"\[1\] https://\S+ \(since 2026-09-01, AWS's own\)", text)
    assert "2,628,000" in text  # 3,600 lines x 730: sends, receives, deletes, invocations
    for cost in ("1.0512", "0.5256"):  # at 0.40 and 0.20 a million
        assert cost in text


def test_a_narrow_terminal_cuts_off_no_figure(hour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eighty columns: what is an address may be longer, for it is to be copied."""
    monkeypatch.chdir(hour.parent)
    everywhere = run(hour.name)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    text = re.sub(r"\x1b\[[\d;]*m", "", run(hour.name))
    assert all(len(line) <= 80 for line in text.splitlines() if "https://" not in line)
    assert "…" not in text
    costs = re.findall(r"\d+\.\d{2,}|\[\d\]", everywhere[: everywhere.index("a month (")])
    assert len(costs) > 10
    assert [cost for cost in costs if cost not in text] == []


@pytest.mark.parametrize("harm", ["cut off", "damaged"])
def test_gzip_that_can_not_be_undone_is_said_to_be_so(hour: Path, tmp_path: Path, harm: str) -> None:
    packed = gzip.compress(hour.read_bytes())
    path = tmp_path / "app.log.gz"
    path.write_bytes(packed[:-12] if harm == "cut off" else packed[:100] + bytes(60) + packed[160:])
    assert "the gzip of app.log.gz is cut off or damaged." in " ".join(run(path, code=2).split())


def test_gzip_standard_input_and_folders_say_the_same(hour: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder" / "deeper"
    folder.mkdir(parents=True)
    packed = folder / "app.log.1.gz"
    packed.write_bytes(gzip.compress(hour.read_bytes()))
    (folder.parent / "README.md").write_text("no log\n")
    (folder.parent / ".hidden.log").write_text("no log\n")
    plain = answer(hour)["monthly"]
    assert answer(packed)["monthly"] == plain
    assert answer(folder.parent)["monthly"] == plain
    assert answer(stdin=hour.read_text())["monthly"] == plain
    assert answer("-", stdin=hour.read_text())["monthly"] == plain


def test_two_files_of_one_hour_are_twice_the_rate_and_of_two_hours_the_same(hour: Path, tmp_path: Path) -> None:
    same, next_hour = tmp_path / "same.log", tmp_path / "next.log"
    same.write_text(logs(3600, level="WARN"))
    next_hour.write_text(logs(3600, level="WARN", start=START + timedelta(days=3)))
    assert answer(hour, same)["monthly"]["usage"]["logs"] == 2 * 730 * 3600
    assert answer(hour, next_hour)["monthly"]["usage"]["logs"] == 730 * 3600


def test_repeated_lines_are_found_across_files(hour: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.log"
    again.write_text(hour.read_text())
    found = answer(hour, again)
    assert [each["duplicates"] for each in found["inputs"]] == [0, 3600]


def test_a_given_rate_keeps_the_pattern(hour: Path) -> None:
    month = answer(hour, "--events-per-month", "1000000000")["monthly"]
    assert month["usage"]["logs"] == pytest.approx(10**9, rel=1e-6)
    # 380 logs a second fill batches of ten that a log a second never fills.
    assert month["usage"]["lambda_invocations"] == pytest.approx(10**8, rel=1e-4)
    slow = answer(hour, "--events-per-month", "1000")["monthly"]
    assert slow["usage"]["logs"] == slow["usage"]["lambda_invocations"] == 1000


@pytest.mark.parametrize("events", [1, 43_800, 65_262, 65_700, 109_500, 10**12])
def test_a_given_rate_is_priced_to_the_log(tmp_path: Path, events: int) -> None:
    path = tmp_path / "app.log"
    path.write_text(logs(12, every_s=60))
    used = answer(path, "--events-per-month", str(events))["monthly"]["usage"]
    assert used["logs"] == events
    assert used["lambda_invocations"] <= events


def test_lines_without_times_need_a_rate(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_text("".join(f"request {number} served\n" for number in range(1000)))
    found = answer(path)
    assert found["monthly"]["usage"]["logs"] == 1000
    assert "--events-per-month" in found["notes"][0]
    given = answer(path, "--events-per-month", "5000000")
    assert given["monthly"]["usage"]["logs"] == 5_000_000
    assert given["notes"] == []


def test_a_line_that_speaks_of_another_year_changes_no_rate(hour: Path) -> None:
    before = answer(hour)["monthly"]
    with hour.open("a") as file:
        file.write("the certificate is valid until 2031-05-01T00:00:00Z\n")
    found = answer(hour)
    assert found["inputs"][0]["strays"] == 1
    assert found["inputs"][0]["last"] == "2026-10-01T00:59:59Z"
    assert found["monthly"]["usage"]["logs"] == pytest.approx(before["usage"]["logs"], rel=0.001)
    assert "1 line says a time more than 30 days from all others'" in found["notes"][0]


def test_a_file_of_another_year_is_as_good(hour: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.log"
    old.write_text(logs(3600, start=START - timedelta(days=800)))
    assert answer(old)["monthly"]["usage"] == answer(hour)["monthly"]["usage"]
    assert answer(old)["notes"] == []


def test_a_stack_trace_is_of_the_line_before_it(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_text(logs(60) + "\tat com.example.Main\n" * 40)
    found = answer(path)
    assert found["monthly"]["usage"]["logs"] == 100 * 730 * 60
    assert found["notes"] == []


def test_a_pipeline_from_json_and_toml(hour: Path, tmp_path: Path) -> None:
    as_json, as_toml = tmp_path / "p.json", tmp_path / "p.toml"
    as_json.write_text('{"lambda": {"architecture": "arm64"}, "bedrock": {"model_id": null}}')
    as_toml.write_text('[lambda]\narchitecture = "arm64"\n[reduce]\ndeduplicate = true\n')
    found = answer(hour, "--pipeline", as_json)
    assert found["pipeline"]["lambda"]["architecture"] == "arm64"
    assert found["monthly"]["services"][2]["lines"] == []
    assert answer(hour, "--pipeline", as_toml)["pipeline"]["reduce"]["deduplicate"] is True


def test_a_model_by_part_of_its_name(hour: Path) -> None:
    for asked, meant in (
        ("nova-2-lite", "global.amazon.nova-2-lite-v1:0"),
        ("nova-micro", "amazon.nova-micro-v1:0"),
        ("us.amazon.nova-micro-v1:0", "us.amazon.nova-micro-v1:0"),
        ("none", None),
    ):
        assert answer(hour, "--model", asked)["pipeline"]["bedrock"]["model_id"] == meant


def test_a_measured_token_factor_is_its_models(hour: Path, tmp_path: Path) -> None:
    """As in a what-if: another model forgets it, another profile of the same one doesn't."""
    path = tmp_path / "p.json"
    path.write_text(
        '{"bedrock": {"model_id": "us.amazon.nova-micro-v1:0", "token_factor": 2.5, "logs_per_call": 3}, '
        '"assumptions": {"hours_per_month": 700}}'
    )
    for model, factor in (("amazon.nova-micro-v1:0", 2.5), ("nova-2-lite", None), ("none", None)):
        design = answer(hour, "--pipeline", path, "--model", model, "--free-tier")["pipeline"]
        assert (design["bedrock"]["token_factor"], design["bedrock"]["logs_per_call"]) == (factor, 3)
        assert design["assumptions"] == {"free_tier": True, "hours_per_month": 700}


def test_a_budget_is_a_gate(hour: Path) -> None:
    found = answer(hour, "--budget", "1", code=3)
    assert found["over_budget"] is True
    assert answer(hour, "--budget", "1000000")["over_budget"] is False
    assert "Over the budget of $1.00" in run(hour, "--budget", "1", code=3)


def test_a_budget_is_taken_to_the_digit(hour: Path) -> None:
    total = Decimal(answer(hour, "--model", "none")["monthly"]["total_usd"])
    assert answer(hour, "--budget", "-0e-999999999", code=3)["budget_usd"] == "0"
    for budget, code in ((total, 0), (total - Decimal("1e-20"), 3)):
        assert Decimal(answer(hour, "--model", "none", "--budget", str(budget), code=code)["budget_usd"]) == budget


@pytest.mark.parametrize(
    "budget", ["inf", "-inf", "nan", "snan", "-1", "-0.01", "1e30", "1e400", "1e-999999999", "1,000", "$5", "", "-"]
)
def test_a_budget_that_is_no_amount_is_refused(hour: Path, budget: str) -> None:
    said = " ".join(run(hour, f"--budget={budget}", code=2).replace("│", " ").split())
    assert f"{budget!r} is no amount of dollars: say a number from 0 to 1,000,000,000,000,000, such as 99.50." in said


@pytest.mark.parametrize("option", ["--events-per-month", "--jobs"])
@pytest.mark.parametrize("number", ["0", "-1", "nan", "inf", "1e30", "2.5", "many", ""])
def test_a_number_that_is_none_is_refused(hour: Path, option: str, number: str) -> None:
    assert f"Invalid value for '{option}'" in run(hour, f"{option}={number}", code=2)


@pytest.mark.parametrize("events", [10**15 + 1, 10**30])
def test_more_logs_than_there_are_is_refused(hour: Path, events: int) -> None:
    said = " ".join(run(hour, "--events-per-month", str(events), code=2).replace("│", " ").split())
    assert "less than or equal to 1000000000000000" in said


def test_the_free_tier_on_request(hour: Path) -> None:
    with_it, without = (answer(hour, option)["monthly"] for option in ("--free-tier", "--no-free-tier"))
    assert Decimal(with_it["total_usd"]) < Decimal(without["total_usd"])


def test_tokens_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_text("2026-10-01T00:00:00Z naïve façade ☃ αβγ δέκα\n")
    one, other = (answer(path, "--encoding", name)["inputs"][0]["tokens"] for name in ("cl100k_base", "o200k_base"))
    assert 0 < other < one


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--region", "mars-north-1"], "us-west-2"),
        (["--model", "gpt-9"], "Choices"),
        (["--model", "claude-opus"], "say more of its name"),
        (["--encoding", "p50k"], "o200k_base"),
        (["missing.log"], "missing.log"),
        (["--pipeline", "missing.json"], "can't be read"),
    ],
)
def test_errors_say_what_to_do(hour: Path, arguments: list[str], says: str) -> None:
    assert says in run(*arguments, *([] if "missing.log" in arguments else [hour]), code=2)


def test_a_pipeline_that_is_none_says_where(hour: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    for content, says in (
        ('{"sqs": {"send_batch_size": 11}}', "  sqs.send_batch_size: Input should be"),
        ('{"sqs": {"queue_type": "fifo", "receive_batch_size": 11}}', "  sqs.receive_batch_size: a FIFO queue"),
        ("{", "neither JSON nor TOML"),
        ('{"lambda": {"duration_ms_per_log": 100000}}', "at most 8"),
    ):
        path.write_text(content)
        assert says in run(hour, "--pipeline", path, code=2)


def test_nothing_is_no_estimate(tmp_path: Path) -> None:
    (tmp_path / "empty.log").touch()
    assert "no line" in run(tmp_path / "empty.log", code=2)
    assert "no line" in run(stdin="\n\n", code=2)


def test_what_is_printed_of_names_is_all_of_them(hour: Path, tmp_path: Path) -> None:
    """Rich would take brackets for its markup and :bug: for a picture."""
    folder = tmp_path / "[prod]" / "[/red] :bug:"
    folder.mkdir(parents=True)
    one, other = folder / "[bold]a.log", folder / "b[x].log"
    for path in (one, other):
        path.write_text(hour.read_text())
    text = run(one, other)
    for name in (f"What came in from {folder}", "[bold]a.log", "b[x].log"):
        assert name in text
    missing = folder / "[missing].log"
    assert str(missing) in run(missing, code=2).replace("\n", "")
    assert str(missing) in run(hour, "--pipeline", missing, code=2).replace("\n", "")


def test_an_error_is_told_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        folder = Path("/srv/[prod]")

        def start(self, _step: Callable[[str], None]) -> None:
            raise StackError(f"[/foo]; its log is {self.folder / 'a.log'}")

    monkeypatch.setattr(stack, "this_stack", Broken)
    result = CliRunner().invoke(app, ["up"], env={"COLUMNS": "200"})
    assert result.exit_code == 1
    assert "Failed: [/foo]; its log is /srv/[prod]/a.log\nLogs are in /srv/[prod]." in result.output


@pytest.mark.parametrize(
    ("lines", "every_s", "says"),
    [(30, 1, "60 seconds"), (170, 1, "3 minutes"), (3600, 1, "60 minutes"), (9000, 1, "2.5 hours")],
)
def test_the_time_recorded_is_said_in_what_fits_it(tmp_path: Path, lines: int, every_s: int, says: str) -> None:
    path = tmp_path / "app.log"
    path.write_text(logs(lines, every_s=every_s))
    assert f"{lines:,} lines over {says} x " in run(path)


def test_no_amount_is_rounded_away(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_text("one request served\n")
    text = run(path, "--model", "none")
    costs = {Decimal(cost) for cost in re.findall(r" (0\.0+\d+) +\[\d\]", text)}
    assert {Decimal("0.0000004"), Decimal("0.0000002")} <= costs
    quantities = re.findall(r"Duration at 128 MB \(x86_64\) +(\S+) +GB-seconds", text)
    assert quantities == ["0.0069"]


_PEAK = """
import re, sys
from pathlib import Path
from shared.cli.main import app
try:
    app(["estimate", "--jobs", "1", "--json", sys.argv[1]])
finally:
    print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1], file=sys.stderr)
"""


def test_memory_does_not_grow_with_the_lines(tmp_path: Path) -> None:
    """Five times as many lines: not 3 MB more, where a set of their hashes alone would be 12."""

    def peak_kib(count: int) -> int:
        path = tmp_path / f"{count}.log"
        path.write_text(logs(count))
        command = [sys.executable, "-c", _PEAK, str(path)]
        measured = subprocess.run(command, capture_output=True, text=True, check=True)
        assert json.loads(measured.stdout)["inputs"][0]["lines"] == count
        return int(measured.stderr)

    # Whether the system has a file's pages in memory, and how large they are, is chance.
    assert any(peak_kib(200_000) - peak_kib(40_000) < 3 * 1024 for _ in range(3))
