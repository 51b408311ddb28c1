"""A price as AWS publishes it: a row of `aws_pricing`, and of the seed data."""

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple
from uuid import UUID

Service = Literal["sqs", "lambda", "bedrock"]
SERVICES: tuple[Service, ...] = ("sqs", "lambda", "bedrock")

PriceUnit = Literal["per_million_requests", "per_gb_second", "per_1k_tokens", "per_million_tokens"]

TokenKind = Literal["input", "output", "cache_read", "cache_write"]
TOKEN_KINDS: tuple[TokenKind, ...] = ("input", "output", "cache_read", "cache_write")


class Price(NamedTuple):
    """One price, and where it comes from.

    Attributes:
        service: who charges it.
        region: AWS region.
        tier: the variant of the service: `standard`, `fifo`; `x86_64`, `arm64`; `on_demand`, `batch`, `flex`,
            `priority`.
        usage_type: what is charged: `requests`, `duration`, `provisioned_concurrency`, `provisioned_duration`,
            `ephemeral_storage`; for Bedrock `model_usage_type(model, kind)`.
        price_per_unit: US dollars a `unit`.
        unit: what one price buys.
        effective_from: first day that it holds.
        range_begin: first unit a month that this price is for, in single requests, GB-seconds or tokens.
        range_end: where the next volume tier begins, None for the last.
        effective_to: last day, None while it holds; where it isn't active, the first day that it doesn't count for.
        is_active: whether estimates use it.
        source_url: where it was read.
        verified: whether AWS itself was the source.
        description: for people.
        id: the row's, None for a price that isn't stored.
    """

    service: Service
    region: str
    tier: str
    usage_type: str
    price_per_unit: Decimal
    unit: PriceUnit
    effective_from: date
    range_begin: Decimal = Decimal(0)
    range_end: Decimal | None = None
    effective_to: date | None = None
    is_active: bool = True
    source_url: str | None = None
    verified: bool = False
    description: str | None = None
    id: UUID | None = None


def model_usage_type(model_id: str, kind: TokenKind) -> str:
    """The usage type of a model's tokens. Model ids have colons and dots in them, but no slash.

    Args:
        model_id: as Bedrock names it, with its profile's prefix.
        kind: which tokens.
    """
    return f"{model_id}/{kind}"
