"""CloudWatch Logs over Kinesis: a scenario gets the log groups that it names, once, and no other."""

import gzip
import json
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from psycopg.conninfo import make_conninfo

from functions.log_stream import service
from functions.log_stream.handler import handler
from functions.store_logs.handler import handler as store_logs
from shared.mockupaws import log_queue
from shared.mockupaws.cloudwatch_logs import Delivery
from shared.mockupaws.contracts.batch import LogBatch
from shared.mockupaws.db import Rows, database
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.invocation import InvocationFailedError
from shared.mockupaws.settings import settings
from tests import factories
from tests.batches import kinesis_event, sqs_record
from tests.gateway import Invocation
from tests.integration.sums import check_sums

pytestmark = pytest.mark.usefixtures("queue_url")


@pytest.fixture(autouse=True)
def put_aside(queue_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[dict[str, Any]]]:
    """Give what is read of the stream's dead-letter queue."""
    del queue_url
    sqs = boto3.client("sqs")
    url = sqs.create_queue(QueueName="stream-dead")["QueueUrl"]
    monkeypatch.setenv("STREAM_DLQ_URL", url)
    settings.cache_clear()

    def read() -> list[dict[str, Any]]:
        found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        return [json.loads(message["Body"]) for message in found]

    return read


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
    return gzip.compress(json.dumps(delivery | changes).encode(), mtime=0)


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


@pytest.mark.parametrize("owner", [{"is_active": False}, {"role": "readonly"}], ids=str)
def test_who_may_not_send_logs_gets_none_of_the_stream_either(
    connection: Rows, queue_url: str, owner: dict[str, Any]
) -> None:
    user_id = factories.user(connection, **owner)["id"]
    factories.scenario(connection, user_id=user_id, status="running", log_groups=["*"])
    assert handler(kinesis_event(data()), Invocation()) == {"batchItemFailures": []}
    assert stored(connection, queue_url) == []
    connection.execute("UPDATE users SET is_active = true, role = 'user'")
    handler(kinesis_event(data()), Invocation())
    assert len(stored(connection, queue_url)) == 2


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
        data(logEvents=3),
    ],
)
def test_what_is_no_delivery_is_put_aside_by_its_place_in_the_stream_and_the_rest_is_taken(
    connection: Rows, queue_url: str, put_aside: Callable[[], list[dict[str, Any]]], bad: bytes
) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])
    event = kinesis_event(data(), bad, data(messages=["after"]))
    # It would fail each time, and hold up all that is behind it in its shard.
    assert handler(event, Invocation()) == {"batchItemFailures": []}
    assert len(stored(connection, queue_url)) == 3
    (letter,) = put_aside()
    place = letter["KinesisBatchInfo"]
    number = event["Records"][1]["kinesis"]["sequenceNumber"]
    assert (place["startSequenceNumber"], place["endSequenceNumber"], place["batchSize"]) == (number, number, 1)
    assert place["shardId"] == "shardId-000000000006"
    assert place["streamArn"] == "arn:aws:kinesis:eu-west-1:123456789012:stream/logs"
    assert letter["reason"]
    assert event["Records"][1]["kinesis"]["data"] not in json.dumps(letter)


def test_a_record_that_is_too_much_for_us_does_not_hold_up_the_others(
    connection: Rows,
    queue_url: str,
    put_aside: Callable[[], list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])
    batches = service.batches

    def stumbles(delivery: Delivery, *more: Any) -> Iterator[LogBatch]:
        if "poison" in repr(delivery.records):
            raise RecursionError("poison")
        return batches(delivery, *more)

    monkeypatch.setattr(service, "batches", stumbles)
    answer = handler(kinesis_event(data(messages=["poison"]), data(messages=["after"])), Invocation())
    assert answer == {"batchItemFailures": []}
    assert [row[1] for row in stored(connection, queue_url)] == ["after"]
    (letter,) = put_aside()
    assert letter["reason"] == ["builtins.RecursionError"]


@pytest.mark.usefixtures("queue_url")
def test_what_can_t_even_be_put_aside_comes_again(connection: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])
    monkeypatch.setenv("STREAM_DLQ_URL", "https://sqs.eu-west-1.amazonaws.com/123456789012/gone")
    settings.cache_clear()
    event = kinesis_event(data(), b"not gzip", data())
    number = event["Records"][1]["kinesis"]["sequenceNumber"]
    assert handler(event, Invocation()) == {"batchItemFailures": [{"itemIdentifier": number}]}


def test_a_message_too_large_for_sqs_is_reported_and_the_rest_is_taken(connection: Rows, queue_url: str) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])
    assert handler(kinesis_event(data(messages=["a", "x" * 300_000, "b"])), Invocation()) == {"batchItemFailures": []}
    assert [row[1] for row in stored(connection, queue_url)] == ["a", "b"]
    assert connection.execute("SELECT position FROM ingest_rejects").fetchall() == [(1,)]


def test_an_event_without_a_message_is_reported_and_the_rest_is_taken(
    connection: Rows, queue_url: str, put_aside: Callable[[], list[dict[str, Any]]]
) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])
    events = [{"timestamp": 1, "message": "a"}, {"id": "2", "note": "ada@example.com"}, {"message": "b"}]
    assert handler(kinesis_event(data(logEvents=events)), Invocation()) == {"batchItemFailures": []}
    assert [row[1] for row in stored(connection, queue_url)] == ["a", "b"]
    rejects = connection.execute("SELECT position, error, sample FROM ingest_rejects").fetchall()
    assert rejects == [(1, "an event without a message", '{"id": "2", "note": "a***@***.com"}')]
    assert put_aside() == []


def test_a_delivery_of_empty_objects_is_put_aside_and_one_of_braces_in_texts_is_not(
    connection: Rows, queue_url: str, put_aside: Callable[[], list[dict[str, Any]]]
) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])
    full = data(logEvents=[], more=[{}] * 600_000)
    texts = data(messages=["{" * 200_000, '"[' * 100_000, "{\\" * 100_000] * 2)
    handler(kinesis_event(full, texts), Invocation())
    assert len(stored(connection, queue_url)) == 6
    (letter,) = put_aside()
    assert "objects and lists" in json.dumps(letter)


def test_a_message_is_measured_as_it_is_profiled(connection: Rows, queue_url: str) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])
    halves = "\ud83d" * 100_000  # each is three bytes of UTF-8
    assert handler(kinesis_event(data(messages=["a", halves, "b"])), Invocation()) == {"batchItemFailures": []}
    assert [row[1] for row in stored(connection, queue_url)] == ["a", "b"]
    assert connection.execute("SELECT position FROM ingest_rejects").fetchall() == [(1,)]


def test_without_a_database_all_comes_again(monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", make_conninfo(database_url, port=1))
    settings.cache_clear()
    database.cache_clear()
    with pytest.raises(InvocationFailedError, match="UnavailableError"):
        handler(kinesis_event(data()), Invocation())


def test_a_queue_that_is_away_is_told_by_sequence_number_from_which_all_comes_again(
    connection: Rows, queue_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])

    def away(_: object) -> None:
        raise UnavailableError("The queue can't be reached.")

    with monkeypatch.context() as patch:
        patch.setattr(log_queue, "send", away)
        event = kinesis_event(data(), data())
        first = event["Records"][0]["kinesis"]["sequenceNumber"]
        # Lambda comes again from there, so that the rest needn't be tried while nothing works.
        assert handler(event, Invocation()) == {"batchItemFailures": [{"itemIdentifier": first}]}
    handler(kinesis_event(data(), data()), Invocation())
    assert len(stored(connection, queue_url)) == 4


def test_a_delivery_of_very_many_logs_is_several_batches(connection: Rows, queue_url: str) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])
    many = data(messages=["x"] * 25_001)
    for _ in range(2):
        assert handler(kinesis_event(many), Invocation()) == {"batchItemFailures": []}
    assert len(stored(connection, queue_url)) == 25_001
