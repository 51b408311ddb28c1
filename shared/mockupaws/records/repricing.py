"""Totals that keep up with prices: a scenario's `total_cost_estimate` is what `observed` says of its traffic."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from psycopg.errors import LockNotAvailable

from shared.mockupaws.costing.price_book import NotPricedError, PriceBook
from shared.mockupaws.db import Database, Rows
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.records.store import lock_recording, read_prices, read_recorded, read_sums, write_cost

# Longer than `store_logs` has a scenario at a time. Whoever has it longer prices it anyway, or leaves it to `retain`.
LOCK_TIMEOUT_MS = 2_000


class Repriced(NamedTuple):
    """What came of it.

    Attributes:
        changed: how many totals are others now.
        left: how many scenarios were not looked at: there was no time, or somebody else was at them.
    """

    changed: int
    left: int


def reprice(database: Database, regions: Iterable[str], time_left: Callable[[], float]) -> Repriced:
    """Prices anew what was recorded in regions whose prices have changed, after that was committed.

    Each scenario has a transaction of its own, with no lock but that on its row, which `store_logs` takes too: nobody
    waits for more than one of them, and nobody for ever. What has no price any more keeps its total.

    A batch that is stored within a minute may still be priced by what a container has kept (`records.prices`), and is
    the reason, with what is left here, why `retain` does this again for the prices of the last days.

    Args:
        database: for many short transactions.
        regions: of the prices that have changed.
        time_left: seconds until this must be over.

    Raises:
        UnavailableError: the database can't be reached.
    """
    with database.transaction() as connection:
        recorded = read_recorded(connection, sorted(set(regions)))
        books = {region: PriceBook(read_prices(connection, region)) for region in {each.region for each in recorded}}
    changed = left = 0
    for number, scenario in enumerate(recorded):
        if time_left() <= 0:
            left += len(recorded) - number
            break
        try:
            with database.transaction() as connection:
                changed += _reprice(connection, scenario.id, books)
        except UnavailableError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            left += 1
    return Repriced(changed, left)


def _reprice(connection: Rows, scenario_id: UUID, books: Mapping[str, PriceBook]) -> bool:
    # Of all that is asked of the price table, only a change of it needs the engine.
    from shared.mockupaws.costing.estimate import observed  # noqa: PLC0415

    recording = lock_recording(connection, scenario_id, LOCK_TIMEOUT_MS)
    if recording is None or recording.region not in books:
        return False
    traffic, book = read_sums(connection, scenario_id), books[recording.region]
    try:
        cost = observed(traffic, recording.pipeline, book, recording.region).total_usd
    except NotPricedError:
        return False
    return write_cost(connection, scenario_id, cost)
