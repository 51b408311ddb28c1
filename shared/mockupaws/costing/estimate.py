"""What recorded traffic costs under a design: as recorded, and as a month."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from shared.mockupaws.contracts.estimates import (
    Bill,
    Estimate,
    MonthlyEstimate,
    Sample,
    ServiceCost,
    UsageSummary,
)
from shared.mockupaws.contracts.pipeline import Pipeline
from shared.mockupaws.contracts.traffic import Traffic
from shared.mockupaws.costing.bootstrap import CONFIDENCE, Spread, spread
from shared.mockupaws.costing.calibration import token_band
from shared.mockupaws.costing.charge import bill, service_cost
from shared.mockupaws.costing.exact import whole
from shared.mockupaws.costing.functions import FunctionUsage, function_cost
from shared.mockupaws.costing.models import model_usage
from shared.mockupaws.costing.price_book import PriceBook
from shared.mockupaws.costing.queues import QueueUsage, life, queue_cost
from shared.mockupaws.costing.terms import Terms
from shared.mockupaws.costing.tokens import TokenUsage, token_cost
from shared.mockupaws.costing.usage import Usage, usage
from shared.mockupaws.costing.warned import MIN_BLOCKS, longest_silence, warnings_of

_ONE = Fraction(1)
_HOUR = 3600
_PLACES = 6


def observed(traffic: Traffic, pipeline: Pipeline, book: PriceBook, region: str) -> Estimate:
    """What the recorded traffic costs at list price: the first volume tier, no free tier, no idle polling.

    Idle polling is a cost of time, not of traffic, so it is in the month. `series` isn't needed for this.

    Args:
        traffic: what was recorded.
        pipeline: the design.
        book: prices in force.
        region: where it would run.

    Raises:
        NotPricedError: the region, the model or its mode isn't priced.
    """
    terms = Terms(book, region, volume_tiers=False, free_tier=False)
    used = usage(traffic, pipeline)
    return _estimate(pipeline, terms, used, used, used, idle=False)


class Month(NamedTuple):
    """How a month follows from a recording. It is the same for every design, so it is worked out once for many.

    Attributes:
        traffic: what was recorded.
        spread: how far off its mean may be.
        recorded_seconds: time recorded, seconds.
        silence_seconds: the longest time in it without a log, seconds.
    """

    traffic: Traffic
    spread: Spread
    recorded_seconds: Fraction
    silence_seconds: int


def month(traffic: Traffic, hours_per_month: int) -> Month:
    """Resamples a recording.

    Args:
        traffic: what was recorded.
        hours_per_month: the length of a month.
    """
    points = max(1, hours_per_month * _HOUR // max(1, traffic.bucket_seconds))
    return Month(traffic, spread(traffic.series, points), Fraction(traffic.recorded_seconds), longest_silence(traffic))


def monthly(
    traffic: Traffic, pipeline: Pipeline, book: PriceBook, region: str, of: Month | None = None
) -> MonthlyEstimate:
    """What a month of traffic as recorded costs, with volume tiers and, if assumed, the free tier.

    Low and high are the bill at the ends of the traffic's 90% interval and of the model's token band.

    Args:
        traffic: what was recorded.
        pipeline: the design.
        book: prices in force.
        region: where it would run.
        of: `month(traffic, …)` where it is known already.

    Raises:
        NotPricedError: the region, the model or its mode isn't priced.
    """
    assumed = pipeline.assumptions
    of = of or month(traffic, assumed.hours_per_month)
    terms = Terms(book, region, volume_tiers=True, free_tier=assumed.free_tier)
    scale = _scale(of, pipeline)
    used = usage(traffic, pipeline, of.recorded_seconds)
    logs, tokens = of.spread.logs, of.spread.tokens
    estimate = _estimate(
        pipeline,
        terms,
        used.scaled(scale, _ONE, _ONE),
        used.scaled(scale, logs[0], tokens[0]),
        used.scaled(scale, logs[1], tokens[1]),
        idle=True,
    )
    sample = Sample(
        recorded_seconds=whole(of.recorded_seconds),
        logs=int(used.logs),
        blocks=of.spread.blocks,
        scale=round(Decimal(scale.numerator) / Decimal(scale.denominator), _PLACES),
    )
    return MonthlyEstimate(
        **dict(estimate),
        expected_usd=estimate.total_usd,
        confidence=CONFIDENCE if sample.logs and sample.blocks >= MIN_BLOCKS else None,
        sample=sample,
        warnings=warnings_of(
            sample, estimate, pipeline, silence_seconds=of.silence_seconds, stray_logs=of.traffic.stray_logs
        ),
    )


def month_usage(traffic: Traffic, pipeline: Pipeline, of: Month) -> Usage:
    """What a month of traffic as recorded uses."""
    return usage(traffic, pipeline, of.recorded_seconds).scaled(_scale(of, pipeline), _ONE, _ONE)


def monthly_total(traffic: Traffic, pipeline: Pipeline, book: PriceBook, region: str, of: Month) -> Decimal:
    """`monthly(…).total_usd` and nothing else, for trying many designs.

    Raises:
        NotPricedError: the region, the model or its mode isn't priced.
    """
    band = token_band(pipeline.bedrock)
    used = month_usage(traffic, pipeline, of)
    terms = Terms(book, region, volume_tiers=True, free_tier=pipeline.assumptions.free_tier)
    return _bill(_meter(used, pipeline, terms, band.factor if band else None, idle=True), terms).total_usd


class _Metered(NamedTuple):
    """A usage in whole units, as the services meter it."""

    queue: QueueUsage
    function: FunctionUsage
    tokens: TokenUsage | None


def _scale(of: Month, pipeline: Pipeline) -> Fraction:
    """The month over the time recorded."""
    seconds = pipeline.assumptions.hours_per_month * _HOUR
    return seconds / of.recorded_seconds if of.recorded_seconds else Fraction(0)


def _estimate(pipeline: Pipeline, terms: Terms, expected: Usage, low: Usage, high: Usage, *, idle: bool) -> Estimate:
    band = token_band(pipeline.bedrock)
    metered = _meter(expected, pipeline, terms, band.factor if band else None, idle=idle)
    charged = _bill(metered, terms)
    tokens = metered.tokens
    low_bill = _bill(_meter(low, pipeline, terms, band.low if band else None, idle=idle), terms)
    high_bill = _bill(_meter(high, pipeline, terms, band.high if band else None, idle=idle), terms)
    return Estimate(
        **dict(charged),
        low_usd=low_bill.total_usd,
        high_usd=high_bill.total_usd,
        usage=UsageSummary(
            logs=whole(expected.logs),
            size_bytes=whole(expected.size_bytes),
            log_tokens=whole(expected.log_tokens),
            sqs_blocks=whole(expected.sqs_blocks),
            sqs_requests=metered.queue.total,
            lambda_invocations=metered.function.invocations,
            lambda_gb_seconds=metered.function.gb_seconds,
            llm_logs=whole(expected.llm_logs) if tokens else 0,
            llm_calls=whole(expected.llm_calls) if tokens else 0,
            llm_input_tokens=tokens.input_tokens if tokens else 0,
            llm_output_tokens=tokens.output_tokens if tokens else 0,
            llm_cached_tokens=tokens.cache_read_tokens + tokens.cache_write_tokens if tokens else 0,
        ),
        tokens=band,
    )


def _bill(metered: _Metered, terms: Terms) -> Bill:
    model: ServiceCost = token_cost(metered.tokens, terms) if metered.tokens else service_cost("bedrock", ())
    return bill((queue_cost(metered.queue, terms), function_cost(metered.function, terms), model))


def _meter(used: Usage, pipeline: Pipeline, terms: Terms, factor: Decimal | None, *, idle: bool) -> _Metered:
    function = pipeline.lambda_
    return _Metered(
        queue=life(
            pipeline.sqs.queue_type,
            whole(used.sends),
            whole(used.receives),
            whole(used.deletes),
            whole(used.empty_receives) if idle else 0,
        ),
        function=FunctionUsage(
            architecture=function.architecture,
            invocations=whole(used.invocations),
            billed_ms=whole(used.billed_ms),
            memory_mb=function.memory_mb,
            ephemeral_storage_mb=function.ephemeral_storage_mb,
        ),
        tokens=None if factor is None else model_usage(used, pipeline.bedrock, Fraction(factor), terms),
    )
