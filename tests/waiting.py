"""Waiting for what another process does."""

import time
from collections.abc import Callable
from typing import TypeVar

from shared.mockupaws.db import Rows

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


def someone_waits(connection: Rows) -> bool:
    """Whether another connection to this database waits for a lock."""
    return until(
        lambda: bool(
            connection.execute(
                "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
            ).fetchall()
        ),
        within_s=20,
    )
