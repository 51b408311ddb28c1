"""What is kept, and for how long. Each chore is done in small transactions, and as far as the time allows."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import LiteralString
from uuid import UUID

from functions.retain import store
from shared.mockupaws.contracts.reports import RETENTION_DAYS
from shared.mockupaws.db import Database
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.observability import describe, logger
from shared.mockupaws.records.repricing import reprice

# Each costs every look-up for duplicates a little, and `store_logs` makes one that is missing.
PARTITIONS_AHEAD = timedelta(weeks=2)
CHUNK_ROWS = 10_000
# A drop waits for whoever is at the logs now, and whoever comes meanwhile waits for it.
LOCK_TIMEOUT_MS = 2_000
LOCK_ATTEMPTS = 5
LOCK_PAUSE_S = 1.0
# A day that failed is made good by the next one.
PRICES_SINCE = timedelta(days=2)
# What the last chunk may take.
RESERVE_S = 20.0

TimeLeft = Callable[[], float]
"""Seconds until this must be over."""


@dataclass(frozen=True, slots=True)
class Expiry:
    """Rows that are of no use any more after some time.

    Attributes:
        table: where they are.
        column: the time that counts.
        age: how long after it they are kept.
    """

    table: LiteralString
    column: LiteralString
    age: timedelta


EXPIRIES = (
    # A batch's marker must outlive its message: 14 days on the queue, then 14 on the dead-letter queue.
    Expiry("ingest_batches", "stored_at", timedelta(days=30)),
    # What is known of a message that ends processes is of use as long as it may be on the queue.
    Expiry("ingest_attempts", "begun_at", timedelta(days=14)),
    # A client may try the same request again that long: over a weekend, and some days more.
    Expiry("ingest_requests", "received_at", timedelta(days=7)),
    # A log's own time is believed up to 30 days back, and its message may wait for 28 more: until then its minute may
    # grow. After that it is counted in scenario_arrivals for good.
    Expiry("scenario_minutes", "minute", timedelta(days=60)),
    # A counter's window is a minute.
    Expiry("rate_limits", "window_started_at", timedelta(days=1)),
    # A day longer than they hold, so that a late one is told that it has expired, not that it never was.
    Expiry("refresh_tokens", "expires_at", timedelta(days=1)),
    Expiry("password_reset_tokens", "expires_at", timedelta(days=1)),
    # With their files, which the bucket expires after as many days.
    Expiry("reports", "created_at", timedelta(days=RETENTION_DAYS)),
)


class ChoreError(RuntimeError):
    """Some chores failed, the others are done. The text names them; the log has the reasons."""


def retain(database: Database, now: datetime, retention_days: int, time_left: TimeLeft) -> Mapping[str, int]:
    """Does every chore, whatever becomes of the others.

    Args:
        database: where.
        now: UTC.
        retention_days: how long logs are kept, and samples of those that couldn't be taken.
        time_left: what can't be done in it is left to the next day.

    Returns:
        By chore, how much was done: partitions, totals or rows.

    Raises:
        ChoreError: some failed.
    """
    oldest = now - timedelta(days=retention_days)
    chores: dict[str, Callable[[], int]] = {
        "partitions_made": lambda: _make_partitions(database, now),
        "partitions_dropped": lambda: _drop_partitions(database, oldest, time_left),
        "ingest_rejects": lambda: _expire(database, "ingest_rejects", "received_at", oldest, time_left),
    }
    for expiry in EXPIRIES:
        chores[expiry.table] = lambda expiry=expiry: _expire(
            database, expiry.table, expiry.column, now - expiry.age, time_left
        )
    chores["totals_repriced"] = lambda: _reprice(database, now.date(), time_left)
    # Last, since it may take all the time that there is.
    chores["logs_purged"] = lambda: _purge(database, time_left)
    done: dict[str, int] = {}
    failed: list[str] = []
    for name, chore in chores.items():
        try:
            done[name] = chore()
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one, the others are no less due; all is told
            logger.error("chore failed", extra={"chore": name, **describe(error)})
            failed.append(name)
    if failed:
        raise ChoreError(f"not done: {', '.join(failed)}")
    return done


def _make_partitions(database: Database, now: datetime) -> int:
    with database.transaction() as connection:
        return store.ensure_partitions(connection, now + PARTITIONS_AHEAD)


def _drop_partitions(database: Database, oldest: datetime, time_left: TimeLeft) -> int:
    with database.autocommit() as connection:
        names = store.partitions_before(connection, oldest)
    for done, name in enumerate(names):
        if time_left() < RESERVE_S:
            return done
        _drop(database, name, oldest)
    return len(names)


def _drop(database: Database, name: str, oldest: datetime) -> None:
    for attempt in range(1, LOCK_ATTEMPTS + 1):
        try:
            with database.transaction() as connection:
                store.drop_partition(connection, name, oldest, LOCK_TIMEOUT_MS)
        except UnavailableError:
            if attempt == LOCK_ATTEMPTS:
                raise
            time.sleep(LOCK_PAUSE_S)
        else:
            return


def _expire(
    database: Database, table: LiteralString, column: LiteralString, oldest: datetime, time_left: TimeLeft
) -> int:
    total = 0
    while time_left() > RESERVE_S:
        with database.transaction() as connection:
            deleted = store.delete_before(connection, table, column, oldest, CHUNK_ROWS)
        total += deleted
        if deleted < CHUNK_ROWS:
            break
    return total


def _reprice(database: Database, today: date, time_left: TimeLeft) -> int:
    """Brings totals up to date with prices that began or ended lately.

    With those of the days before, too, since nobody else makes good what the change of a price had no time for, or a
    container priced by what it had kept.
    """
    with database.autocommit() as connection:
        regions = store.regions_repriced(connection, today - PRICES_SINCE, today)
    return reprice(database, regions, lambda: time_left() - RESERVE_S).changed


def _purge(database: Database, time_left: TimeLeft) -> int:
    """Deletes the logs of deleted scenarios, chunk by chunk, those that were deleted first first."""
    purged = 0
    before: UUID | None = None
    end: store.Position | None = None
    while time_left() > RESERVE_S:
        with database.transaction() as connection:
            scenario_id = store.next_purge(connection)
            if scenario_id is None:
                break
            if scenario_id != before:  # where another one's purge got to says nothing of this one's logs
                before, end = scenario_id, None
            deleted, end = store.purge_logs(connection, scenario_id, end, CHUNK_ROWS)
            if end is None:
                store.purge_done(connection, scenario_id)
        purged += deleted
    return purged
