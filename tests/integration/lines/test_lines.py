"""What each function writes to its log: every function that there is, and any to come."""

from typing import Any

import boto3
import pytest
from psycopg.conninfo import make_conninfo

from infra.catalog import FUNCTIONS, Touch
from layers.vocabulary import ROOT
from shared.mockupaws.db import Rows
from shared.mockupaws.settings import settings
from tests.container import Invoked, World, run
from tests.integration.lines.cases import CASES, INVOCATION_ID, PLANTED, Case, Setting, setting

# One process at a time: each has a server that containers are forked from.
pytestmark = [pytest.mark.usefixtures("stage"), pytest.mark.xdist_group("lines")]

_FUNCTIONS = sorted(path.parent.name for path in (ROOT / "functions").glob("*/handler.py"))
_OF_THE_DATABASE = sorted(function.name for function in FUNCTIONS if Touch.DATABASE in function.touches)
# What powertools gives every line, and we every invocation.
_ALWAYS = {
    "level",
    "location",
    "message",
    "timestamp",
    "service",
    "correlation_id",
    "function_request_id",
    "cold_start",
}


@pytest.fixture
def at(connection: Rows) -> Setting:
    return setting(connection)


@pytest.fixture
def world(function: str, database_url: str, app_database_url: str, stage: None) -> World:
    del stage
    secret = boto3.client("secretsmanager").get_secret_value(SecretId=settings().jwt_secret_arn)
    # Only what migrates connects as who may.
    return World(database_url if function == "migrate" else app_database_url, secret["SecretString"], {})


def the_line(invoked: Invoked) -> dict[str, Any]:
    """The one line of an invocation."""
    (line,) = [line for line in invoked.lines if line["level"] == "INFO"]
    return line


def check(function: str, case: Case, invoked: Invoked, *, first: bool) -> None:
    for line in invoked.lines:
        assert line.keys() >= _ALWAYS, line
        assert line["service"] == function
        assert line["correlation_id"] == case.correlation_id
        assert line["function_request_id"] == INVOCATION_ID
        assert line["cold_start"] is first
    line = the_line(invoked)
    assert invoked.lines[-1] == line, "what went wrong comes before"
    assert line["outcome"] == case.outcome, invoked.output
    assert line["duration_ms"] >= 0
    if isinstance(invoked.answer, dict) and "statusCode" in invoked.answer:
        assert line["status"] == invoked.answer["statusCode"]
        assert (line["status"] >= 400) == (case.outcome != "ok")
    if case.outcome == "failed":
        assert any(line["level"] == "ERROR" for line in invoked.lines)
    else:
        assert [line["level"] for line in invoked.lines] == ["INFO"]
        assert invoked.error is None


def check_nothing_personal(at: Setting, invoked: Invoked) -> None:
    for word in (*PLANTED, *at.secrets):
        assert word.lower() not in invoked.output.lower()
        # Lambda writes it to the log, too.
        assert word.lower() not in (invoked.error or "").lower()


def test_every_function_is_asked() -> None:
    assert sorted(CASES) == _FUNCTIONS == sorted(function.name for function in FUNCTIONS)


@pytest.mark.parametrize("function", _FUNCTIONS)
def test_an_invocation_has_one_line_with_its_correlation_id_and_nothing_personal(
    function: str, at: Setting, world: World
) -> None:
    cases = CASES[function](at)
    for number, (case, invoked) in enumerate(
        zip(cases, run(function, [case.event for case in cases], world), strict=True)
    ):
        check(function, case, invoked, first=not number)
        check_nothing_personal(at, invoked)


@pytest.mark.parametrize("function", _OF_THE_DATABASE)
def test_without_a_database_it_is_the_same(function: str, at: Setting, world: World) -> None:
    case = CASES[function](at)[0]
    away = {"DATABASE_URL": make_conninfo(world.database_url, port=1)}
    # Too little to wait for it.
    (invoked,) = run(function, [case.event], World(world.database_url, world.signing, away, remaining_ms=5_000))
    line = the_line(invoked)
    assert (line["outcome"], line["correlation_id"]) == ("failed", case.correlation_id)
    if "status" in line:
        assert (line["status"], invoked.answer["statusCode"]) == (503, 503)
    elif invoked.error is None:
        assert invoked.answer["batchItemFailures"]
    check_nothing_personal(at, invoked)
