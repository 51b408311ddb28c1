"""The statements of a store, in the order in which they are run: notes, markers, locks, look-ups, rows, sums.

Markers are taken in the order of their ids and scenarios in the order of theirs, so that two invocations with the
same work wait for each other and never for ever.
"""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, fields
from datetime import datetime, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.rows import class_row

from functions.store_logs.rows import COLUMNS, COPY_HEADER, COPY_TRAILER, LogKeys, LogKeysDumper, encode_rows
from functions.store_logs.sums import UNITS, Addition, ArrivalChange, LockedScenario
from shared.mockupaws.contracts.batch import Reject, SealedBatch
from shared.mockupaws.contracts.sums import LogSum, Minute
from shared.mockupaws.db import Rows
from shared.mockupaws.ids import new_id

psycopg.adapters.register_dumper(LogKeys, LogKeysDumper)

_COPY_LOGS = sql.SQL("COPY scenario_logs ({}) FROM STDIN (FORMAT binary)").format(
    sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
)
# As `astuple`, which copies each value's own copy.
_LOG_SUM = attrgetter(*(field.name for field in fields(LogSum)))


def read_unfinished(connection: Rows, message_ids: Sequence[str]) -> dict[str, int]:
    """How many attempts at each message alone began and did not end; those without any are left out."""
    rows = connection.execute(
        "SELECT message_id, unfinished FROM ingest_attempts WHERE message_id = ANY(%s)", (list(message_ids),)
    )
    return dict(rows.fetchall())


def begin_attempt(connection: Rows, message_id: str) -> None:
    """Notes, for whoever comes after us, that a message is tried which may end this process."""
    connection.execute(
        """
        INSERT INTO ingest_attempts AS a (message_id, unfinished) VALUES (%s, 1)
        ON CONFLICT (message_id) DO UPDATE SET unfinished = a.unfinished + 1, begun_at = now()
        """,
        (message_id,),
    )


def end_attempt(connection: Rows, message_id: str) -> None:
    """Takes it back: the process lives, so whatever ended it before was something else."""
    connection.execute("DELETE FROM ingest_attempts WHERE message_id = %s", (message_id,))


def take_markers(connection: Rows, batches: Sequence[SealedBatch]) -> set[UUID]:
    """Marks the batches as stored and says which of them were not before."""
    ordered = sorted({batch.batch_id: batch.scenario_id for batch in batches}.items())
    rows = connection.execute(
        """
        INSERT INTO ingest_batches (batch_id, scenario_id)
        SELECT * FROM unnest(%s::uuid[], %s::uuid[])
        ON CONFLICT DO NOTHING
        RETURNING batch_id
        """,
        ([batch_id for batch_id, _ in ordered], [scenario_id for _, scenario_id in ordered]),
    )
    return {batch_id for (batch_id,) in rows}


def lock_scenarios(connection: Rows, scenario_ids: Iterable[UUID]) -> dict[UUID, LockedScenario]:
    """Locks the scenarios until the commit: their sums change one batch set after the other. Deleted ones are left out.

    The key itself stays free, so that a scenario's other tables can be written meanwhile.
    """
    with connection.cursor(row_factory=class_row(LockedScenario)) as cursor:
        rows = cursor.execute(
            """
            SELECT id, region, pipeline, created_at FROM scenarios
            WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE
            """,
            (sorted(set(scenario_ids)),),
        )
        return {row.id: row for row in rows}


def stored_hashes(connection: Rows, scenario: LockedScenario, batches: Iterable[SealedBatch]) -> set[bytes]:
    """Hashes of stored messages: all that are among the batches', and seldom another with the same beginning."""
    rows = connection.execute(
        "SELECT * FROM stored_hashes(%b, %b, %b)",
        (scenario.id, scenario.created_at, LogKeys.of(b"".join(batch.hashes for batch in batches))),
        binary=True,
    )
    return {digest for (digest,) in rows}


@contextmanager
def copying_logs(connection: Rows) -> Generator[Callable[[SealedBatch, Sequence[bytes], Sequence[bytes]], None]]:
    """Sends logs' rows by binary COPY, and waits at the end of the block until PostgreSQL has written them.

    Args:
        connection: in a transaction.

    Yields:
        What sends a batch, given its logs' hashes and rows.
    """
    with connection.cursor() as cursor, cursor.copy(_COPY_LOGS) as copy:
        copy.write(COPY_HEADER)
        # What is long, psycopg sends in slices, and of a view they are no copies.
        yield lambda batch, digests, rows: copy.write(memoryview(encode_rows(batch, digests, rows)))
        copy.write(COPY_TRAILER)


def insert_rejects(connection: Rows, scenario_id: UUID, rejects: Iterable[tuple[datetime, Reject]]) -> None:
    """Keeps what the door could not take, and when, for its sender to see."""
    rows = [(new_id(), scenario_id, received, r.position, r.error, r.sample) for received, r in rejects]
    if rows:
        connection.execute(
            """
            INSERT INTO ingest_rejects (id, scenario_id, received_at, position, error, sample)
            SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::timestamptz[], %s::int[], %s::text[], %s::text[])
            """,
            [list(column) for column in zip(*rows, strict=True)],
        )


def read_minutes(connection: Rows, scenario_id: UUID, starts: Iterable[int]) -> dict[int, Minute]:
    """The minutes as recorded so far, by their start in epoch seconds."""
    rows = connection.execute(
        """
        SELECT extract(epoch FROM minute)::bigint, logs, seconds FROM scenario_minutes
        WHERE scenario_id = %s AND minute = ANY(SELECT to_timestamp(s) FROM unnest(%s::bigint[]) AS s)
        """,
        (scenario_id, list(starts)),
    )
    return {start: Minute(logs, seconds) for start, logs, seconds in rows}


def write_sums(
    connection: Rows,
    scenario_id: UUID,
    added: Addition,
    minutes: Mapping[int, Minute],
    arrivals: Mapping[int, ArrivalChange],
) -> None:
    """Brings all sums of a scenario up to date, in one round trip.

    Args:
        connection: in the transaction that locked the scenario: nothing came between reading the minutes and this.
        scenario_id: the scenario.
        added: what is added to the traffic by level, novelty and size, and to the time buckets.
        minutes: as they become, by their start in epoch seconds.
        arrivals: how minutes move between the rate classes.
    """
    cells = [(*key, *_LOG_SUM(total)) for key, total in added.cells.items()]
    changes = [(rate_class, *astuple(change)) for rate_class, change in arrivals.items()]
    series = [(*key, value, UNITS.get(key[3], "count")) for key, value in added.series().items()]
    connection.execute(
        """
        WITH minutes AS (
            INSERT INTO scenario_minutes (scenario_id, minute, logs, seconds)
            SELECT %s, to_timestamp(start), logs, seconds
            FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS becomes (start, logs, seconds)
            ON CONFLICT (scenario_id, minute) DO UPDATE SET logs = EXCLUDED.logs, seconds = EXCLUDED.seconds
        ), arrivals AS (
            INSERT INTO scenario_arrivals AS a (scenario_id, rate_class, minutes, logs, active_seconds)
            SELECT %s, * FROM unnest(%s::int[], %s::bigint[], %s::bigint[], %s::bigint[])
            ON CONFLICT (scenario_id, rate_class) DO UPDATE SET
                minutes = a.minutes + EXCLUDED.minutes, logs = a.logs + EXCLUDED.logs,
                active_seconds = a.active_seconds + EXCLUDED.active_seconds
        ), cells AS (
            INSERT INTO scenario_traffic AS t (scenario_id, level, duplicate, size_class,
                logs, size_bytes, sqs_blocks, tokens, redacted_tokens, pii_logs)
            SELECT %s, * FROM unnest(%s::text[], %s::boolean[], %s::int[],
                %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
            ON CONFLICT (scenario_id, level, duplicate, size_class) DO UPDATE SET
                logs = t.logs + EXCLUDED.logs, size_bytes = t.size_bytes + EXCLUDED.size_bytes,
                sqs_blocks = t.sqs_blocks + EXCLUDED.sqs_blocks, tokens = t.tokens + EXCLUDED.tokens,
                redacted_tokens = t.redacted_tokens + EXCLUDED.redacted_tokens,
                pii_logs = t.pii_logs + EXCLUDED.pii_logs
        )
        INSERT INTO scenario_metrics AS m
            (scenario_id, bucket_seconds, timestamp, metric_type, metric_name, value, unit)
        SELECT %s, length, to_timestamp(start), type, name, value, unit
        FROM unnest(%s::int[], %s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::text[])
            AS added (length, start, type, name, value, unit)
        ON CONFLICT (scenario_id, bucket_seconds, timestamp, metric_type, metric_name)
            DO UPDATE SET value = m.value + EXCLUDED.value
        """,
        (
            scenario_id, list(minutes), *_columns([astuple(minute) for minute in minutes.values()], 2),
            scenario_id, *_columns(changes, 4),
            scenario_id, *_columns(cells, 9),
            scenario_id, *_columns(series, 6),
        ),
    )  # fmt: skip


def _columns(rows: Sequence[tuple[Any, ...]], count: int) -> list[list[Any]]:
    """Rows as their columns, also where there are none."""
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(count)]


def write_totals(connection: Rows, scenario_id: UUID, logs: int, cost_usd: Decimal | None) -> None:
    """Adds the logs to the scenario's total and sets what all of its traffic costs.

    Args:
        connection: in the transaction that locked the scenario.
        scenario_id: the scenario.
        logs: logs added.
        cost_usd: cost of all that is recorded now, US dollars; None leaves it as it was.
    """
    connection.execute(
        """
        UPDATE scenarios SET total_requests = total_requests + %s,
                             total_cost_estimate = coalesce(%s, total_cost_estimate)
        WHERE id = %s
        """,
        (logs, cost_usd, scenario_id),
    )


def ensure_partitions(connection: Rows, received: Sequence[datetime]) -> None:
    """Makes sure that rows received then have a place: `retain` only makes one for the weeks to come.

    Args:
        connection: outside a transaction, so that a new partition holds up others no longer than it takes.
        received: when the rows were received, UTC.
    """
    connection.execute(
        "SELECT ensure_log_partitions(%s, %s)", (min(received), max(received) + timedelta(microseconds=1))
    )
