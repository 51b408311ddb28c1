"""What a sampled invocation sends to X-Ray's daemon, and that any other sends nothing and loads nothing for it."""

import json
import socket
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from psycopg.conninfo import make_conninfo

from shared.mockupaws.db import Rows
from shared.mockupaws.settings import settings
from tests.container import Invoked, World, run
from tests.integration.lines.cases import CASES, PLANTED, Setting, setting

pytestmark = [pytest.mark.usefixtures("stage"), pytest.mark.xdist_group("lines")]

ROOT, PARENT = "1-5759e988-" + "bd862e3f" * 3, "53995c3f" * 2


class Daemon:
    """X-Ray's daemon: hears documents."""

    def __init__(self, heard: socket.socket) -> None:
        self._heard = heard

    @property
    def address(self) -> str:
        return "{}:{}".format(*self._heard.getsockname())

    def documents(self) -> list[dict[str, Any]]:
        """What came since."""
        found: list[dict[str, Any]] = []
        while True:
            try:
                header, _, document = self._heard.recv(65_536).partition(b"\n")
            except BlockingIOError:
                return found
            assert json.loads(header) == {"format": "json", "version": 1}
            found.append(json.loads(document))


@pytest.fixture
def daemon() -> Iterator[Daemon]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as heard:
        heard.bind(("127.0.0.1", 0))
        heard.setblocking(False)
        yield Daemon(heard)


@pytest.fixture
def at(connection: Rows) -> Setting:
    return setting(connection)


def invoke(
    function: str, at: Setting, url: str, daemon: Daemon, *, sampled: int = 1, **environment: str
) -> list[Invoked]:
    secret = boto3.client("secretsmanager").get_secret_value(SecretId=settings().jwt_secret_arn)
    told = {
        "_X_AMZN_TRACE_ID": f"Root={ROOT};Parent={PARENT};Sampled={sampled};Lineage=1:a87bd80c:0",
        "AWS_XRAY_DAEMON_ADDRESS": daemon.address,
        **environment,
    }
    events = [case.event for case in CASES[function](at)]
    return run(function, events, World(url, secret["SecretString"], told, remaining_ms=5_000))


@pytest.mark.parametrize("function", ["auth", "ingest", "log_stream", "store_logs", "send_reset", "create_superuser"])
def test_a_sampled_invocation_is_traced_and_nothing_personal_in_it(
    function: str, at: Setting, app_database_url: str, daemon: Daemon
) -> None:
    invoked = invoke(function, at, app_database_url, daemon)
    documents = daemon.documents()
    handlers = [it for it in documents if it["name"] == "## handler"]
    assert len(handlers) == len(invoked)
    for document, came in zip(handlers, invoked, strict=True):
        (line,) = [line for line in came.lines if line["level"] == "INFO"]
        assert line["xray_trace_id"] == document["trace_id"] == ROOT
        assert (document["parent_id"], document["type"]) == (PARENT, "subsegment")
        noted = document["annotations"]
        for key in ("correlation_id", "service", "cold_start"):
            assert noted[key] == line[key]
        named = line if "batch_id" in line else (line.get("batches") or [{}])[0]
        assert noted.get("batch_id") == named.get("batch_id")
        assert noted.get("scenario_id") == named.get("scenario_id")
        assert document.get("fault", False) is (line["outcome"] == "failed")
        assert document.get("error", False) is (line["outcome"] == "refused")
    ids = {it["id"] for it in handlers}
    parts = [it for it in documents if it not in handlers]
    assert {"PostgreSQL"} <= {it["name"] for it in parts} <= {"PostgreSQL", "SQS", "S3"}
    assert all(it["parent_id"] in ids and it["trace_id"] == ROOT for it in parts)
    assert all(it["start_time"] <= it["end_time"] for it in documents)
    assert len({it["id"] for it in documents}) == len(documents)
    told = json.dumps(documents).lower()
    for word in (*PLANTED, *at.secrets):
        assert word.lower() not in told


def test_an_error_is_told_by_its_kind(at: Setting, app_database_url: str, daemon: Daemon) -> None:
    at.connection.execute("DROP TABLE password_reset_tokens CASCADE")
    invoke("send_reset", at, app_database_url, daemon)
    (part, *_) = [it for it in daemon.documents() if "cause" in it]
    (error,) = part["cause"]["exceptions"]
    assert (part["name"], part["fault"], error["type"]) == ("PostgreSQL", True, "psycopg.errors.UndefinedTable")
    assert error.keys() == {"id", "type", "remote"}


def test_an_invocation_that_is_not_sampled_sends_nothing(at: Setting, app_database_url: str, daemon: Daemon) -> None:
    (invoked, *_) = invoke("ingest", at, app_database_url, daemon, sampled=0)
    assert invoked.answer["statusCode"] == 202
    assert daemon.documents() == []
    assert not {"shared.mockupaws.xray", "aws_xray_sdk"} & {*invoked.modules}
    (invoked, *_) = invoke("ingest", at, app_database_url, daemon)
    assert "shared.mockupaws.xray" in invoked.modules
    assert "aws_xray_sdk" not in invoked.modules


def test_a_daemon_that_is_away_costs_nothing_but_the_trace(at: Setting, app_database_url: str, daemon: Daemon) -> None:
    (invoked, *_) = invoke("ingest", at, app_database_url, daemon, AWS_XRAY_DAEMON_ADDRESS="127.0.0.1:1")
    assert invoked.answer["statusCode"] == 202
    away = make_conninfo(app_database_url, port=1)
    (invoked, *_) = invoke("ingest", at, away, daemon)
    assert invoked.answer["statusCode"] == 503
    assert daemon.documents()[0]["fault"]
