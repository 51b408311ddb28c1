from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shared.mockupaws.contracts.estimates import ServiceCost
from shared.mockupaws.costing.charge import bill
from shared.mockupaws.costing.functions import FunctionUsage, Provisioned, function_cost
from shared.mockupaws.costing.queues import queue_cost, requests
from shared.mockupaws.costing.terms import Terms
from shared.mockupaws.costing.tokens import TokenUsage, token_cost
from tests.unit.costing.prices import FREE, MODEL, MONTH, SAMPLE

COUNTS = st.integers(0, 10**15)
TERMS = st.sampled_from([SAMPLE, MONTH, FREE])
DIGITS = 10**40
EDGES = (100_000_000_000, 200_000_000_000)


def sqs(count: int, terms: Terms) -> Decimal:
    return queue_cost(requests("standard", count), terms).cost_usd


def compute(invocations: int, billed_ms: int, terms: Terms, memory_mb: int = 1769) -> ServiceCost:
    return function_cost(FunctionUsage("x86_64", invocations, billed_ms, memory_mb, 2048), terms)


@given(COUNTS, COUNTS, COUNTS, st.integers(128, 10_240), TERMS)
def test_lines_add_up_exactly(count: int, invocations: int, tokens: int, memory_mb: int, terms: Terms) -> None:
    """Line by line quantity times price; lines to services; services to the total: not a digit is lost."""
    whole = bill(
        (
            queue_cost(requests("standard", count), terms),
            compute(invocations, count, terms, memory_mb),
            token_cost(TokenUsage(MODEL, "on_demand", tokens, invocations, count, tokens), terms),
        )
    )
    for service in whole.services:
        for line in service.lines:
            assert digits(line.quantity) * digits(line.unit_price) == digits(line.cost_usd) * DIGITS
        assert sum(digits(line.cost_usd) for line in service.lines) == digits(service.cost_usd)
    assert sum(digits(service.cost_usd) for service in whole.services) == digits(whole.total_usd)


@given(COUNTS, st.integers(0, 10**12), TERMS)
def test_cost_never_falls_when_usage_grows(count: int, more: int, terms: Terms) -> None:
    assert sqs(count + more, terms) >= sqs(count, terms)
    assert compute(count + more, count, terms).cost_usd >= compute(count, count, terms).cost_usd
    assert compute(count, count + more, terms).cost_usd >= compute(count, count, terms).cost_usd


def test_volume_tiers_are_continuous() -> None:
    """One request more, just under, on and just over an edge, costs what that tier says and no more."""
    first, second, third = Decimal("0.0000004"), Decimal("0.0000003"), Decimal("0.00000024")
    for edge, below, above in zip(EDGES, (first, second), (second, third), strict=True):
        assert sqs(edge, MONTH) - sqs(edge - 1, MONTH) == below
        assert sqs(edge + 1, MONTH) - sqs(edge, MONTH) == above
    assert sqs(EDGES[0], MONTH) == Decimal(40_000)
    assert sqs(300_000_000_000, MONTH) == Decimal(40_000 + 30_000 + 24_000)


@given(st.integers(0, 50_000_000_000), st.integers(0, 50_000_000_000))
def test_splitting_a_month_changes_nothing_within_a_tier(one: int, other: int) -> None:
    assert sqs(one, MONTH) + sqs(other, MONTH) == sqs(one + other, MONTH)


@given(COUNTS, COUNTS)
def test_splitting_a_month_never_makes_it_cheaper(one: int, other: int) -> None:
    """What AWS would change: the volume discount is earned by the whole month, and the free tier is given once."""
    assert sqs(one, MONTH) + sqs(other, MONTH) >= sqs(one + other, MONTH)
    given_twice = 2 * Decimal("0.40")
    assert sqs(one, FREE) + sqs(other, FREE) + given_twice >= sqs(one + other, FREE)


def test_the_free_tier_is_a_line_of_its_own() -> None:
    for count, charged in ((0, "0"), (999_999, "0"), (1_000_000, "0"), (1_000_001, "0.0000004")):
        cost = queue_cost(requests("standard", count), FREE)
        assert cost.cost_usd == Decimal(charged)
    last = cost.lines[-1]
    assert (last.item, last.tier, last.cost_usd) == ("free_tier_requests", "free", Decimal("-0.40"))


def test_provisioned_concurrency_knows_no_free_tier() -> None:
    warm = Provisioned(count=10, seconds=Decimal(3600), memory_mb=1024)
    cost = function_cost(FunctionUsage("x86_64", 100, 5_000, 1024, provisioned=warm), FREE)
    assert [(line.item, line.quantity) for line in cost.lines] == [
        ("requests", 100),
        ("provisioned_concurrency", 36_000),
        ("provisioned_duration", 5),
    ]


def test_ephemeral_storage_is_charged_by_time_not_by_memory() -> None:
    """1,536 MB above what is included, for 1,000 s."""
    small = function_cost(FunctionUsage("x86_64", 1, 1_000_000, 128, 2048), SAMPLE)
    large = function_cost(FunctionUsage("x86_64", 1, 1_000_000, 10_240, 2048), SAMPLE)
    assert small.lines[-1].quantity == large.lines[-1].quantity == Decimal(1500)


def digits(amount: Decimal) -> int:
    """All of an amount's digits as an integer, so that no decimal context can round in the test itself."""
    numerator, denominator = amount.as_integer_ratio()
    whole, rest = divmod(numerator * DIGITS, denominator)
    assert not rest
    return whole
