"""CloudWatch Logs over Kinesis: a scenario gets the log groups that it names, once, and no other."""

import gzip
import json
from typing import Any

import boto3
import pytest

from functions.log_stream.handler import handler
from functions.store_logs.handler import handler as store_logs
from shared.mockupaws import log_queue
from shared.mockupaws.db import Rows
from shared.mockupaws.errors import UnavailableError
from tests import factories
from tests.batches import kinesis_event, sqs_record
from tests.gateway import Invocation
from tests.integration.sums import check_sums

pytestmark = pytest.mark.usefixtures("queue_url")


def data(group: str = "/aws/lambda/pay", messages: list[str] | None = None, **changes: Any) -> bytes:
    """What CloudWatch Logs puts on a stream; ids are strings here and integers there."""
    delivery = {
        "messageType": "DATA_MESSAGE",
        "owner": "123456789012",
        "logGroup": group,
        "logStream": "2026/11/22/[$LATEST]8f1c",
        "subscriptionFilters": ["all"],
        "logEvents": [
            {"id": str(i) * 56 if i % 2 else i, "timestamp": 1790367712123 + i, "message": message}
            for i, message in enumerate(messages or ["START", "END"])
        ],
    }
    return gzip.compress(json.dumps(delivery | changes).encode())


def stored(connection: Rows, queue_url: str) -> list[tuple[Any, ...]]:
    sqs = boto3.client("sqs")
    while messages := sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages"):
        records = [sqs_record(message["Body"]) for message in messages]
        assert store_logs({"Records": records}, Invocation()) == {"batchItemFailures": []}
    rows = connection.execute(
        "SELECT scenario_id, message_preview, source FROM scenario_logs ORDER BY 1, id"
    ).fetchall()
    for scenario_id in {row[0] for row in rows}:
        check_sums(connection, scenario_id)
    return rows


def test_a_scenario_gets_the_log_groups_that_it_names(connection: Rows, queue_url: str) -> None:
    lambdas = factories.scenario(connection, status="running", log_groups=["/aws/lambda/*", "/other"])["id"]
    factories.scenario(connection, status="running", log_groups=["/aws/rds/*"])
    factories.scenario(connection, status="completed", log_groups=["/aws/lambda/*"])
    assert handler(kinesis_event(data(), data("/vpc/flow")), Invocation()) == {"batchItemFailures": []}
    assert stored(connection, queue_url) == [
        (lambdas, "START", "/aws/lambda/pay"),
        (lambdas, "END", "/aws/lambda/pay"),
    ]


def test_a_record_that_comes_again_is_the_same_logs(connection: Rows, queue_url: str) -> None:
    for _ in range(2):
        factories.scenario(connection, status="running", log_groups=["*"])
    for _ in range(3):
        handler(kinesis_event(data(), data(messages=["other"])), Invocation())
    assert len(stored(connection, queue_url)) == 6


def test_a_control_message_is_acknowledged(connection: Rows, queue_url: str) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])
    control = data(messageType="CONTROL_MESSAGE", messages=["CWL CONTROL MESSAGE: Checking health of destination"])
    assert handler(kinesis_event(control), Invocation()) == {"batchItemFailures": []}
    assert stored(connection, queue_url) == []


@pytest.mark.parametrize(
    "bad",
    [
        b"not gzip",
        gzip.compress(b"[]", mtime=0),
        gzip.compress(b"{}", mtime=0),
        data()[:-9],
        data(logEvents=[{"id": 1}]),
    ],
)
def test_what_is_no_delivery_is_named_and_the_rest_is_taken(connection: Rows, queue_url: str, bad: bytes) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])
    answer = handler(kinesis_event(data(), bad, data(messages=["after"])), Invocation())
    (failure,) = answer["batchItemFailures"]
    assert failure["itemIdentifier"].endswith("1")
    assert len(stored(connection, queue_url)) == 3


def test_a_message_too_large_for_sqs_is_reported_and_the_rest_is_taken(connection: Rows, queue_url: str) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])
    assert handler(kinesis_event(data(messages=["a", "x" * 300_000, "b"])), Invocation()) == {"batchItemFailures": []}
    assert [row[1] for row in stored(connection, queue_url)] == ["a", "b"]
    assert connection.execute("SELECT position FROM ingest_rejects").fetchall() == [(1,)]


def test_a_queue_that_is_away_is_told_by_sequence_number(
    connection: Rows, queue_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])

    def away(_: object) -> None:
        raise UnavailableError("The queue can't be reached.")

    with monkeypatch.context() as patch:
        patch.setattr(log_queue, "send", away)
        assert len(handler(kinesis_event(data(), data()), Invocation())["batchItemFailures"]) == 2
    handler(kinesis_event(data(), data()), Invocation())
    assert len(stored(connection, queue_url)) == 4


def test_a_delivery_of_very_many_logs_is_several_batches(connection: Rows, queue_url: str) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])
    many = data(messages=["x"] * 25_001)
    for _ in range(2):
        assert handler(kinesis_event(many), Invocation()) == {"batchItemFailures": []}
    assert len(stored(connection, queue_url)) == 25_001
