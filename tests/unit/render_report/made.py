"""Figures of reports as the extremes of scenarios make them: no database, the prices that the product comes with."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from math import cos, pi
from typing import Any

from functions.render_report.figures import reckon
from functions.render_report.models import Figures, Previous
from shared.mockupaws.contracts.metrics import Metrics, MetricsSummary, Point, ServiceShare
from shared.mockupaws.contracts.pipeline import Pipeline
from shared.mockupaws.contracts.prices import SERVICES, Service
from shared.mockupaws.contracts.regions import REGIONS
from shared.mockupaws.contracts.reports import ReportOptions
from shared.mockupaws.contracts.traffic import ArrivalClass, SeriesPoint, Traffic, TrafficCell
from shared.mockupaws.costing.apportion import apportion
from shared.mockupaws.costing.estimate import observed
from shared.mockupaws.costing.price_book import PriceBook
from shared.mockupaws.costing.seed import seed_prices
from shared.mockupaws.ids import new_id
from shared.mockupaws.records.store import Recording

BEGIN = datetime(2026, 10, 1, tzinfo=UTC)
HOUR = 3_600


@cache
def books() -> Mapping[str, PriceBook]:
    """Every region's prices."""
    return {region: PriceBook(price for price in seed_prices() if price.region == region) for region in REGIONS}


def figures(
    logs: int = 1_200_000,
    hours: int = 24 * 12,
    *,
    name: str = "Checkout, production",
    pipeline: Pipeline | None = None,
    budget: str | None = "500",
    previous: str | None = "311.27",
    ip_addresses: bool = False,
    **options: Any,
) -> Figures:
    """Figures of a scenario that recorded so many logs in so many hours, more by day than by night."""
    design = pipeline or Pipeline()
    recording = Recording(
        id=new_id(), user_id=new_id(), name=name, region="eu-west-1", pipeline=design, ip_addresses=ip_addresses,
        budget_usd=Decimal(budget) if budget else None, total_requests=logs, total_cost_estimate=Decimal(0),
    )  # fmt: skip
    traffic = _traffic(logs, hours)
    return reckon(
        recording,
        traffic,
        _metrics(recording, traffic),
        books(),
        options=ReportOptions(**options),
        previous=Previous(generated_at=BEGIN, expected_usd=Decimal(previous)) if previous else None,
    )


def _traffic(logs: int, hours: int) -> Traffic:
    if not logs:
        return Traffic((), (), 0, (), 0)
    weights = [Decimal(round(120 - 100 * cos(2 * pi * (hour % 24) / 24))) for hour in range(hours)]
    per_hour = [int(part) for part in apportion(Decimal(logs), weights, places=0)]
    cells = tuple(
        TrafficCell(level, duplicate, 7, part, part * 180, part, part * 52, part * 50, part // 40)  # type: ignore[arg-type]
        for (level, duplicate), part in zip(
            [("debug", False), ("info", False), ("info", True), ("unknown", False)],
            (int(part) for part in apportion(Decimal(logs), [2, 5, 2, 1], places=0)),
            strict=True,
        )
        if part
    )
    arrivals = (ArrivalClass(5, min(logs, hours * 60), logs, min(logs, hours * HOUR)),)
    return Traffic(
        cells, arrivals, HOUR, tuple(SeriesPoint(n, n * 180, n * 52) for n in per_hour), len(per_hour) * HOUR
    )


def _metrics(recording: Recording, traffic: Traffic) -> Metrics:
    seen = observed(traffic, recording.pipeline, books()[recording.region], recording.region)
    costs: dict[Service, Decimal] = {name: Decimal(0) for name in SERVICES}
    costs |= {each.service: each.cost_usd for each in seen.services}
    weights = [point.logs for point in traffic.series]
    times = [BEGIN + timedelta(hours=number) for number in range(len(weights))]
    points = [
        Point(timestamp=at, metric_type=name, metric_name="cost", value=part, unit="usd")
        for name in SERVICES
        for at, part in zip(times, apportion(costs[name], weights), strict=True)
        if part
    ]
    points += [
        Point(timestamp=at, metric_type="sqs", metric_name="logs", value=logs, unit="count")
        for at, logs in zip(times, weights, strict=True)
        if logs
    ]
    logs = sum(weights)
    shares = apportion(Decimal(100), [costs[name] for name in SERVICES], places=2)
    return Metrics(
        scenario_id=recording.id,
        from_=times[0] if times else None,
        to=times[-1] + timedelta(hours=1) if times else None,
        interval_seconds=HOUR,
        summary=MetricsSummary(
            total_requests=logs, total_cost_usd=seen.total_usd, sqs_blocks=logs, lambda_invocations=logs // 8,
            llm_tokens=logs * 52, pii_violations=logs // 40, duplicates=logs // 5, size_bytes=logs * 180, rejected=0,
            first_log_at=times[0] if times else None, last_log_at=times[-1] if times else None,
            by_level={cell.level: cell.logs for cell in traffic.cells},
            by_pii_type={
                "email": logs // 50, "iban": logs // 200, "codice_fiscale": logs // 300, "ipv4": logs // 3,
            } if logs else {},
            as_of=BEGIN,
        ),
        cost_breakdown=[
            ServiceShare(service=name, cost_usd=costs[name], percentage=share)
            for name, share in zip(SERVICES, shares, strict=True)
        ],
        timeseries=points,
        unpriced=None,
    )  # fmt: skip
