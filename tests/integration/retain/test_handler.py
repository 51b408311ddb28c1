import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from functions.retain import service, store
from functions.retain.handler import handler
from shared.mockupaws.db import Rows, database
from shared.mockupaws.invocation import InvocationFailedError
from tests import factories
from tests.gateway import Invocation

pytestmark = pytest.mark.usefixtures("stage")

TICK = json.loads((Path(__file__).parents[2] / "events" / "eventbridge_schedule.json").read_text())


def _tick(*, remaining_ms: int = 900_000) -> dict[str, int]:
    return handler(TICK, Invocation(remaining_ms=remaining_ms))


def _ago(**age: float) -> datetime:
    return datetime.now(UTC) - timedelta(**age)


def _partitions(connection: Rows) -> list[datetime]:
    """The Mondays of the partitions that there are."""
    names = connection.execute("SELECT inhrelid::regclass::text FROM pg_inherits ORDER BY 1").fetchall()
    found = (name.removeprefix("scenario_logs_") for (name,) in names if name.startswith("scenario_logs_2"))
    return [datetime.strptime(monday, "%Y%m%d").replace(tzinfo=UTC) for monday in found if len(monday) == 8]


def test_there_is_a_place_for_the_next_two_weeks_logs(connection: Rows) -> None:
    for monday in _partitions(connection):
        connection.execute(f"DROP TABLE scenario_logs_{monday:%Y%m%d}".encode())
    assert _tick()["partitions_made"] >= 3
    mondays = _partitions(connection)
    assert mondays[0] <= _ago(days=1)
    assert mondays[-1] + timedelta(days=7) > datetime.now(UTC) + timedelta(weeks=2)
    assert _tick()["partitions_made"] == 0


def test_a_partition_goes_when_its_last_log_is_past_the_retention(connection: Rows) -> None:
    scenario = factories.scenario(connection, total_requests=3)
    factories.scenario_metric(connection, scenario_id=scenario["id"], timestamp=_ago(days=90))
    for age in (90, 45, 29):
        factories.scenario_log(connection, scenario_id=scenario["id"], received_at=_ago(days=age))
    assert _tick()["partitions_dropped"] == 2
    assert _partitions(connection)[0] + timedelta(days=7) > _ago(days=30)
    assert connection.execute("SELECT count(*) FROM scenario_logs").fetchone() == (1,)
    assert connection.execute("SELECT total_requests FROM scenarios").fetchone() == (3,)
    assert connection.execute("SELECT count(*) FROM scenario_metrics").fetchone() == (1,)


def test_no_other_table_s_name_is_taken_for_a_date_however_postgresql_looks(connection: Rows) -> None:
    factories.scenario_log(connection, received_at=_ago(days=60))
    # What is left is the plan that it comes to when its catalogue has grown: to read every table's name.
    for way in (b"nestloop", b"mergejoin", b"indexscan", b"indexonlyscan", b"bitmapscan"):
        connection.execute(b"SET enable_" + way + b" = off")
    assert len(store.partitions_before(connection, _ago(days=30))) == 1


@pytest.mark.parametrize(
    ("build", "column", "kept_days"),
    [
        (factories.ingest_batch, "stored_at", 30),
        (factories.ingest_request, "received_at", 7),
        (factories.ingest_reject, "received_at", 30),
        (factories.scenario_minute, "minute", 60),
        (factories.rate_limit, "window_started_at", 1),
        (factories.refresh_token, "expires_at", 1),
        (factories.password_reset_token, "expires_at", 1),
        (factories.report, "created_at", 90),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_has_had_its_time_is_cleared_and_no_more(
    connection: Rows,
    monkeypatch: pytest.MonkeyPatch,
    build: Callable[..., dict[str, Any]],
    column: str,
    kept_days: int,
) -> None:
    monkeypatch.setattr(service, "CHUNK_ROWS", 2)
    for _ in range(5):
        build(connection, **{column: _ago(days=kept_days, hours=1)})
    kept = build(connection, **{column: _ago(days=kept_days, hours=-1)})
    table = {"ingest_batch": "ingest_batches"}.get(build.__name__, f"{build.__name__}s")
    assert _tick()[table] == 5
    rows = connection.execute(sql.SQL("SELECT {} FROM {}").format(
        sql.Identifier(column), sql.Identifier(table))).fetchall()  # fmt: skip
    assert rows == [(kept[column],)]


def test_a_deleted_scenario_s_logs_are_purged_and_no_other_s(connection: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "CHUNK_ROWS", 3)
    gone = [factories.scenario_purge(connection)["scenario_id"] for _ in range(2)]
    kept = factories.scenario_log(connection)
    for scenario_id in gone:
        for day in range(7):
            factories.scenario_log(connection, scenario_id=scenario_id, received_at=_ago(days=day // 2))
    assert _tick()["logs_purged"] == 14
    assert connection.execute("SELECT id FROM scenario_logs").fetchall() == [(kept["id"],)]
    assert connection.execute("SELECT count(*) FROM scenario_purges").fetchone() == (0,)


def test_where_one_scenario_s_purge_was_says_nothing_of_another_s(
    connection: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "CHUNK_ROWS", 2)
    first, second = (factories.scenario_purge(connection, deleted_at=_ago(days=days))["scenario_id"] for days in (2, 1))
    for scenario_id, day in ((first, 1), (first, 2), (first, 3), (second, 4), (second, 5)):
        factories.scenario_log(connection, scenario_id=scenario_id, received_at=_ago(days=day))
    purge_logs = store.purge_logs

    def struck_off(*args: Any) -> Any:
        """As by a second purge, or by who restores a scenario, between two rounds."""
        found = purge_logs(*args)
        connection.execute("DELETE FROM scenario_purges WHERE scenario_id = %s", (first,))
        return found

    monkeypatch.setattr(store, "purge_logs", struck_off)
    service._purge(database(), lambda: 900.0)
    left = connection.execute("SELECT scenario_id FROM scenario_logs").fetchall()
    assert (second,) not in left
    assert connection.execute("SELECT count(*) FROM scenario_purges").fetchone() == (0,)


def test_what_there_is_no_time_for_is_done_another_day(connection: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "CHUNK_ROWS", 2)
    scenario_id = factories.scenario_purge(connection)["scenario_id"]
    for _ in range(5):
        factories.scenario_log(connection, scenario_id=scenario_id)
    assert _tick(remaining_ms=10_000)["logs_purged"] == 0
    assert connection.execute("SELECT count(*) FROM scenario_purges").fetchone() == (1,)

    def until_one_is_left() -> float:
        return 0.0 if connection.execute("SELECT count(*) FROM scenario_logs").fetchone() == (1,) else 900.0

    chores = service._purge(database(), until_one_is_left)
    assert chores == 4
    assert _tick()["logs_purged"] == 1


def test_a_drop_waits_for_nobody_long_and_the_other_chores_are_done(
    connection: Rows, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "LOCK_TIMEOUT_MS", 50)
    monkeypatch.setattr(service, "LOCK_PAUSE_S", 0)
    factories.scenario_log(connection, received_at=_ago(days=60))
    factories.ingest_batch(connection, stored_at=_ago(days=60))
    with psycopg.connect(database_url) as reader:
        reader.execute("SELECT count(*) FROM scenario_logs")
        with pytest.raises(InvocationFailedError, match="ChoreError"):
            _tick()
    assert connection.execute("SELECT count(*) FROM ingest_batches").fetchone() == (0,)
    assert _tick()["partitions_dropped"] >= 1


@pytest.mark.parametrize(
    ("changes", "repriced"),
    [
        ({}, 0),
        ({"effective_from": 0}, 1),
        ({"effective_from": 1}, 0),
        ({"effective_from": -1}, 1),
        ({"effective_from": -5}, 0),
        ({"effective_to": -1}, 1),
        ({"effective_to": 1}, 0),
        ({"effective_to": -5}, 0),
        ({"effective_to": 0, "is_active": False}, 1),
        ({"created_at": 0}, 1),
    ],
    ids=str,
)
def test_totals_follow_prices_that_began_or_ended_lately(
    connection: Rows, changes: dict[str, Any], repriced: int
) -> None:
    factories.price_list(connection, "us-east-1", "eu-west-1")
    connection.execute("UPDATE aws_pricing SET created_at = '2026-01-01'")
    today = datetime.now(UTC).date()
    columns = {name: today + timedelta(days=days) if days is not False else days for name, days in changes.items()}
    factories.aws_price(connection, **{"range_begin": 5, "created_at": _ago(days=90), **columns})
    here = factories.recorded_scenario(connection)["id"]
    factories.recorded_scenario(connection, region="eu-west-1")
    assert _tick()["totals_repriced"] == repriced
    totals = dict(connection.execute("SELECT id, total_cost_estimate FROM scenarios").fetchall())
    assert (totals.pop(here) == 7) == (not repriced)
    assert [*totals.values()] == [7]
    assert _tick()["totals_repriced"] == 0


def test_a_partition_of_another_name_is_left_and_told_of(connection: Rows, caplog: pytest.LogCaptureFixture) -> None:
    connection.execute("CREATE TABLE scenario_logs_default PARTITION OF scenario_logs DEFAULT")
    factories.scenario_log(connection, received_at=_ago(days=60))
    assert _tick()["partitions_dropped"] == 1
    assert connection.execute("SELECT to_regclass('scenario_logs_default') IS NOT NULL").fetchone() == (True,)
    assert "a partition of no week" in caplog.messages


def test_whatever_is_wrong_with_a_chore_the_others_are_done_and_it_is_seen(
    connection: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise ValueError

    monkeypatch.setattr(service, "_drop_partitions", broken)
    factories.ingest_batch(connection, stored_at=_ago(days=60))
    with pytest.raises(InvocationFailedError, match="ChoreError"):
        _tick()
    assert connection.execute("SELECT count(*) FROM ingest_batches").fetchone() == (0,)
