"""Makes the seed prices: shared/mockupaws/costing/seed_prices.json, a row of `aws_pricing` per line.

SQS and Lambda are written down here, as AWS publishes them. Bedrock is cut from a file that the wheel of litellm
carries (MIT; its notice goes along), read as data: litellm itself is never imported.

    pip download --no-deps litellm==1.109.1
    python scripts/seed_prices.py litellm-1.109.1-*.whl
"""

import json
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

REGIONS = ("us-east-1", "us-west-2", "eu-west-1", "eu-central-1")
PRICE_FILE = "litellm/model_prices_and_context_window_backup.json"
TARGET = Path(__file__).parent.parent / "shared/mockupaws/costing"

# When the prices were read.
AWS_READ_ON = "2026-09-01"
LITELLM_READ_ON = "2026-11-01"

OFFERS = "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws"
SQS_PAGE = "https://aws.amazon.com/sqs/pricing/"
LAMBDA_PAGE = "https://aws.amazon.com/lambda/pricing/"

BILLION = 1_000_000_000

# The models that matter to someone who reads logs: what AWS sells today as text in, text or vectors out.
MODELS = (
    "amazon.nova-micro-v1:0",
    "amazon.nova-lite-v1:0",
    "amazon.nova-pro-v1:0",
    "amazon.nova-premier-v1:0",
    "amazon.nova-2-lite-v1:0",
    "amazon.titan-embed-text-v1",
    "amazon.titan-embed-text-v2:0",
    "anthropic.claude-3-5-haiku-20241022-v1:0",
    "anthropic.claude-3-5-sonnet-20241022-v2:0",
    "anthropic.claude-3-7-sonnet-20250219-v1:0",
    "anthropic.claude-haiku-4-5-20251001-v1:0",
    "anthropic.claude-haiku-5-5",
    "anthropic.claude-sonnet-4-5-20250929-v1:0",
    "anthropic.claude-sonnet-4-6",
    "anthropic.claude-sonnet-5",
    "anthropic.claude-sonnet-5-5",
    "anthropic.claude-opus-4-1-20250805-v1:0",
    "anthropic.claude-opus-4-5-20251101-v1:0",
    "anthropic.claude-opus-4-6-v1",
    "anthropic.claude-opus-4-7",
    "anthropic.claude-opus-4-8",
    "anthropic.claude-opus-5",
    "anthropic.claude-opus-5-5",
    "anthropic.claude-fable-5",
    "anthropic.claude-fable-5-1",
    "cohere.embed-english-v3",
    "cohere.embed-multilingual-v3",
    "cohere.embed-v4:0",
    "deepseek.r1-v1:0",
    "deepseek.v3-v1:0",
    "deepseek.v3.2",
    "google.gemma-3-4b-it",
    "google.gemma-3-12b-it",
    "google.gemma-3-27b-it",
    "meta.llama3-8b-instruct-v1:0",
    "meta.llama3-70b-instruct-v1:0",
    "meta.llama3-1-8b-instruct-v1:0",
    "meta.llama3-1-70b-instruct-v1:0",
    "meta.llama3-3-70b-instruct-v1:0",
    "meta.llama4-scout-17b-instruct-v1:0",
    "meta.llama4-maverick-17b-instruct-v1:0",
    "minimax.minimax-m2.1",
    "minimax.minimax-m2.5",
    "mistral.mistral-7b-instruct-v0:2",
    "mistral.mixtral-8x7b-instruct-v0:1",
    "mistral.mistral-small-2402-v1:0",
    "mistral.mistral-large-2402-v1:0",
    "mistral.mistral-large-3-675b-instruct",
    "mistral.ministral-3-3b-instruct",
    "mistral.ministral-3-8b-instruct",
    "mistral.ministral-3-14b-instruct",
    "mistral.magistral-small-2509",
    "mistral.pixtral-large-2502-v1:0",
    "moonshotai.kimi-k2.5",
    "moonshotai.kimi-k3",
    "nvidia.nemotron-nano-3-30b",
    "nvidia.nemotron-super-3-120b",
    "openai.gpt-oss-20b-1:0",
    "openai.gpt-oss-120b-1:0",
    "openai.gpt-6-luna",
    "openai.gpt-6-sol",
    "openai.gpt-6.1-sol",
    "openai.gpt-6.1-terra",
    "qwen.qwen3-32b-v1:0",
    "qwen.qwen3-235b-a22b-2507-v1:0",
    "qwen.qwen3-coder-30b-a3b-v1:0",
    "qwen.qwen3-coder-next",
    "qwen.qwen3-next-80b-a3b",
    "writer.palmyra-x5-v1:0",
    "xai.grok-4.7",
    "zai.glm-4.7",
    "zai.glm-5",
    "zai.glm-5.3",
)

# Sold in Europe too, though no source at hand says at what price: seeded at us-east-1's, and unverified.
ASSUMED_IN_EUROPE = (
    "amazon.titan-embed-text-v1",
    "amazon.titan-embed-text-v2:0",
    "cohere.embed-english-v3",
    "cohere.embed-multilingual-v3",
)

MODES = {"on_demand": "", "batch": "_batches", "flex": "_flex", "priority": "_priority"}
KINDS = {
    "input": "input_cost_per_token",
    "output": "output_cost_per_token",
    "cache_read": "cache_read_input_token_cost",
    "cache_write": "cache_creation_input_token_cost",
}

Row = dict[str, Any]


def main(wheel: str) -> None:
    """Writes the seed prices and the notice of where they come from."""
    with ZipFile(wheel) as archive:
        prices = json.loads(archive.read(PRICE_FILE), parse_float=Decimal)
        notice = next(name for name in archive.namelist() if name.endswith("licenses/LICENSE"))
        licence = archive.read(notice).decode()
    rows = [*sqs(), *functions(), *bedrock(prices)]
    lines = ",\n".join(json.dumps(row, default=plain) for row in rows)
    about = (
        "SQS and Lambda: as published by AWS. Bedrock: cut from model_prices_and_context_window_backup.json of "
        f"{Path(wheel).name} (MIT, see seed_prices.LICENSE). Made by scripts/seed_prices.py."
    )
    (TARGET / "seed_prices.json").write_text(f'{{\n"about": {json.dumps(about)},\n"rows": [\n{lines}\n]}}\n')
    (TARGET / "seed_prices.LICENSE").write_text(licence.strip() + "\n")
    models = {row["usage_type"].rpartition("/")[0] for row in rows if row["service"] == "bedrock"}
    print(f"{len(rows)} rows, {len(models)} models and profiles")


def sqs() -> Iterator[Row]:
    """Requests. us-east-1 standard: Price List; us-west-2's first tier: AWS's FOCUS sample; the rest at these rates."""
    tiers: dict[str, list[tuple[str, int, int | None]]] = {
        "standard": [("0.40", 0, 100), ("0.30", 100, 200), ("0.24", 200, None)],
        "fifo": [("0.50", 0, 100), ("0.40", 100, 200), ("0.35", 200, None)],
    }
    for region in REGIONS:
        for tier, bands in tiers.items():
            for price, begin, end in bands:
                listed = region == "us-east-1" and (tier == "standard" or begin == 0)
                sampled = region == "us-west-2" and tier == "standard" and begin == 0
                yield row(
                    "sqs", region, tier, "requests",
                    price_per_unit=Decimal(price),
                    unit="per_million_requests",
                    range_begin=begin * BILLION,
                    range_end=end and end * BILLION,
                    source_url=f"{OFFERS}/AWSQueueService/current/{region}/index.json" if listed else SQS_PAGE,
                    verified=listed or sampled,
                    description=f"SQS {tier} queue, requests",
                )  # fmt: skip


def functions() -> Iterator[Row]:
    """Lambda, us-east-1: Price List, September 2026; x86's first duration tier is the same in both EU regions there."""
    per_gb_second = {
        "x86_64": {
            "duration": [("0.0000166667", 0, 6), ("0.0000150000", 6, 15), ("0.0000133334", 15, None)],
            "provisioned_concurrency": [("0.0000041667", 0, None)],
            "provisioned_duration": [("0.0000097222", 0, None)],
            "ephemeral_storage": [("0.0000000309", 0, None)],
        },
        "arm64": {
            "duration": [
                ("0.0000133334", 0, Decimal("7.5")),
                ("0.0000120001", Decimal("7.5"), Decimal("18.75")),
                ("0.0000106667", Decimal("18.75"), None),
            ],
            "provisioned_concurrency": [("0.0000033334", 0, None)],
            "provisioned_duration": [("0.0000077778", 0, None)],
            "ephemeral_storage": [("0.0000000309", 0, None)],
        },
    }
    for region in REGIONS:
        for architecture, usage_types in per_gb_second.items():
            at_home = region == "us-east-1"
            offer = f"{OFFERS}/AWSLambda/current/{region}/index.json"
            yield row(
                "lambda", region, architecture, "requests",
                price_per_unit=Decimal("0.20"),
                unit="per_million_requests",
                source_url=offer if at_home else LAMBDA_PAGE,
                verified=at_home,
                description=f"Lambda {architecture}, requests",
            )  # fmt: skip
            for usage_type, bands in usage_types.items():
                for price, begin, end in bands:
                    eu_tier = region.startswith("eu-") and (architecture, usage_type, begin) == (
                        "x86_64",
                        "duration",
                        0,
                    )
                    yield row(
                        "lambda", region, architecture, usage_type,
                        price_per_unit=Decimal(price),
                        unit="per_gb_second",
                        range_begin=begin * BILLION,
                        range_end=end and end * BILLION,
                        source_url=offer if at_home or eu_tier else LAMBDA_PAGE,
                        verified=at_home or eu_tier,
                        description=f"Lambda {architecture}, {usage_type.replace('_', ' ')}",
                    )  # fmt: skip


def bedrock(prices: dict[str, Row]) -> Iterator[Row]:
    """Every model that is sold in a region, by itself or through a cross-region profile."""
    for region in REGIONS:
        for model in MODELS:
            for model_id, entry, own_region in sold_as(prices, model, region):
                yield from tokens(region, model_id, entry, own_region=own_region)


def sold_as(prices: dict[str, Row], model: str, region: str) -> Iterator[tuple[str, Row, bool]]:
    """(id, entry, whether the entry is this region's own) for the model and its profiles."""
    home, area = prices.get(model), region.split("-", maxsplit=1)[0]
    local = prices.get(f"bedrock/{region}/{model}")
    profile = prices.get(f"{area}.{model}")
    if local is not None:
        yield model, local, True
    # A bare id whose profile costs something else is ambiguous by that 10%, and sources differ on which of the two it
    # is: such a model is asked for by its profile.
    elif home is not None and not (profile and on_demand_input(profile) != on_demand_input(home)):
        worldwide = prices.get(f"global.{model}")
        only_worldwide = worldwide is not None and profile is None
        if (area == "us" or model in ASSUMED_IN_EUROPE) and not only_worldwide:
            yield model, home, region == "us-east-1"
    if profile is not None:
        yield f"{area}.{model}", profile, True
    if f"global.{model}" in prices:
        yield f"global.{model}", prices[f"global.{model}"], True


def tokens(region: str, model_id: str, entry: Row, *, own_region: bool) -> Iterator[Row]:
    """The token prices of one id. What isn't positive isn't sold: an embedding has no output."""
    source = entry.get("source")
    for mode, suffix in MODES.items():
        for kind, field in KINDS.items():
            price = entry.get(field + suffix)
            if price:
                yield row(
                    "bedrock", region, mode, f"{model_id}/{kind}",
                    price_per_unit=Decimal(price) * 1000,
                    unit="per_1k_tokens",
                    source_url=source or "https://aws.amazon.com/bedrock/pricing/",
                    verified=own_region and of_aws(source, region),
                    description=f"{model_id}, {kind.replace('_', ' ')} tokens, {mode.replace('_', '-')}",
                    effective_from=LITELLM_READ_ON,
                )  # fmt: skip


def of_aws(source: str | None, region: str) -> bool:
    """Whether a price was read from AWS's price list for the region (or for all), or from its pricing page."""
    if source is None:
        return False
    if source.startswith(OFFERS):
        place = source.split("/current/", 1)[1]
        return place in {"index.json", f"{region}/index.json"}
    return source.startswith("https://aws.amazon.com/bedrock/pricing")


def on_demand_input(entry: Row) -> object:
    """What tells two offers of the same model apart."""
    return entry.get("input_cost_per_token")


def row(service: str, region: str, tier: str, usage_type: str, **columns: object) -> Row:
    """A row with every column, in one order."""
    defaults: Row = {"range_begin": 0, "range_end": None, "effective_from": AWS_READ_ON}
    given: Row = {"service": service, "region": region, "tier": tier, "usage_type": usage_type} | defaults | columns
    order: Iterable[str] = (
        "service", "region", "tier", "usage_type", "price_per_unit", "unit", "range_begin", "range_end",
        "effective_from", "source_url", "verified", "description",
    )  # fmt: skip
    return {column: given[column] for column in order}


def plain(value: object) -> str:
    """Decimals as strings with their digits and no exponent."""
    if not isinstance(value, Decimal):
        raise TypeError(f"no JSON for {value!r}")
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


if __name__ == "__main__":
    main(*sys.argv[1:])
