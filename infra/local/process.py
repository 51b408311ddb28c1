"""Processes that outlive the command that started them: found again by number and birth, ended with all of theirs."""

import contextlib
import subprocess
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
        _, left = psutil.wait_procs([process], timeout=patience_s)
        # The children of a process that ended well end with it; give them a moment.
        _, left = psutil.wait_procs([*left, *family[1:]], timeout=2)
        for member in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.kill()
        psutil.wait_procs(left, timeout=_PATIENCE_S)

    def _found(self) -> psutil.Process | None:
        with contextlib.suppress(psutil.NoSuchProcess):
            process = psutil.Process(self.pid)
            if process.create_time() == self.birth and process.status() != psutil.STATUS_ZOMBIE:
                return process
        return None


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
