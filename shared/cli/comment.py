"""The bill as a comment on a change: what it comes to, what it came to before, and what makes the difference."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from shared.cli.bill import Report, dollars
from shared.mockupaws.costing.exact import total

Costs = Mapping[tuple[str, str], Decimal]
"""USD, by service and description."""


class BaselineError(Exception):
    """The file to compare with is none; the message says what it should be."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a month came to before.

    Attributes:
        total_usd: of the month.
        costs: of what.
    """

    total_usd: Decimal
    costs: Costs


def read_baseline(path: Path) -> Baseline:
    """Read what `mockupaws estimate --json` printed before.

    Raises:
        BaselineError: it is something else.
    """
    try:
        month: dict[str, Any] = json.loads(path.read_bytes())["monthly"]
        costs = _summed(
            (line["service"], line["description"], _usd(line["cost_usd"]))
            for service in month["services"]
            for line in service["lines"]
        )
        return Baseline(_usd(month["total_usd"]), costs)
    except (OSError, ValueError, ArithmeticError, LookupError, TypeError) as error:
        raise BaselineError(f"{path} is not what `mockupaws estimate --json` prints.") from error


def _summed(lines: Iterable[tuple[str, str, Decimal]]) -> Costs:
    """What lines of a bill come to: the volume tiers of one thing are one cost, exactly their sum.

    Args:
        lines: service, description, USD.
    """
    tiers: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for service, description, cost in lines:
        tiers[service, description].append(cost)
    return {what: total(costs) for what, costs in tiers.items()}


def as_markdown(report: Report, baseline: Baseline | None) -> str:
    """The comment, in GitHub's and GitLab's Markdown."""
    month = report.month
    costs = _summed((line.service, line.description, line.cost_usd) for each in month.services for line in each.lines)
    before: Costs = baseline.costs if baseline else {}
    text = [f"### What these logs cost: {dollars(month.total_usd)} a month", ""]
    text.append(
        f"In {report.region}."
        if month.confidence is None
        else f"Between {dollars(month.low_usd)} and {dollars(month.high_usd)}, in {report.region}."
    )
    if baseline:
        text[-1] += f" {_change(baseline.total_usd, month.total_usd)}"
    if report.budget_usd is not None:
        verdict = "**Over** the" if report.over_budget else "Within the"
        text.append(f"{verdict} budget of {dollars(report.budget_usd)}.")
    text += ["", "| service | what | a month |" + (" before | change |" if baseline else "")]
    text.append("|---|---|---:|" + ("---:|---:|" if baseline else ""))
    # What changed most stands first: that is what a reviewer looks for.
    rows = [(key, costs.get(key, Decimal()), before.get(key, Decimal())) for key in {*costs, *before}]
    for key, now, then in sorted(rows, key=lambda row: (-abs(row[1] - row[2]), row[0])):
        start = f"| {key[0]} | {key[1]} | {dollars(now)} |"
        text.append(start + (f" {dollars(then)} | {_signed(now - then)} |" if baseline else ""))
    notes = [*report.notes, *(warning.message for warning in month.warnings)]
    return "\n".join([*text, "", *(f"> {note}" for note in notes)]).rstrip() + "\n"


def _usd(text: str) -> Decimal:
    amount = Decimal(text)
    if not amount.is_finite():
        raise ValueError(text)
    return amount


def _change(then: Decimal, now: Decimal) -> str:
    if now == then:
        return "As before."
    percent = f" ({(now - then) / then * 100:+.1f} %)" if then else ""
    return f"{_signed(now - then)} a month against before{percent}."


def _signed(amount: Decimal) -> str:
    return f"{'-' if amount < 0 else '+'}{dollars(abs(amount))}" if amount else "±$0"
