"""The stack itself: what stands before the functions, and what happens to it when it goes down and up again."""

import gzip
import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing

import boto3
import httpx
import psutil
import psycopg
import pytest

from infra.catalog import FUNCTIONS
from infra.local.stack import Stack
from tests.live import typed

pytestmark = pytest.mark.xdist_group("e2e")


def _account() -> dict[str, str]:
    return {"email": f"{uuid.uuid4()}@example.com", "password": "Passw0rd!x", "full_name": "Somebody"}


def test_the_functions_run_on_their_layers_and_the_migrated_database(api: httpx.Client) -> None:
    account = _account()
    assert api.post("/auth/register", json=account).status_code == 201
    login = {name: account[name] for name in ("email", "password")}
    token = api.post("/auth/login", json=login).json()["access_token"]
    me = api.get("/auth/me", headers={"Authorization": f"Bearer {token}"})
    assert me.json()["email"] == account["email"]


def test_functions_connect_as_a_login_that_owns_nothing(api: httpx.Client, stack: Stack) -> None:
    assert api.get("/health").status_code == 200
    with psycopg.connect(stack.database_url) as connection:
        connected = connection.execute(
            "SELECT DISTINCT usename FROM pg_stat_activity WHERE application_name = 'mockupaws' "
            "AND usename <> current_user"
        ).fetchall()
        assert connected == [("mockupaws_app",)]
        owned = connection.execute("SELECT count(*) FROM pg_class WHERE relowner = 'mockupaws_app'::regrole").fetchone()
        assert owned == (0,)


def test_bodies_pass_the_front_untouched(api: httpx.Client) -> None:
    def chunks() -> Iterator[bytes]:
        yield gzip.compress(b'{"message": "in')
        yield gzip.compress(b' two members"}')

    answer = api.post("/ingest", content=chunks(), headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 401
    assert answer.json()["error"] == "unauthorized"


def test_a_health_check_without_a_body_gets_none(api: httpx.Client) -> None:
    answer = api.head("/ingest")
    assert (answer.status_code, answer.content) == (200, b"")
    assert "server" not in answer.headers


def test_a_browser_from_the_development_server_may_call(api: httpx.Client) -> None:
    origin = "http://localhost:5173"
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    answer = api.options("/auth/login", headers=asked)
    assert answer.headers["access-control-allow-origin"] == origin
    assert answer.headers["access-control-max-age"] == "600"
    assert answer.headers["access-control-allow-credentials"] == "true"
    assert {*answer.headers["access-control-allow-methods"].split(",")} >= {"GET", "POST", "PUT", "DELETE"}
    assert {"authorization", "x-api-key"} <= {*answer.headers["access-control-allow-headers"].lower().split(",")}
    stranger = api.options("/auth/login", headers={**asked, "Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in stranger.headers


def test_everything_listens_on_loopback(stack: Stack) -> None:
    ports = [httpx.URL(url).port for url in (stack.url, stack.cloud.endpoint, stack.database_url)]
    listening: list[tuple[str, int]] = [
        (connection.laddr.ip, connection.laddr.port)  # pyright: ignore[reportAttributeAccessIssue] - one that listens has one
        for connection in psutil.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    ]
    for port in ports:
        assert [ip for ip, theirs in listening if theirs == port] == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("", b'{"message": "a"}', 202),
        (
            "/otlp/v1/logs",
            b'{"resourceLogs": [{"scopeLogs": [{"logRecords": [{"body": {"stringValue": "a"}}]}]}]}',
            200,
        ),
        ("/firehose", b'{"requestId": "1", "timestamp": 1, "records": [{"data": "eyJtZXNzYWdlIjoiYSJ9"}]}', 200),
        ("/loki/api/v1/push", b'{"streams": [{"stream": {"app": "a"}, "values": [["1", "a"]]}]}', 204),
        ("/services/collector/event", b'{"event": "a"}', 200),
        ("/services/collector/raw", b"a", 200),
        ("/_bulk", b'{"create": {}}\n{"message": "a"}\n', 200),
    ],
)
def test_gzip_in_chunks_is_read_on_every_path_whatever_the_type_says(
    api: httpx.Client, shipper: dict[str, str], path: str, sent: bytes, status: int
) -> None:
    def chunks() -> Iterator[bytes]:
        packed = gzip.compress(sent)
        yield packed[:7]
        yield packed[7:]

    headers = {**shipper, "Content-Encoding": "gzip", "Content-Type": "application/json"}
    answer = api.post(f"/ingest{path}", content=chunks(), headers=headers)
    assert answer.status_code == status, answer.text
    if status == 202:
        assert answer.json()["status"] == "accepted"
    assert api.head(f"/ingest{path}").status_code == 200


@pytest.fixture(scope="module")
def shipper(stack: Stack, newcomer: Callable[[], dict[str, str]]) -> dict[str, str]:
    """Give the headers by which a shipper may send into a running scenario."""
    with httpx.Client(base_url=stack.api_url, timeout=60, headers=newcomer()) as api:
        scenario_id = api.post("/scenarios", json={"name": "paths", "region": "us-east-1"}).json()["id"]
        api.post(f"/scenarios/{scenario_id}/start").raise_for_status()
        key = api.post("/api-keys", json={"name": "paths", "scopes": ["ingest:logs"]}).json()["key"]
    return {"X-API-Key": key, "X-Scenario-ID": scenario_id}


def test_what_is_deployed_is_what_the_catalogue_says(stack: Stack) -> None:
    with closing(boto3.client("lambda", **stack.cloud.credentials)) as client:
        functions = client.list_functions()["Functions"]
    timeouts = {function["FunctionName"]: function["Timeout"] for function in functions}
    for function in FUNCTIONS:
        name = f"mockupaws-local-{function.name}"
        assert name not in timeouts or timeouts[name] == function.timeout_s


def test_functions_share_what_the_emulator_unpacked(api: httpx.Client, stack: Stack) -> None:
    api.get("/docs").raise_for_status()
    assert api.post("/auth/register", json=_account()).status_code == 201
    layers = [*(stack.folder / "ministack" / "tmp").glob("ministack-lambda-*/layer_0")]
    assert len(layers) >= 2
    assert len({layer.resolve() for layer in layers}) == 1, "the common layer is each function's first"


def test_data_survives_down_and_up(stack: Stack) -> None:
    account = _account()
    assert httpx.post(f"{stack.api_url}/auth/register", json=account, timeout=60).status_code == 201
    queue = stack.outputs["LogQueueUrl"]
    typed(stack.folder, "make", "down")
    assert not stack.up
    assert "Not up" in typed(stack.folder, "mockupaws", "status", code=1)
    assert json.loads(typed(stack.folder, "mockupaws", "status", "--json", code=1))["up"] is False
    stack.start(lambda _step: None)
    assert stack.outputs["LogQueueUrl"] == queue
    with psycopg.connect(stack.database_url) as connection:
        found = connection.execute("SELECT count(*) FROM users WHERE email = %s", [account["email"]]).fetchone()
    assert found == (1,)
    login = {name: account[name] for name in ("email", "password")}
    assert httpx.post(f"{stack.api_url}/auth/login", json=login, timeout=60).status_code == 200
