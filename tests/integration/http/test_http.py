"""What every route has from `Api`, shown on one that does little."""

from typing import Annotated

import boto3
import pytest
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from psycopg.conninfo import make_conninfo

from shared.mockupaws.auth.access import PUBLIC, session
from shared.mockupaws.auth.limits import AUTH, GENERAL
from shared.mockupaws.contracts.wire import Body, Reply, Text
from shared.mockupaws.db import Rows, database
from shared.mockupaws.http import Api
from shared.mockupaws.settings import settings
from tests import factories
from tests.gateway import Gateway, Invocation
from tests.logs import Log
from tests.sessions import access_token

pytestmark = pytest.mark.usefixtures("stage")

api = Api("things")


class Thing(Body):
    name: Text
    size: int = 0


class Stored(Reply):
    name: str
    size: int


@api.post("/things", access=PUBLIC, limit=GENERAL, status=201)
def make_thing(body: Thing) -> Stored:
    return Stored(name=body.name, size=body.size)


@api.get("/things", access=session())
def list_things(size: Annotated[int, Query(le=9)] = 0) -> Stored:
    return Stored(name="list", size=size)


@api.delete("/things/<name>", access=PUBLIC)
def delete_thing(name: str) -> None:
    with database().autocommit() as connection:
        connection.execute("DELETE FROM scenarios WHERE name = %s", (name,))


@api.get("/things/elsewhere", access=PUBLIC, status=302)
def find_thing() -> Response[None]:
    return Response(302, headers={"Location": "https://example.com/thing"})


@api.get("/things/broken/<how>", access=PUBLIC)
def break_thing(how: str) -> Stored:
    if how == "reply":
        return Stored.model_construct(name="ada@example.com", size="many")  # pyright: ignore[reportArgumentType]
    if how == "value":
        raise RuntimeError("the secret of ada@example.com is hunter2")
    with database().autocommit() as connection:
        connection.execute(
            "INSERT INTO users (id, email, password_hash, role) VALUES (gen_random_uuid(), %s, 'hunter2', %s)",
            ("ada@example.com", how),
        )
    return Stored(name="never", size=0)


@pytest.fixture
def things() -> Gateway:
    return Gateway(api.handle, api.routes)


def test_every_answer_has_the_security_headers_and_none_of_the_server(things: Gateway) -> None:
    for reply in (things.post("/things", {"name": "a"}), things.get("/things"), things.get("/nothing")):
        assert reply.headers["strict-transport-security"].startswith("max-age=")
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in reply.headers["content-security-policy"]


def test_behind_an_edge_no_route_answers_who_went_round_it(things: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = boto3.client("secretsmanager").create_secret(Name="edge", SecretString='{"key": "s3cret"}')
    monkeypatch.setenv("EDGE_SECRET_ARN", secret["ARN"])
    settings.cache_clear()
    for refused in (things.post("/things", {"name": "a"}), things.get("/things"), things.get("/nothing")):
        assert (refused.status, refused.json["error"]) == (403, "forbidden")
    assert things.post("/things", {"name": "a"}, headers={"x-origin-verify": "s3cret"}).status == 201


def test_an_error_has_the_shape_of_errors(things: Gateway) -> None:
    refused = things.post("/things", {"name": "a", "size": "big", "colour": "red"})
    assert refused.status == 400
    assert set(refused.json) == {"error", "message", "timestamp", "request_id", "details"}
    assert {detail["field"] for detail in refused.json["details"]} == {"body.size", "body.colour"}
    assert refused.json["timestamp"].endswith("Z")
    assert things.get("/nothing").json["error"] == "not_found"
    assert things.get("/things").json["error"] == "unauthorized"
    assert things.get("/things").headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "null",
        "[]",
        "\x00",
        '{"name": "a", "name": 1}',
        '{"name": "a", "size": NaN}',
        '{"name": "a", "size": 1e999}',
        '{"name": "\\ud800"}',
        '{"name": "\\u0000"}',
        '{"name": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"name": ' + "9" * 5_000 + "}",
        '{"name": "a", "size": ' + "9" * 5_000 + "}",
    ],
    ids=lambda body: body[:24],
)
def test_a_body_that_no_thing_has_is_a_400(things: Gateway, body: str) -> None:
    refused = things.post("/things", body)
    assert (refused.status, refused.json["error"]) == (400, "validation_error")


def test_a_rule_speaks_in_its_own_words(things: Gateway) -> None:
    details = things.post("/things", '{"name": "a\\u0000"}').json["details"]
    assert details == [{"field": "body.name", "message": "must not contain a NUL character"}]


def test_a_body_that_is_not_utf8_is_a_400(things: Gateway) -> None:
    event = things.event("POST", "/things", b'{"name": "a"}', {}, {"content-type": "application/json"})
    event |= {"body": "/w==", "isBase64Encoded": True}
    assert api.handle(event, Invocation())["statusCode"] == 400
    event |= {"body": "no base64!"}
    assert api.handle(event, Invocation())["statusCode"] == 400


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 201),
        ("Application/JSON; charset=utf-8", 201),
        ("application/jsonp", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
    ],
)
def test_bodies_are_json(things: Gateway, content_type: str, status: int) -> None:
    assert things.post("/things", {"name": "a"}, headers={"Content-Type": content_type}).status == status


def test_nothing_is_answered_with_nothing(things: Gateway) -> None:
    reply = things.delete("/things/none")
    assert (reply.status, reply.text) == (204, "")
    assert "content-type" not in reply.headers


def test_an_answer_without_a_body_has_an_empty_one(things: Gateway) -> None:
    answer = api.handle(things.event("GET", "/things/elsewhere", None, {}, {}), Invocation())
    assert (answer["statusCode"], answer["body"]) == (302, "")
    assert answer["headers"]["Location"] == "https://example.com/thing"


@pytest.mark.parametrize("how", ["value", "reply", "wizard"])
def test_what_nobody_foresaw_is_told_to_nobody(things: Gateway, how: str, log: Log) -> None:
    reply = things.get(f"/things/broken/{how}")
    assert (reply.status, reply.json["error"]) == (500, "internal_error")
    for word in ("ada@example.com", "hunter2"):
        assert word not in reply.text
        assert word not in log.text
    (line,) = [line for line in log.lines if line["message"] == "unforeseen"]
    assert any("break_thing" in frame for frame in line["trace"]) or how == "reply"


def test_one_line_a_request_says_who_and_what_and_how_long(things: Gateway, connection: Rows, log: Log) -> None:
    user = factories.user(connection)
    things.get("/things", token=access_token(user["id"]), query={"size": 7})
    (line,) = log.lines
    assert line["route"] == "GET /api/v1/things"
    assert line["status"] == 200
    assert line["user_id"] == str(user["id"])
    assert line["duration_ms"] >= 0


def test_the_database_away_is_a_503_that_says_when_to_retry(
    things: Gateway, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database().close()
    monkeypatch.setenv("DATABASE_URL", make_conninfo(database_url, port=1))
    settings.cache_clear()
    database.cache_clear()
    reply = things.post("/things", {"name": "a"})
    assert (reply.status, reply.json["error"]) == (503, "unavailable")
    assert reply.headers["retry-after"]


def test_a_connection_that_broke_while_idle_costs_no_request(things: Gateway, connection: Rows) -> None:
    for _ in range(3):
        assert things.post("/things", {"name": "a"}).status == 201
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database() AND backend_type = 'client backend'"
        )


def test_the_secrets_store_away_is_an_error_of_the_apis_own(
    things: Gateway, connection: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = access_token(factories.user(connection)["id"])
    monkeypatch.setenv("JWT_SECRET_ARN", "gone")
    settings.cache_clear()
    reply = things.get("/things", token=token)
    assert (reply.status, reply.json["error"]) == (503, "unavailable")


def test_a_public_route_counts_addresses_whoever_calls(things: Gateway, connection: Rows) -> None:
    public = Api("public")

    @public.get("/door", access=PUBLIC, limit=AUTH)
    def door() -> Stored:
        return Stored(name="door", size=0)

    gateway = Gateway(public.handle, public.routes)
    users = [access_token(factories.user(connection)["id"]) for _ in range(8)]
    assert door.__name__ == "door"
    assert things is not gateway
    assert [gateway.get("/door", token=token).status for token in users] == [200] * 5 + [429] * 3
