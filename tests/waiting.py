"""Waiting for what another process does."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(found: Callable[[], T], *, within_s: float = 60) -> T:
    """Ask until the answer is one, for as long as it may take; give the last, for the test to judge.

    Asked less and less often: who asks an API has a hundred requests a minute.
    """
    deadline = time.monotonic() + within_s
    pause_s = 0.1
    while not (answer := found()) and time.monotonic() < deadline:
        time.sleep(pause_s)
        pause_s = min(1.5 * pause_s, 1)
    return answer
