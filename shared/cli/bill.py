"""The bill as a person or a program reads it: every figure with what it is made of."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from decimal import Decimal

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from shared.cli.recorder import Recorder
from shared.mockupaws.contracts.estimates import Line, MonthlyEstimate
from shared.mockupaws.contracts.money import plain
from shared.mockupaws.contracts.pipeline import Pipeline
from shared.mockupaws.costing.warned import duration

_PER = {
    "per_million_requests": "million",
    "per_gb_second": "GB-s",
    "per_1k_tokens": "1K tokens",
    "per_million_tokens": "1M tokens",
}
_CENT = Decimal("0.01")
# Where no terminal says how wide it is: no figure is cut off in a CI job's log.
_WIDTH = 160
# A terminal that is narrower gets each line of the bill in two.
_WIDE = 120


@dataclass(frozen=True, slots=True)
class Report:
    """What the command has found out.

    Attributes:
        recorder: what came in.
        region: where it would run.
        design: what was priced.
        month: what it costs.
        notes: what to know of the input before the bill is believed.
        budget_usd: what it may cost, None where nobody said.
    """

    recorder: Recorder
    region: str
    design: Pipeline
    month: MonthlyEstimate
    notes: tuple[str, ...]
    budget_usd: Decimal | None

    @property
    def over_budget(self) -> bool:
        """Whether it costs more than it may."""
        return self.budget_usd is not None and self.month.total_usd > self.budget_usd


def show(report: Report) -> None:
    """Prints what came in, what it would use in a month, and what that costs."""
    console = Console(emoji=False, highlight=False)
    if not console.is_terminal:
        console = Console(emoji=False, highlight=False, width=_WIDTH)
    month, is_wide = report.month, console.width >= _WIDE
    # In a log, a sentence is a line; on a screen, it breaks between words.
    flows = not console.is_terminal
    console.print(_inputs(report.recorder, is_wide=is_wide))
    console.print(_usage(report.recorder, month), markup=False, soft_wrap=flows)
    table, sources = _bill(month, report.region, is_wide=is_wide)
    console.print(table)
    total, low, high = (dollars(amount) for amount in (month.total_usd, month.low_usd, month.high_usd))
    interval = f" ({low} to {high})" if month.confidence is not None else ""
    console.print(f"[bold]{total} a month[/]{interval}")
    for number, source in enumerate(sources, 1):
        console.print(f"[{number}] {source}", markup=False, soft_wrap=True)
    if band := month.tokens:
        console.print(
            f"Of the model's own tokens there are {plain(band.factor)} to a counted one, {plain(band.low)} to "
            f"{plain(band.high)}: {band.source}",
            markup=False,
            soft_wrap=flows,
        )
    for note in [*report.notes, *(warning.message for warning in month.warnings)]:
        console.print(f"[yellow]![/] {escape(note)}", soft_wrap=flows)
    if report.budget_usd is not None:
        verdict = "[bold red]Over" if report.over_budget else "[green]Within"
        console.print(f"{verdict} the budget of {dollars(report.budget_usd)} a month.[/]")


def as_json(report: Report) -> str:
    """The same for programs. Money and quantities are exact strings, as in the API."""
    inputs = [
        asdict(each) | {"first": moment(each.first), "last": moment(each.last)} for each in report.recorder.inputs
    ]
    return json.dumps(
        {
            "inputs": inputs,
            "region": report.region,
            "pipeline": report.design.model_dump(mode="json"),
            "monthly": report.month.model_dump(mode="json"),
            "notes": report.notes,
            "budget_usd": None if report.budget_usd is None else plain(report.budget_usd),
            "over_budget": report.over_budget,
        },
        indent=2,
    )


def dollars(amount: Decimal) -> str:
    """An amount for people: cents where there are any, and two digits of what is smaller."""
    if amount == 0 or abs(amount) >= 1:
        return f"${amount:,.2f}"
    rounded = amount.quantize(Decimal(1).scaleb(amount.adjusted() - 1))
    return f"${plain(max(rounded, amount.quantize(_CENT)) if abs(amount) >= _CENT else rounded)}"


def moment(second: int | None) -> str | None:
    """A time as ISO 8601, in UTC."""
    return None if second is None else datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _shown(amount: Decimal, places: int) -> str:
    """An amount to so many places, or as many as it takes to show two digits of what is smaller: nothing becomes 0."""
    step = Decimal(1).scaleb(-places)
    if amount:
        step = min(step, Decimal(1).scaleb(amount.adjusted() - 1))
    return plain(amount.quantize(step))


def _inputs(recorder: Recorder, *, is_wide: bool) -> Table:
    several = len(recorder.inputs) > 1
    folder = os.path.commonpath([os.path.dirname(each.name) for each in recorder.inputs]) if several else ""  # noqa: PTH120 - names, and one may be standard input's
    title = f"What came in from {escape(folder)}" if folder else "What came in"
    table = Table(box=SIMPLE_HEAD, title=title, title_justify="left", show_footer=several)
    table.add_column("file", "all", overflow="fold", min_width=12)
    columns = {"lines": "lines", "size_bytes": "bytes", "sqs_blocks": "blocks", "tokens": "tokens"}
    columns |= {"duplicates": "repeated", "pii_lines": "with PII"}
    if not is_wide:
        del columns["sqs_blocks"]
    for column, name in columns.items():
        total = sum(getattr(each, column) for each in recorder.inputs)
        table.add_column(name, f"{total:,}", justify="right", no_wrap=True)
    for name in ("from", "to") if is_wide else ():
        table.add_column(name, no_wrap=True)
    for each in recorder.inputs:
        counts = [f"{getattr(each, column):,}" for column in columns]
        times = [moment(each.first) or "-", moment(each.last) or "-"] if is_wide else []
        name = os.path.relpath(each.name, folder) if folder else each.name
        table.add_row(escape(name), *counts, *times)
    return table


def _usage(recorder: Recorder, month: MonthlyEstimate) -> str:
    used, lines = month.usage, recorder.lines
    factor = _shown(Decimal(used.logs) / lines, 6)
    over = f" over {duration(recorder.recorded_seconds, in_days=False)}" if recorder.timed else ""
    return (
        f"{lines:,} lines{over} x {factor} = {used.logs:,} logs a month: "
        f"{used.sqs_requests:,} SQS requests, {used.lambda_invocations:,} invocations, "
        f"{_shown(used.lambda_gb_seconds, 2)} GB-seconds, {used.llm_calls:,} calls of the model, "
        f"{used.llm_tokens:,} tokens"
    )


def _bill(estimated: MonthlyEstimate, region: str, *, is_wide: bool) -> tuple[Table, list[str]]:
    table = Table(box=SIMPLE_HEAD, title=f"A month in {region}", title_justify="left")
    names = ("service", "what", "quantity", "", "price", "USD", "source") if is_wide else ("what", "USD")
    for name in names:
        is_text = name in {"service", "what", ""}
        table.add_column(name, justify="left" if is_text else "right", no_wrap=name != "what", overflow="fold")
    sources: list[str] = []
    for service in estimated.services:
        total = f"[bold]{dollars(service.cost_usd)}[/]"
        if not is_wide:
            table.add_row(f"[bold]{service.service}[/]", total)
        for line in service.lines:
            source = _source(line)
            if source not in sources:
                sources.append(source)
            what, number = escape(f"{line.description} ({line.tier})"), f"\\[{sources.index(source) + 1}]"
            quantity = f"{Decimal(_shown(line.quantity, 3)):,f}"
            price = f"{plain(line.list_price)} / {_PER[line.list_unit]}"
            cost = _shown(line.cost_usd, 6)
            if is_wide:
                table.add_row(line.service, what, quantity, f"{line.unit}s", price, cost, number)
            else:
                table.add_row(
                    Padding(f"{what}\n[dim]{quantity} {line.unit}s x {price} {number}[/]", (0, 0, 0, 2)), cost
                )
        if is_wide:
            table.add_row(service.service, "", "", "", "", total, "")
        table.add_section()
    return table, sources


def _source(line: Line) -> str:
    verified = "AWS's own" if line.verified else "not confirmed by AWS"
    return f"{line.price_source} (since {line.price_date}, {verified})"
