"""Runs every week, and when a superuser asks: the price table against the AWS Price List."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from functions.refresh_pricing.offers import OFFERS, Published
from functions.refresh_pricing.price_list import fetcher, products
from functions.refresh_pricing.service import refresh
from shared.mockupaws.contracts.regions import REGIONS
from shared.mockupaws.db import database
from shared.mockupaws.observability import logger


def handler(event: dict[str, Any], context: Any) -> dict[str, int]:  # noqa: ARG001 - Lambda's signature
    """Read every page first, then write once: a page that fails half-way leaves the table as it was.

    Returns:
        How many prices were `confirmed`, `changed`, `unconfirmed`.
    """
    published = Published()
    fetch = fetcher()
    for region in REGIONS:
        for offer in OFFERS:
            published.read(products(fetch, offer, region))
    with database().transaction() as connection:
        done = refresh(connection, published, datetime.now(UTC).date())
    logger.info("refreshed", extra=asdict(done))
    return asdict(done)
