"""On what terms a usage is charged."""

from typing import NamedTuple

from shared.mockupaws.costing.price_book import PriceBook


class Terms(NamedTuple):
    """Prices, place and the account's position.

    Attributes:
        book: prices in force.
        region: AWS region.
        volume_tiers: whether the quantities are a whole month's, so that its volume tiers apply; otherwise all is
            charged at the first tier's price.
        free_tier: whether the account's monthly free tier is applied.
    """

    book: PriceBook
    region: str
    volume_tiers: bool
    free_tier: bool
