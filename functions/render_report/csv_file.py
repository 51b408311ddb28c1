"""A report as CSV: tables one below the other, each under its title, with an empty line between two.

Figures are exact and columns have the API's names, whatever the report's language: this file is for calculating with.
"""

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from io import StringIO

from functions.render_report.cells import safe
from functions.render_report.models import Figures
from shared.mockupaws.contracts.estimates import Line
from shared.mockupaws.contracts.money import plain
from shared.mockupaws.contracts.wire import iso

Cell = str | int | Decimal | None
Row = tuple[Cell, ...]


def write_csv(figures: Figures, write: Callable[[bytes], None], logs: Iterable[bytes] | None) -> None:
    """Writes the tables that were asked for.

    Args:
        figures: what the report says.
        write: takes the file in pieces.
        logs: the logs, as CSV with a header; None where they weren't asked for.
    """
    # Excel takes a file without it for the machine's own code page.
    write(codecs.BOM_UTF8)
    for title, rows in _tables(figures):
        write(_table(title, rows))
    if logs is not None:
        write(b"logs\n")
        for piece in logs:
            write(piece)


def _tables(figures: Figures) -> Iterator[tuple[str, list[Row]]]:
    shows = figures.options.shows
    yield "report", [("name", "value"), *_report(figures)]
    if shows("summary"):
        yield "summary", [("name", "value", "unit"), *_summary(figures)]
    if shows("breakdown"):
        yield "cost_breakdown", [("service", "cost_usd", "percentage"), *_breakdown(figures)]
    if shows("drivers") or shows("prices"):
        yield "monthly_lines", [_LINE_COLUMNS, *_lines(figures)]
    if shows("what_if"):
        yield "what_if", [("name", "region", "monthly_usd", "low_usd", "high_usd", "delta_usd"), *_what_if(figures)]
        if figures.left_out:
            yield "what_if_left_out", [("name", "reason", "detail"), *_left_out(figures)]
    if shows("savings"):
        yield "savings", [("change", "description", "monthly_usd", "saving_usd", "saving_percent"), *_savings(figures)]
    if shows("pii"):
        yield "pii", [("kind", "findings"), *sorted(figures.metrics.summary.by_pii_type.items())]
    if shows("timeseries"):
        yield "timeseries", [("timestamp", "metric_type", "metric_name", "value", "unit"), *_timeseries(figures)]


def _report(figures: Figures) -> Iterator[Row]:
    recording, metrics = figures.recording, figures.metrics
    yield "scenario", safe(recording.name)
    yield "scenario_id", str(recording.id)
    yield "region", recording.region
    yield "made_at", iso(figures.made_at)
    yield "from", iso(metrics.from_) if metrics.from_ else None
    yield "to", iso(metrics.to) if metrics.to else None
    yield "version", figures.version
    yield "prices_sha256", figures.price_hash
    yield "traffic_sha256", figures.traffic_hash
    if figures.unpriced:
        yield "unpriced", safe(figures.unpriced)


def _summary(figures: Figures) -> Iterator[Row]:
    summary, monthly = figures.metrics.summary, figures.monthly
    if monthly is not None:
        yield "monthly_expected", monthly.expected_usd, "usd"
        if monthly.confidence is not None:
            yield "monthly_low", monthly.low_usd, "usd"
            yield "monthly_high", monthly.high_usd, "usd"
    if figures.recording.budget_usd is not None:
        yield "monthly_budget", figures.recording.budget_usd, "usd"
    if figures.previous is not None:
        yield "monthly_previous", figures.previous.expected_usd, "usd"
    yield "observed_cost", summary.total_cost_usd, "usd"
    yield "logs", summary.total_requests, "count"
    yield "duplicates", summary.duplicates, "count"
    yield "pii_logs", summary.pii_violations, "count"
    yield "rejected", summary.rejected, "count"
    yield "size", summary.size_bytes, "bytes"
    yield "sqs_blocks", summary.sqs_blocks, "count"
    yield "lambda_invocations", summary.lambda_invocations, "count"
    yield "llm_tokens", summary.llm_tokens, "tokens"
    for level, logs in (summary.by_level or {}).items():
        yield f"level_{level}", logs, "count"


def _breakdown(figures: Figures) -> Iterator[Row]:
    for share in figures.metrics.cost_breakdown:
        yield share.service, share.cost_usd, share.percentage


_LINE_COLUMNS: Row = (
    "service", "item", "description", "quantity", "unit", "unit_price", "cost_usd", "tier", "list_price", "list_unit",
    "price_date", "price_source", "verified",
)  # fmt: skip


def _lines(figures: Figures) -> Iterator[Row]:
    for service in figures.monthly.services if figures.monthly else ():
        yield from map(_line, service.lines)


def _line(line: Line) -> Row:
    return (
        line.service,
        line.item,
        safe(line.description),
        line.quantity,
        line.unit,
        line.unit_price,
        line.cost_usd,
        line.tier,
        line.list_price,
        line.list_unit,
        line.price_date.isoformat(),
        safe(line.price_source or ""),
        "true" if line.verified else "false",
    )


def _what_if(figures: Figures) -> Iterator[Row]:
    for variant in figures.variants:
        monthly = variant.monthly
        delta = variant.delta.delta_usd
        yield safe(variant.name), variant.region, monthly.expected_usd, monthly.low_usd, monthly.high_usd, delta


def _left_out(figures: Figures) -> Iterator[Row]:
    for variant in figures.left_out:
        yield safe(variant.name), variant.why, safe(variant.detail)


def _savings(figures: Figures) -> Iterator[Row]:
    for saving in figures.savings.changes if figures.savings else ():
        text = safe(saving.description)
        yield saving.change, text, saving.monthly_usd, saving.saving_usd, saving.saving_percent


def _timeseries(figures: Figures) -> Iterator[Row]:
    for point in figures.metrics.timeseries:
        yield iso(point.timestamp), point.metric_type, point.metric_name, point.value, point.unit


def _table(title: str, rows: Iterable[Row]) -> bytes:
    text = StringIO()
    text.write(f"{title}\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([plain(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in rows)
    text.write("\n")
    return text.getvalue().encode()
