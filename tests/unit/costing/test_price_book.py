"""What the rows of the price table come to."""

from decimal import Decimal

import pytest

from shared.mockupaws.costing.price_book import NotPricedError, PriceBook
from tests.unit.costing.prices import MODEL, REGION, model_price, price

FIRST = price("sqs", "standard", "requests", "0.40", "per_million_requests")
SECOND = price("sqs", "standard", "requests", "0.30", "per_million_requests", begin="100000000000")
FIFO = price("sqs", "fifo", "requests", "0.50", "per_million_requests")


def test_each_tier_ends_where_the_next_begins() -> None:
    bands = PriceBook([SECOND, FIRST]).bands("sqs", REGION, "standard", "requests")
    assert [(each.price_per_unit, each.range_begin, each.range_end) for each in bands.prices] == [
        (Decimal("0.40"), 0, 100_000_000_000),
        (Decimal("0.30"), 100_000_000_000, None),
    ]


def test_the_first_units_are_not_billed_at_the_next_tier_s_price_where_theirs_was_withdrawn() -> None:
    book = PriceBook([FIRST._replace(is_active=False), SECOND, FIFO])
    with pytest.raises(NotPricedError) as refused:
        book.bands("sqs", REGION, "standard", "requests")
    assert refused.value.message == (
        f"No sqs price for the first 100000000000 units of standard requests in {REGION}: it was withdrawn, or never "
        "added. Choices: fifo."
    )
    assert book.bands("sqs", REGION, "fifo", "requests").first.price_per_unit == Decimal("0.50")


def test_a_model_s_mode_that_lacks_a_first_tier_can_not_be_chosen_and_is_no_error_of_the_others() -> None:
    late = model_price("output", "0.015")._replace(range_begin=Decimal(1000))
    batch = [model_price("input", "0.0015", mode="batch"), model_price("output", "0.0075", mode="batch")]
    book = PriceBook([model_price("input", "0.003"), late, *batch])
    assert book.modes(REGION, MODEL) == ("batch",)
    assert book.tokens(REGION, MODEL, "batch", "output")
    with pytest.raises(NotPricedError, match=r"first 1000 units of on_demand amazon\.test-model") as refused:
        book.tokens(REGION, MODEL, "on_demand", "output")
    assert (refused.value.field, refused.value.choices) == ("bedrock.mode", ("batch",))
