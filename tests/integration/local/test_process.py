import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from infra.local.process import Process, start
from tests.waiting import until

_PARENT = (
    "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); {after}"
)


def _start(tmp_path: Path, after: str) -> Process:
    return start(
        [sys.executable, "-u", "-c", _PARENT.format(after=after)],
        log=tmp_path / "log",
        environment={"HELLO": "there"},
        folder=tmp_path,
    )


def test_stopping_a_process_ends_its_children(tmp_path: Path) -> None:
    process = _start(tmp_path, "print(__import__('os').environ['HELLO']); time.sleep(60)")
    assert until((tmp_path / "log").read_text)
    children = psutil.Process(process.pid).children()
    assert children
    process.stop()
    assert not process.running
    assert not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children)
    assert (tmp_path / "log").read_text() == "there\n"


def test_one_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    process = start(
        [
            sys.executable,
            "-u",
            "-c",
            "import signal, time; signal.signal(15, signal.SIG_IGN); print(1); time.sleep(60)",
        ],
        log=tmp_path / "log",
        environment={},
        folder=tmp_path,
    )
    assert until((tmp_path / "log").read_text)
    process.stop(patience_s=0.2)
    assert not process.running


def test_a_later_process_with_the_same_number_is_left_alone() -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as other:
        stale = Process(other.pid, birth=1.0)
        assert not stale.running
        stale.stop()
        assert other.poll() is None
        other.kill()


def test_stopping_what_has_ended_is_fine(tmp_path: Path) -> None:
    process = start([sys.executable, "-c", ""], log=tmp_path / "log", environment={}, folder=tmp_path)
    assert until(lambda: not process.running)
    process.stop()


def test_one_that_nobody_collects_has_ended_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container the first process may collect nobody: to wait until it does took `make down` two minutes."""
    killed: list[int] = []

    def note(process: psutil.Process) -> None:
        killed.append(process.pid)

    monkeypatch.setattr(psutil.Process, "kill", note)
    parent = "import subprocess, sys, time; print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True) as careless:
        assert careless.stdout
        pid = int(careless.stdout.readline())
        process = Process(pid, psutil.Process(pid).create_time())
        process.stop(patience_s=5)
        assert psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
        assert killed == []
        assert not process.running
        careless.terminate()
