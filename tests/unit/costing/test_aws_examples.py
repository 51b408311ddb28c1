"""AWS's own worked examples, to the cent, at the seed's prices.

Lambda: https://aws.amazon.com/lambda/pricing/, us-east-1. Bedrock: https://aws.amazon.com/bedrock/pricing/.
SQS's pricing page has no worked examples; its rules are in test_queues.
"""

from decimal import Decimal

from shared.mockupaws.costing.charge import bill
from shared.mockupaws.costing.functions import FunctionUsage, Provisioned, function_cost
from shared.mockupaws.costing.price_book import PriceBook
from shared.mockupaws.costing.seed import seed_prices
from shared.mockupaws.costing.terms import Terms
from shared.mockupaws.costing.tokens import TokenUsage, token_cost

BOOK = PriceBook(seed_prices())
FREE = Terms(BOOK, "us-east-1", volume_tiers=True, free_tier=True)
PAID = Terms(BOOK, "us-east-1", volume_tiers=True, free_tier=False)
CENT = Decimal("0.01")
HOUR = Decimal(3600)


def dollars(usage: FunctionUsage, terms: Terms) -> Decimal:
    return bill([function_cost(usage, terms)]).total_usd.quantize(CENT)


def test_lambda_1_mobile_application_backend() -> None:
    """3 million requests of 120 ms at 1,536 MB: $2.33 and $0.40."""
    assert dollars(FunctionUsage("x86_64", 3_000_000, 3_000_000 * 120, 1536), FREE) == Decimal("2.73")


def test_lambda_2_enriching_streaming_telemetry() -> None:
    """10,000 vehicles, once an hour for 31 days, 2 s at 1 GB, no free tier: $1.49 and $248.00."""
    count = 10_000 * 24 * 31
    assert dollars(FunctionUsage("x86_64", count, count * 2000, 1024), PAID) == Decimal("249.49")


def test_lambda_3_machine_learning_with_ephemeral_storage() -> None:
    """6 million requests of 280 ms at 4,096 MB with 2,048 MB of /tmp: $105.33, $1 and $0.08."""
    usage = FunctionUsage("x86_64", 6_000_000, 6_000_000 * 280, 4096, ephemeral_storage_mb=2048)
    assert dollars(usage, FREE) == Decimal("106.41")


def test_lambda_provisioned_1_launch_day() -> None:
    """100 x 1,536 MB for 8 hours with 500,000 requests of 100 ms, 2.5 million of 120 ms without: $19.96."""
    warm = Provisioned(100, 8 * HOUR, 1536)
    launch = function_cost(FunctionUsage("x86_64", 500_000, 500_000 * 100, 1536, provisioned=warm), FREE)
    rest = function_cost(FunctionUsage("x86_64", 2_500_000, 2_500_000 * 120, 1536), FREE)
    assert (launch.cost_usd + rest.cost_usd).quantize(CENT) == Decimal("19.96")


def test_lambda_provisioned_2_cyber_monday() -> None:
    """7 x 4,096 MB for 24 hours, 2 million requests of 280 ms: $10.08, $21.78 and $0.40."""
    usage = FunctionUsage("x86_64", 2_000_000, 2_000_000 * 280, 4096, provisioned=Provisioned(7, 24 * HOUR, 4096))
    assert dollars(usage, FREE) == Decimal("32.26")


def test_bedrock_summarizing_with_mistral() -> None:
    """2K tokens in, 1K out: 2 x $0.00015 + $0.0002 on Mistral 7B, 2 x $0.00045 + $0.0007 on Mixtral."""
    for model, cost in (
        ("mistral.mistral-7b-instruct-v0:2", "0.0005"),
        ("mistral.mixtral-8x7b-instruct-v0:1", "0.0016"),
    ):
        assert token_cost(TokenUsage(model, "on_demand", 2000, 1000), PAID).cost_usd == Decimal(cost)
