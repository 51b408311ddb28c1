"""The prices that the product comes with, for a new database and for a command line that has none."""

import json
from datetime import date
from decimal import Decimal
from importlib.resources import files

from shared.mockupaws.contracts.prices import Price


def seed_prices() -> tuple[Price, ...]:
    """The rows of seed_prices.json, which scripts/seed_prices.py makes. Their ids are given by who stores them."""
    text = files("shared.mockupaws.costing").joinpath("seed_prices.json").read_text("utf-8")
    return tuple(
        Price(
            service=row["service"],
            region=row["region"],
            tier=row["tier"],
            usage_type=row["usage_type"],
            price_per_unit=Decimal(row["price_per_unit"]),
            unit=row["unit"],
            range_begin=Decimal(row["range_begin"]),
            range_end=None if row["range_end"] is None else Decimal(row["range_end"]),
            effective_from=date.fromisoformat(row["effective_from"]),
            source_url=row["source_url"],
            verified=row["verified"],
            description=row["description"],
        )
        for row in json.loads(text)["rows"]
    )
