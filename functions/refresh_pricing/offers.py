"""What the AWS Price List publishes, in the words of our own price table.

The shapes are those that `get_products` returns: `product.attributes` and `terms.OnDemand.*.priceDimensions.*`. Bedrock
spans two offers that name things differently:

- AmazonBedrock: the model in `model` (or `titanModel`), `USE1-NovaPro-input-tokens-batch`, per 1K tokens;
- AmazonBedrockFoundationModels: the model in `servicename`, `USE1-MP:USE1_input_tokens_global_standard-Units` or, of
  older models, `USE1-MP:USE1_InputTokenCount_Global-Units`, per 1M tokens.

A price outside any profile is the region's and its geographic profile's; a global one is the global profile's.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shared.mockupaws.contracts.prices import Price

OFFERS = ("AWSQueueService", "AWSLambda", "AmazonBedrock", "AmazonBedrockFoundationModels")

_QUEUE_TYPES = {"Standard": "standard", "FIFO (first-in, first-out)": "fifo"}
_LAMBDA_GROUPS = {
    "AWS-Lambda-Requests": "requests",
    "AWS-Lambda-Duration": "duration",
    "AWS-Lambda-Storage-Duration": "ephemeral_storage",
    "AWS-Lambda-Provisioned-Concurrency": "provisioned_concurrency",
    "AWS-Lambda-Duration-Provisioned": "provisioned_duration",
}
_PER_TOKENS = {"1K tokens": Decimal(1000), "1M tokens": Decimal(1_000_000)}
_PER_ROW_UNIT = {
    "per_million_requests": Decimal(1_000_000),
    "per_gb_second": Decimal(1),
    "per_1k_tokens": Decimal(1000),
    "per_million_tokens": Decimal(1_000_000),
}
_MODES = {"": "on_demand", "standard": "on_demand", "batch": "batch", "flex": "flex", "priority": "priority"}
_BEDROCK = re.compile(
    r"(?P<kind>input|output|cache-read|cache-write)(?:-input)?-token(?:s|-count)"
    r"(?P<worldwide>-cross-region-global|-global)?(?:-(?P<mode>standard|batch|flex|priority))?$"
)
_MODELS_SNAKE = re.compile(
    r"_(?P<kind>input|output|cache_read|cache_write)_tokens(?P<worldwide>_global)?_(?P<mode>standard|batch|flex|priority)"
    r"-Units$"
)
_MODELS_CAMEL = re.compile(
    r"_(?P<kind>Input|Output|CacheReadInput|CacheWriteInput)TokenCount(?P<worldwide>_Global)?(?:_(?P<mode>Batch))?-Units$"
)
_KINDS = {
    "CacheReadInput": "cache_read",
    "CacheWriteInput": "cache_write",
    "cache-read": "cache_read",
    "cache-write": "cache_write",
}
# Another product of the same name: fine-tuned models, speech, the older endpoint's twin at its own price.
_OTHER_PRODUCTS = ("custom-model", "customization", "speech", "latency")

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A price as published.

    Attributes:
        price: dollars for a single unit.
        source_url: the offer that says so.
    """

    price: Decimal
    source_url: str


class Published:
    """What the Price List says of all that was read."""

    def __init__(self) -> None:
        # By where a volume tier begins. More than one says that AWS has several prices for what looks the same to us.
        self._found: dict[_Key, dict[Decimal, set[Found]]] = defaultdict(lambda: defaultdict(set))

    def read(self, products: Iterable[Mapping[str, Any]]) -> None:
        """Takes in products, as parsed from `PriceList`. What is none of ours is passed over."""
        for product in products:
            attributes = product["product"]["attributes"]
            offer, region = attributes["servicecode"], attributes.get("regionCode", "")
            url = f"https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/{offer}/current/{region}/index.json"
            for key in _keys(attributes):
                for begin, price in _dimensions(product, offer):
                    self._found[key][begin].add(Found(price, url))

    def price_of(self, row: Price) -> tuple[Decimal, str] | None:
        """What AWS publishes for a row's thing, per the row's unit, and where.

        Returns:
            None where it isn't said, or said in several ways.
        """
        for key in _keys_of(row):
            found = self._found.get(key, {}).get(row.range_begin, set())
            if len({each.price for each in found}) == 1:
                first = min(found, key=lambda each: each.source_url)
                return first.price * _PER_ROW_UNIT[row.unit], first.source_url
        return None


def name_key(name: str) -> str:
    """A model's name without what its writers write differently.

    `Claude Haiku 4.5 (Amazon Bedrock Edition)` and `claude-haiku-4-5-20251001-v1:0` are both claudehaiku45.
    """
    name = re.sub(r"\(.*?\)", "", name.lower())
    name = re.sub(r"-\d{8}(?=-|$)", "", name)
    # A first version goes unsaid in names, a later one doesn't.
    name = re.sub(r"-v[01](?::\d+)?$|-\d+:\d+$|:\d+$", "", name)
    name = re.sub(r"(?<=\d)\.0\b|\binstruct\b|\bit\b", "", name)
    return re.sub(r"[^a-z0-9]", "", name)


def _keys(attributes: Mapping[str, str]) -> Iterator[_Key]:
    """What a product is the price of, in the price table's words; nothing for what isn't there."""
    region, usage = attributes.get("regionCode", ""), attributes.get("usagetype", "")
    match attributes["servicecode"]:
        case "AWSQueueService":
            queue_type = _QUEUE_TYPES.get(attributes.get("queueType", ""))
            if queue_type and "Requests" in usage and "Fair" not in usage:
                yield ("sqs", region, queue_type, "requests")
        case "AWSLambda":
            group = attributes.get("group", "")
            usage_type = _LAMBDA_GROUPS.get(group.removesuffix("-ARM"))
            if usage_type:
                yield ("lambda", region, "arm64" if group.endswith("-ARM") else "x86_64", usage_type)
        case "AmazonBedrock":
            model = attributes.get("model") or attributes.get("titanModel")
            found = _BEDROCK.search(usage)
            if model and found and not any(other in usage.lower() for other in _OTHER_PRODUCTS):
                yield _tokens(region, model, found)
        case "AmazonBedrockFoundationModels":
            found = _MODELS_SNAKE.search(usage) or _MODELS_CAMEL.search(usage)
            if found and "1h" not in usage:
                yield _tokens(region, attributes.get("servicename", ""), found)
        case _:
            pass


def _tokens(region: str, model: str, found: re.Match[str]) -> _Key:
    kind = _KINDS.get(found["kind"], found["kind"].lower())
    mode = _MODES[(found["mode"] or "").lower()]
    return ("bedrock", region, mode, kind, "global" if found["worldwide"] else "", name_key(model))


def _keys_of(row: Price) -> Iterator[_Key]:
    """The keys under which a row's price may have been read."""
    if row.service != "bedrock":
        yield (row.service, row.region, row.tier, row.usage_type)
        return
    model, _, kind = row.usage_type.rpartition("/")
    parts = model.split(".", 2)
    profile = parts[0] if parts[0] in {"us", "eu", "global"} else ""
    bare = model.removeprefix(f"{profile}.")
    provider, _, name = bare.partition(".")
    where = "global" if profile == "global" else ""
    for each in (name, f"{provider} {name}"):
        yield ("bedrock", row.region, row.tier, kind, where, name_key(each))


def _dimensions(product: Mapping[str, Any], service_code: str) -> Iterator[tuple[Decimal, Decimal]]:
    """(where it begins, dollars for one unit) of a product's volume tiers; the free tier's are left out."""
    for term in product["terms"].get("OnDemand", {}).values():
        for dimension in term["priceDimensions"].values():
            price = Decimal(dimension["pricePerUnit"].get("USD", "0"))
            per = _PER_TOKENS.get(dimension["unit"]) if service_code.startswith("AmazonBedrock") else Decimal(1)
            if price and per:
                yield Decimal(dimension.get("beginRange") or "0"), price / per
