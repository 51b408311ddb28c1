"""Schedules as a user makes, changes and runs them."""

from datetime import UTC, datetime
from uuid import UUID

from pydantic import MISSING, ValidationError

from functions.schedules import store
from functions.schedules.models import (
    NewSchedule,
    NextRuns,
    Preview,
    Run,
    Schedule,
    ScheduleChange,
    ScheduleFilter,
    Timing,
)
from shared.mockupaws.auth.access import Caller
from shared.mockupaws.contracts.reports import ReportOptions
from shared.mockupaws.contracts.wire import Page
from shared.mockupaws.db import Rows
from shared.mockupaws.errors import ConflictError, Detail, InvalidRequestError, NotFoundError, problems
from shared.mockupaws.ids import new_id
from shared.mockupaws.records.store import read_recording
from shared.mockupaws.recurrence import next_after
from shared.mockupaws.report_jobs.store import add

# What decides when a schedule is due.
_TIMING = frozenset(Timing.model_fields) | {"is_active"}


def create(connection: Rows, caller: Caller, new: NewSchedule) -> Schedule:
    """Makes a schedule, its scenario's owner's.

    Raises:
        NotFoundError: there is no such scenario, or it is another user's.
    """
    recording = read_recording(connection, new.scenario_id, caller.sees_of, keep=True)
    return store.insert(connection, new_id(), recording.user_id, new, _next_run(new, is_active=new.is_active))


def preview(wanted: Preview) -> NextRuns:
    """The next times at which such a schedule would be due."""
    runs: list[datetime] = []
    moment = datetime.now(UTC)
    for _ in range(wanted.count):
        moment = next_after(wanted, moment)
        runs.append(moment)
    return NextRuns(runs=runs)


def list_schedules(connection: Rows, caller: Caller, wanted: ScheduleFilter) -> Page[Schedule]:
    """A page of the caller's schedules; of everybody's for a superuser.

    Raises:
        NotFoundError: there is no such scenario as is asked for, or it is another user's.
    """
    if wanted.scenario_id is not None:
        read_recording(connection, wanted.scenario_id, caller.sees_of)
    items, total = store.page(connection, caller.sees_of, wanted)
    return Page[Schedule](items=items, total=total, page=wanted.page, page_size=wanted.page_size)


def get(connection: Rows, caller: Caller, schedule_id: UUID) -> Schedule:
    """A schedule that the caller may see.

    Raises:
        NotFoundError: there is none, or it is another user's.
    """
    return _there(store.find(connection, schedule_id, caller.sees_of))


def update(connection: Rows, caller: Caller, schedule_id: UUID, change: ScheduleChange) -> Schedule:
    """Changes what the change names.

    When it is due next is worked out anew only where its times change, or it is enabled: what is due meanwhile, and
    waits for the tick, stays due.

    Raises:
        NotFoundError: there is no such schedule, or it is another user's.
        InvalidRequestError: with the change in it, it would lack its day.
    """
    schedule = _there(store.lock(connection, schedule_id, caller.sees_of))
    fields = {name: value for name, value in dict(change).items() if value is not MISSING}
    stored = schedule.model_dump(include=set(_TIMING))
    if (wanted := stored | {name: value for name, value in fields.items() if name in stored}) != stored:
        is_active = wanted.pop("is_active")
        fields["next_run_at"] = _next_run(_timing(wanted), is_active=is_active)
    return store.update(connection, schedule_id, fields) if fields else schedule


def delete(connection: Rows, caller: Caller, schedule_id: UUID) -> None:
    """Deletes a schedule; the reports that it asked for stay.

    Raises:
        NotFoundError: there is no such schedule, or it is another user's.
    """
    _there(store.lock(connection, schedule_id, caller.sees_of))
    store.delete(connection, schedule_id)


def run_now(connection: Rows, caller: Caller, schedule_id: UUID) -> Run:
    """Stores the report that a schedule would make, now, whenever it is due next. Its job is sent after the commit.

    Raises:
        NotFoundError: there is no such schedule, or it is another user's.
        ConflictError: another request runs it, in the same microsecond.
    """
    schedule = _there(store.keep(connection, schedule_id, caller.sees_of))
    report_id = new_id()
    is_new = add(
        connection,
        report_id=report_id,
        scenario_id=schedule.scenario_id,
        format_=schedule.format,
        options=ReportOptions.model_validate(schedule.model_dump(include=set(ReportOptions.model_fields))),
        generated_by=str(caller.key_id or caller.user_id),
        schedule_id=schedule.id,
        due_at=datetime.now(UTC),
    )
    if not is_new:
        raise ConflictError("This schedule is being run already.")
    return Run(report_id=report_id, status="pending")


def _there(schedule: Schedule | None) -> Schedule:
    if schedule is None:
        raise NotFoundError("There is no such schedule.")
    return schedule


def _timing(fields: dict[str, object]) -> Timing:
    try:
        return Timing.model_validate(fields)
    except ValidationError as error:
        details = tuple(Detail("body", problem) for problem in problems(error))
        raise InvalidRequestError("Such a schedule is never due; `details` says why.", details=details) from error


def _next_run(timing: Timing, *, is_active: bool) -> datetime | None:
    return next_after(timing, datetime.now(UTC)) if is_active else None
