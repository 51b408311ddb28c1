"""What the API takes and says of schedules."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import MISSING, AfterValidator, BeforeValidator, Field, StrictBool, model_validator

from shared.mockupaws.contracts.reports import Language, Paper, ReportFormat, ReportState, Section, Sections
from shared.mockupaws.contracts.wire import Body, Email, Name, Reply, Utc, nothing
from shared.mockupaws.recurrence import Frequency, time_zones

# SES takes 50 in one message.
MOST_RECIPIENTS = 50
MOST_PREVIEWED = 24


def _known_zone(name: str) -> str:
    if name not in time_zones():
        raise ValueError("must be the name of a time zone like Europe/Rome, from the IANA database")
    return name


def _each_once(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _a_number(value: object) -> object:
    """Refuses what pydantic would take for one: `true`, "1_0". 7.0 is a whole number in JSON."""
    if isinstance(value, bool | str):
        raise ValueError("must be a whole number")  # noqa: TRY004 - pydantic's way
    return value


Zone = Annotated[str, Field(max_length=64), AfterValidator(_known_zone)]
Recipients = Annotated[list[Email], Field(max_length=MOST_RECIPIENTS), AfterValidator(_each_once)]
_NUMBER = BeforeValidator(_a_number)
Hour = Annotated[int, Field(ge=0, le=23), _NUMBER]
Minute = Annotated[int, Field(ge=0, le=59), _NUMBER]
DayOfWeek = Annotated[int, Field(ge=0, le=6), _NUMBER]
DayOfMonth = Annotated[int, Field(ge=1, le=31), _NUMBER]


class Timing(Body):
    """When a schedule is due.

    Attributes:
        frequency: daily, weekly or monthly.
        day_of_week: 0 is Sunday; needed for a weekly one.
        day_of_month: needed for a monthly one; a shorter month's last day stands for what it lacks.
        hour: of the zone's clock.
        minute: of the zone's clock.
        timezone: IANA name.
    """

    frequency: Frequency
    day_of_week: DayOfWeek | None = None
    day_of_month: DayOfMonth | None = None
    hour: Hour
    minute: Minute
    timezone: Zone = "UTC"

    @model_validator(mode="after")
    def _has_its_day(self) -> Self:
        if self.frequency == "weekly" and self.day_of_week is None:
            raise ValueError("day_of_week: a weekly schedule needs one, 0 (Sunday) to 6")
        if self.frequency == "monthly" and self.day_of_month is None:
            raise ValueError("day_of_month: a monthly schedule needs one, 1 to 31")
        return self


class Preview(Timing):
    """Times of a schedule that needn't be made yet.

    Attributes:
        count: how many to look ahead.
    """

    count: Annotated[int, Field(ge=1, le=MOST_PREVIEWED), _NUMBER] = 5


class NewSchedule(Timing):
    """A schedule to be made.

    Attributes:
        scenario_id: what its reports are about.
        format: a PDF or a CSV.
        include_logs: also every log (CSV only).
        sections: which parts; none for all of them.
        email_to: who is told of each report, at most 50.
        is_active: whether it runs.
        language: of reports and mails.
        paper: of PDFs.
    """

    scenario_id: UUID
    name: Name
    format: ReportFormat
    include_logs: StrictBool = False
    sections: Sections = Field(default_factory=nothing)
    email_to: Recipients = Field(default_factory=nothing)
    is_active: StrictBool = True
    language: Language = "en"
    paper: Paper = "a4"


class NextRuns(Reply):
    """When such a schedule would be due.

    Attributes:
        runs: the next times, the first first.
    """

    runs: list[Utc]


class ScheduleChange(Body):
    """What changes in a schedule; what isn't given stays as it is."""

    name: Name | MISSING = MISSING
    frequency: Frequency | MISSING = MISSING
    day_of_week: DayOfWeek | MISSING | None = MISSING
    day_of_month: DayOfMonth | MISSING | None = MISSING
    hour: Hour | MISSING = MISSING
    minute: Minute | MISSING = MISSING
    timezone: Zone | MISSING = MISSING
    format: ReportFormat | MISSING = MISSING
    include_logs: StrictBool | MISSING = MISSING
    sections: Sections | MISSING = MISSING
    email_to: Recipients | MISSING = MISSING
    is_active: StrictBool | MISSING = MISSING
    language: Language | MISSING = MISSING
    paper: Paper | MISSING = MISSING


class Schedule(Reply):
    """A schedule.

    Attributes:
        user_id: its owner, who is its scenario's.
        day_of_week: 0 is Sunday.
        last_run_at: when it was due last.
        next_run_at: when it is due next; null while it isn't active.
        last_error: why its last report failed, or couldn't be mailed; null once one succeeds.
    """

    id: UUID
    user_id: UUID
    scenario_id: UUID
    scenario_name: str
    name: str
    frequency: Frequency
    day_of_week: int | None
    day_of_month: int | None
    hour: int
    minute: int
    timezone: str
    format: ReportFormat
    include_logs: bool
    sections: list[Section]
    email_to: list[str]
    is_active: bool
    language: Language
    paper: Paper
    last_run_at: Utc | None
    next_run_at: Utc | None
    last_error: str | None
    created_at: Utc
    updated_at: Utc


class ScheduleFilter(Reply):
    """Which schedules to list."""

    scenario_id: UUID | None = None
    is_active: bool | None = None
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=100)] = 20


class Run(Reply):
    """A report that a schedule was told to make now."""

    report_id: UUID
    status: ReportState
