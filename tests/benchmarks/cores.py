"""One core for all that takes part: what a figure calls one core's work, no other core does some of."""

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress

from shared.mockupaws.db import Rows


@contextmanager
def one_core(connection: Rows) -> Generator[None]:
    """Put this process and all of PostgreSQL's on one core, where the system lets it, and back afterwards.

    On a core each, a client that encodes while its server writes would be compared with one that only waits; and where
    both wait for each other, a virtual machine's time to wake a core would be measured.

    Args:
        connection: to the server, outside a transaction. What connects later isn't moved: connect before.
    """
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    # Its writers and its readers ahead (io workers) too, not only who serves the connections.
    processes = [0, *(pid for (pid,) in connection.execute("SELECT pid FROM pg_stat_activity"))]
    before = {process: os.sched_getaffinity(process) for process in processes}
    core = {max(before[0])}
    for process in processes:
        os.sched_setaffinity(process, core)
    try:
        yield
    finally:
        for process, cores in before.items():
            # One that has ended meanwhile needs nothing.
            with suppress(ProcessLookupError):
                os.sched_setaffinity(process, cores)
