"""What the API takes and says of reports."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, computed_field

from shared.mockupaws.contracts.reports import RETENTION_DAYS, ReportFormat, ReportOptions, ReportState
from shared.mockupaws.contracts.wire import Reply, Utc


class NewReport(ReportOptions):
    """A report to be made.

    Attributes:
        format: a PDF to read, or a CSV to calculate with.
    """

    format: ReportFormat


class Report(Reply):
    """A report, made or being made.

    Attributes:
        scenario_name: of the scenario as it is called now.
        schedule_id: the schedule that asked for it; null for one that a person asked for.
        due_at: when the schedule was to.
        file_size_bytes: null until it is completed.
        generated_at: when it was completed.
        generated_by: the id of the user or API key that asked for it, or `schedule`.
        error: why it failed, or why it has to be tried again.
        options: what it was asked to show.
        metadata: what it says: the month's figures, and the hashes of the prices and the traffic behind them.
        mailed_at: when the schedule's recipients were told.
        expires_at: when row and file go.
    """

    id: UUID
    scenario_id: UUID
    scenario_name: str
    schedule_id: UUID | None
    due_at: Utc | None
    format: ReportFormat
    status: ReportState
    file_size_bytes: int | None
    generated_at: Utc | None
    generated_by: str
    error: str | None
    options: ReportOptions
    metadata: dict[str, Any]
    mailed_at: Utc | None
    created_at: Utc

    @computed_field
    @property
    def expires_at(self) -> Utc:
        """90 days after it was asked for."""
        return self.created_at + timedelta(days=RETENTION_DAYS)


class ReportStatus(Reply):
    """How far a report is.

    Attributes:
        status: `pending`, `processing`, then `completed` or `failed`.
        error: why it failed, or why it has to be tried again.
        download_url: the file, for 15 minutes and without signing in; null until it is completed.
    """

    report_id: UUID
    status: ReportState
    format: ReportFormat
    created_at: Utc
    generated_at: Utc | None = None
    file_size_bytes: int | None = None
    error: str | None = None
    download_url: str | None = None


class ReportFilter(Reply):
    """Which reports to list, the newest first."""

    status: ReportState | None = None
    format: ReportFormat | None = None
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=100)] = 20


class Stored(Reply):
    """A report's row, as far as its file is concerned."""

    id: UUID
    scenario_name: str
    format: ReportFormat
    status: ReportState
    file_path: str | None
    file_size_bytes: int | None
    generated_at: datetime | None
    error: str | None
    created_at: datetime
