"""What the rows of the price table come to."""

from datetime import date
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


def test_before_the_first_prices_the_day_is_named_and_what_to_do() -> None:
    day = date(1999, 12, 31)
    then = "for region 'us-east-1' on 1999-12-31: ask for a later day with `prices_on`, or leave it out for today's."
    with pytest.raises(NotPricedError) as refused:
        PriceBook([], day).bands("sqs", REGION, "standard", "requests")
    assert (refused.value.message, refused.value.field) == (f"No prices {then}", "region")
    for prices in ([], [FIRST]):
        with pytest.raises(NotPricedError) as refused:
            PriceBook(prices, day).tokens(REGION, MODEL, "on_demand", "input")
        assert (refused.value.message, refused.value.field) == (f"No model prices {then}", "region")


def test_what_has_no_price_on_a_day_is_said_of_that_day() -> None:
    book = PriceBook([FIRST, model_price("input", "0.003")], date(2026, 9, 1))
    for asked, says in (
        (
            lambda: book.tokens(REGION, "amazon.other", "on_demand", "input"),
            "'amazon.other' in us-east-1 on 2026-09-01.",
        ),
        (lambda: book.tokens(REGION, MODEL, "flex", "input"), "no flex price in us-east-1 on 2026-09-01."),
        (lambda: book.bands("lambda", REGION, "arm64", "duration"), "arm64 duration in us-east-1 on 2026-09-01."),
    ):
        with pytest.raises(NotPricedError) as refused:
            asked()
        assert says in refused.value.message


def test_a_region_is_no_choice_where_it_has_no_prices() -> None:
    elsewhere = model_price("input", "0.003")._replace(region="eu-west-1")
    with pytest.raises(NotPricedError, match=r"us-east-1'\. Choices: eu-west-1\.$"):
        PriceBook([FIRST, elsewhere]).tokens(REGION, MODEL, "on_demand", "input")
    with pytest.raises(NotPricedError, match=r"us-east-1'\.$"):
        PriceBook([FIRST]).tokens(REGION, MODEL, "on_demand", "input")
