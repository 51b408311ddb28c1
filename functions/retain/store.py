"""The statements that make room, each small enough to be in nobody's way."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import LiteralString
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row, scalar_row

from shared.mockupaws.db import Rows
from shared.mockupaws.observability import logger


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a scenario's logs, which are ordered by time and then id."""

    received_at: datetime
    log_id: UUID


def ensure_partitions(connection: Rows, until: datetime) -> int:
    """Makes the partitions from yesterday's to that of a time, and says how many were missing."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        cursor.execute("SELECT ensure_log_partitions(now() - interval '1 day', %s)", (until,))
        made: int = cursor.fetchone() or 0
    return made


def partitions_before(connection: Rows, time: datetime) -> list[str]:
    """The partitions that hold nothing received at or after a time, the oldest first."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        names: list[str] = cursor.execute(
            """
            SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
            WHERE inhparent = 'scenario_logs'::regclass ORDER BY relname
            """
        ).fetchall()
    # Not asked of PostgreSQL, which may well look for a date in the name of every table there is.
    return [name for name in names if (end := _end(name)) is not None and end <= time]


def _end(partition: str) -> datetime | None:
    """When a partition's week ends: it is called after the Monday on which that begins, UTC.

    None where it isn't: somebody made it by hand, and may take it away again.
    """
    try:
        monday = datetime.strptime(partition.removeprefix("scenario_logs_"), "%Y%m%d").replace(tzinfo=UTC)
    except ValueError:
        logger.warning("a partition of no week", extra={"partition": partition})
        return None
    return monday + timedelta(days=7)


def drop_partition(connection: Rows, name: str, oldest: datetime, lock_timeout_ms: int) -> None:
    """Drops a partition, in a transaction of its own.

    Args:
        connection: in a transaction.
        name: the partition's.
        oldest: what was received then or later is kept; PostgreSQL, too, sees that the partition ends before.
        lock_timeout_ms: how long it may wait for those who read or write logs, who in turn wait for it.

    Raises:
        psycopg.errors.LockNotAvailable: they took longer.
        psycopg.errors.InsufficientPrivilege: the partition is still needed.
    """
    connection.execute("SELECT set_config('lock_timeout', %s, true)", (f"{lock_timeout_ms}ms",))
    connection.execute("SELECT drop_log_partition(%s, %s)", (name, oldest))


def delete_before(connection: Rows, table: LiteralString, column: LiteralString, time: datetime, at_most: int) -> int:
    """Deletes rows whose time has passed, and says how many. A row that is written meanwhile stays."""
    return connection.execute(
        sql.SQL(
            "DELETE FROM {table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {table} WHERE {column} < %s LIMIT %s))"
        ).format(table=sql.Identifier(table), column=sql.Identifier(column)),
        (time, at_most),
    ).rowcount


def regions_repriced(connection: Rows, since: date, today: date) -> list[str]:
    """Regions of prices that began to hold, ceased to or were noted since a day, in UTC."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        regions: list[str] = cursor.execute(
            """
            SELECT DISTINCT region FROM aws_pricing
            WHERE effective_from BETWEEN %(since)s AND %(today)s OR effective_to BETWEEN %(since)s - 1 AND %(today)s
               OR created_at >= %(since)s::timestamp AT TIME ZONE 'UTC'
            """,
            {"since": since, "today": today},
        ).fetchall()
    return regions


def next_purge(connection: Rows) -> UUID | None:
    """The scenario whose logs wait longest for their purge."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        cursor.execute("SELECT scenario_id FROM scenario_purges ORDER BY deleted_at, scenario_id LIMIT 1")
        scenario_id: UUID | None = cursor.fetchone()
    return scenario_id


def purge_logs(
    connection: Rows, scenario_id: UUID, after: Position | None, at_most: int
) -> tuple[int, Position | None]:
    """Deletes a scenario's oldest logs.

    Args:
        connection: in a transaction.
        scenario_id: whose.
        after: where the last ones ended: what was deleted is in the index for a while, and not to be walked through.
        at_most: how many.

    Returns:
        How many were deleted, and where they ended; None when none is left.
    """
    values = {
        "scenario": scenario_id,
        "after": after and after.received_at,
        "after_id": after and after.log_id,
        "at_most": at_most,
    }
    left = sql.SQL("""
        scenario_id = %(scenario)s
        AND (%(after)s::timestamptz IS NULL
             OR received_at >= %(after)s AND (received_at, id) > (%(after)s, %(after_id)s::uuid))
    """)
    with connection.cursor(row_factory=class_row(Position)) as cursor:
        statement = """
            SELECT received_at, id AS log_id FROM scenario_logs WHERE {}
            ORDER BY received_at, id OFFSET %(at_most)s - 1 LIMIT 1
        """
        end = cursor.execute(sql.SQL(statement).format(left), values).fetchone()
    values |= {"end": end and end.received_at, "end_id": end and end.log_id}
    statement = """
        DELETE FROM scenario_logs WHERE {}
          AND (%(end)s::timestamptz IS NULL
               OR received_at <= %(end)s AND (received_at, id) <= (%(end)s, %(end_id)s::uuid))
    """
    return connection.execute(sql.SQL(statement).format(left), values).rowcount, end


def purge_done(connection: Rows, scenario_id: UUID) -> None:
    """Strikes a scenario off the purges."""
    connection.execute("DELETE FROM scenario_purges WHERE scenario_id = %s", (scenario_id,))
