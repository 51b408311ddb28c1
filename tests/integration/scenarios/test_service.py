"""What two requests at once do to a scenario."""

import threading
from collections.abc import Callable
from uuid import UUID

import psycopg

from functions.scenarios import service
from functions.scenarios.models import ScenarioChange
from shared.mockupaws.auth.access import Caller
from shared.mockupaws.contracts.pipeline import PipelineChange
from shared.mockupaws.db import Rows
from shared.mockupaws.errors import ConflictError
from tests import factories


def _at_once(app_database_url: str, *requests: Callable[[Rows], object]) -> list[BaseException | None]:
    """Run each request in a transaction of its own, all at the same time; what each raised."""
    barrier = threading.Barrier(len(requests))
    outcomes: list[BaseException | None] = [None] * len(requests)

    def run(index: int, request: Callable[[Rows], object]) -> None:
        with psycopg.connect(app_database_url) as connection:
            barrier.wait()
            try:
                request(connection)
            except ConflictError as error:
                connection.rollback()
                outcomes[index] = error

    threads = [threading.Thread(target=run, args=(index, request)) for index, request in enumerate(requests)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def _mine(connection: Rows, status: str) -> tuple[Caller, UUID]:
    scenario = factories.scenario(connection, status=status)
    return Caller(scenario["user_id"], "user"), scenario["id"]


def test_of_many_starts_at_once_one_opens_a_run(connection: Rows, app_database_url: str) -> None:
    caller, scenario_id = _mine(connection, "draft")

    def start(db: Rows) -> None:
        service.start(db, caller, scenario_id)

    outcomes = _at_once(app_database_url, *[start] * 6)
    assert sum(outcome is None for outcome in outcomes) == 1
    assert connection.execute("SELECT count(*) FROM scenario_runs").fetchone() == (1,)


def test_a_start_that_waited_for_a_stop_begins_after_it(connection: Rows, app_database_url: str) -> None:
    caller, scenario_id = _mine(connection, "draft")
    service.start(connection, caller, scenario_id)
    with psycopg.connect(app_database_url) as waiting, psycopg.connect(app_database_url) as first:
        waiting.execute("SELECT now()")  # its transaction is the older one
        service.stop(first, caller, scenario_id)
        starting = threading.Thread(target=lambda: service.start(waiting, caller, scenario_id))
        starting.start()
        first.commit()
        starting.join()
        waiting.commit()
    runs = connection.execute("SELECT started_at, stopped_at FROM scenario_runs ORDER BY 1").fetchall()
    assert runs[0][1] < runs[1][0]


def test_two_changes_at_once_both_hold(connection: Rows, app_database_url: str) -> None:
    factories.price_list(connection)
    caller, scenario_id = _mine(connection, "draft")

    def resize(db: Rows) -> None:
        change = PipelineChange.model_validate({"lambda": {"memory_mb": 512}})
        service.update(db, caller, scenario_id, ScenarioChange(pipeline=change))

    def move(db: Rows) -> None:
        change = PipelineChange.model_validate({"lambda": {"architecture": "arm64"}})
        service.update(db, caller, scenario_id, ScenarioChange(pipeline=change))

    _at_once(app_database_url, resize, move)
    design = service.get(connection, caller, scenario_id).pipeline.lambda_
    assert (design.memory_mb, design.architecture) == (512, "arm64")
