"""What each function writes to its log: every function that there is, and any to come."""

from collections.abc import Iterable
from typing import Any

import boto3
import pytest
from psycopg.conninfo import make_conninfo

from infra.catalog import FUNCTIONS, Touch
from layers.vocabulary import ROOT
from shared.mockupaws.contracts.counted import NAMESPACE, Count
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
    assert invoked.collects
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
    check_counts(function, line)
    if case.outcome == "failed":
        assert any(line["level"] == "ERROR" for line in invoked.lines)
    else:
        assert [line["level"] for line in invoked.lines] == ["INFO"]
        assert invoked.error is None


def check_counts(function: str, line: dict[str, Any]) -> None:
    """What CloudWatch reads of a line: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/."""
    assert ("ColdStarts" in line) is line["cold_start"]
    assert ("Failures" in line) is (line["outcome"] == "failed")
    assert ("_aws" in line) is any(it.value.title in line for it in Count)
    for directive in line.get("_aws", {}).get("CloudWatchMetrics", []):
        assert directive["Namespace"] == NAMESPACE
        (dimensions,) = directive["Dimensions"]
        for metric in directive["Metrics"]:
            (known,) = [it.value for it in Count if it.value.title == metric["Name"]]
            assert (metric["Unit"], dimensions) == (known.unit, [*known.dimensions])
            assert function in known.services or not known.services
            assert all(value > 0 for value in line[metric["Name"]])
        assert all(isinstance(line[dimension], str) for dimension in dimensions)
        assert line["stage"] == "local"


def counted(lines: Iterable[dict[str, Any]], what: Count) -> float:
    return sum(sum(line.get(what.value.title, [])) for line in lines)


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


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("ingest", {Count.LOGS_ACCEPTED: 2, Count.LOGS_REJECTED: 2}),
        ("log_stream", {Count.LOGS_ACCEPTED: 2, Count.LOGS_REJECTED: 1, Count.FAILURES: 1}),
        ("store_logs", {Count.LOGS_STORED: 2, Count.LOGS_DUPLICATE: 1, Count.BATCHES_STORED: 1, Count.FAILURES: 1}),
    ],
)
def test_what_the_dashboard_shows_is_counted(
    function: str, expected: dict[Count, float], at: Setting, world: World
) -> None:
    events = [case.event for case in CASES[function](at)]
    lines = [the_line(invoked) for invoked in run(function, events, world)]
    assert {what: counted(lines, what) for what in expected} == expected
    assert counted(lines, Count.COLD_STARTS) == 1
    delays = [line["StoreDelay"] for line in lines if "BatchesStored" in line]
    assert all(0 < delay < 600_000 for batch in delays for delay in batch)
    named = {it for it in Count if function in it.value.services} - {Count.STORE_DELAY}
    assert named <= expected.keys()
    assert bool(delays) is (function in Count.STORE_DELAY.value.services)


@pytest.mark.parametrize("function", _OF_THE_DATABASE)
def test_without_a_database_it_is_the_same(function: str, at: Setting, world: World) -> None:
    case = CASES[function](at)[0]
    away = {"DATABASE_URL": make_conninfo(world.database_url, port=1)}
    # Too little to wait for it.
    (invoked,) = run(function, [case.event], World(world.database_url, world.signing, away, remaining_ms=5_000))
    line = the_line(invoked)
    assert (line["outcome"], line["correlation_id"]) == ("failed", case.correlation_id)
    check_counts(function, line)
    assert line["Failures"] == [1]
    # A migration has no word of ours for it, and `retain` one for all of its chores.
    assert line["kind"] in {"unavailable", "message"} or function in {"migrate", "retain"}
    if "status" in line:
        assert (line["status"], invoked.answer["statusCode"]) == (503, 503)
    elif invoked.error is None:
        assert invoked.answer["batchItemFailures"]
    check_nothing_personal(at, invoked)
