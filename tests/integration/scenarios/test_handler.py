from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from psycopg.types.json import Jsonb

from functions.scenarios.handler import api, handler
from shared.mockupaws.contracts.pipeline import Pipeline
from shared.mockupaws.costing.estimate import observed
from shared.mockupaws.db import Rows
from shared.mockupaws.ids import new_id
from shared.mockupaws.records.prices import price_book
from shared.mockupaws.records.store import read_sums
from tests import factories
from tests.gateway import Gateway, HttpReply

pytestmark = pytest.mark.usefixtures("stage", "prices")


class Client:
    """A user with a key, in front of the API."""

    def __init__(self, connection: Rows, **columns: Any) -> None:
        self.user_id: UUID = factories.user(connection, **columns)["id"]
        self._key = factories.api_key(connection, user_id=self.user_id)["key"]
        self._gateway = Gateway(handler, api.routes)

    def __call__(self, method: str, path: str, body: Any = None, **query: Any) -> HttpReply:
        return self._gateway.request(method, path, body=body, query=query, key=self._key)


@pytest.fixture
def prices(connection: Rows) -> None:
    """Set the prices of the regions that these tests use."""
    factories.price_list(connection, "us-east-1", "eu-west-1")


@pytest.fixture
def ada(connection: Rows) -> Client:
    """Give an ordinary user."""
    return Client(connection)


def _messages(reply: HttpReply) -> dict[str, str]:
    return {detail["field"]: detail["message"] for detail in reply.json["details"]}


def test_a_scenario_is_made_with_a_name_and_a_region_and_has_defaults_for_the_rest(ada: Client) -> None:
    made = ada("POST", "/scenarios", {"name": "  checkout logs ", "region": "eu-west-1"})
    assert made.status == 201
    assert made.json["name"] == "checkout logs"
    assert made.json["status"] == "draft"
    assert made.json["tier"] == "standard"
    assert made.json["user_id"] == str(ada.user_id)
    assert made.json["pipeline"] == Pipeline().model_dump(mode="json")
    assert made.json["total_cost_estimate"] == "0"
    assert made.json["total_requests"] == 0
    assert made.json["started_at"] is None
    assert made.json["created_at"].endswith("Z")
    assert ada("GET", f"/scenarios/{made.json['id']}").json == made.json


def test_a_scenario_keeps_all_that_it_is_given(connection: Rows) -> None:
    root = Client(connection, role="superuser")
    given = {
        "name": "checkout",
        "description": "what the checkout says",
        "tags": ["shop", "eu", "shop"],
        "region": "eu-west-1",
        "tier": "on-demand",
        "pipeline": {"sqs": {"queue_type": "fifo"}, "lambda": {"memory_mb": 512}, "reduce": {"sample_rate": 0.25}},
        "pii": {"ip_addresses": True},
        "log_groups": ["/aws/lambda/checkout-*"],
        "budget_usd": "1250.5",
    }
    made = root("POST", "/scenarios", given).json
    for field in given.keys() - {"pipeline", "tags"}:
        assert made[field] == given[field], field
    assert made["tags"] == ["shop", "eu"]
    assert made["pipeline"]["sqs"]["queue_type"] == "fifo"
    assert made["pipeline"]["lambda"]["memory_mb"] == 512
    assert made["pipeline"]["reduce"]["sample_rate"] == 0.25
    assert made["pipeline"]["lambda"]["architecture"] == Pipeline().lambda_.architecture


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "   "}, "name"),
        ({"name": "x" * 256}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"region": "eu-south-1"}, "region"),
        ({"tags": [""]}, "tags.0"),
        ({"budget_usd": "0"}, "budget_usd"),
        ({"budget_usd": "NaN"}, "budget_usd"),
        ({"log_groups": ["a b"]}, "log_groups.0"),
        ({"colour": "red"}, "colour"),
        ({"pipeline": {"lambda": {"memory": 1}}}, "pipeline.lambda.memory"),
        ({"pipeline": {"sqs": {"receive_batch_size": 0}}}, "pipeline.sqs.receive_batch_size"),
    ],
)
def test_what_is_wrong_is_named(ada: Client, change: dict[str, Any], field: str) -> None:
    refused = ada("POST", "/scenarios", {"name": "checkout", "region": "eu-west-1", **change})
    assert refused.status == 400
    assert refused.json["error"] == "validation_error"
    assert f"body.{field}" in _messages(refused)


def test_only_the_owner_and_a_superuser_know_of_a_scenario(connection: Rows, ada: Client) -> None:
    scenario = factories.scenario(connection, user_id=ada.user_id)
    path = f"/scenarios/{scenario['id']}"
    grace, root = Client(connection), Client(connection, role="superuser")
    for method, below in [
        ("GET", ""), ("PUT", ""), ("POST", "/start"), ("POST", "/stop"), ("POST", "/archive"), ("GET", "/logs"),
        ("GET", "/rejected"), ("DELETE", ""),
    ]:  # fmt: skip
        body = {"name": "mine now"} if method == "PUT" else None
        theirs = grace(method, path + below, body)
        nobodys = grace(method, f"/scenarios/{new_id()}{below}", body)
        assert theirs.status == nobodys.status == 404
        assert theirs.json["message"] == nobodys.json["message"]
    for seen in (root("GET", path), root("PUT", path, {"name": "seen"})):
        assert (seen.status, seen.json["user_id"]) == (200, str(ada.user_id))
        assert seen.json["owner_email"] == f"{ada.user_id}@example.com"
    assert grace("GET", "/scenarios").json["total"] == 0
    assert root("GET", "/scenarios").json["total"] == 1


@pytest.mark.parametrize("odd", ["not-an-id", "\x98NG", "\U000b7a6b7", "a b", "..", "%00"])
def test_an_id_that_can_not_be_one_is_the_client_s_error(ada: Client, odd: str) -> None:
    for method, below in [("GET", ""), ("POST", "/start"), ("GET", "/logs")]:
        assert ada(method, f"/scenarios/{odd}{below}").status in (400, 404)


def test_readonly_reads_and_no_more(connection: Rows) -> None:
    reader = Client(connection, role="readonly")
    path = f"/scenarios/{factories.scenario(connection, user_id=reader.user_id)['id']}"
    assert reader("GET", path).status == 200
    assert reader("GET", f"{path}/logs").status == 200
    assert reader("POST", f"{path}/start").status == 403
    assert reader("DELETE", path).status == 403
    assert reader("POST", "/scenarios", {"name": "a", "region": "eu-west-1"}).status == 403


def test_a_key_needs_the_scope(connection: Rows) -> None:
    key = factories.api_key(connection, scopes=["read:scenarios"])["key"]
    gateway = Gateway(handler, api.routes)
    assert gateway.get("/scenarios", key=key).status == 200
    refused = gateway.post("/scenarios", {"name": "a", "region": "eu-west-1"}, key=key)
    assert refused.status == 403
    assert "write:scenarios" in refused.json["message"]
    assert gateway.get("/scenarios").status == 401


def test_a_change_changes_what_it_names(connection: Rows, ada: Client) -> None:
    scenario = factories.scenario(connection, user_id=ada.user_id, description="old", budget_usd=Decimal(5))
    path = f"/scenarios/{scenario['id']}"
    changed = ada("PUT", path, {"pipeline": {"lambda": {"memory_mb": 2048}}, "tags": ["a"]}).json
    assert changed["pipeline"]["lambda"]["memory_mb"] == 2048
    assert changed["tags"] == ["a"]
    assert (changed["name"], changed["description"], changed["budget_usd"]) == ("a scenario", "old", "5")
    assert changed["updated_at"] > changed["created_at"]
    again = ada("PUT", path, {"pipeline": {"lambda": {"architecture": "arm64"}}, "budget_usd": None}).json
    assert again["pipeline"]["lambda"]["memory_mb"] == 2048
    assert again["budget_usd"] is None
    assert ada("PUT", path, {}).json == again
    assert ada("PUT", path, {"name": None}).status == 400


def test_what_was_read_can_be_sent_back(connection: Rows, ada: Client) -> None:
    path = f"/scenarios/{factories.scenario(connection, user_id=ada.user_id, budget_usd=Decimal('0.5'))['id']}"
    seen = ada("GET", path).json
    editable = ("name", "description", "tags", "region", "tier", "pipeline", "pii", "log_groups", "budget_usd")
    sent = ada("PUT", path, {field: seen[field] for field in editable})
    assert sent.json == {**seen, "updated_at": sent.json["updated_at"]}


def test_a_superuser_gives_log_groups_and_nobody_takes_them(connection: Rows, ada: Client) -> None:
    root = Client(connection, role="superuser")
    new = {"name": "theirs", "region": "us-east-1", "log_groups": ["*"]}
    assert ada("POST", "/scenarios", new).status == 403
    path = f"/scenarios/{ada('POST', '/scenarios', new | {'log_groups': []}).json['id']}"
    refused = ada("PUT", path, {"name": "mine", "log_groups": ["/aws/lambda/*"]})
    assert (refused.status, refused.json["error"]) == (403, "forbidden")
    assert ada("GET", path).json["name"] == "theirs"
    given = ["/aws/lambda/checkout-*", "/aws/lambda/orders"]
    assert root("PUT", path, {"log_groups": given}).json["log_groups"] == given
    # Whose it is may keep them and give them back, but not make more of them.
    assert ada("PUT", path, {"log_groups": given[::-1]}).status == 200
    assert ada("PUT", path, {"log_groups": ["/aws/lambda/checkout-*", "/aws/lambda/*"]}).status == 403
    assert ada("PUT", path, {"log_groups": given[:1]}).json["log_groups"] == given[:1]
    assert ada("PUT", path, {"log_groups": given}).status == 403


def test_a_pipeline_that_aws_would_not_build_is_refused_and_nothing_changes(connection: Rows, ada: Client) -> None:
    path = f"/scenarios/{factories.scenario(connection, user_id=ada.user_id)['id']}"
    assert ada("PUT", path, {"pipeline": {"sqs": {"queue_type": "fifo"}}}).status == 200
    refused = ada("PUT", path, {"name": "new", "pipeline": {"sqs": {"batch_window_s": 5}}})
    assert refused.status == 400
    assert _messages(refused)["body.pipeline"] == "sqs.batch_window_s: a FIFO queue has no batching window; use 0"
    assert ada("GET", path).json["name"] == "a scenario"


def test_a_function_that_lambda_would_stop_is_refused_unless_it_was_there(connection: Rows, ada: Client) -> None:
    slow = {"lambda": {"duration_ms_per_log": 100_000}}
    refused = ada("POST", "/scenarios", {"name": "a", "region": "us-east-1", "pipeline": slow})
    assert (refused.status, refused.json["error"]) == (400, "validation_error")
    assert _messages(refused)["body.pipeline"] == (
        "lambda.duration_ms_per_log: a full batch of 10 would take 1,000,050 ms, and Lambda stops a function after "
        "900,000; use a receive_batch_size of at most 8, or shorter durations"
    )
    design = Jsonb(Pipeline.model_validate(slow).model_dump(mode="json"))
    path = f"/scenarios/{factories.scenario(connection, user_id=ada.user_id, pipeline=design)['id']}"
    assert ada("PUT", path, {"pipeline": {"lambda": {"memory_mb": 512}}}).status == 200
    longer = ada("PUT", path, {"pipeline": {"lambda": {"duration_ms_per_log": 100_001}}})
    assert "Lambda stops" in _messages(longer)["body.pipeline"]
    assert ada("PUT", path, {"pipeline": {"sqs": {"receive_batch_size": 8}}}).status == 200


@pytest.mark.parametrize(
    ("pipeline", "field"),
    [
        ({"bedrock": {"model_id": "acme.parrot-v1:0"}}, "bedrock.model_id"),
        ({"bedrock": {"model_id": "eu.amazon.nova-lite-v1:0", "mode": "flex"}}, "bedrock.mode"),
    ],
)
def test_a_design_without_a_price_is_refused_and_choices_are_named(
    connection: Rows, ada: Client, pipeline: dict[str, Any], field: str
) -> None:
    refused = ada("POST", "/scenarios", {"name": "a", "region": "eu-west-1", "pipeline": pipeline})
    assert refused.status == 400
    assert "Choices: " in _messages(refused)[f"body.pipeline.{field}"]
    scenario = factories.scenario(connection, user_id=ada.user_id, region="eu-west-1")
    assert ada("PUT", f"/scenarios/{scenario['id']}", {"pipeline": pipeline}).status == 400
    assert ada("GET", f"/scenarios/{scenario['id']}").json["pipeline"] == Pipeline().model_dump(mode="json")


@pytest.mark.parametrize(
    "part",
    [
        {"reduce": {"drop_levels": ["info"]}},
        {"reduce": {"sample_rate": 0}},
        {"bedrock": {"share_of_logs": 0}},
    ],
)
def test_a_design_without_a_price_is_refused_however_little_reaches_its_model(
    ada: Client, part: dict[str, Any]
) -> None:
    """Other logs will be let through, or the share raised: then there would be no estimate."""
    model = {"model_id": "mistral.mistral-7b-instruct-v0:2", "cached_prompt": True}
    pipeline = {**part, "bedrock": {**part.get("bedrock", {}), **model}}
    refused = ada("POST", "/scenarios", {"name": "a", "region": "us-east-1", "pipeline": pipeline})
    assert refused.status == 400, refused.text
    assert "no cache_" in refused.json["message"]


def test_another_design_costs_what_the_recorded_traffic_costs_under_it(connection: Rows, ada: Client) -> None:
    scenario_id = factories.scenario(connection, user_id=ada.user_id)["id"]
    factories.scenario_traffic(connection, scenario_id=scenario_id, logs=10, sqs_blocks=10)
    factories.scenario_arrival(connection, scenario_id=scenario_id, logs=10)
    path = f"/scenarios/{scenario_id}"
    assert ada("GET", path).json["total_cost_estimate"] == "0"
    changed = ada("PUT", path, {"pipeline": {"bedrock": {"model_id": None}}}).json
    book = price_book(connection, "us-east-1")
    design = Pipeline.model_validate(changed["pipeline"])
    expected = observed(read_sums(connection, scenario_id), design, book, "us-east-1").total_usd
    assert Decimal(changed["total_cost_estimate"]) == expected > 0
    dearer = ada("PUT", path, {"pipeline": {"bedrock": {"model_id": "us.amazon.nova-lite-v1:0"}}}).json
    assert Decimal(dearer["total_cost_estimate"]) > expected


def test_the_region_changes_only_in_a_draft(connection: Rows, ada: Client) -> None:
    path = f"/scenarios/{factories.scenario(connection, user_id=ada.user_id)['id']}"
    assert ada("PUT", path, {"region": "eu-west-1"}).json["region"] == "eu-west-1"
    ada("POST", f"{path}/start")
    refused = ada("PUT", path, {"region": "us-east-1"})
    assert refused.status == 409
    assert "running" in refused.json["message"]
    assert ada("PUT", path, {"region": "eu-west-1", "pipeline": {"lambda": {"memory_mb": 256}}}).status == 200


STEPS = {
    ("draft", "start"): "running",
    ("running", "stop"): "completed",
    ("completed", "start"): "running",
    ("draft", "archive"): "archived",
    ("completed", "archive"): "archived",
}


@pytest.mark.parametrize("action", ["start", "stop", "archive"])
@pytest.mark.parametrize("status", ["draft", "running", "completed", "archived"])
def test_a_step_leads_where_it_may_and_otherwise_the_state_is_named(
    connection: Rows, ada: Client, status: str, action: str
) -> None:
    scenario = factories.scenario(connection, user_id=ada.user_id, status=status)
    if status == "running":
        factories.scenario_run(connection, scenario_id=scenario["id"])
    reply = ada("POST", f"/scenarios/{scenario['id']}/{action}")
    if following := STEPS.get((status, action)):
        assert reply.status == 200
        assert reply.json["status"] == following
    else:
        assert reply.status == 409
        assert reply.json["error"] == "conflict"
        assert status in reply.json["message"]


def test_runs_are_opened_and_closed_and_never_overlap(connection: Rows, ada: Client) -> None:
    scenario_id = factories.scenario(connection, user_id=ada.user_id)["id"]
    for action in ("start", "stop", "start"):
        last = ada("POST", f"/scenarios/{scenario_id}/{action}").json
    assert last["completed_at"] is None
    runs = connection.execute(
        "SELECT started_at, stopped_at FROM scenario_runs WHERE scenario_id = %s ORDER BY 1", (scenario_id,)
    ).fetchall()
    assert len(runs) == 2
    assert runs[0][0] < runs[0][1] < runs[1][0]
    assert runs[1][1] is None
    assert datetime.fromisoformat(last["started_at"]) == runs[1][0]


def test_an_archived_scenario_is_read_only_until_it_is_deleted(connection: Rows, ada: Client) -> None:
    path = f"/scenarios/{factories.scenario(connection, user_id=ada.user_id, status='archived')['id']}"
    refused = ada("PUT", path, {"name": "new"})
    assert refused.status == 409
    assert "archived" in refused.json["message"]
    assert ada("GET", path).status == 200
    assert ada("DELETE", path).status == 204
    assert ada("GET", path).status == 404


def test_a_small_scenario_is_deleted_with_its_logs_at_once(connection: Rows, ada: Client) -> None:
    scenario_id = factories.scenario(connection, user_id=ada.user_id)["id"]
    factories.scenario_log(connection, scenario_id=scenario_id)
    factories.scenario_metric(connection, scenario_id=scenario_id)
    kept = factories.scenario_log(connection)
    assert ada("DELETE", f"/scenarios/{scenario_id}").status == 204
    assert connection.execute("SELECT id FROM scenario_logs").fetchall() == [(kept["id"],)]
    assert connection.execute("SELECT count(*) FROM scenario_purges").fetchone() == (0,)


def test_a_large_one_is_left_to_the_purge(connection: Rows, ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("functions.scenarios.service.LOGS_DELETED_AT_ONCE", 2)
    scenario_id = factories.scenario(connection, user_id=ada.user_id)["id"]
    for _ in range(3):
        factories.scenario_log(connection, scenario_id=scenario_id)
    assert ada("DELETE", f"/scenarios/{scenario_id}").status == 204
    assert connection.execute("SELECT scenario_id FROM scenario_purges").fetchall() == [(scenario_id,)]
    assert connection.execute("SELECT count(*) FROM scenario_logs").fetchone() == (3,)


def test_scenarios_are_found_by_what_they_are(connection: Rows, ada: Client) -> None:
    def make(name: str, **columns: Any) -> None:
        factories.scenario(connection, user_id=ada.user_id, name=name, **columns)

    make("Alpha", tags=["shop", "eu"], region="eu-west-1")
    make("beta_1", status="running", description="100% of the ALPHA traffic")
    make("beta21", tags=["shop"], status="archived")

    def found(**query: Any) -> set[str]:
        return {item["name"] for item in ada("GET", "/scenarios", **query).json["items"]}

    assert found() == {"Alpha", "beta_1", "beta21"}
    assert found(status="running") == {"beta_1"}
    assert found(region="eu-west-1") == {"Alpha"}
    assert found(tag="shop") == {"Alpha", "beta21"}
    assert found(tag="shop", region="eu-west-1") == {"Alpha"}
    assert found(q="alpha") == {"Alpha", "beta_1"}
    assert found(q="beta_") == {"beta_1"}
    assert found(q="0%") == {"beta_1"}
    assert found(q="a,b") == set()
    assert found(q="\\") == set()


def test_scenarios_come_in_pages_and_in_order(connection: Rows, ada: Client) -> None:
    for number in range(5):
        factories.scenario(connection, user_id=ada.user_id, name=f"s{number}", total_cost_estimate=Decimal(number % 2))
    first = ada("GET", "/scenarios", page_size=2, sort="name").json
    assert [item["name"] for item in first["items"]] == ["s0", "s1"]
    assert (first["total"], first["page"], first["page_size"]) == (5, 1, 2)
    assert [item["name"] for item in ada("GET", "/scenarios", page_size=2, page=3, sort="name").json["items"]] == ["s4"]
    beyond = ada("GET", "/scenarios", page=9).json
    assert (beyond["items"], beyond["total"]) == ([], 5)
    newest_first = [item["name"] for item in ada("GET", "/scenarios").json["items"]]
    assert newest_first == ["s4", "s3", "s2", "s1", "s0"]
    by_cost = [item["name"] for item in ada("GET", "/scenarios", sort="-total_cost_estimate").json["items"]]
    assert by_cost == ["s3", "s1", "s4", "s2", "s0"]


def test_a_list_shows_whose_they_are_and_how_busy(connection: Rows, ada: Client) -> None:
    quiet = factories.scenario(connection, user_id=ada.user_id, name="quiet")
    busy = factories.scenario(connection, user_id=ada.user_id, name="busy")
    noon = datetime(2026, 9, 7, 12, tzinfo=UTC)
    for hours in (0, 20, 23, 24, 30):
        for bucket in (60, 3_600):
            factories.scenario_metric(
                connection, scenario_id=busy["id"], bucket_seconds=bucket, timestamp=noon - timedelta(hours=hours),
                value=hours + 1,
            )  # fmt: skip
    first, second = ada("GET", "/scenarios", sort="name").json["items"]
    assert first["id"] == str(busy["id"])
    assert first["last_log_at"] == "2026-09-07T12:00:00Z"
    assert first["trend"] == [
        {"timestamp": "2026-09-06T13:00:00Z", "logs": 24},
        {"timestamp": "2026-09-06T16:00:00Z", "logs": 21},
        {"timestamp": "2026-09-07T12:00:00Z", "logs": 1},
    ]
    assert second["id"] == str(quiet["id"])
    assert (second["last_log_at"], second["trend"]) == (None, [])
    assert first["owner_email"] == second["owner_email"] == f"{ada.user_id}@example.com"


@pytest.mark.parametrize("query", [{"page": 0}, {"page_size": 101}, {"sort": "id"}, {"status": "gone"}, {"page": "x"}])
def test_a_list_that_can_not_be_is_refused(ada: Client, query: dict[str, Any]) -> None:
    refused = ada("GET", "/scenarios", **query)
    assert refused.status == 400
    assert _messages(refused).keys() == {f"query.{next(iter(query))}"}


def test_logs_come_newest_first_page_by_page_each_once(connection: Rows, ada: Client) -> None:
    scenario_id = factories.scenario(connection, user_id=ada.user_id)["id"]
    at = datetime(2026, 9, 6, 23, 59, 58, tzinfo=UTC)  # a Sunday: the next second is another partition's
    stored = [
        factories.scenario_log(connection, scenario_id=scenario_id, received_at=at + timedelta(seconds=number // 2))
        for number in range(7)
    ]
    factories.scenario_log(connection)
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 3}
    while True:
        reply = ada("GET", f"/scenarios/{scenario_id}/logs", **query).json
        seen += [item["id"] for item in reply["items"]]
        if reply["next_cursor"] is None:
            break
        query["cursor"] = reply["next_cursor"]
    expected = sorted(stored, key=lambda row: (row["received_at"], row["id"]), reverse=True)
    assert seen == [str(row["id"]) for row in expected]


def test_a_log_says_what_was_found_in_it(connection: Rows, ada: Client) -> None:
    scenario_id = factories.scenario(connection, user_id=ada.user_id)["id"]
    row = factories.scenario_log(
        connection, scenario_id=scenario_id, has_pii=True, pii_types=["email"], message_preview="mail j***@***.com"
    )
    (log,) = ada("GET", f"/scenarios/{scenario_id}/logs").json["items"]
    assert log == {
        "id": str(row["id"]),
        "received_at": row["received_at"].isoformat().replace("+00:00", "Z"),
        "source": "web",
        "level": "info",
        "message_hash": row["message_hash"].hex(),
        "message_preview": "mail j***@***.com",
        "is_duplicate": False,
        "size_bytes": 15,
        "token_count": 5,
        "sqs_blocks": 1,
        "has_pii": True,
        "pii_types": ["email"],
    }


def test_logs_are_found_by_what_they_are(connection: Rows, ada: Client) -> None:
    scenario_id = factories.scenario(connection, user_id=ada.user_id)["id"]
    noon = datetime(2026, 9, 1, 12, tzinfo=UTC)

    def make(preview: str, hour: int, **columns: Any) -> None:
        at = noon + timedelta(hours=hour)
        factories.scenario_log(connection, scenario_id=scenario_id, message_preview=preview, received_at=at, **columns)

    make("GET /a", 0, source="web", has_pii=True)
    make("50% done", 1, source="job")
    make("POST /A", 2, source="web")

    def found(**query: Any) -> list[str]:
        return [item["message_preview"] for item in ada("GET", f"/scenarios/{scenario_id}/logs", **query).json["items"]]

    assert found() == ["POST /A", "50% done", "GET /a"]
    assert found(has_pii="true") == ["GET /a"]
    assert found(has_pii="false") == ["POST /A", "50% done"]
    assert found(source="web") == ["POST /A", "GET /a"]
    assert found(q="/a") == ["POST /A", "GET /a"]
    assert found(q="%") == ["50% done"]
    assert found(**{"from": "2026-09-01T13:00:00Z"}) == ["POST /A", "50% done"]
    assert found(to="2026-09-01T15:00:00+02:00") == ["GET /a"]
    assert found(has_pii="true", source="job") == []
    assert ada("GET", f"/scenarios/{scenario_id}/logs", to="yesterday").status == 400
    assert ada("GET", f"/scenarios/{scenario_id}/logs", limit=201).status == 400
    assert ada("GET", f"/scenarios/{scenario_id}/logs", cursor="mine").status == 400


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
@pytest.mark.parametrize("field", ["from", "to"])
def test_logs_of_a_time_beyond_the_calendar_of_utc_are_refused_by_name(
    connection: Rows, ada: Client, field: str, time: str
) -> None:
    scenario_id = factories.scenario(connection, user_id=ada.user_id)["id"]
    refused = ada("GET", f"/scenarios/{scenario_id}/logs", **{field: time})
    assert refused.status == 400
    assert [detail["field"] for detail in refused.json["details"]] == [f"query.{field}"]


def test_a_page_looks_at_so_many_logs_and_no_more(
    connection: Rows, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("functions.scenarios.store.SCANNED_ROWS", 3)
    scenario_id = factories.scenario(connection, user_id=ada.user_id)["id"]
    for number in range(10):
        source = "needle" if number in (0, 8) else "hay"
        factories.scenario_log(connection, scenario_id=scenario_id, source=source)
    rows = connection.execute("SELECT id FROM scenario_logs WHERE source = 'needle'").fetchall()
    needles = {str(row[0]) for row in rows}
    seen: list[str] = []
    pages = 0
    query: dict[str, Any] = {"source": "needle"}
    while True:
        reply = ada("GET", f"/scenarios/{scenario_id}/logs", **query).json
        seen += [item["id"] for item in reply["items"]]
        pages += 1
        if reply["next_cursor"] is None:
            break
        query["cursor"] = reply["next_cursor"]
    assert pages == 4
    assert len(seen) == 2
    assert set(seen) == needles


def test_rejected_logs_come_with_their_reason(connection: Rows, ada: Client) -> None:
    scenario_id = factories.scenario(connection, user_id=ada.user_id)["id"]
    rows = [factories.ingest_reject(connection, scenario_id=scenario_id, position=number) for number in range(3)]
    reply = ada("GET", f"/scenarios/{scenario_id}/rejected", page_size=2).json
    assert (reply["total"], reply["page"], reply["page_size"]) == (3, 1, 2)
    assert [item["index"] for item in reply["items"]] == [2, 1]
    assert reply["items"][0] == {
        "id": str(rows[2]["id"]),
        "received_at": rows[2]["received_at"].isoformat().replace("+00:00", "Z"),
        "index": 2,
        "error": "the message is empty",
        "sample": '{"message": ""}',
    }
