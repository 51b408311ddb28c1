"""How many requests of one log each the door answers in a second, one after the other, on one core."""

import json
import os
from itertools import cycle, islice

from shared.mockupaws.db import database
from tests.benchmarks.bench import Bench
from tests.benchmarks.doors import open_door
from tests.benchmarks.figures import Figure, Goal, seconds, side_by_side

_ROUNDS = 15
# Fewer than the thousand a minute that one identity is allowed.
_REQUESTS = 900


def measure(bench: Bench) -> list[Figure]:
    """Each with its authentication, rate limit and scenario check; all but the call that sends to the queue."""
    lines = cycle(bench.lines())
    with bench.database() as url, open_door(url) as door:
        _share_a_core()

        def requests() -> float:
            door.forgive()
            door.bodies.clear()
            events = [
                door.event(json.dumps({"message": line, "source": "web-1"}).encode())
                for line in islice(lines, _REQUESTS)
            ]
            took = seconds(lambda: [door.take(event) for event in events])
            assert len(door.bodies) == _REQUESTS
            return took

        took = side_by_side(_ROUNDS, {"requests": requests})
    return [
        Figure(
            "ingest_requests_per_s",
            _REQUESTS / took.seconds("requests"),
            "requests/s",
            Goal(">=", 1_000),
            "API Gateway events of one log each through the ingest handler: authentication, rate limit, scenario "
            "check, profiling and packing; the call to SQS is left out. One core does it all, PostgreSQL's part too",
        )
    ]


def _share_a_core() -> None:
    """Puts this process and PostgreSQL's behind its connection on one core, where the system lets it.

    On a core each, both would be idle half of the time, and a virtual machine's time to wake a core would be measured.
    """
    if not hasattr(os, "sched_setaffinity"):
        return
    with database().autocommit() as connection:
        server = connection.info.backend_pid
    core = min(os.sched_getaffinity(0))
    for process in (0, server):
        os.sched_setaffinity(process, {core})
