"""Processes that outlive the command that started them: found again by number and birth, ended with all of theirs."""

import contextlib
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_PATIENCE_S = 20


@dataclass(frozen=True)
class Process:
    """A process that was started here. The birth tells it from a later one that was given the same number."""

    pid: int
    birth: float

    @property
    def running(self) -> bool:
        """Whether it still runs."""
        return self._found() is not None

    def stop(self, patience_s: float = _PATIENCE_S) -> None:
        """End it and its children: kindly, and by force what doesn't listen in time."""
        process = self._found()
        if process is None:
            return
        family = [process, *process.children(recursive=True)]
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
        left = _wait([process], patience_s)
        # The children of a process that ended well end with it; give them a moment.
        left = _wait([*left, *family[1:]], 2)
        for member in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.kill()
        _wait(left, _PATIENCE_S)

    def _found(self) -> psutil.Process | None:
        with contextlib.suppress(psutil.NoSuchProcess):
            process = psutil.Process(self.pid)
            if process.create_time() == self.birth and _runs(process):
                return process
        return None


def _wait(processes: Sequence[psutil.Process], patience_s: float) -> list[psutil.Process]:
    """Wait until they have ended, and give those that haven't in time.

    psutil waits until a process is gone. One that an earlier command started is gone when the machine's first process
    collects it, which that of a container does late or never.
    """
    deadline = time.monotonic() + patience_s
    while (left := [each for each in processes if _runs(each)]) and time.monotonic() < deadline:
        time.sleep(0.02)
    # Those of our own are ours to collect.
    psutil.wait_procs(processes, timeout=0)
    return left


def _runs(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def start(command: Sequence[str], *, log: Path, environment: Mapping[str, str], folder: Path) -> Process:
    """Start a process in a session of its own, so that it survives the terminal.

    Args:
        command: the program and its arguments.
        log: where its output goes, appended.
        environment: all of its environment.
        folder: where it starts.
    """
    with log.open("ab") as file:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            env={**environment},
            cwd=folder,
            start_new_session=True,
        )
    # Nobody waits for it here; Python would warn of that when the object goes.
    child.returncode = 0
    return Process(child.pid, psutil.Process(child.pid).create_time())
