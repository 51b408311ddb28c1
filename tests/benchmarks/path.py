"""The whole path of a log, door → queue message → rows, beside the design that it replaces."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import cycle, islice
from uuid import UUID

from pydantic import BaseModel, Field

from functions.store_logs.handler import handler
from shared.mockupaws.db import Rows
from shared.mockupaws.ids import new_id
from shared.mockupaws.profiling import Profiler
from tests.batches import sqs_record
from tests.benchmarks.bench import Bench
from tests.benchmarks.doors import Door, open_door
from tests.benchmarks.figures import Figure, Goal, seconds, side_by_side
from tests.gateway import Invocation

_ROUNDS = 5
_REQUESTS = 10
_LOGS_A_REQUEST = 1_000
_INSERTS = 300


def measure(bench: Bench) -> list[Figure]:
    """Both take the same lines, in turns, into the same table, with the same profiling."""
    lines = cycle(bench.lines())
    with bench.database() as url, open_door(url) as door:
        scenario_id = UUID(door.headers["x-scenario-id"])
        took = side_by_side(
            _ROUNDS,
            {
                "path": lambda: _path(door, lines) / (_REQUESTS * _LOGS_A_REQUEST),
                "insert": lambda: _inserts(door.connection, scenario_id, list(islice(lines, _INSERTS))) / _INSERTS,
            },
        )
    return [
        Figure(
            "path_vs_insert_per_log",
            took.ratio("insert", "path"),
            "ratio",
            Goal(">=", 20),
            f"{_REQUESTS} requests of {_LOGS_A_REQUEST:,} logs through the ingest handler and the store_logs handler, "
            "against one validated insert and commit a log: how many times as fast",
        ),
        Figure("path_logs_per_s", 1 / took.seconds("path"), "logs/s", None, "the former"),
        Figure("insert_logs_per_s", 1 / took.seconds("insert"), "logs/s", None, "the latter"),
    ]


def _path(door: Door, lines: Iterator[str]) -> float:
    door.forgive()
    door.bodies.clear()
    requests = [
        json.dumps([{"message": line, "source": "web-1"} for line in islice(lines, _LOGS_A_REQUEST)]).encode()
        for _ in range(_REQUESTS)
    ]
    events = [door.event(request) for request in requests]

    def through() -> None:
        for event in events:
            door.take(event)
        answer = handler({"Records": [sqs_record(body) for body in door.bodies]}, Invocation())
        assert not answer["batchItemFailures"]

    return seconds(through)


class _Log(BaseModel):
    """A log as the seed's API takes it."""

    message: str = Field(min_length=1)
    source: str = Field(max_length=255)


def _inserts(connection: Rows, scenario_id: UUID, lines: Sequence[str]) -> float:
    bodies = [json.dumps({"message": line, "source": "web-1"}) for line in lines]
    profiler = Profiler()

    def save(log: _Log) -> None:
        profile = profiler.profile(log.message)
        connection.execute(
            """
            INSERT INTO scenario_logs (id, scenario_id, received_at, message_hash, message_preview, source, level,
                size_bytes, token_count, sqs_blocks, has_pii, is_duplicate, pii_types)
            VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, false, %s)
            """,
            (
                new_id(), scenario_id, datetime.now(UTC), profile.message_hash, profile.preview, log.source,
                profile.level, profile.size_bytes, profile.tokens, profile.sqs_blocks, profile.has_pii,
                list(profile.pii),
            ),
        )  # fmt: skip

    def one_by_one() -> None:
        for body in bodies:
            # The seed's log ingestion flow: the scenario exists and runs, the payload is valid, the log is saved.
            with connection.transaction():
                running = connection.execute("SELECT status = 'running' FROM scenarios WHERE id = %s", [scenario_id])
                assert running.fetchone() == (True,)
                save(_Log.model_validate_json(body))

    return seconds(one_by_one)
