"""A report's job, and all that a report says."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal, NamedTuple
from uuid import UUID

from shared.mockupaws.contracts.estimates import Estimate, MonthlyEstimate, Savings, VariantEstimate
from shared.mockupaws.contracts.metrics import Metrics
from shared.mockupaws.contracts.reports import ReportFormat, ReportOptions, ReportState
from shared.mockupaws.contracts.wire import Reply
from shared.mockupaws.records.store import Recording


class Job(Reply):
    """A report that this worker has claimed.

    Attributes:
        attempts: how often it was claimed, this time included; who finishes it must know the number.
    """

    id: UUID
    scenario_id: UUID
    user_id: UUID
    format: ReportFormat
    options: ReportOptions
    attempts: int


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """Why a report couldn't be claimed.

    Attributes:
        status: `gone` where it was deleted; `processing` where another worker is at it.
    """

    status: ReportState | Literal["gone"]


class Previous(Reply):
    """The report before, of the same scenario.

    Attributes:
        generated_at: when it was made.
        expected_usd: what it said of the month.
    """

    generated_at: datetime
    expected_usd: Decimal


class LeftOut(NamedTuple):
    """A variant that was asked for and can't be had any more: design and prices change while reports wait.

    Attributes:
        name: what it is called.
        why: whether AWS wouldn't build it, or what it needs has no price.
        detail: the cost engine's own words.
    """

    name: str
    why: Literal["not_built", "not_priced"]
    detail: str


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a report says, read at one moment.

    Attributes:
        recording: the scenario.
        options: what is to be shown, and how.
        metrics: what it recorded, in the range that was asked for.
        observed: what all of it cost; None where the design has lost its price, as are the next two.
        monthly: as a month.
        savings: what could be saved.
        variants: other designs on the same traffic.
        left_out: those that were asked for and can't be among them.
        unpriced: why there is no price.
        previous: what the last report said.
        traffic_hash: SHA-256 of the recorded sums.
        price_hash: SHA-256 of the prices that were used.
        version: of the product.
        made_at: when it was read.
    """

    recording: Recording
    options: ReportOptions
    metrics: Metrics
    observed: Estimate | None
    monthly: MonthlyEstimate | None
    savings: Savings | None
    variants: tuple[VariantEstimate, ...]
    left_out: tuple[LeftOut, ...]
    unpriced: str | None
    previous: Previous | None
    traffic_hash: str
    price_hash: str
    version: str
    made_at: datetime


class Mailing(Reply):
    """A completed report whose recipients don't know it yet."""

    id: UUID
    scenario_id: UUID
    scenario_name: str
    schedule_name: str
    format: ReportFormat
    options: ReportOptions
    file_path: str
    generated_at: datetime
    metadata: dict[str, str | None]
    email_to: list[str]
