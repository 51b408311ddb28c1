"""What a scenario recorded, over time: all that a chart, a dashboard or a report shows of it."""

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, PlainSerializer

from shared.mockupaws.contracts.money import number
from shared.mockupaws.contracts.prices import Service
from shared.mockupaws.contracts.traffic import Level, MetricType
from shared.mockupaws.contracts.wire import Reply, Usd, Utc

Interval = Literal["auto", "minute", "hour", "day"]

Percentage = Annotated[Decimal, PlainSerializer(number, return_type=float, when_used="json")]
"""A part of 100, to two places. A JSON number: it is for display, no money."""


class MetricsSummary(Reply):
    """A range's totals.

    Attributes:
        total_requests: logs, duplicates included.
        total_cost_usd: what they cost at first-tier list price without a free tier. Of a part of the time recorded, the
            part of each service's cost that is due to its share of what drives it.
        sqs_blocks: 64 KiB billing units of the messages, each alone.
        lambda_invocations: of the function, in a part of the time recorded its share by logs.
        llm_tokens: `cl100k_base` tokens of the messages as they came.
        pii_violations: messages with personal data.
        duplicates: messages that had been recorded before.
        size_bytes: UTF-8 bytes.
        rejected: records that couldn't be taken.
        first_log_at: the minute of the first log.
        last_log_at: the minute of the last.
        by_level: logs by severity; null for a part of the time recorded.
        by_pii_type: findings by kind of personal data.
        as_of: when all this was read.
    """

    total_requests: int
    total_cost_usd: Usd
    sqs_blocks: int
    lambda_invocations: int
    llm_tokens: int
    pii_violations: int
    duplicates: int
    size_bytes: int
    rejected: int
    first_log_at: Utc | None
    last_log_at: Utc | None
    by_level: dict[Level, int] | None
    by_pii_type: dict[str, int]
    as_of: Utc


class ServiceShare(Reply):
    """A service's part of the cost.

    Attributes:
        percentage: of the total, to two places; the services' add up to 100, or to 0 where nothing costs.
    """

    service: Service
    cost_usd: Usd
    percentage: Percentage


class Point(Reply):
    """One metric in one bucket of time. A bucket in which it was 0 has no point.

    Attributes:
        timestamp: when the bucket begins.
        metric_type: what it is about.
        metric_name: `logs`, `bytes`, `blocks` (sqs); `active_seconds` (lambda); `tokens` (bedrock); `pii_logs`,
            `duplicates`, `rejected`, `pii_<kind>` (safety); `cost` (sqs, lambda, bedrock).
        value: a number, or dollars as an exact string.
        unit: `count`, `bytes`, `s`, `tokens`, `usd`.
    """

    timestamp: Utc
    metric_type: MetricType
    metric_name: str
    value: int | Usd
    unit: str


class Metrics(Reply):
    """What a scenario recorded in a range of time.

    Attributes:
        from_: when the range begins, down to a whole bucket; null where nothing was recorded in it.
        to: when it ends, up to a whole bucket.
        interval_seconds: length of a bucket of the time series, seconds; the longer the range, the longer.
        cost_breakdown: adds up to the summary's total.
        timeseries: in order of time; each service's cost adds up to its part of the breakdown.
        unpriced: why there is no cost, where the pipeline has lost its price; else null.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    scenario_id: UUID
    from_: Annotated[Utc | None, Field(alias="from")]
    to: Utc | None
    interval_seconds: int
    summary: MetricsSummary
    cost_breakdown: list[ServiceShare]
    timeseries: list[Point]
    unpriced: str | None
