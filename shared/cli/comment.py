"""The bill as a comment on a change: what it comes to, what it came to before, and what makes the difference."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from shared.cli.bill import Report, dollars


class BaselineError(Exception):
    """The file to compare with is none; the message says what it should be."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a month came to before.

    Attributes:
        total_usd: of the month.
        lines: USD, by service and description.
    """

    total_usd: Decimal
    lines: Mapping[tuple[str, str], Decimal]


def read_baseline(path: Path) -> Baseline:
    """Read what `mockupaws estimate --json` printed before.

    Raises:
        BaselineError: it is something else.
    """
    try:
        month: dict[str, Any] = json.loads(path.read_bytes())["monthly"]
        lines = {
            (line["service"], line["description"]): Decimal(line["cost_usd"])
            for service in month["services"]
            for line in service["lines"]
        }
        return Baseline(Decimal(month["total_usd"]), lines)
    except (OSError, ValueError, ArithmeticError, LookupError, TypeError) as error:
        raise BaselineError(f"{path} is not what `mockupaws estimate --json` prints.") from error


def as_markdown(report: Report, baseline: Baseline | None) -> str:
    """The comment, in GitHub's and GitLab's Markdown."""
    month = report.month
    lines = {(line.service, line.description): line.cost_usd for each in month.services for line in each.lines}
    before: Mapping[tuple[str, str], Decimal] = baseline.lines if baseline else {}
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
    rows = [(key, lines.get(key, Decimal()), before.get(key, Decimal())) for key in {*lines, *before}]
    for key, now, then in sorted(rows, key=lambda row: (-abs(row[1] - row[2]), row[0])):
        start = f"| {key[0]} | {key[1]} | {dollars(now)} |"
        text.append(start + (f" {dollars(then)} | {_signed(now - then)} |" if baseline else ""))
    notes = [*report.notes, *(warning.message for warning in month.warnings)]
    return "\n".join([*text, "", *(f"> {note}" for note in notes)]).rstrip() + "\n"


def _change(then: Decimal, now: Decimal) -> str:
    if now == then:
        return "As before."
    percent = f" ({(now - then) / then * 100:+.1f} %)" if then else ""
    return f"{_signed(now - then)} a month against before{percent}."


def _signed(amount: Decimal) -> str:
    return f"{'-' if amount < 0 else '+'}{dollars(abs(amount))}" if amount else "±$0"
