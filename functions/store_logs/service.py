"""Stores batches exactly once: their markers, rows, sums and totals commit together or not at all."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from functions.store_logs import store
from functions.store_logs.sums import Addition, LockedScenario, arrival_changes, find_duplicates, merge
from shared.mockupaws.contracts.batch import Reject, SealedBatch
from shared.mockupaws.contracts.pipeline import Pipeline
from shared.mockupaws.costing.estimate import observed
from shared.mockupaws.costing.price_book import NotPricedError
from shared.mockupaws.db import Rows
from shared.mockupaws.observability import logger
from shared.mockupaws.records.prices import price_book
from shared.mockupaws.records.store import read_sums


@dataclass(slots=True)
class Stored:
    """What was stored, and not before.

    Attributes:
        received: when the door took each batch, UTC.
        logs: how many they have.
        duplicates: how many of these say what another one said before.
    """

    received: list[datetime] = field(default_factory=list[datetime])
    logs: int = 0
    duplicates: int = 0

    def add(self, other: "Stored") -> None:
        """Adds what was stored besides."""
        self.received += other.received
        self.logs += other.logs
        self.duplicates += other.duplicates


def store_batches(connection: Rows, batches: Sequence[SealedBatch]) -> Stored:
    """Stores the batches that were not stored before.

    Args:
        connection: in a transaction, which the caller commits.
        batches: of any scenarios; those of a scenario that was deleted meanwhile are dropped with it.

    Returns:
        What was stored now.

    Raises:
        BatchFormatError: one of them can't be opened.
    """
    # The same request may have been sent twice and both its messages be here.
    distinct = {batch.batch_id: batch for batch in batches}
    new = store.take_markers(connection, list(distinct.values()))
    by_scenario: dict[UUID, list[SealedBatch]] = defaultdict(list)
    for batch_id in sorted(new):
        by_scenario[distinct[batch_id].scenario_id].append(distinct[batch_id])
    scenarios = store.lock_scenarios(connection, by_scenario)
    stored = Stored()
    for scenario in scenarios.values():
        stored.add(_store(connection, scenario, by_scenario[scenario.id]))
    return stored


def _store(connection: Rows, scenario: LockedScenario, sealed: Sequence[SealedBatch]) -> Stored:
    known = store.stored_hashes(connection, scenario, sealed)
    first = dict(zip(known, known, strict=True))
    added = Addition()
    rejects: list[tuple[datetime, Reject]] = []
    stored = Stored([batch.received_at for batch in sealed], sum(map(len, sealed)))
    with store.copying_logs(connection) as copy_logs:
        # All this while PostgreSQL is busy with the rows before.
        for each in sealed:
            batch, digests = each.open(), each.digests()
            duplicates = find_duplicates(digests, first)
            batch.mark(duplicates)
            copy_logs(each, digests, batch.rows)
            added.add(batch, each.received_at, duplicates)
            rejects += [(each.received_at, reject) for reject in batch.rejects]
            stored.duplicates += len(duplicates)
    store.insert_rejects(connection, scenario.id, rejects)
    before = store.read_minutes(connection, scenario.id, added.minutes)
    after = {start: merge(before.get(start), more) for start, more in added.minutes.items()}
    for start, minute in after.items():
        more = minute.active_seconds - (before[start].active_seconds if start in before else 0)
        added.values[start, "lambda", "active_seconds"] += more
    store.write_sums(connection, scenario.id, added, after, arrival_changes(before, added.minutes))
    store.write_totals(connection, scenario.id, stored.logs, _cost(connection, scenario))
    return stored


def _cost(connection: Rows, scenario: LockedScenario) -> Decimal | None:
    """What all of its traffic costs; None where its design has lost its price, for its logs count all the same."""
    try:
        return observed(
            read_sums(connection, scenario.id),
            Pipeline.model_validate(scenario.pipeline),
            price_book(connection, scenario.region),
            scenario.region,
        ).total_usd
    except NotPricedError as error:
        logger.warning("not priced", extra={"scenario_id": str(scenario.id), "reason": error.message})
        return None
