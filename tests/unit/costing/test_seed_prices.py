"""The seed prices: complete, sourced, and held against a second opinion."""

import itertools
from collections import defaultdict
from decimal import Decimal

import pytest
from genai_prices import Usage, calc_price

from shared.mockupaws.contracts.pipeline import DEFAULT_MODEL
from shared.mockupaws.contracts.prices import Price
from shared.mockupaws.costing.price_book import PriceBook
from shared.mockupaws.costing.seed import seed_prices

PRICES = seed_prices()
BOOK = PriceBook(PRICES)
REGIONS = ("eu-central-1", "eu-west-1", "us-east-1", "us-west-2")

# genai-prices knows one price per model, whatever the region, so it prices Europe as the United States.
US_PRICES_IN_EUROPE = {
    "eu.amazon.nova-2-lite-v1:0",
    "eu.amazon.nova-lite-v1:0",
    "eu.amazon.nova-micro-v1:0",
    "eu.amazon.nova-pro-v1:0",
    "meta.llama3-70b-instruct-v1:0",
    "meta.llama3-8b-instruct-v1:0",
}


def test_every_row_says_where_it_comes_from_and_since_when() -> None:
    for price in PRICES:
        assert (price.source_url or "").startswith("https://"), price
        assert price.effective_from.year == 2026, price
        assert price.description, price
        assert price.price_per_unit > 0, price


def test_no_price_is_there_twice() -> None:
    keys = [(p.service, p.region, p.tier, p.usage_type, p.range_begin, p.effective_from) for p in PRICES]
    assert len(keys) == len(set(keys))


def test_the_four_regions_have_all_services_and_25_models() -> None:
    assert BOOK.regions == REGIONS
    for region in REGIONS:
        for queue_type in ("standard", "fifo"):
            assert len(BOOK.bands("sqs", region, queue_type, "requests").prices) == 3
        for architecture in ("x86_64", "arm64"):
            assert len(BOOK.bands("lambda", region, architecture, "duration").prices) == 3
            for usage_type in ("requests", "ephemeral_storage", "provisioned_concurrency", "provisioned_duration"):
                assert BOOK.bands("lambda", region, architecture, usage_type)
        families = {model.partition(".")[2] if model.count(".") > 1 else model for model in BOOK.models(region)}
        assert len(families) >= 25, region
        assert {"amazon.titan-embed-text-v2:0", DEFAULT_MODEL} <= set(BOOK.models(region))


def test_volume_tiers_leave_no_gap() -> None:
    bands: dict[object, list[Price]] = defaultdict(list)
    for price in PRICES:
        bands[price.service, price.region, price.tier, price.usage_type].append(price)
    for rows in bands.values():
        ordered = sorted(rows, key=lambda price: price.range_begin)
        assert ordered[0].range_begin == 0
        assert ordered[-1].range_end is None
        assert all(one.range_end == other.range_begin for one, other in itertools.pairwise(ordered))


def test_newer_claude_is_asked_for_by_its_profile() -> None:
    """A bare id would be 10% off one way or the other: the geographic profile costs 1.10 times the global one."""
    for model in BOOK.models("us-east-1"):
        if model.startswith("global.anthropic."):
            bare = model.removeprefix("global.")
            assert bare not in BOOK.models("us-east-1")
            for kind in ("input", "output", "cache_read", "cache_write"):
                worldwide = BOOK.tokens("us-east-1", model, "on_demand", kind)
                geographic = BOOK.tokens("us-east-1", f"us.{bare}", "on_demand", kind)
                assert worldwide
                assert geographic
                ratio = geographic.first.price_per_unit / worldwide.first.price_per_unit
                assert ratio == Decimal("1.1"), (model, kind)


def test_batch_is_never_dearer_than_on_demand() -> None:
    for region in REGIONS:
        for model in BOOK.models(region):
            if "batch" in BOOK.modes(region, model):
                for kind in ("input", "output"):
                    batch = BOOK.tokens(region, model, "batch", kind)
                    listed = BOOK.tokens(region, model, "on_demand", kind)
                    assert batch is None or (listed and batch.first.price_per_unit < listed.first.price_per_unit)


def test_a_second_opinion_differs_only_where_it_is_known_to(capsys: pytest.CaptureFixture[str]) -> None:
    """genai-prices (MIT), asked about every on-demand token price. `pytest -rP` shows the list."""
    usages = {
        "input": Usage(input_tokens=1000),
        "output": Usage(output_tokens=1000),
        "cache_read": Usage(input_tokens=1000, cache_read_tokens=1000),
        "cache_write": Usage(input_tokens=1000, cache_write_tokens=1000),
    }
    compared, unknown, differing = 0, set[str](), set[str]()
    for price in PRICES:
        if price.service != "bedrock" or price.tier != "on_demand":
            continue
        model, _, kind = price.usage_type.rpartition("/")
        try:
            theirs = calc_price(usages[kind], model_ref=model, provider_id="aws").total_price
        except LookupError:
            unknown.add(model)
            continue
        compared += 1
        if theirs != price.price_per_unit:
            differing.add(model)
            print(f"{price.region} {price.usage_type}: {price.price_per_unit} here, {theirs} there")  # noqa: T201
    print("not known there:", ", ".join(sorted(unknown)))  # noqa: T201
    assert differing == US_PRICES_IN_EUROPE
    assert compared > 900
    assert "here" in capsys.readouterr().out
