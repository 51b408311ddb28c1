"""`/scenarios`: make, find, change, start, stop, archive and delete them, and look at their logs."""

from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.scenarios import service
from functions.scenarios.models import (
    ListedScenario,
    LogFilter,
    Logs,
    NewScenario,
    Rejected,
    RejectedFilter,
    Scenario,
    ScenarioChange,
    ScenarioFilter,
)
from shared.mockupaws.auth.access import reads, writes
from shared.mockupaws.contracts.wire import Page
from shared.mockupaws.db import database
from shared.mockupaws.http import Api

api = Api("scenarios")


@api.post("/scenarios", access=writes("write:scenarios"), status=201)
def create_scenario(new: NewScenario) -> Scenario:
    """Make a scenario, as a draft."""
    with database().transaction() as connection:
        return service.create(connection, api.caller, new)


@api.get("/scenarios", access=reads("read:scenarios"))
def list_scenarios(wanted: Annotated[ScenarioFilter, Query()]) -> Page[ListedScenario]:
    """List one's scenarios; a superuser lists everybody's."""
    with database().transaction() as connection:
        return service.list_scenarios(connection, api.caller, wanted)


@api.get("/scenarios/<scenario_id>", access=reads("read:scenarios"))
def get_scenario(scenario_id: UUID) -> Scenario:
    """Read a scenario."""
    with database().transaction() as connection:
        return service.get(connection, api.caller, scenario_id)


@api.put("/scenarios/<scenario_id>", access=writes("write:scenarios"))
def update_scenario(scenario_id: UUID, change: ScenarioChange) -> Scenario:
    """Change a scenario.

    What isn't given stays as it is, in the pipeline too. The region can only change in a draft, and an archived
    scenario not at all.
    """
    with database().transaction() as connection:
        return service.update(connection, api.caller, scenario_id, change)


@api.delete("/scenarios/<scenario_id>", access=writes("delete:scenarios"))
def delete_scenario(scenario_id: UUID) -> None:
    """Delete a scenario, in any state, with its logs, metrics, reports and schedules."""
    with database().transaction() as connection:
        service.delete(connection, api.caller, scenario_id)


@api.post("/scenarios/<scenario_id>/start", access=writes("write:scenarios"))
def start_scenario(scenario_id: UUID) -> Scenario:
    """Start recording, or go on: the doors take this scenario's logs."""
    with database().transaction() as connection:
        return service.start(connection, api.caller, scenario_id)


@api.post("/scenarios/<scenario_id>/stop", access=writes("write:scenarios"))
def stop_scenario(scenario_id: UUID) -> Scenario:
    """Stop recording. The time until the next start is no part of the traffic."""
    with database().transaction() as connection:
        return service.stop(connection, api.caller, scenario_id)


@api.post("/scenarios/<scenario_id>/archive", access=writes("write:scenarios"))
def archive_scenario(scenario_id: UUID) -> Scenario:
    """Make a draft or completed scenario read-only, for good."""
    with database().transaction() as connection:
        return service.archive(connection, api.caller, scenario_id)


@api.get("/scenarios/<scenario_id>/logs", access=reads("read:scenarios"))
def list_logs(scenario_id: UUID, wanted: Annotated[LogFilter, Query()]) -> Logs:
    """List a scenario's logs, newest first.

    A reply looks at a bounded number of logs, so that it may hold fewer than `limit`, even none, and still have a
    `next_cursor`: go on until that is null.
    """
    with database().transaction() as connection:
        return service.list_logs(connection, api.caller, scenario_id, wanted)


@api.get("/scenarios/<scenario_id>/rejected", access=reads("read:scenarios"))
def list_rejected(scenario_id: UUID, wanted: Annotated[RejectedFilter, Query()]) -> Page[Rejected]:
    """List the logs that couldn't be taken, newest first, each with the reason."""
    with database().transaction() as connection:
        return service.list_rejected(connection, api.caller, scenario_id, wanted)


handler = api.handle
