"""One at a time, among the processes of a machine."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(lock: Path) -> Generator[None]:
    """Wait until nobody else holds a lock file, and hold it; it is let go even when the process is killed.

    Args:
        lock: the file; made where it is missing, with its folder.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
