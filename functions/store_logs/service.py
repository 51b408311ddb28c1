"""Stores batches exactly once: their markers, rows, sums and totals commit together or not at all."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from functions.store_logs import store
from functions.store_logs.sums import LockedScenario, add_up, arrival_changes, find_duplicates, merge
from shared.mockupaws.contracts.batch import LogBatch, SealedBatch
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
    batches: list[LogBatch] = []
    duplicates: list[list[bool]] = []
    with store.copying_logs(connection) as copy_logs:
        # All this while PostgreSQL is busy with the rows before.
        for batch in map(SealedBatch.open, sealed):
            duplicate = find_duplicates(batch, known)
            copy_logs(batch, duplicate)
            batches.append(batch)
            duplicates.append(duplicate)
        added = add_up(batches, duplicates)
    store.insert_rejects(connection, batches)
    before = store.read_minutes(connection, scenario.id, added.minutes)
    after = {start: merge(before.get(start), more) for start, more in added.minutes.items()}
    for start, minute in after.items():
        more = minute.active_seconds - (before[start].active_seconds if start in before else 0)
        added.spread(start, "lambda", "active_seconds", more)
    store.write_sums(connection, scenario.id, added, after, arrival_changes(before, added.minutes))
    store.write_totals(connection, scenario.id, added.logs, _cost(connection, scenario))
    repeated = sum(cell.logs for (_, duplicate, _), cell in added.cells.items() if duplicate)
    return Stored([batch.received_at for batch in sealed], added.logs, repeated)


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
