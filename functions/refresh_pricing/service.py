"""Holds the price table against the AWS Price List.

What AWS confirms becomes `verified`; what it prices otherwise is closed and opened anew; what it doesn't say, or says
in two ways, stays as it is. So does what is announced for a later day: the list has the prices of now. Models that are
new to the table are not added: no offer says under which id to call them.
"""

from dataclasses import dataclass
from datetime import date

from functions.refresh_pricing import store
from functions.refresh_pricing.offers import Published
from shared.mockupaws.db import Rows
from shared.mockupaws.records.store import replace_price


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of a refresh.

    Attributes:
        confirmed: prices that AWS publishes as they are.
        changed: prices that AWS publishes otherwise, closed and opened anew.
        unconfirmed: prices of which the Price List said nothing, or two things.
        regions: where some changed.
    """

    confirmed: int
    changed: int
    unconfirmed: int
    regions: frozenset[str]


def refresh(connection: Rows, published: Published, today: date) -> Refreshed:
    """Brings the price table up to what was published.

    Args:
        connection: in the one transaction of the refresh.
        published: all pages, read to the end before anything is written.
        today: the day since when a changed price holds, as far as we know.
    """
    confirmed = changed = unconfirmed = 0
    regions: set[str] = set()
    for row in store.lock_in_force(connection, today):
        found = published.price_of(row)
        if found is None:
            unconfirmed += 1
            continue
        price, source_url = found
        if price == row.price_per_unit:
            confirmed += 1
            if not row.verified:
                store.confirm(connection, row, source_url)
        else:
            changed += 1
            regions.add(row.region)
            # It ends when the row would have: the day before another one that was announced.
            new = row._replace(price_per_unit=price, effective_from=today, verified=True, source_url=source_url)
            replace_price(connection, row, new)
    return Refreshed(confirmed, changed, unconfirmed, frozenset(regions))
