"""A schedule whose time has come."""

from datetime import datetime
from uuid import UUID

from shared.mockupaws.contracts.reports import Language, Paper, ReportFormat, ReportOptions, Section
from shared.mockupaws.contracts.wire import Reply
from shared.mockupaws.recurrence import Frequency


class Due(Reply):
    """A schedule that is due and locked.

    Attributes:
        next_run_at: when it was due.
    """

    id: UUID
    scenario_id: UUID
    frequency: Frequency
    day_of_week: int | None
    day_of_month: int | None
    hour: int
    minute: int
    timezone: str
    format: ReportFormat
    include_logs: bool
    sections: list[Section]
    language: Language
    paper: Paper
    next_run_at: datetime

    @property
    def options(self) -> ReportOptions:
        """What its reports show."""
        return ReportOptions(
            include_logs=self.include_logs, sections=self.sections, language=self.language, paper=self.paper
        )
