"""The AWS Price List, page by page."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_pricing import PricingClient

# One of the few regions that answer; the prices of all are to be had there.
_REGION = "us-east-1"


def client() -> "PricingClient":
    """A client that is patient: the Price List throttles."""
    return boto3.client("pricing", region_name=_REGION, config=Config(retries={"mode": "adaptive", "max_attempts": 10}))


def products(pricing: "PricingClient", offer: str, region: str) -> Iterator[dict[str, Any]]:
    """Every product of an offer in a region.

    Args:
        pricing: boto3's client.
        offer: AWS's code of the service.
        region: AWS region.

    Raises:
        botocore.exceptions.ClientError: a page couldn't be had.
    """
    pages = pricing.get_paginator("get_products").paginate(
        ServiceCode=offer,
        Filters=[{"Type": "TERM_MATCH", "Field": "regionCode", "Value": region}],
        FormatVersion="aws_v1",
    )
    for page in pages:
        for text in page["PriceList"]:
            yield json.loads(text, parse_float=Decimal)
