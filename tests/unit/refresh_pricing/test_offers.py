import json
from decimal import Decimal

import pytest

from functions.refresh_pricing.offers import Published, name_key
from shared.mockupaws.contracts.prices import Price
from shared.mockupaws.costing.seed import seed_prices
from tests.unit.refresh_pricing.price_list import claude, nova, one_price, sqs

SEED = seed_prices()
HAIKU = "anthropic.claude-haiku-4-5-20251001-v1:0"


def seeded(service: str, region: str, tier: str, usage_type: str, begin: int = 0) -> Price:
    return next(
        price
        for price in SEED
        if (price.service, price.region, price.tier, price.usage_type, price.range_begin)
        == (service, region, tier, usage_type, begin)
    )


def said(row: Price, *products: str) -> Decimal | None:
    published = Published()
    published.read(map(json.loads, products))
    found = published.price_of(row)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("Claude Haiku 4.5 (Amazon Bedrock Edition)", "claude-haiku-4-5-20251001-v1:0"),
        ("Claude 3.5 Sonnet v2 (Amazon Bedrock Edition)", "claude-3-5-sonnet-20241022-v2:0"),
        ("Claude Opus 4.6 (Amazon Bedrock Edition)", "claude-opus-4-6-v1"),
        ("Claude Fable 5.1 (Amazon Bedrock Edition)", "claude-fable-5-1"),
        ("Nova Lite", "nova-lite-v1:0"),
        ("Nova 2.0 Lite", "nova-2-lite-v1:0"),
        ("Llama 3.3 70B", "llama3-3-70b-instruct-v1:0"),
        ("GLM 5", "glm-5"),
        ("gpt-oss-120b", "gpt-oss-120b-1:0"),
        ("Mistral 7B", "mistral-7b-instruct-v0:2"),
    ],
)
def test_a_name_and_an_id_meet(name: str, model: str) -> None:
    assert name_key(name) == name_key(model)


def test_versions_that_differ_do_not_meet() -> None:
    assert name_key("claude-3-5-sonnet-20240620-v1:0") != name_key("claude-3-5-sonnet-20241022-v2:0")
    assert name_key("claude-fable-5") != name_key("claude-fable-5-1")


def test_sqs_is_found_by_volume_tier_and_per_million() -> None:
    for begin, price in ((0, "0.4"), (100_000_000_000, "0.3"), (200_000_000_000, "0.24")):
        row = seeded("sqs", "us-east-1", "standard", "requests", begin)
        assert said(row, sqs("us-east-1")) == Decimal(price)
    fifo = seeded("sqs", "us-east-1", "fifo", "requests")
    assert said(fifo, sqs("us-east-1")) is None
    assert said(fifo, sqs("us-east-1", "FIFO (first-in, first-out)", "0.0000005000")) == Decimal("0.5")


def test_lambda_is_found_by_group() -> None:
    row = seeded("lambda", "eu-west-1", "arm64", "provisioned_duration")
    attributes = {"group": "AWS-Lambda-Duration-Provisioned-ARM", "usagetype": "EU-Lambda-GB-Second-ARM"}
    product = one_price("AWSLambda", "eu-west-1", attributes, "Lambda-GB-Second", "0.0000077778")
    assert said(row, product) == Decimal("0.0000077778")
    assert said(row._replace(region="us-west-2"), product) is None


def test_the_free_tiers_zero_is_no_price() -> None:
    row = seeded("lambda", "us-east-1", "x86_64", "requests")
    attributes = {"group": "AWS-Lambda-Requests", "usagetype": "Request"}
    free = one_price("AWSLambda", "us-east-1", attributes, "Request", "0.0000000000")
    paid = one_price("AWSLambda", "us-east-1", attributes, "Request", "0.0000002000")
    assert said(row, free) is None
    assert said(row, free, paid) == Decimal("0.2")


def test_a_regions_price_is_its_geographic_profiles_too() -> None:
    for model in ("amazon.nova-lite-v1:0", "us.amazon.nova-lite-v1:0"):
        row = seeded("bedrock", "us-east-1", "on_demand", f"{model}/input")
        assert said(row, nova("us-east-1", "input-tokens", "0.0000600000")) == Decimal("0.00006")


def test_each_mode_and_kind_is_its_own() -> None:
    products = [
        nova("us-east-1", "input-tokens", "0.0000600000"),
        nova("us-east-1", "input-tokens-batch", "0.0000300000"),
        nova("us-east-1", "input-tokens-custom-model", "0.0000700000"),
        nova("us-east-1", "cache-read-input-token-count", "0.0000150000"),
        nova("us-east-1", "output-tokens", "0.0002400000"),
    ]
    for mode, kind, price in (
        ("on_demand", "input", "0.00006"),
        ("batch", "input", "0.00003"),
        ("on_demand", "cache_read", "0.000015"),
        ("on_demand", "output", "0.00024"),
    ):
        assert said(seeded("bedrock", "us-east-1", mode, f"amazon.nova-lite-v1:0/{kind}"), *products) == Decimal(price)


def test_the_global_profile_has_its_own_price_in_both_namings() -> None:
    old = [
        claude("us-east-1", "InputTokenCount", "1.1000000000"),
        claude("us-east-1", "InputTokenCount_Global", "1.0000000000"),
        claude("us-east-1", "InputTokenCount_Global_Batch", "0.5000000000"),
        claude("us-east-1", "CacheWrite1hInputTokenCount_Global", "2.0000000000"),
        claude("us-east-1", "CacheWriteInputTokenCount_Global", "1.2500000000"),
    ]
    new = [
        claude("us-east-1", "input_tokens_standard", "1.1000000000"),
        claude("us-east-1", "input_tokens_global_standard", "1.0000000000"),
        claude("us-east-1", "input_tokens_global_batch", "0.5000000000"),
        claude("us-east-1", "cache_write_tokens_1h_global_standard", "2.0000000000"),
        claude("us-east-1", "cache_write_tokens_global_standard", "1.2500000000"),
        claude("us-east-1", "input_tokens_long_ctx_standard", "2.2000000000"),
    ]
    for products in (old, new):
        for mode, usage, price in (
            ("on_demand", f"us.{HAIKU}/input", "0.0011"),
            ("on_demand", f"global.{HAIKU}/input", "0.001"),
            ("batch", f"global.{HAIKU}/input", "0.0005"),
            ("on_demand", f"global.{HAIKU}/cache_write", "0.00125"),
        ):
            assert said(seeded("bedrock", "us-east-1", mode, usage), *products) == Decimal(price)


def test_two_prices_for_one_thing_are_none() -> None:
    row = seeded("bedrock", "us-east-1", "on_demand", "amazon.nova-lite-v1:0/input")
    twice = [
        nova("us-east-1", "input-tokens", "0.0000600000"),
        nova("us-east-1", "input-tokens-standard", "0.0000600000"),
    ]
    assert said(row, *twice) == Decimal("0.00006")
    assert said(row, *twice, nova("us-east-1", "mantle-input-tokens", "0.0000700000")) is None
