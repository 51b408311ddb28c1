"""The minute's tick, on a real database: each time that is due makes one report, whoever ticks and whatever breaks."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import boto3
import psycopg
import pytest

from functions.run_schedules import service
from functions.run_schedules.handler import handler
from functions.schedules.models import Timing
from shared.mockupaws.db import Database, Rows
from shared.mockupaws.invocation import InvocationFailedError
from shared.mockupaws.recurrence import next_after
from shared.mockupaws.report_jobs import queue
from shared.mockupaws.settings import settings
from tests import factories
from tests.gateway import Invocation
from tests.reporting import BUCKET, queued
from tests.waiting import someone_waits

pytestmark = pytest.mark.usefixtures("report_stage")

EVENT: dict[str, Any] = json.loads((Path(__file__).parents[2] / "events" / "eventbridge_schedule.json").read_text())


def tick() -> list[UUID]:
    """Tick once, and give the reports that were asked for."""
    handler(EVENT, Invocation())
    return [UUID(job["report_id"]) for job in queued()]


def minutes_ago(minutes: float) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=minutes)


def reports(connection: Rows) -> list[tuple[Any, ...]]:
    return connection.execute("SELECT id, schedule_id, due_at, status FROM reports ORDER BY due_at").fetchall()


def test_what_is_due_is_asked_for_once_and_due_again_at_its_next_time(connection: Rows) -> None:
    due_at = minutes_ago(1)
    schedule = factories.report_schedule(
        connection, next_run_at=due_at, hour=6, minute=15, timezone="Asia/Kolkata", format="csv", include_logs=True,
        sections=["pii"], language="it", paper="letter",
    )  # fmt: skip
    factories.report_schedule(connection, next_run_at=datetime.now(UTC) + timedelta(minutes=1))
    (report_id,) = tick()
    assert reports(connection) == [(report_id, schedule["id"], due_at, "pending")]
    row = connection.execute("SELECT format, options, user_id, generated_by FROM reports").fetchone()
    assert row is not None
    options = row[1]
    assert (options["include_logs"], options["sections"], options["language"], options["paper"]) == (
        True, ["pii"], "it", "letter",
    )  # fmt: skip
    assert (row[0], row[2], row[3]) == ("csv", schedule["user_id"], "schedule")
    last, following = connection.execute(
        "SELECT last_run_at, next_run_at FROM report_schedules WHERE id = %s", (schedule["id"],)
    ).fetchone() or (None, None)
    assert last == due_at
    assert connection.execute(
        "SELECT updated_at FROM report_schedules WHERE id = %s", (schedule["id"],)
    ).fetchone() == (schedule["updated_at"],)
    timing = Timing(frequency="daily", hour=6, minute=15, timezone="Asia/Kolkata")
    assert following == next_after(timing, datetime.now(UTC))
    assert tick() == []


def test_what_was_missed_many_times_runs_once(connection: Rows) -> None:
    schedule = factories.report_schedule(connection, next_run_at=minutes_ago(60 * 24 * 9))
    assert len(tick()) == 1
    assert tick() == []
    moment = datetime.now(UTC)
    (following,) = connection.execute(
        "SELECT next_run_at FROM report_schedules WHERE id = %s", (schedule["id"],)
    ).fetchone() or (moment,)
    assert following > moment


def test_disabled_schedules_and_those_of_disabled_users_wait(connection: Rows) -> None:
    factories.report_schedule(connection, next_run_at=minutes_ago(1), is_active=False)
    factories.report_schedule(
        connection, next_run_at=minutes_ago(1), user_id=factories.user(connection, is_active=False)["id"]
    )
    assert tick() == []
    connection.execute("UPDATE users SET is_active = true")
    assert len(tick()) == 1


def test_more_than_a_transaction_takes_are_all_asked_for(connection: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "BATCH", 3)
    scenario = factories.scenario(connection)
    for _ in range(8):
        factories.report_schedule(connection, scenario_id=scenario["id"], next_run_at=minutes_ago(1))
    assert len(set(tick())) == 8
    assert len(reports(connection)) == 8


def test_ticks_at_once_make_one_report_each(connection: Rows, app_database_url: str) -> None:
    scenario = factories.scenario(connection)
    for _ in range(20):
        factories.report_schedule(connection, scenario_id=scenario["id"], next_run_at=minutes_ago(1))
    moment = datetime.now(UTC)
    start = threading.Barrier(6)
    asked: list[UUID] = []

    def one() -> None:
        database = Database(app_database_url)
        start.wait()
        with database.transaction() as own:
            found, _ = service.run_due(own, moment)
        asked.extend(found)
        database.close()

    ticks = [threading.Thread(target=one) for _ in range(6)]
    for each in ticks:
        each.start()
    for each in ticks:
        each.join()
    assert len(asked) == len(set(asked)) == 20
    assert {row[0] for row in reports(connection)} == set(asked)
    assert len({row[1] for row in reports(connection)}) == 20


def test_a_tick_passes_over_what_another_is_at(connection: Rows, database_url: str) -> None:
    held = factories.report_schedule(connection, next_run_at=minutes_ago(2))
    other = factories.report_schedule(connection, next_run_at=minutes_ago(1))
    with psycopg.connect(database_url) as slow:
        slow.execute("SELECT FROM report_schedules WHERE id = %s FOR UPDATE", (held["id"],))
        assert len(tick()) == 1
    assert [row[1] for row in reports(connection)] == [other["id"]]
    assert len(tick()) == 1


def test_a_tick_passes_over_a_scenario_that_is_being_deleted_and_keeps_nobody(
    connection: Rows, database_url: str, app_database_url: str
) -> None:
    """Whoever deletes holds the scenario and then wants its schedules, the tick it is the other way round."""
    doomed = factories.report_schedule(connection, next_run_at=minutes_ago(2))
    other = factories.report_schedule(connection, next_run_at=minutes_ago(1))
    database = Database(app_database_url)
    with ThreadPoolExecutor(1) as pool, psycopg.connect(database_url) as deleting:
        deleting.execute("SELECT FROM scenarios WHERE id = %s FOR UPDATE", (doomed["scenario_id"],))
        with database.transaction() as own:
            own.execute("SET LOCAL lock_timeout = '1s'")
            service.run_due(own, datetime.now(UTC))
            deletion = pool.submit(deleting.execute, "DELETE FROM scenarios WHERE id = %s", (doomed["scenario_id"],))
            assert someone_waits(connection)
        deletion.result()
    database.close()
    assert [row[1] for row in reports(connection)] == [other["id"]]


class Crash(BaseException):
    """The end of the process, which nothing catches."""


def crash(*_args: Any, **_options: Any) -> None:
    raise Crash


@pytest.mark.parametrize("step", ["store.lock_due", "add", "store.advance"])
def test_a_tick_that_dies_before_its_commit_did_nothing(
    connection: Rows, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    factories.report_schedule(connection, next_run_at=minutes_ago(1))
    with monkeypatch.context() as patch:
        patch.setattr(f"functions.run_schedules.service.{step}", crash)
        with pytest.raises(Crash):
            tick()
    assert reports(connection) == []
    assert len(tick()) == 1
    assert len(reports(connection)) == 1


def test_a_tick_that_dies_before_it_sends_is_made_good_by_a_later_one(
    connection: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.report_schedule(connection, next_run_at=minutes_ago(1))
    with monkeypatch.context() as patch:
        patch.setattr(queue, "send", crash)
        with pytest.raises(Crash):
            tick()
    ((report_id, *_),) = reports(connection)
    assert tick() == []
    connection.execute("UPDATE reports SET queued_at = now() - make_interval(secs => %s)", (service.STRANDED_SECONDS,))
    assert tick() == [report_id]
    assert tick() == []
    assert len(reports(connection)) == 1


def test_only_what_nobody_works_on_is_sent_again(connection: Rows) -> None:
    soon = datetime.now(UTC) + timedelta(minutes=5)
    long_ago = minutes_ago(60)
    scenario = factories.scenario(connection)["id"]
    common = {"scenario_id": scenario, "queued_at": long_ago}
    dead = factories.report(connection, **common, status="processing", claimed_until=minutes_ago(1))
    lost = factories.report(connection, **common)
    factories.report(connection, **common, status="processing", claimed_until=soon)
    factories.report(connection, **common, status="completed")
    factories.report(connection, **common, status="failed")
    factories.report(connection, scenario_id=scenario)
    assert set(tick()) == {dead["id"], lost["id"]}


def test_a_report_whose_worker_died_before_the_mail_is_told_of_by_another(connection: Rows) -> None:
    schedule = factories.report_schedule(connection)
    unread = factories.report_schedule(connection, scenario_id=schedule["scenario_id"], email_to=[])
    made = {"status": "completed", "queued_at": minutes_ago(10), "scenario_id": schedule["scenario_id"]}
    ours = {**made, "schedule_id": schedule["id"]}
    untold = factories.report(connection, **ours, due_at=minutes_ago(10))
    factories.report(connection, **ours, due_at=minutes_ago(9), mail_begun_at=minutes_ago(9))
    factories.report(connection, **ours, due_at=minutes_ago(99), created_at=minutes_ago(99))
    factories.report(connection, **made, due_at=minutes_ago(8), schedule_id=unread["id"])
    assert tick() == [untold["id"]]
    assert tick() == []


def test_a_queue_that_is_away_loses_no_report(connection: Rows) -> None:
    factories.report_schedule(connection, next_run_at=minutes_ago(1))
    sqs = boto3.client("sqs")
    sqs.delete_queue(QueueUrl=settings().report_queue_url)
    handler(EVENT, Invocation())
    sqs.create_queue(QueueName="reports")
    assert tick() == []
    connection.execute("UPDATE reports SET queued_at = now() - interval '1 day'")
    assert len(tick()) == 1


@pytest.mark.parametrize("frequency", ["daily", "weekly", "monthly"])
@pytest.mark.parametrize("zone", ["Europe/Rome", "America/New_York", "Asia/Kolkata"])
def test_two_years_of_ticks_run_at_the_right_local_minute(connection: Rows, zone: str, frequency: str) -> None:
    """On a clock of the test's own."""
    hour, minute = 2, 30
    schedule = factories.report_schedule(
        connection, frequency=frequency, hour=hour, minute=minute, timezone=zone,
        day_of_week=0 if frequency == "weekly" else None, day_of_month=31 if frequency == "monthly" else None,
        next_run_at=datetime(2026, 1, 1, tzinfo=UTC), last_run_at=None,
    )  # fmt: skip
    # Born due, it runs at once; from then on by its clock.
    with connection.transaction():
        service.run_due(connection, datetime(2026, 1, 1, tzinfo=UTC))
    end = datetime(2028, 1, 1, tzinfo=UTC)
    ran_at: list[datetime] = []
    for moment in _ticks(connection, schedule["id"], end):
        with connection.transaction():
            asked, _ = service.run_due(connection, moment)
        ran_at += [moment] * len(asked)
    found = [row[2] for row in reports(connection)][1:]
    assert ran_at == found
    local = [moment.astimezone(ZoneInfo(zone)) for moment in found]
    assert {(at.hour, at.minute, at.fold) for at in local} == {(hour, minute, 0)}
    assert len({at.date() for at in local}) == len(local) == _times(zone, frequency)


def _ticks(connection: Rows, schedule_id: UUID, end: datetime) -> Iterator[datetime]:
    """Ticks a minute before the next run, twice at it, and an hour after, when a clock may show it again."""
    while True:
        (due,) = connection.execute(
            "SELECT next_run_at FROM report_schedules WHERE id = %s", (schedule_id,)
        ).fetchone() or (end,)
        if due >= end:
            return
        for minutes in (-1, 0, 0, 60):
            yield due + timedelta(minutes=minutes)


def _times(zone: str, frequency: str) -> int:
    """How often 2:30 is due in 2026 and 2027: spring has no 2:30 on a Sunday of each year where clocks change."""
    skipped = 0 if zone == "Asia/Kolkata" else 2
    return {"daily": 730 - skipped, "weekly": 104 - skipped, "monthly": 24}[frequency]


def test_files_of_deleted_scenarios_go_with_the_next_tick(connection: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "LEFTOVERS", 2)
    s3 = boto3.client("s3")
    kept = factories.report(connection, status="completed", file_path="kept.pdf")
    scenario = factories.scenario(connection)
    paths = ["a.pdf", "b.csv", "c.pdf"]
    for path in [*paths, "kept.pdf"]:
        s3.put_object(Bucket=BUCKET, Key=path, Body=b"")
    for path in paths:
        factories.report(connection, scenario_id=scenario["id"], status="completed", file_path=path)
    factories.report(connection, scenario_id=scenario["id"])
    connection.execute("DELETE FROM scenarios WHERE id = %s", (scenario["id"],))
    with monkeypatch.context() as patch:
        patch.setenv("REPORT_BUCKET", "away")
        settings.cache_clear()
        with pytest.raises(InvocationFailedError, match="UnavailableError"):
            tick()
    settings.cache_clear()
    assert connection.execute("SELECT count(*) FROM report_leftovers").fetchone() == (3,)
    tick()
    assert connection.execute("SELECT count(*) FROM report_leftovers").fetchone() == (0,)
    assert [it["Key"] for it in s3.list_objects_v2(Bucket=BUCKET)["Contents"]] == [kept["file_path"]]
