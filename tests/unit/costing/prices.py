"""A small price book for tests that need to know its numbers."""

from datetime import date
from decimal import Decimal

from shared.mockupaws.contracts.prices import Price, PriceUnit, Service, TokenKind, model_usage_type
from shared.mockupaws.costing.price_book import PriceBook
from shared.mockupaws.costing.terms import Terms

REGION = "us-east-1"
MODEL = "amazon.test-model-v1:0"
EMBEDDING = "amazon.titan-embed-test"


def price(
    service: Service,
    tier: str,
    usage_type: str,
    amount: str,
    unit: PriceUnit,
    *,
    begin: str = "0",
) -> Price:
    """A price that is in force."""
    return Price(
        service=service,
        region=REGION,
        tier=tier,
        usage_type=usage_type,
        price_per_unit=Decimal(amount),
        unit=unit,
        range_begin=Decimal(begin),
        effective_from=date(2026, 9, 1),
        source_url="https://aws.amazon.com/pricing/",
        verified=True,
    )


def model_price(kind: TokenKind, amount: str, mode: str = "on_demand", model: str = MODEL) -> Price:
    """A price of 1,000 tokens."""
    return price("bedrock", mode, model_usage_type(model, kind), amount, "per_1k_tokens")


BOOK = PriceBook(
    [
        price("sqs", "standard", "requests", "0.40", "per_million_requests"),
        price("sqs", "standard", "requests", "0.30", "per_million_requests", begin="100000000000"),
        price("sqs", "standard", "requests", "0.24", "per_million_requests", begin="200000000000"),
        price("sqs", "fifo", "requests", "0.50", "per_million_requests"),
        *(price("lambda", arch, "requests", "0.20", "per_million_requests") for arch in ("x86_64", "arm64")),
        price("lambda", "x86_64", "duration", "0.00001667", "per_gb_second"),
        price("lambda", "x86_64", "duration", "0.000015", "per_gb_second", begin="6000000000"),
        price("lambda", "arm64", "duration", "0.0000133334", "per_gb_second"),
        price("lambda", "x86_64", "ephemeral_storage", "0.0000000309", "per_gb_second"),
        price("lambda", "x86_64", "provisioned_concurrency", "0.0000041667", "per_gb_second"),
        price("lambda", "x86_64", "provisioned_duration", "0.0000097222", "per_gb_second"),
        model_price("input", "0.003"),
        model_price("output", "0.015"),
        model_price("cache_read", "0.0003"),
        model_price("cache_write", "0.00375"),
        model_price("input", "0.0015", mode="batch"),
        model_price("output", "0.0075", mode="batch"),
        model_price("input", "0.0001", model=EMBEDDING),
    ]
)
SAMPLE = Terms(BOOK, REGION, volume_tiers=False, free_tier=False)
MONTH = Terms(BOOK, REGION, volume_tiers=True, free_tier=False)
FREE = Terms(BOOK, REGION, volume_tiers=True, free_tier=True)
