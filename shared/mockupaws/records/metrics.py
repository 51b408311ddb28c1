"""A scenario's recorded traffic over time, with what it costs: read from the sums alone, never from the logs.

How many rows that takes depends on the length of the range, and is bounded; how many logs there are doesn't matter.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from math import ceil, floor
from typing import NamedTuple

from shared.mockupaws.contracts.estimates import Estimate
from shared.mockupaws.contracts.metrics import Interval, Metrics, MetricsSummary, Point, ServiceShare
from shared.mockupaws.contracts.prices import SERVICES, Service
from shared.mockupaws.contracts.traffic import Level, MetricType, Traffic
from shared.mockupaws.costing.apportion import apportion
from shared.mockupaws.costing.estimate import observed
from shared.mockupaws.costing.exact import total
from shared.mockupaws.costing.price_book import NotPricedError
from shared.mockupaws.db import Rows
from shared.mockupaws.records.prices import price_book
from shared.mockupaws.records.store import Bucket, Recording, Span, read_buckets, read_log_span, read_span, read_sums

MAX_BUCKETS = 500
_DAY = 86_400
# Lengths of buckets as stored and as shown, seconds: 1 minute, 5 minutes, 1 hour, 6 hours, 1 day; then more days.
_STEPS = ((60, 60), (60, 300), (3_600, 3_600), (3_600, 21_600), (_DAY, _DAY))
_LEAST: dict[Interval, int] = {"auto": 60, "minute": 60, "hour": 3_600, "day": _DAY}

_Metric = tuple[MetricType, str]
_LOGS: _Metric = ("sqs", "logs")
# What a service's cost follows over time; logs, where there is none of it and the service costs all the same.
_DRIVERS: dict[Service, _Metric] = {"sqs": ("sqs", "blocks"), "lambda": _LOGS, "bedrock": ("bedrock", "tokens")}


def read_metrics(
    connection: Rows,
    recording: Recording,
    since: datetime | None = None,
    until: datetime | None = None,
    interval: Interval = "auto",
) -> Metrics:
    """What a scenario recorded between two times.

    Args:
        connection: in a transaction that sees one state of the database, for the figures add up to each other.
        recording: the scenario.
        since: where the range begins; None for the first log.
        until: where it ends; None for the last.
        interval: the least length of a bucket; it is longer where more than MAX_BUCKETS would cover the range.
    """
    as_of = datetime.now(UTC)
    extract = _extract(connection, recording, since, until, interval)
    traffic = read_sums(connection, recording.id)
    estimate, unpriced = _observed(connection, recording, traffic)
    costs = [_cost(service, estimate, extract, traffic) for service in SERVICES]
    return Metrics(
        scenario_id=recording.id,
        from_=extract.span and extract.span.begin,
        to=extract.span and extract.span.end,
        interval_seconds=extract.step,
        summary=_summary(extract, traffic, estimate, costs, as_of),
        cost_breakdown=_breakdown(costs),
        timeseries=_timeseries(extract, costs),
        unpriced=unpriced,
    )


def resolution(seconds: float, interval: Interval) -> tuple[int, int]:
    """The lengths of the buckets to read and of those to show, seconds.

    Args:
        seconds: length of the range.
        interval: the least that is asked for.
    """
    for stored, step in _STEPS:
        if step >= _LEAST[interval] and seconds <= step * MAX_BUCKETS:
            return stored, step
    return _DAY, _DAY * ceil(seconds / _DAY / MAX_BUCKETS)


@dataclass(frozen=True, slots=True)
class _Extract:
    """A range of the time series.

    Attributes:
        step: length of a bucket, seconds.
        span: the range in whole buckets, None where nothing was recorded in it.
        is_whole: whether that is all that was recorded.
        buckets: by metric, each in order of time.
        logs: the minutes of the first and the last log.
    """

    step: int
    span: Span | None = None
    is_whole: bool = False
    buckets: dict[_Metric, list[Bucket]] = field(default_factory=dict[_Metric, list[Bucket]])
    logs: Span | None = None

    def total(self, metric: _Metric) -> int:
        """A metric's sum over the range."""
        return sum(bucket.value for bucket in self.buckets.get(metric, ()))


def _extract(
    connection: Rows, recording: Recording, since: datetime | None, until: datetime | None, interval: Interval
) -> _Extract:
    recorded = read_span(connection, recording.id)
    if recorded is None:
        return _Extract(_LEAST[interval], is_whole=True)
    begin, end = max(since or recorded.begin, recorded.begin), min(until or recorded.end, recorded.end)
    stored, step = resolution(max(0, (end - begin).total_seconds()), interval)
    if begin >= end:
        return _Extract(step)
    span = Span(
        datetime.fromtimestamp(floor(begin.timestamp() / stored) * stored, UTC),
        datetime.fromtimestamp(ceil(end.timestamp() / stored) * stored, UTC),
    )
    buckets: dict[_Metric, list[Bucket]] = defaultdict(list)
    for bucket in read_buckets(connection, recording.id, span, stored, step):
        buckets[bucket.metric_type, bucket.metric_name].append(bucket)
    is_whole = span.begin <= recorded.begin and recorded.end <= span.end
    return _Extract(step, span, is_whole, buckets, read_log_span(connection, recording.id, span))


def _observed(connection: Rows, recording: Recording, traffic: Traffic) -> tuple[Estimate | None, str | None]:
    """What all of the traffic costs, or why that can't be said."""
    try:
        return observed(traffic, recording.pipeline, price_book(connection, recording.region), recording.region), None
    except NotPricedError as error:
        return None, error.message


class _Cost(NamedTuple):
    """What a service costs in a range: in all, and bucket by bucket."""

    service: Service
    cost_usd: Decimal
    buckets: Sequence[tuple[Bucket, Decimal]]


def _cost(service: Service, estimate: Estimate | None, extract: _Extract, traffic: Traffic) -> _Cost:
    everything = sum(each.cost_usd for each in estimate.services if each.service == service) if estimate else 0
    driver = _DRIVERS[service] if _recorded(traffic, _DRIVERS[service]) else _LOGS
    here, in_all = extract.total(driver), _recorded(traffic, driver)
    cost_usd = apportion(Decimal(everything), [here, in_all - here])[0]
    buckets = extract.buckets.get(driver, [])
    parts = apportion(cost_usd, [bucket.value for bucket in buckets])
    return _Cost(service, cost_usd, [(bucket, part) for bucket, part in zip(buckets, parts, strict=True) if part])


def _recorded(traffic: Traffic, driver: _Metric) -> int:
    """A driver's sum over all that was recorded."""
    if driver == _DRIVERS["sqs"]:
        return sum(cell.sqs_blocks for cell in traffic.cells)
    if driver == _DRIVERS["bedrock"]:
        return sum(cell.tokens for cell in traffic.cells)
    return sum(cell.logs for cell in traffic.cells)


def _summary(
    extract: _Extract, traffic: Traffic, estimate: Estimate | None, costs: Iterable[_Cost], as_of: datetime
) -> MetricsSummary:
    logs, in_all = extract.total(_LOGS), _recorded(traffic, _LOGS)
    invocations = estimate.usage.lambda_invocations if estimate else 0
    kinds = sorted(name for _, name in extract.buckets if name.startswith("pii_") and name != "pii_logs")
    by_level: dict[Level, int] = defaultdict(int)
    for cell in traffic.cells:
        by_level[cell.level] += cell.logs
    return MetricsSummary(
        total_requests=logs,
        total_cost_usd=total(cost.cost_usd for cost in costs),
        sqs_blocks=extract.total(_DRIVERS["sqs"]),
        lambda_invocations=int(apportion(Decimal(invocations), [logs, in_all - logs], places=0)[0]),
        llm_tokens=extract.total(_DRIVERS["bedrock"]),
        pii_violations=extract.total(("safety", "pii_logs")),
        duplicates=extract.total(("safety", "duplicates")),
        size_bytes=extract.total(("sqs", "bytes")),
        rejected=extract.total(("safety", "rejected")),
        first_log_at=extract.logs and extract.logs.begin,
        last_log_at=extract.logs and extract.logs.end,
        by_level=dict(by_level) if extract.is_whole else None,
        by_pii_type={kind.removeprefix("pii_"): extract.total(("safety", kind)) for kind in kinds},
        as_of=as_of,
    )


def _breakdown(costs: Sequence[_Cost]) -> list[ServiceShare]:
    percentages = apportion(Decimal(100), [cost.cost_usd for cost in costs], places=2)
    return [
        ServiceShare(service=cost.service, cost_usd=cost.cost_usd, percentage=percentage)
        for cost, percentage in zip(costs, percentages, strict=True)
    ]


def _timeseries(extract: _Extract, costs: Iterable[_Cost]) -> list[Point]:
    points = [
        Point(timestamp=b.start, metric_type=b.metric_type, metric_name=b.metric_name, value=b.value, unit=b.unit)
        for buckets in extract.buckets.values()
        for b in buckets
    ]
    points += [
        Point(timestamp=bucket.start, metric_type=cost.service, metric_name="cost", value=part, unit="usd")
        for cost in costs
        for bucket, part in cost.buckets
    ]
    return sorted(points, key=lambda point: point.timestamp)
