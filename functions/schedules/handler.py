"""`/schedules`: make, find, change and delete them, and run one now."""

from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.schedules import service
from functions.schedules.models import (
    NewSchedule,
    NextRuns,
    Preview,
    Run,
    Schedule,
    ScheduleChange,
    ScheduleFilter,
)
from shared.mockupaws.auth.access import reads, writes
from shared.mockupaws.auth.limits import REPORTS
from shared.mockupaws.contracts.wire import Page
from shared.mockupaws.db import database
from shared.mockupaws.http import Api
from shared.mockupaws.report_jobs import queue

api = Api("schedules")


@api.post("/schedules", access=writes("write:reports"), status=201)
def create_schedule(new: NewSchedule) -> Schedule:
    """Make a schedule."""
    with database().transaction() as connection:
        return service.create(connection, api.caller, new)


@api.post("/schedules/preview", access=reads("read:reports"))
def preview_schedule(wanted: Preview) -> NextRuns:
    """Look at the next times of a schedule before making it. Nothing is stored."""
    return service.preview(wanted)


@api.get("/schedules", access=reads("read:reports"))
def list_schedules(wanted: Annotated[ScheduleFilter, Query()]) -> Page[Schedule]:
    """List one's schedules, the newest first; a superuser lists everybody's."""
    with database().transaction() as connection:
        return service.list_schedules(connection, api.caller, wanted)


@api.get("/schedules/<schedule_id>", access=reads("read:reports"))
def get_schedule(schedule_id: UUID) -> Schedule:
    """Read a schedule."""
    with database().transaction() as connection:
        return service.get(connection, api.caller, schedule_id)


@api.put("/schedules/<schedule_id>", access=writes("write:reports"))
def update_schedule(schedule_id: UUID, change: ScheduleChange) -> Schedule:
    """Change a schedule. What isn't given stays as it is; when it is due next moves with its times only."""
    with database().transaction() as connection:
        return service.update(connection, api.caller, schedule_id, change)


@api.delete("/schedules/<schedule_id>", access=writes("write:reports"))
def delete_schedule(schedule_id: UUID) -> None:
    """Delete a schedule. The reports that it asked for stay."""
    with database().transaction() as connection:
        service.delete(connection, api.caller, schedule_id)


@api.post("/schedules/<schedule_id>/run", access=writes("write:reports"), limit=REPORTS, status=202)
def run_schedule(schedule_id: UUID) -> Run:
    """Make a schedule's report now, and tell its recipients, whenever it is due next."""
    with database().transaction() as connection:
        asked = service.run_now(connection, api.caller, schedule_id)
    queue.send([asked.report_id])
    return asked


handler = api.handle
