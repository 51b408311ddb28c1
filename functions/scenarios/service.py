"""What may be done with a scenario, and when."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import MISSING, ValidationError

from functions.scenarios import store
from functions.scenarios.cursor import read_cursor, write_cursor
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
    Status,
)
from shared.mockupaws.auth.access import Caller
from shared.mockupaws.contracts.pipeline import Pipeline, PipelineChange, ReduceDesign
from shared.mockupaws.contracts.traffic import ArrivalClass, Traffic, TrafficCell
from shared.mockupaws.contracts.wire import Page
from shared.mockupaws.costing.price_book import NotPricedError
from shared.mockupaws.db import Rows
from shared.mockupaws.errors import ConflictError, Detail, ForbiddenError, InvalidRequestError, NotFoundError, problems
from shared.mockupaws.ids import new_id
from shared.mockupaws.records.prices import price_book
from shared.mockupaws.records.store import read_sums

Action = Literal["start", "stop", "archive"]

ONE_LOG = Traffic((TrafficCell("info", False, 0, 1, 1, 1, 1, 1, 0),), (ArrivalClass(0, 1, 1, 1),), 0, (), 0)

# What a request can wait for; the rest is left to the daily purge.
LOGS_DELETED_AT_ONCE = 10_000


# Where each step of a scenario's life leads from.
ALLOWED_IN: Mapping[Action, tuple[Status, ...]] = {
    "start": ("draft", "completed"),
    "stop": ("running",),
    "archive": ("draft", "completed"),
}


def create(connection: Rows, caller: Caller, new: NewScenario) -> Scenario:
    """Makes a draft, the caller's own.

    Raises:
        ForbiddenError: it names log groups, and the caller is no superuser.
        InvalidRequestError: the pipeline has no price in the region.
    """
    _check_log_groups(caller, new.log_groups, ())
    _check_prices(connection, new.region, new.pipeline)
    return store.insert(connection, new_id(), caller.user_id, new)


def list_scenarios(connection: Rows, caller: Caller, wanted: ScenarioFilter) -> Page[ListedScenario]:
    """A page of the caller's scenarios; of everybody's for a superuser."""
    items, total = store.page(connection, caller.sees_of, wanted)
    return Page[ListedScenario](items=items, total=total, page=wanted.page, page_size=wanted.page_size)


def get(connection: Rows, caller: Caller, scenario_id: UUID) -> Scenario:
    """A scenario that the caller may see.

    Raises:
        NotFoundError: there is none, or it is another user's.
    """
    return _visible(caller, store.find(connection, scenario_id))


def update(connection: Rows, caller: Caller, scenario_id: UUID, change: ScenarioChange) -> Scenario:
    """Changes what the change names.

    Raises:
        NotFoundError: there is no such scenario, or it is another user's.
        ForbiddenError: log groups would be added, and the caller is no superuser.
        ConflictError: it is archived; or its region would change and it isn't a draft any more.
        InvalidRequestError: AWS wouldn't build the pipeline with the change in it, or it has no price in the region.
    """
    scenario = _visible(caller, store.lock(connection, scenario_id))
    if scenario.status == "archived":
        raise ConflictError("This scenario is archived: it can be read and deleted, but not changed.")
    fields = {name: value for name, value in dict(change).items() if value is not MISSING}
    if fields.get("region", scenario.region) != scenario.region and scenario.status != "draft":
        raise ConflictError(f"The region can only change in a draft; this scenario is {scenario.status}.")
    _check_log_groups(caller, fields.get("log_groups", ()), scenario.log_groups)
    if change.pipeline is not MISSING:
        fields["pipeline"] = _changed(scenario.pipeline, change.pipeline)
    if fields.keys() & {"pipeline", "region"}:
        region, pipeline = fields.get("region", scenario.region), fields.get("pipeline", scenario.pipeline)
        _check_prices(connection, region, pipeline)
        fields["total_cost_estimate"] = _cost(connection, read_sums(connection, scenario_id), region, pipeline)
    return store.update(connection, scenario_id, fields) if fields else scenario


def _check_log_groups(caller: Caller, wanted: Iterable[str], given: Iterable[str]) -> None:
    """Refuses log groups to whom nobody gave them: they are the AWS account's, and hold other people's logs."""
    if not caller.sees_all and (more := set(wanted) - set(given)):
        raise ForbiddenError(
            f"A superuser gives log groups to a scenario, since they are the AWS account's: ask for {min(more)}."
        )


def start(connection: Rows, caller: Caller, scenario_id: UUID) -> Scenario:
    """Opens a run: from now on the doors take this scenario's logs.

    Raises:
        NotFoundError: there is no such scenario, or it is another user's.
        ConflictError: it runs already, or is archived.
    """
    _about_to(connection, caller, scenario_id, "start")
    return store.begin_run(connection, scenario_id)


def stop(connection: Rows, caller: Caller, scenario_id: UUID) -> Scenario:
    """Closes the run: the doors take no more.

    Raises:
        NotFoundError: there is no such scenario, or it is another user's.
        ConflictError: it doesn't run.
    """
    _about_to(connection, caller, scenario_id, "stop")
    return store.end_run(connection, scenario_id)


def archive(connection: Rows, caller: Caller, scenario_id: UUID) -> Scenario:
    """Makes a scenario read-only, for good.

    Raises:
        NotFoundError: there is no such scenario, or it is another user's.
        ConflictError: it runs, or is archived already.
    """
    _about_to(connection, caller, scenario_id, "archive")
    return store.set_status(connection, scenario_id, "archived")


def delete(connection: Rows, caller: Caller, scenario_id: UUID) -> None:
    """Deletes a scenario in any state. Logs that are too many for a request go with the daily purge.

    Raises:
        NotFoundError: there is no such scenario, or it is another user's.
    """
    _visible(caller, store.lock(connection, scenario_id))
    store.delete(connection, scenario_id)
    if store.has_more_logs_than(connection, scenario_id, LOGS_DELETED_AT_ONCE):
        store.leave_to_purge(connection, scenario_id)
    else:
        store.delete_logs(connection, scenario_id)


def list_logs(connection: Rows, caller: Caller, scenario_id: UUID, wanted: LogFilter) -> Logs:
    """A page of a scenario's logs, newest first.

    Raises:
        NotFoundError: there is no such scenario, or it is another user's.
        InvalidRequestError: the cursor isn't one of ours.
    """
    get(connection, caller, scenario_id)
    after = read_cursor(wanted.cursor) if wanted.cursor else None
    items, following = store.logs(connection, scenario_id, wanted, after)
    return Logs(items=items, next_cursor=write_cursor(following) if following else None)


def list_rejected(connection: Rows, caller: Caller, scenario_id: UUID, wanted: RejectedFilter) -> Page[Rejected]:
    """A page of the logs that a scenario's doors couldn't take, newest first.

    Raises:
        NotFoundError: there is no such scenario, or it is another user's.
    """
    get(connection, caller, scenario_id)
    offset = (wanted.page - 1) * wanted.page_size
    items, total = store.rejected(connection, scenario_id, wanted.page_size, offset)
    return Page[Rejected](items=items, total=total, page=wanted.page, page_size=wanted.page_size)


def _visible(caller: Caller, scenario: Scenario | None) -> Scenario:
    if scenario is None or not (caller.sees_all or scenario.user_id == caller.user_id):
        raise NotFoundError("There is no such scenario.")
    return scenario


def _about_to(connection: Rows, caller: Caller, scenario_id: UUID, action: Action) -> None:
    scenario = _visible(caller, store.lock(connection, scenario_id))
    if scenario.status not in ALLOWED_IN[action]:
        states = " or ".join(ALLOWED_IN[action])
        raise ConflictError(f"This scenario is {scenario.status}; to {action} it, it must be {states}.")


def _changed(pipeline: Pipeline, change: PipelineChange) -> Pipeline:
    try:
        return change.applied_to(pipeline)
    except ValidationError as error:
        details = tuple(Detail("body.pipeline", problem) for problem in problems(error))
        raise InvalidRequestError("AWS doesn't build such a pipeline; `details` says why.", details=details) from error


def _check_prices(connection: Rows, region: str, pipeline: Pipeline) -> None:
    """Prices a design before it is stored, on a log that uses all of it.

    What has no price is refused then, not when logs come in. So the log gets as far as the model, whatever the design
    would do with this one.
    """
    model = pipeline.bedrock.model_copy(update={"share_of_logs": Decimal(1)})
    _cost(connection, ONE_LOG, region, pipeline.model_copy(update={"reduce": ReduceDesign(), "bedrock": model}))


def _cost(connection: Rows, traffic: Traffic, region: str, pipeline: Pipeline) -> Decimal:
    # Of all that happens to scenarios, only a change of what is priced needs the engine.
    from shared.mockupaws.costing.estimate import observed  # noqa: PLC0415

    try:
        return observed(traffic, pipeline, price_book(connection, region), region).total_usd
    except NotPricedError as error:
        field = "body.region" if error.field == "region" else f"body.pipeline.{error.field}"
        raise InvalidRequestError(error.message, details=(Detail(field, error.message),)) from error
