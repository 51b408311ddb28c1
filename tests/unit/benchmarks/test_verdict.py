"""`make bench` says by its exit code whether all goals are met, and names what isn't."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks.figures import Figure, Goal

MET = Figure("fast", 1.0, "ms", Goal("<", 2), "")
MISSED = Figure("slow", 3.0, "ms", Goal("<", 2), "")
WITHOUT_GOAL = Figure("explains", 9.0, "ms", None, "")


@pytest.mark.parametrize(
    ("figures", "failed", "code", "said"),
    [
        ([MET, WITHOUT_GOAL], [], 0, ""),
        ([MET, MISSED], [], 1, "slow is 3 ms, not < 2\n"),
        ([MET], ["store"], 1, "store could not be measured\n"),
    ],
)
def test_what_is_not_as_it_should_be_is_named(
    capsys: pytest.CaptureFixture[str], figures: list[Figure], failed: list[str], code: int, said: str
) -> None:
    assert bench.verdict(figures, failed) == code
    assert capsys.readouterr().err == said


@pytest.mark.parametrize(("measured", "written"), [(MET, True), (MISSED, True), (None, False)])
def test_a_whole_run_is_written_also_if_it_misses_a_goal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, measured: Figure | None, written: bool
) -> None:
    @contextmanager
    def no_postgres() -> Generator[str]:
        yield ""

    def measure(*_: object, **__: object) -> CompletedProcess[str]:
        if measured is None:
            return CompletedProcess([], 1, "")
        return CompletedProcess([], 0, json.dumps([{**vars(measured), "goal": {"sign": "<", "bound": 2}}]))

    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    monkeypatch.setattr(bench, "_postgres", no_postgres)
    monkeypatch.setattr(bench.subprocess, "run", measure)
    monkeypatch.setattr(bench, "benchmarks", lambda: ["one"])
    assert bench.run([]) == (0 if measured is MET else 1)
    assert (tmp_path / "docs" / "performance.md").exists() == written
    if written:
        figures = json.loads((tmp_path / "bench.json").read_text())
        assert figures["bench_minutes"]["goal"] == "< 15"
