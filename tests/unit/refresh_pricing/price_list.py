"""Products as `get_products` returns them: the attributes and numbers of real ones, cut to what is read."""

import json
from typing import Any

REGION_CODES = {"us-east-1": "USE1", "us-west-2": "USW2", "eu-west-1": "EU", "eu-central-1": "EUC1"}


def product(service: str, region: str, attributes: dict[str, str], unit: str, *tiers: tuple[str, str, str]) -> str:
    """A product in the Price List's JSON.

    Args:
        service: the offer.
        region: AWS region.
        attributes: what tells this product from others.
        unit: of the price.
        tiers: (begin, end, dollars) of each volume tier.
    """
    dimensions = {
        f"SKU.TERM.{number}": {
            "unit": unit,
            "beginRange": begin,
            "endRange": end,
            "description": f"${usd} per {unit}",
            "rateCode": f"SKU.TERM.{number}",
            "pricePerUnit": {"USD": usd},
        }
        for number, (begin, end, usd) in enumerate(tiers)
    }
    made: dict[str, Any] = {
        "product": {
            "productFamily": "API Request",
            "sku": "SKU",
            "attributes": {"servicecode": service, "regionCode": region, "locationType": "AWS Region", **attributes},
        },
        "serviceCode": service,
        "terms": {"OnDemand": {"SKU.TERM": {"effectiveDate": "2026-09-01T00:00:00Z", "priceDimensions": dimensions}}},
        "version": "20260901000000",
        "publicationDate": "2026-09-01T00:00:00Z",
    }
    return json.dumps(made)


def one_price(service: str, region: str, attributes: dict[str, str], unit: str, usd: str) -> str:
    """A product without volume tiers."""
    return product(service, region, attributes, unit, ("0", "Inf", usd))


def sqs(region: str, queue_type: str = "Standard", first: str = "0.0000004000") -> str:
    """A queue's requests, priced singly, in three tiers."""
    return product(
        "AWSQueueService", region, {"queueType": queue_type, "usagetype": "Requests-RBP"}, "Requests",
        ("0", "100000000000", first),
        ("100000000000", "200000000000", "0.0000003000"),
        ("200000000000", "Inf", "0.0000002400"),
    )  # fmt: skip


def nova(region: str, tail: str, usd: str, model: str = "Nova Lite") -> str:
    """A price of a model that AWS sells itself, per 1K tokens."""
    usage = f"{REGION_CODES[region]}-{model.replace(' ', '')}-{tail}"
    attributes = {"model": model, "usagetype": usage, "feature": "On-demand Inference"}
    return one_price("AmazonBedrock", region, attributes, "1K tokens", usd)


def claude(region: str, dimension: str, usd: str, name: str = "Claude Haiku 4.5") -> str:
    """A price of a model that the Marketplace sells, per 1M tokens."""
    code = REGION_CODES[region]
    attributes = {
        "servicename": f"{name} (Amazon Bedrock Edition)",
        "usagetype": f"{code}-MP:{code}_{dimension}-Units",
    }
    return one_price("AmazonBedrockFoundationModels", region, attributes, "1M tokens", usd)
