"""`store_logs` beside what PostgreSQL can do at most: a bare binary COPY of the rows it stored, already prepared.

Measured on one core, and with a core for each, where the handler encodes while PostgreSQL writes and so loses less.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count, islice
from uuid import UUID

import psycopg

from functions.store_logs.handler import handler
from shared.mockupaws.contracts.batch import LogBatch
from shared.mockupaws.db import Rows, database
from shared.mockupaws.ids import new_id
from shared.mockupaws.profiling import Profile, Profiler
from tests import factories
from tests.batches import sqs_event
from tests.benchmarks.bench import Bench
from tests.benchmarks.cores import one_core
from tests.benchmarks.figures import Figure, Goal, seconds, side_by_side
from tests.gateway import Invocation

_ROUNDS = 30
# What a shipper sends at once, and what Lambda's event source hands over at once.
_LOGS_A_REQUEST = 1_000
_MESSAGES = 10
_CHUNK = 512 * 1024


def measure(bench: Bench) -> list[Figure]:
    """The handler's rate as a share of COPY's."""
    profiles = [Profiler().profile(line) for line in bench.lines()]
    with bench.database() as url:
        os.environ["DATABASE_URL"] = url
        with closing(database()), psycopg.connect(url, autocommit=True) as connection:
            factories.price_list(connection)
            ours, bare, neighbour = (factories.scenario(connection, status="running")["id"] for _ in range(3))
            # PostgreSQL has a shortcut to an index's last page. The primary key begins with the scenario, so of two the
            # later one alone would have it; among many, as here with a later one's logs, neither has.
            handler(sqs_event(*next(_batches(neighbour, profiles))), Invocation())
            traffic = _batches(ours, profiles)
            rows: list[bytes] = []

            def through_the_handler() -> float:
                batches = next(traffic)
                event = sqs_event(*batches)
                took = seconds(lambda: handler(event, Invocation()))
                rows[:] = _stored(connection, batches, bare)
                return took

            contestants = {
                "handler": through_the_handler,
                "copy": lambda: seconds(lambda: _copy(connection, rows)),
            }
            with one_core(connection):
                took = side_by_side(_ROUNDS, contestants)
            apart = side_by_side(_ROUNDS, contestants)
    logs = _LOGS_A_REQUEST * _MESSAGES
    return [
        Figure(
            "store_vs_copy",
            took.ratio("copy", "handler"),
            "ratio",
            Goal(">=", 0.7),
            "rate of the store_logs handler (queue messages in; rows, sums and totals committed) over that of a bare "
            "binary COPY of the same rows, prepared beforehand, into the same indexed table. One core does it all, "
            "PostgreSQL's part too",
        ),
        Figure(
            "store_vs_copy_apart",
            apart.ratio("copy", "handler"),
            "ratio",
            None,
            "the same with a core for each: the handler encodes while PostgreSQL writes",
        ),
        Figure(
            "store_logs_per_s",
            logs / took.seconds("handler"),
            "logs/s",
            None,
            f"the handler on one core, {logs:,} logs an invocation",
        ),
        Figure("copy_logs_per_s", logs / took.seconds("copy"), "logs/s", None, "the bare COPY on one core"),
    ]


def _batches(scenario_id: UUID, profiles: Sequence[Profile]) -> Iterator[list[LogBatch]]:
    """Invocations' worth of batches without end. A line that comes round again is made another message."""
    endless = ((lap, profile) for lap in count() for profile in profiles)
    while True:
        batches = [LogBatch(new_id(), scenario_id, datetime.now(UTC)) for _ in range(_MESSAGES)]
        for batch in batches:
            for lap, profile in islice(endless, _LOGS_A_REQUEST):
                digest = sha256(profile.message_hash + lap.to_bytes(2)).digest()
                batch.add(profile._replace(message_hash=digest), "web-1", int(batch.received_at.timestamp()))
        yield batches


def _stored(connection: Rows, batches: Sequence[LogBatch], scenario_id: UUID) -> list[bytes]:
    """The rows of these batches as COPY wants them, as if they were another scenario's."""
    with connection.cursor() as cursor:
        with cursor.copy(
            """
            COPY (SELECT id, %s::uuid, received_at, message_hash, message_preview, source, level, size_bytes,
                         token_count, sqs_blocks, has_pii, is_duplicate, pii_types
                  FROM scenario_logs WHERE scenario_id = %s AND received_at >= %s)
            TO STDOUT (FORMAT binary)
            """,
            (scenario_id, batches[0].scenario_id, batches[0].received_at),
        ) as copy:
            data = b"".join(copy)
        assert cursor.rowcount == sum(map(len, batches))
    return [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]


def _copy(connection: Rows, chunks: Sequence[bytes]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(
            """
            COPY scenario_logs (id, scenario_id, received_at, message_hash, message_preview, source, level, size_bytes,
                                token_count, sqs_blocks, has_pii, is_duplicate, pii_types)
            FROM STDIN (FORMAT binary)
            """
        ) as copy,
    ):
        for chunk in chunks:
            copy.write(chunk)
