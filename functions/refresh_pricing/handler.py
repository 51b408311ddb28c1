"""Runs every week, and when a superuser asks: the price table against the AWS Price List."""

from datetime import UTC, datetime

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.refresh_pricing.offers import OFFERS, Published
from functions.refresh_pricing.price_list import fetcher, products
from functions.refresh_pricing.service import refresh
from shared.mockupaws.contracts.regions import REGIONS
from shared.mockupaws.db import database
from shared.mockupaws.invocation import Event, Line
from shared.mockupaws.records.repricing import reprice

# What the last scenario may take.
RESERVE_S = 10.0


def handler(event: Event, context: LambdaContext) -> dict[str, int]:
    """Read every page first, then write once: a page that fails half-way leaves the table as it was.

    Then what was recorded is priced anew where a price has changed; what there is no time for is left to `retain`.

    Returns:
        How many prices were `confirmed`, `changed`, `unconfirmed`.
    """
    with Line("refreshed", event, context) as line:
        published = Published()
        fetch = fetcher()
        for region in REGIONS:
            for offer in OFFERS:
                published.read(products(fetch, offer, region))
        with database().transaction() as connection:
            done = refresh(connection, published, datetime.now(UTC).date())
        said = {"confirmed": done.confirmed, "changed": done.changed, "unconfirmed": done.unconfirmed}
        line.say(**said)
        totals = reprice(database(), done.regions, lambda: context.get_remaining_time_in_millis() / 1_000 - RESERVE_S)
        line.say(totals_repriced=totals.changed, totals_left=totals.left)
    return said
