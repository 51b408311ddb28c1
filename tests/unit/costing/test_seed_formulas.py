"""The three worked formulas of the document that the product comes from, to the last digit."""

from decimal import Decimal

from shared.mockupaws.costing.functions import FunctionUsage, function_cost
from shared.mockupaws.costing.queues import queue_cost, requests
from shared.mockupaws.costing.tokens import TokenUsage, token_cost
from tests.unit.costing.prices import MODEL, SAMPLE


def test_sqs_a_hundred_blocks() -> None:
    """100 blocks x $0.40 / 1M = $0.00004."""
    assert queue_cost(requests("standard", 100), SAMPLE).cost_usd == Decimal("0.00004")


def test_lambda_a_million_invocations_and_ten_gb_seconds() -> None:
    """1M invocations x $0.20/1M + 10 GB-s x $0.00001667 = $0.20 + $0.0001667."""
    usage = FunctionUsage("x86_64", invocations=1_000_000, billed_ms=10_000, memory_mb=1024)
    cost = function_cost(usage, SAMPLE)
    assert [line.cost_usd for line in cost.lines] == [Decimal("0.20"), Decimal("0.0001667")]
    assert cost.cost_usd == Decimal("0.2001667")


def test_bedrock_a_thousand_tokens() -> None:
    """1000 tokens x $0.003/1K = $0.003."""
    assert token_cost(TokenUsage(MODEL, "on_demand", 1000), SAMPLE).cost_usd == Decimal("0.003")
