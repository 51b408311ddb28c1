"""The prices in force, kept by a container for a minute: they change weekly, and a batch must not wait for them."""

import time
from datetime import date

from shared.mockupaws.costing.price_book import PriceBook
from shared.mockupaws.db import Rows
from shared.mockupaws.records.store import read_prices

TTL_SECONDS = 60
_kept: dict[str, tuple[float, PriceBook]] = {}


def price_book(connection: Rows, region: str, on: date | None = None) -> PriceBook:
    """A region's prices in force.

    Args:
        connection: asked at most once a minute a region, and each time for another day than today.
        region: AWS region.
        on: the day whose prices count, None for today (UTC).
    """
    if on is not None:
        return PriceBook(read_prices(connection, region, on), on)
    kept = _kept.get(region)
    if kept is None or time.monotonic() - kept[0] >= TTL_SECONDS:
        kept = _kept[region] = (time.monotonic(), PriceBook(read_prices(connection, region)))
    return kept[1]
