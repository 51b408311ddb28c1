from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest

from functions.schedules.handler import api, handler
from shared.mockupaws.db import Rows
from shared.mockupaws.ids import new_id
from tests import factories
from tests.client import Client
from tests.reporting import queued
from tests.waiting import someone_waits

pytestmark = pytest.mark.usefixtures("report_stage")

MORNING = {"frequency": "daily", "hour": 7, "minute": 30, "timezone": "Europe/Rome"}


@pytest.fixture
def ada(connection: Rows) -> Client:
    """Give an ordinary user."""
    return Client(connection, api, handler)


@pytest.fixture
def scenario_id(connection: Rows, ada: Client) -> UUID:
    """Give a scenario of Ada's."""
    return factories.scenario(connection, user_id=ada.user_id, name="checkout")["id"]


def body(scenario_id: UUID, **fields: Any) -> dict[str, Any]:
    return {"scenario_id": str(scenario_id), "name": "mornings", "format": "pdf", **MORNING, **fields}


def rome(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(ZoneInfo("Europe/Rome"))


def test_a_schedule_is_made_for_the_next_time_on_its_own_clock(ada: Client, scenario_id: UUID) -> None:
    wanted = body(scenario_id, email_to=["Ada@Example.com", "bob@example.com", "ada@example.com"], language="it")
    made = ada("POST", "/schedules", wanted)
    assert made.status == 201
    assert (made.json["scenario_name"], made.json["name"], made.json["language"]) == ("checkout", "mornings", "it")
    assert made.json["email_to"] == ["ada@example.com", "bob@example.com"]
    due = rome(made.json["next_run_at"])
    assert (due.hour, due.minute, due.second) == (7, 30, 0)
    assert timedelta(0) < due - datetime.now(UTC) <= timedelta(days=1, hours=1)
    assert ada("GET", f"/schedules/{made.json['id']}").json == made.json
    (listed,) = ada("GET", "/schedules", scenario_id=str(scenario_id)).json["items"]
    assert listed == made.json


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"frequency": "hourly"}, "body.frequency"),
        ({"frequency": "weekly"}, "body"),
        ({"frequency": "monthly"}, "body"),
        ({"frequency": "monthly", "day_of_month": 32}, "body.day_of_month"),
        ({"frequency": "weekly", "day_of_week": 7}, "body.day_of_week"),
        ({"hour": 24}, "body.hour"),
        ({"timezone": "Mars/Olympus"}, "body.timezone"),
        ({"timezone": "../../etc/passwd"}, "body.timezone"),
        ({"email_to": ["ada@example.com", "ada"]}, "body.email_to.1"),
        ({"email_to": ["ada@example.com\r\nBcc: eve@example.com"]}, "body.email_to.0"),
        ({"email_to": [f"n{number}@example.com" for number in range(51)]}, "body.email_to"),
        ({"name": " "}, "body.name"),
        ({"cron": "* * * * *"}, "body.cron"),
        ({"include_logs": 0}, "body.include_logs"),
        ({"is_active": "no"}, "body.is_active"),
        ({"hour": True}, "body.hour"),
        ({"minute": "1_0"}, "body.minute"),
        ({"frequency": "weekly", "day_of_week": "1"}, "body.day_of_week"),
    ],
)
def test_what_no_schedule_has_is_refused(ada: Client, scenario_id: UUID, fields: Any, field: str) -> None:
    refused = ada("POST", "/schedules", body(scenario_id, **fields))
    assert refused.status == 400
    assert [detail["field"] for detail in refused.json["details"]] == [field]
    assert ada("GET", "/schedules").json["total"] == 0


def test_the_next_runs_are_shown_before_a_schedule_is_made(ada: Client) -> None:
    wanted = {"frequency": "monthly", "day_of_month": 31, "hour": 9, "minute": 0, "timezone": "Asia/Kolkata"}
    runs = ada("POST", "/schedules/preview", {**wanted, "count": 12})
    assert runs.status == 200
    local = [datetime.fromisoformat(run).astimezone(ZoneInfo("Asia/Kolkata")) for run in runs.json["runs"]]
    assert len({(run.year, run.month) for run in local}) == 12
    assert all((run + timedelta(days=1)).day == 1 and (run.hour, run.minute) == (9, 0) for run in local)
    assert len(ada("POST", "/schedules/preview", MORNING).json["runs"]) == 5
    assert ada("POST", "/schedules/preview", {**MORNING, "frequency": "weekly"}).status == 400
    assert ada("POST", "/schedules/preview", {**MORNING, "count": "3"}).status == 400
    assert ada("GET", "/schedules").json["total"] == 0


def test_a_change_of_time_moves_the_next_run_and_another_doesnt(ada: Client, scenario_id: UUID) -> None:
    made = ada("POST", "/schedules", body(scenario_id)).json
    path = f"/schedules/{made['id']}"
    renamed = ada("PUT", path, {"name": "evenings"}).json
    assert (renamed["name"], renamed["next_run_at"]) == ("evenings", made["next_run_at"])
    moved = rome(ada("PUT", path, {"hour": 19}).json["next_run_at"])
    assert (moved.hour, moved.minute) == (19, 30)
    weekly = ada("PUT", path, {"frequency": "weekly", "day_of_week": 0}).json
    assert rome(weekly["next_run_at"]).isoweekday() == 7
    for change in ({"day_of_week": None}, {"frequency": "monthly"}):
        refused = ada("PUT", path, change)
        assert refused.status == 400
        assert refused.json["details"]
    assert ada("GET", path).json == weekly
    assert ada("PUT", path, {}).json == weekly


def test_a_change_that_leaves_the_times_leaves_what_is_due(connection: Rows, ada: Client, scenario_id: UUID) -> None:
    """The dashboard sends every field, also while the tick hasn't come by yet."""
    wanted = body(scenario_id)
    made = ada("POST", "/schedules", wanted).json
    path = f"/schedules/{made['id']}"
    due = datetime.now(UTC) - timedelta(seconds=30)
    connection.execute("UPDATE report_schedules SET next_run_at = %s", (due,))
    fields = {name: value for name, value in wanted.items() if name != "scenario_id"}
    same = ada("PUT", path, {**fields, "name": "evenings", "day_of_week": None, "is_active": True}).json
    assert same["name"] == "evenings"
    assert datetime.fromisoformat(same["next_run_at"]) == due
    assert datetime.fromisoformat(ada("PUT", path, {"is_active": True}).json["next_run_at"]) == due
    moved = ada("PUT", path, {**fields, "timezone": "Asia/Kolkata"}).json
    assert datetime.fromisoformat(moved["next_run_at"]) > datetime.now(UTC)


def test_a_schedule_is_updated_by_people_and_not_by_the_clock(connection: Rows, ada: Client, scenario_id: UUID) -> None:
    made = ada("POST", "/schedules", body(scenario_id)).json
    path = f"/schedules/{made['id']}"
    connection.execute("UPDATE report_schedules SET last_run_at = now(), next_run_at = now(), last_error = 'no'")
    ran = ada("GET", path).json
    assert ran["last_error"] == "no"
    assert ran["updated_at"] == made["updated_at"]
    assert ada("PUT", path, {"paper": "letter"}).json["updated_at"] > made["updated_at"]


def test_a_disabled_schedule_has_no_next_run_until_it_is_enabled(ada: Client, scenario_id: UUID) -> None:
    made = ada("POST", "/schedules", body(scenario_id, is_active=False)).json
    assert made["next_run_at"] is None
    path = f"/schedules/{made['id']}"
    assert ada("PUT", path, {"is_active": True}).json["next_run_at"] is not None
    assert ada("PUT", path, {"is_active": False}).json["next_run_at"] is None
    assert ada("GET", "/schedules", is_active="false").json["total"] == 1
    assert ada("GET", "/schedules", is_active="true").json["total"] == 0


@pytest.mark.parametrize(("field", "answer"), [("include_logs", "yes"), ("is_active", 0), ("is_active", None)])
def test_a_change_says_true_or_false_where_that_is_the_question(
    ada: Client, scenario_id: UUID, field: str, answer: object
) -> None:
    made = ada("POST", "/schedules", body(scenario_id, format="csv")).json
    refused = ada("PUT", f"/schedules/{made['id']}", {field: answer})
    assert refused.status == 400
    assert ada("GET", f"/schedules/{made['id']}").json == made


def test_run_now_makes_a_report_and_leaves_the_schedule_as_it_is(
    connection: Rows, ada: Client, scenario_id: UUID
) -> None:
    wanted = body(scenario_id, format="csv", include_logs=True, sections=["pii", "summary"], paper="letter")
    made = ada("POST", "/schedules", wanted).json
    run = ada("POST", f"/schedules/{made['id']}/run")
    assert run.status == 202
    assert queued() == [{"correlation_id": "RVx5wgYpjoEEMZw=", "report_id": run.json["report_id"]}]
    row = connection.execute(
        "SELECT schedule_id, format, status, generated_by, options, user_id FROM reports"
    ).fetchone()
    assert row is not None
    assert row[:4] == (UUID(made["id"]), "csv", "pending", str(ada.key_id))
    assert row[5] == ada.user_id
    options = row[4]
    assert (options["include_logs"], options["sections"], options["paper"]) == (True, ["summary", "pii"], "letter")
    assert ada("GET", f"/schedules/{made['id']}").json == made
    assert ada("POST", f"/schedules/{made['id']}/run").json["report_id"] != run.json["report_id"]


@pytest.mark.parametrize("wanted", ["schedule", "run"])
def test_what_is_asked_for_while_its_scenario_is_deleted_isnt_there(
    connection: Rows, database_url: str, ada: Client, scenario_id: UUID, wanted: str
) -> None:
    schedule = factories.report_schedule(connection, scenario_id=scenario_id)
    path, sent = ("/schedules", body(scenario_id)) if wanted == "schedule" else (f"/schedules/{schedule['id']}/run", {})
    with ThreadPoolExecutor(1) as pool:
        with psycopg.connect(database_url) as deleting:
            deleting.execute("SELECT FROM scenarios WHERE id = %s FOR UPDATE", (scenario_id,))
            asked = pool.submit(ada, "POST", path, sent)
            assert someone_waits(connection)
            deleting.execute("DELETE FROM scenarios WHERE id = %s", (scenario_id,))
        assert asked.result().status == 404
    assert queued() == []


def test_what_is_run_while_its_schedule_is_deleted_isnt_there(
    connection: Rows, database_url: str, ada: Client, scenario_id: UUID
) -> None:
    schedule = factories.report_schedule(connection, scenario_id=scenario_id)
    with ThreadPoolExecutor(1) as pool:
        with psycopg.connect(database_url) as deleting:
            deleting.execute("DELETE FROM report_schedules WHERE id = %s", (schedule["id"],))
            asked = pool.submit(ada, "POST", f"/schedules/{schedule['id']}/run")
            assert someone_waits(connection)
        assert asked.result().status == 404
    assert queued() == []


def test_a_deleted_schedule_leaves_its_reports(connection: Rows, ada: Client, scenario_id: UUID) -> None:
    made = ada("POST", "/schedules", body(scenario_id)).json
    ada("POST", f"/schedules/{made['id']}/run")
    assert ada("DELETE", f"/schedules/{made['id']}").status == 204
    assert ada("GET", f"/schedules/{made['id']}").status == 404
    assert connection.execute("SELECT schedule_id FROM reports").fetchall() == [(None,)]


def test_anothers_schedule_isnt_there(connection: Rows, ada: Client) -> None:
    schedule = factories.report_schedule(connection)
    for method, path, sent in (
        ("GET", f"/schedules/{schedule['id']}", None),
        ("PUT", f"/schedules/{schedule['id']}", {"name": "mine"}),
        ("DELETE", f"/schedules/{schedule['id']}", None),
        ("POST", f"/schedules/{schedule['id']}/run", None),
        ("GET", f"/schedules/{new_id()}", None),
        ("POST", "/schedules", body(schedule["scenario_id"])),
    ):
        assert ada(method, path, sent).status == 404, path
    assert ada("GET", "/schedules").json["total"] == 0
    root = Client(connection, api, handler, role="superuser")
    assert root("GET", "/schedules").json["total"] == 1
    # Made by another, it is still its scenario's owner's.
    assert root("POST", "/schedules", body(schedule["scenario_id"])).json["user_id"] == str(schedule["user_id"])
    assert queued() == []


def test_who_only_reads_sees_schedules_and_makes_none(connection: Rows) -> None:
    reader = Client(connection, api, handler, role="readonly")
    scenario = factories.scenario(connection, user_id=reader.user_id)
    schedule = factories.report_schedule(connection, scenario_id=scenario["id"])
    assert reader("GET", f"/schedules/{schedule['id']}").status == 200
    assert reader("POST", "/schedules/preview", MORNING).status == 200
    assert reader("POST", "/schedules", body(scenario["id"])).status == 403
    assert reader("POST", f"/schedules/{schedule['id']}/run").status == 403
