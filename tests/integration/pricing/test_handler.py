"""The price table's routes, on real PostgreSQL."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import boto3
import psycopg
import pytest
from botocore.stub import Stubber

from functions.pricing import refresh, service
from functions.pricing.handler import api, handler
from shared.mockupaws.costing.estimate import observed
from shared.mockupaws.costing.price_book import PriceBook
from shared.mockupaws.db import Rows
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.ids import new_id
from shared.mockupaws.records import repricing
from shared.mockupaws.records.store import read_prices, read_recording, read_sums
from shared.mockupaws.settings import settings
from tests import factories
from tests.gateway import Gateway, HttpReply
from tests.sessions import access_token

pytestmark = pytest.mark.usefixtures("stage")

SOURCE = "https://aws.amazon.com/sqs/pricing/"
NEW: dict[str, Any] = {
    "service": "bedrock",
    "region": "us-east-1",
    "tier": "on_demand",
    "usage_type": "acme.reader-v1:0/input",
    "price_per_unit": "0.00012345",
    "unit": "per_1k_tokens",
    "source_url": "https://aws.amazon.com/bedrock/pricing/",
}


class Client:
    """A signed-in user, in front of the API."""

    def __init__(self, connection: Rows, role: str = "user") -> None:
        self.user_id = factories.user(connection, role=role)["id"]
        self._gateway = Gateway(handler, api.routes)

    def __call__(self, method: str, path: str, body: Any = None, **query: Any) -> HttpReply:
        return self._gateway.request(method, path, body=body, query=query, token=access_token(self.user_id))


def today() -> date:
    """The day, in UTC. Tests run past midnight too."""
    return datetime.now(UTC).date()


@pytest.fixture
def boss(connection: Rows) -> Client:
    """Give a superuser."""
    return Client(connection, "superuser")


def test_prices_in_force_by_service_region_and_model(connection: Rows) -> None:
    factories.price_list(connection)
    anyone = Client(connection, "readonly")
    sqs = anyone("GET", "/pricing", service="sqs", region="us-east-1")
    assert sqs.status == 200, sqs.text
    assert sqs.json["total"] == 6
    first = sqs.json["items"][0]
    assert (first["tier"], first["price_per_unit"], first["unit"]) == ("fifo", "0.5", "per_million_requests")
    assert (first["range_begin"], first["range_end"], first["verified"]) == ("0", "100000000000", True)
    assert first["source_url"].startswith("https://")
    assert first["effective_from"] == "2026-09-01"
    haiku = anyone("GET", "/pricing", model="HAIKU-4-5", tier="on_demand", page_size=100)
    assert {item["usage_type"].partition(".")[0] for item in haiku.json["items"]} == {"global", "us"}
    assert len(haiku.json["items"]) == 8
    assert anyone("GET", "/pricing", region="eu-west-1").json["total"] == 0
    assert anyone("GET", "/pricing", service="ec2").status == 400


def test_a_regions_models_come_with_the_modes_they_are_sold_in(connection: Rows, boss: Client) -> None:
    factories.price_list(connection, "us-east-1")
    boss("POST", "/pricing", NEW)
    boss("POST", "/pricing", {**NEW, "tier": "batch"})
    boss("POST", "/pricing", {**NEW, "region": "eu-west-1", "usage_type": "acme.elsewhere-v1:0/input"})
    models = {
        each["model_id"]: each["modes"] for each in boss("GET", "/pricing/models", region="us-east-1").json["items"]
    }
    assert models["acme.reader-v1:0"] == ["batch", "on_demand"]
    assert "acme.elsewhere-v1:0" not in models
    assert boss("GET", "/pricing/models", region="mars-1").status == 400


def test_a_change_keeps_history_and_a_past_day_can_be_asked_for(connection: Rows, boss: Client) -> None:
    row = factories.aws_price(connection, effective_from=date(2026, 1, 1))
    changed = boss("PUT", f"/pricing/{row['id']}", {"price_per_unit": "0.45", "source_url": SOURCE, "verified": True})
    assert changed.status == 200, changed.text
    assert changed.json["id"] != str(row["id"])
    assert (changed.json["price_per_unit"], changed.json["effective_from"]) == ("0.45", today().isoformat())

    assert [item["price_per_unit"] for item in boss("GET", "/pricing").json["items"]] == ["0.45"]
    yesterday = (today() - timedelta(days=1)).isoformat()
    past = boss("GET", "/pricing", active_on=yesterday).json["items"]
    assert [(item["price_per_unit"], item["effective_to"]) for item in past] == [("0.4", yesterday)]
    assert boss("GET", "/pricing", active_on="2025-12-31").json["total"] == 0
    assert [item["price_per_unit"] for item in boss("GET", "/pricing", history="true").json["items"]] == ["0.45", "0.4"]


def test_a_second_change_on_the_same_day_takes_the_first_ones_place(connection: Rows, boss: Client) -> None:
    row = factories.aws_price(connection)
    first = boss("PUT", f"/pricing/{row['id']}", {"price_per_unit": "0.45", "source_url": SOURCE})
    second = boss("PUT", f"/pricing/{first.json['id']}", {"price_per_unit": "0.5", "source_url": SOURCE})
    assert second.status == 200, second.text
    assert [item["price_per_unit"] for item in boss("GET", "/pricing").json["items"]] == ["0.5"]
    history = boss("GET", "/pricing", history="true").json["items"]
    assert {(item["price_per_unit"], item["is_active"]) for item in history} == {
        ("0.5", True),
        ("0.45", False),
        ("0.4", True),
    }


def test_a_change_may_be_announced(connection: Rows, boss: Client) -> None:
    row = factories.aws_price(connection)
    ahead = today() + timedelta(days=30)
    body = {"price_per_unit": "0.45", "source_url": SOURCE, "effective_from": ahead.isoformat()}
    assert boss("PUT", f"/pricing/{row['id']}", body).status == 200
    assert [item["price_per_unit"] for item in boss("GET", "/pricing").json["items"]] == ["0.4"]
    assert [item["price_per_unit"] for item in boss("GET", "/pricing", active_on=ahead.isoformat()).json["items"]] == [
        "0.45"
    ]


def announced(connection: Rows, boss: Client, ahead: date) -> tuple[str, str]:
    """A price that holds and one that follows it on a day, by their ids."""
    row = factories.aws_price(connection)
    body = {"price_per_unit": "0.3", "source_url": SOURCE, "effective_from": ahead.isoformat()}
    reply = boss("PUT", f"/pricing/{row['id']}", body)
    assert reply.status == 200, reply.text
    return str(row["id"]), reply.json["id"]


def held(boss: Client, day: date) -> list[str]:
    return [item["price_per_unit"] for item in boss("GET", "/pricing", active_on=day.isoformat()).json["items"]]


def test_while_a_change_is_announced_the_price_in_force_can_be_changed(connection: Rows, boss: Client) -> None:
    ahead = today() + timedelta(days=30)
    eve = ahead - timedelta(days=1)
    in_force, to_come = announced(connection, boss, ahead)
    body = {"price_per_unit": "0.45", "source_url": SOURCE}
    changed = boss("PUT", f"/pricing/{in_force}", body)
    assert changed.status == 200, changed.text
    assert (changed.json["effective_from"], changed.json["effective_to"]) == (today().isoformat(), eve.isoformat())
    days = (today() - timedelta(days=1), today(), eve, ahead)
    assert [held(boss, day) for day in days] == [["0.4"], ["0.45"], ["0.45"], ["0.3"]]
    again = boss("PUT", f"/pricing/{changed.json['id']}", {**body, "effective_from": eve.isoformat()})
    assert again.json["effective_to"] == eve.isoformat()
    assert [held(boss, day) for day in (today(), eve, ahead)] == [["0.45"], ["0.45"], ["0.3"]]
    (kept,) = [item for item in boss("GET", "/pricing", history="true").json["items"] if item["id"] == to_come]
    assert (kept["is_active"], kept["effective_to"]) == (True, None)


def test_a_price_is_not_changed_for_days_on_which_another_one_is_announced(connection: Rows, boss: Client) -> None:
    ahead = today() + timedelta(days=30)
    in_force, to_come = announced(connection, boss, ahead)
    body = {"price_per_unit": "0.45", "source_url": SOURCE, "effective_from": ahead.isoformat()}
    late = boss("PUT", f"/pricing/{in_force}", body)
    assert late.status == 400, late.text
    (detail,) = late.json["details"]
    assert detail["field"] == "body.effective_from"
    assert str(ahead - timedelta(days=1)) in detail["message"]
    assert boss("PUT", f"/pricing/{to_come}", body).status == 200
    assert [held(boss, day) for day in (ahead - timedelta(days=1), ahead)] == [["0.4"], ["0.45"]]


def test_what_recorded_costs_follows_a_change_while_another_one_is_announced(connection: Rows, boss: Client) -> None:
    factories.price_list(connection)
    scenario_id = factories.recorded_scenario(connection)["id"]
    price_id, body = sqs_price(boss), {"price_per_unit": "400", "source_url": SOURCE}
    ahead = (today() + timedelta(days=30)).isoformat()
    assert boss("PUT", f"/pricing/{price_id}", {**body, "effective_from": ahead}).status == 200
    assert total(connection, scenario_id) == 7
    assert boss("PUT", f"/pricing/{price_id}", {**body, "price_per_unit": "40"}).status == 200
    assert total(connection, scenario_id) == cost(connection, scenario_id) != 7


def test_history_is_not_changed(connection: Rows, boss: Client) -> None:
    row = factories.aws_price(connection)
    body = {"price_per_unit": "0.45", "source_url": SOURCE}
    assert boss("PUT", f"/pricing/{row['id']}", body).status == 200
    assert boss("PUT", f"/pricing/{row['id']}", body).status == 409
    assert boss("PUT", f"/pricing/{new_id()}", body).status == 404
    other = factories.aws_price(connection, tier="fifo", effective_from=date(2026, 6, 1))
    early = boss("PUT", f"/pricing/{other['id']}", {**body, "effective_from": "2026-05-31"})
    assert early.status == 400
    assert early.json["details"][0]["field"] == "body.effective_from"


def test_a_new_price_and_a_second_one_for_the_same(connection: Rows, boss: Client) -> None:
    made = boss("POST", "/pricing", NEW)
    assert made.status == 201, made.text
    assert (made.json["price_per_unit"], made.json["verified"]) == ("0.00012345", False)
    again = boss("POST", "/pricing", NEW)
    assert (again.status, f"PUT /pricing/{made.json['id']}" in again.json["message"]) == (409, True), again.text
    stored = connection.execute("SELECT price_per_unit FROM aws_pricing").fetchone()
    assert stored == (Decimal("0.00012345"),)


@pytest.mark.parametrize("days", [-400, -1, 0, 1, 400])
def test_what_has_an_open_price_gets_no_second_one_from_another_day(connection: Rows, boss: Client, days: int) -> None:
    row = factories.aws_price(connection, effective_from=today() - timedelta(days=30))
    sqs = {"service": "sqs", "tier": "standard", "usage_type": "requests", "unit": "per_million_requests"}
    body = {**NEW, **sqs, "effective_from": (today() + timedelta(days=days)).isoformat()}
    refused = boss("POST", "/pricing", body)
    assert refused.status == 409, refused.text
    assert f"PUT /pricing/{row['id']}" in refused.json["message"]
    for other in ({"range_begin": "100000000000"}, {"tier": "fifo"}, {"region": "eu-west-1"}):
        assert boss("POST", "/pricing", {**body, **other}).status == 201
    assert connection.execute("SELECT count(*) FROM aws_pricing WHERE is_active").fetchone() == (4,)


@pytest.mark.parametrize("days", [-10, 10])
def test_what_has_a_price_until_some_day_gets_one_after_that(connection: Rows, boss: Client, days: int) -> None:
    """Or one instead, where the days are yet to come."""
    ended = today() + timedelta(days=days)
    row = factories.aws_price(connection, effective_to=ended)
    sqs = {"service": "sqs", "tier": "standard", "usage_type": "requests", "unit": "per_million_requests"}
    refused = boss("POST", "/pricing", {**NEW, **sqs, "effective_from": ended.isoformat()})
    assert refused.status == 409
    assert str(ended) in refused.json["message"]
    assert (f"DELETE /pricing/{row['id']}" in refused.json["message"]) == (days > 0)
    after = ended + timedelta(days=1)
    assert boss("POST", "/pricing", {**NEW, **sqs, "effective_from": after.isoformat()}).status == 201
    assert [len(held(boss, day)) for day in (ended, after)] == [1, 1]


def test_of_two_who_give_a_price_at_once_one_does(
    connection: Rows, boss: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def somebody_was_quicker(*_arguments: Any) -> None:
        factories.aws_price(
            connection, service="bedrock", tier="on_demand", usage_type=NEW["usage_type"], unit=NEW["unit"],
        )  # fmt: skip

    monkeypatch.setattr("functions.pricing.store.overlapping", somebody_was_quicker)
    assert boss("POST", "/pricing", NEW).status == 409
    assert connection.execute("SELECT count(*) FROM aws_pricing").fetchone() == (1,)


def test_a_change_on_a_day_on_which_another_price_begins_is_refused(connection: Rows, boss: Client) -> None:
    """As two that overlap may be there from before the database refused a second open one."""
    row = factories.aws_price(connection)
    factories.aws_price(connection, effective_from=date(2026, 6, 1), effective_to=date(2026, 6, 30))
    body = {"price_per_unit": "0.45", "source_url": SOURCE, "effective_from": "2026-06-01"}
    refused = boss("PUT", f"/pricing/{row['id']}", body)
    assert (refused.status, "2026-06-01" in refused.json["message"]) == (409, True), refused.text
    kept = connection.execute("SELECT effective_to, is_active FROM aws_pricing WHERE id = %s", [row["id"]]).fetchone()
    assert kept == (None, True)


def test_what_no_estimate_could_use_is_refused(boss: Client) -> None:
    for wrong, says in (
        ({"tier": "standard"}, "on_demand"),
        ({"usage_type": "acme.reader-v1:0"}, "<model>/input"),
        ({"unit": "per_gb_second"}, "per_1k_tokens"),
        ({"service": "sqs"}, "standard, fifo"),
        ({"region": "mars-north-1"}, "us-east-1"),
        ({"price_per_unit": "-1"}, "greater than or equal to 0"),
        ({"range_begin": 10, "range_end": 10}, "range_end"),
        ({"source_url": "the pricing page"}, "URL"),
        ({"effective_from": 20_000}, "2026-09-25"),
        ({"verified": 1}, "boolean"),
    ):
        reply = boss("POST", "/pricing", NEW | wrong)
        assert reply.status == 400, wrong
        assert any(says in detail["message"] for detail in reply.json["details"]), reply.text


def test_a_deleted_price_is_kept_but_used_no_more(connection: Rows, boss: Client) -> None:
    row = factories.aws_price(connection)
    assert boss("DELETE", f"/pricing/{row['id']}").status == 204
    assert boss("DELETE", f"/pricing/{row['id']}").status == 204
    assert boss("GET", "/pricing").json["total"] == 0
    (kept,) = boss("GET", "/pricing", history="true").json["items"]
    assert (kept["is_active"], kept["effective_to"]) == (False, today().isoformat())
    assert boss("DELETE", f"/pricing/{new_id()}").status == 404


def counted(connection: Rows, day: date) -> list[Decimal]:
    """What an estimate at the prices of a day reckons with."""
    found = read_prices(connection, "us-east-1", day)
    assert all(price.is_active for price in found), "a price book leaves others out"
    return [price.price_per_unit for price in found]


def test_a_withdrawn_price_still_counts_for_the_days_before(connection: Rows, boss: Client) -> None:
    begin = today() - timedelta(days=10)
    row = factories.aws_price(connection, effective_from=begin)
    for _ in range(2):
        assert boss("DELETE", f"/pricing/{row['id']}").status == 204
        days = [today() + timedelta(days=days) for days in (-11, -10, -1, 0, 1)]
        assert [len(counted(connection, day)) for day in days] == [0, 1, 1, 0, 0]
        assert [len(held(boss, day)) for day in days] == [0, 1, 1, 0, 0]
    assert read_prices(connection, "us-east-1") == []


def test_what_held_on_no_whole_day_counts_for_none(connection: Rows, boss: Client) -> None:
    """Replaced on its first day, withdrawn on it, and withdrawn before it."""
    body = {"price_per_unit": "0.45", "source_url": SOURCE}
    replaced = factories.aws_price(connection, effective_from=today())
    second = boss("PUT", f"/pricing/{replaced['id']}", body).json["id"]
    assert counted(connection, today()) == [Decimal("0.45")]
    assert boss("DELETE", f"/pricing/{second}").status == 204
    ahead = today() + timedelta(days=30)
    to_come = factories.aws_price(connection, effective_from=ahead)
    assert boss("DELETE", f"/pricing/{to_come['id']}").status == 204
    for days in (-1, 0, 1, 29, 30, 31):
        day = today() + timedelta(days=days)
        assert (counted(connection, day), held(boss, day)) == ([], [])


def test_what_has_ended_counts_to_its_last_day_when_it_is_withdrawn(connection: Rows, boss: Client) -> None:
    ended = today() - timedelta(days=10)
    row = factories.aws_price(connection, effective_to=ended)
    factories.aws_price(connection, price_per_unit=Decimal("0.3"), effective_from=ended + timedelta(days=1))
    for _ in range(2):
        assert boss("DELETE", f"/pricing/{row['id']}").status == 204
        days = (ended, ended + timedelta(days=1))
        assert [counted(connection, day) for day in days] == [[Decimal("0.4")], [Decimal("0.3")]]


def test_a_price_in_force_that_is_withdrawn_leaves_what_is_announced(connection: Rows, boss: Client) -> None:
    ahead = today() + timedelta(days=30)
    in_force, _ = announced(connection, boss, ahead)
    assert boss("DELETE", f"/pricing/{in_force}").status == 204
    days = [today() + timedelta(days=days) for days in (-1, 0, 29, 30)]
    assert [counted(connection, day) for day in days] == [[Decimal("0.4")], [], [], [Decimal("0.3")]]


@pytest.mark.parametrize(("days", "status"), [(-400, 409), (-10, 409), (-1, 409), (0, 201), (1, 201)])
def test_what_was_withdrawn_gets_another_price_for_later_days_only(
    connection: Rows, boss: Client, days: int, status: int
) -> None:
    """What its past was estimated with stays."""
    row = factories.aws_price(connection, effective_from=today() - timedelta(days=10))
    assert boss("DELETE", f"/pricing/{row['id']}").status == 204
    begin = today() + timedelta(days=days)
    sqs = {"service": "sqs", "tier": "standard", "usage_type": "requests", "unit": "per_million_requests"}
    reply = boss("POST", "/pricing", {**NEW, **sqs, "effective_from": begin.isoformat()})
    assert reply.status == status, reply.text
    if status == 409:
        assert f"until {today() - timedelta(days=1)}; begin after that day." in reply.json["message"]
    assert counted(connection, today() - timedelta(days=1)) == [Decimal("0.4")]


def test_only_a_superusers_session_writes(connection: Rows) -> None:
    row = factories.aws_price(connection)
    user = Client(connection)
    for method, path, body in (
        ("POST", "/pricing", NEW),
        ("PUT", f"/pricing/{row['id']}", {"price_per_unit": "1", "source_url": SOURCE}),
        ("DELETE", f"/pricing/{row['id']}", None),
        ("POST", "/pricing/refresh", None),
    ):
        assert user(method, path, body).status == 403
    boss = factories.user(connection, role="superuser")["id"]
    key = factories.api_key(connection, user_id=boss)["key"]
    assert Gateway(handler, api.routes).post("/pricing", NEW, key=key).status == 403
    assert Gateway(handler, api.routes).get("/pricing").status == 401


def test_a_refresh_is_started_and_not_waited_for(boss: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    function = boto3.client("lambda")
    with Stubber(function) as stubber:
        monkeypatch.setattr(refresh, "_lambda", lambda: function)
        monkeypatch.setenv("REFRESH_FUNCTION", "refresh")
        settings.cache_clear()
        stubber.add_response(
            "invoke",
            {"StatusCode": 202},
            {
                "FunctionName": "refresh",
                "InvocationType": "Event",
                "Payload": b'{"correlation_id": "RVx5wgYpjoEEMZw="}',
            },
        )
        started = boss("POST", "/pricing/refresh")
        assert (started.status, started.json) == (202, {"status": "started"})
        stubber.add_client_error("invoke", "TooManyRequestsException", http_status_code=429)
        assert boss("POST", "/pricing/refresh").status == 503


def total(connection: Rows, scenario_id: UUID) -> Decimal:
    found = connection.execute("SELECT total_cost_estimate FROM scenarios WHERE id = %s", (scenario_id,)).fetchone()
    assert found is not None
    return found[0]


def cost(connection: Rows, scenario_id: UUID) -> Decimal:
    """What the estimate says was observed."""
    recording = read_recording(connection, scenario_id, None)
    book = PriceBook(read_prices(connection, recording.region))
    return observed(read_sums(connection, scenario_id), recording.pipeline, book, recording.region).total_usd


def sqs_price(boss: Client) -> str:
    rows = boss("GET", "/pricing", service="sqs", region="us-east-1", tier="standard").json["items"]
    return next(row["id"] for row in rows if row["range_begin"] == "0")


def test_what_was_recorded_costs_what_it_does_at_the_prices_of_now(connection: Rows, boss: Client) -> None:
    factories.price_list(connection, "us-east-1", "eu-west-1")
    scenarios = [factories.recorded_scenario(connection, status=status) for status in ("running", "archived")]
    elsewhere = factories.recorded_scenario(connection, region="eu-west-1")
    empty = factories.scenario(connection)
    before = cost(connection, scenarios[0]["id"])
    dearer = boss("PUT", f"/pricing/{sqs_price(boss)}", {"price_per_unit": "400", "source_url": SOURCE})
    assert dearer.status == 200, dearer.text
    for scenario in scenarios:
        assert total(connection, scenario["id"]) == cost(connection, scenario["id"]) > before
    assert total(connection, elsewhere["id"]) == 7
    assert total(connection, empty["id"]) == 0
    touched = connection.execute("SELECT updated_at FROM scenarios WHERE id = %s", [scenarios[0]["id"]]).fetchone()
    assert touched == (scenarios[0]["updated_at"],)


def test_what_lost_its_price_keeps_its_total_until_it_has_one_again(connection: Rows, boss: Client) -> None:
    factories.price_list(connection)
    scenario_id = factories.recorded_scenario(connection)["id"]
    without = factories.recorded_scenario(connection, pipeline={"sqs": {"queue_type": "fifo"}})["id"]
    assert boss("DELETE", f"/pricing/{sqs_price(boss)}").status == 204
    assert total(connection, scenario_id) == 7
    assert total(connection, without) == cost(connection, without) != 7
    sqs = {"service": "sqs", "tier": "standard", "usage_type": "requests", "unit": "per_million_requests"}
    assert boss("POST", "/pricing", {**NEW, **sqs, "price_per_unit": "4"}).status == 201
    assert total(connection, scenario_id) == cost(connection, scenario_id) != 7


def test_a_price_that_is_to_come_changes_no_total_yet(connection: Rows, boss: Client) -> None:
    factories.price_list(connection)
    scenario_id = factories.recorded_scenario(connection)["id"]
    ahead = (today() + timedelta(days=30)).isoformat()
    body = {"price_per_unit": "400", "source_url": SOURCE, "effective_from": ahead}
    assert boss("PUT", f"/pricing/{sqs_price(boss)}", body).status == 200
    assert total(connection, scenario_id) == 7


def test_who_has_a_scenario_holds_up_neither_the_price_nor_the_others(
    connection: Rows, boss: Client, database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(repricing, "LOCK_TIMEOUT_MS", 50)
    factories.price_list(connection)
    one, other = (factories.recorded_scenario(connection)["id"] for _ in range(2))
    with psycopg.connect(database_url) as holder:
        holder.execute("SELECT FROM scenarios WHERE id = %s FOR NO KEY UPDATE", (one,))
        body = {"price_per_unit": "400", "source_url": SOURCE}
        assert boss("PUT", f"/pricing/{sqs_price(boss)}", body).status == 200
    assert total(connection, one) == 7
    assert total(connection, other) == cost(connection, other)
    assert "totals left to retain" in caplog.messages


def test_what_there_is_no_time_for_is_left(
    connection: Rows, boss: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(service, "REPRICE_S", 0)
    factories.price_list(connection)
    scenario_id = factories.recorded_scenario(connection)["id"]
    assert boss("PUT", f"/pricing/{sqs_price(boss)}", {"price_per_unit": "400", "source_url": SOURCE}).status == 200
    assert total(connection, scenario_id) == 7
    assert "totals left to retain" in caplog.messages


def test_a_database_that_goes_away_meanwhile_is_no_error_of_the_change(
    connection: Rows, boss: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(*_arguments: Any) -> None:
        raise UnavailableError("The database can't be reached; try again.")

    monkeypatch.setattr(repricing, "reprice", gone)
    row = factories.aws_price(connection)
    body = {"price_per_unit": "0.45", "source_url": SOURCE}
    assert boss("PUT", f"/pricing/{row['id']}", body).status == 200
    assert "totals not repriced" in caplog.messages
    assert [item["price_per_unit"] for item in boss("GET", "/pricing").json["items"]] == ["0.45"]
