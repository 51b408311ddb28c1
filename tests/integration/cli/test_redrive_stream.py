"""`mockupaws redrive-stream` reads what is dead from the stream and has it taken once, whatever was stored before."""

import io
import json
from typing import Any

import boto3
import pytest
import typer
from typer.testing import CliRunner, Result

from functions.log_stream.handler import handler
from functions.store_logs.handler import handler as store_logs
from shared.cli import redrive_stream as module
from shared.mockupaws import log_queue
from shared.mockupaws.db import Rows
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.settings import settings
from tests import factories
from tests.batches import kinesis_event, sqs_record
from tests.gateway import Invocation
from tests.integration.log_stream.test_handler import data
from tests.integration.sums import check_sums


class Lambda:
    """Runs the function here, as Lambda would."""

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803 (as AWS spells it)
        assert FunctionName == "mockupaws-dev-log_stream"
        return {"Payload": io.BytesIO(json.dumps(handler(json.loads(Payload), Invocation())).encode())}


class Stream:
    """The stage's stream and its dead letters."""

    def __init__(self) -> None:
        self._kinesis, self._sqs = boto3.client("kinesis"), boto3.client("sqs")
        self._kinesis.create_stream(StreamName="mockupaws-dev-stream", ShardCount=1)
        self.arn = self._kinesis.describe_stream(StreamName="mockupaws-dev-stream")["StreamDescription"]["StreamARN"]
        self.dead_url = self._sqs.create_queue(QueueName="mockupaws-dev-stream-dead")["QueueUrl"]

    def put(self, record: bytes) -> dict[str, Any]:
        """Put a record on the stream, and give it as Lambda would."""
        put = self._kinesis.put_record(StreamARN=self.arn, Data=record, PartitionKey="1")
        (given,) = kinesis_event(record)["Records"]
        given["kinesis"]["sequenceNumber"] = put["SequenceNumber"]
        return given | {"eventID": f"{put['ShardId']}:{put['SequenceNumber']}", "eventSourceARN": self.arn}

    def give_up(self, *records: dict[str, Any]) -> None:
        """Note records as Lambda does when it gives a batch up."""
        numbers = [record["kinesis"]["sequenceNumber"] for record in records]
        place = {
            "shardId": records[0]["eventID"].partition(":")[0],
            "startSequenceNumber": numbers[0],
            "endSequenceNumber": numbers[-1],
            "batchSize": len(records),
            "streamArn": self.arn,
        }
        letter = {"requestContext": {"condition": "RetryAttemptsExhausted"}, "KinesisBatchInfo": place}
        self._sqs.send_message(QueueUrl=self.dead_url, MessageBody=json.dumps(letter))

    def letters(self) -> int:
        told = self._sqs.get_queue_attributes(QueueUrl=self.dead_url, AttributeNames=["All"])["Attributes"]
        return int(told["ApproximateNumberOfMessages"]) + int(told["ApproximateNumberOfMessagesNotVisible"])


@pytest.fixture
def stream(queue_url: str, monkeypatch: pytest.MonkeyPatch) -> Stream:
    del queue_url
    made, function = Stream(), Lambda()
    monkeypatch.setenv("STREAM_DLQ_URL", made.dead_url)
    settings.cache_clear()

    def lambda_of(_: str) -> Lambda:
        return function

    monkeypatch.setattr(module, "lambda_of", lambda_of)
    return made


def run(*more: str) -> Result:
    app = typer.Typer()
    app.command()(module.redrive_stream)
    return CliRunner().invoke(app, ["--stage", "dev", *more], env={"COLUMNS": "200"})


def store(connection: Rows, queue_url: str) -> list[str]:
    sqs = boto3.client("sqs")
    while messages := sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages"):
        records = [sqs_record(message["Body"]) for message in messages]
        assert store_logs({"Records": records}, Invocation()) == {"batchItemFailures": []}
    for (scenario_id,) in connection.execute("SELECT id FROM scenarios").fetchall():
        check_sums(connection, scenario_id)
    found = connection.execute("SELECT message_preview FROM scenario_logs ORDER BY 1").fetchall()
    return [preview for (preview,) in found]


def test_what_was_given_up_is_stored_once_whatever_was_stored_before(
    connection: Rows, queue_url: str, stream: Stream
) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])
    first, second, third = (stream.put(data(messages=[text])) for text in ("first", "second", "third"))
    handler({"Records": [first]}, Invocation())
    stream.give_up(first, second)
    result = run()
    assert result.exit_code == 0, result.output
    assert "2 records given to log_stream again" in result.output
    assert store(connection, queue_url) == ["first", "second"]
    assert stream.letters() == 0
    handler({"Records": [third]}, Invocation())
    assert store(connection, queue_url) == ["first", "second", "third"]


def test_what_is_still_wrong_is_put_aside_again_and_the_rest_is_taken(
    connection: Rows, queue_url: str, stream: Stream
) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])
    assert handler({"Records": [stream.put(b"not gzip")]}, Invocation()) == {"batchItemFailures": []}
    stream.give_up(stream.put(data(messages=["good"])))
    result = run()
    assert result.exit_code == 0, result.output
    assert "was put aside again" in result.output
    assert store(connection, queue_url) == ["good"]
    assert stream.letters() == 1


def test_an_outage_stops_it_and_the_letter_stays(
    connection: Rows, queue_url: str, stream: Stream, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])
    stream.give_up(stream.put(data(messages=["kept"])))

    def away(_: object) -> None:
        raise UnavailableError("The queue can't be reached.")

    monkeypatch.setattr(log_queue, "send", away)
    result = run()
    assert result.exit_code == 1
    assert "Nothing is lost; run it again." in result.output
    assert stream.letters() == 1
    assert store(connection, queue_url) == []


def test_it_says_what_the_stream_has_no_more(stream: Stream) -> None:
    record = stream.put(data())
    number = str(int(record["kinesis"]["sequenceNumber"]) - 1)
    gone = {**record, "kinesis": record["kinesis"] | {"sequenceNumber": number}}
    stream.give_up(gone)
    assert "the stream has 1 of its records no more" in run().output


def test_a_look_takes_nothing(connection: Rows, queue_url: str, stream: Stream) -> None:
    factories.scenario(connection, status="running", log_groups=["*"])
    stream.give_up(stream.put(data()))
    assert "records: 1" in run("--look").output
    assert stream.letters() == 1
    assert store(connection, queue_url) == []
