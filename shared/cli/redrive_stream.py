"""`mockupaws redrive-stream`: what `log_stream` could not take, once more, read from the stream.

A dead letter has a record's place, not the record. That is read from the stream, which has it for seven days, and
given to the function as Lambda gives it: by the same place it is the same batches, so that what was stored before stays
stored once. It isn't put on the stream anew, where its place would be another.
"""

import base64
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import boto3
import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.markup import escape

from shared.cli.redrive import messages, show_again
from shared.cli.stack import this_stack
from shared.cli.superuser import StageName, lambda_of

if TYPE_CHECKING:
    from mypy_boto3_kinesis import KinesisClient
    from mypy_boto3_kinesis.type_defs import RecordTypeDef
    from mypy_boto3_sqs import SQSClient

# As long as a letter's records may take, one by one.
_HELD_S = 900


def redrive_stream(
    stage: Annotated[StageName, typer.Option(help="`local` is what `make up` brought up.")] = "local",
    look: Annotated[bool, typer.Option("--look", help="Show what is there and take nothing.")] = False,
) -> None:
    """Take the CloudWatch Logs records that could not be taken, once more. What was stored stays stored once."""
    console = Console(emoji=False)
    seen: set[str] = set()
    stay: list[str] = []
    taken = 0
    try:
        sqs, kinesis = _clients(stage)
        queue = sqs.get_queue_url(QueueName=f"mockupaws-{stage}-stream-dead")["QueueUrl"]
        for message in messages(sqs, queue, held_s=_HELD_S):
            place: dict[str, Any] = json.loads(message["Body"])["KinesisBatchInfo"]
            name = f"{place['shardId']}:{place['startSequenceNumber']}"
            if look:
                console.print(f"{name}, records: {place['batchSize']}", highlight=False, markup=False)
                stay.append(message["ReceiptHandle"])
                continue
            if name in seen:
                told = f"{name} was put aside again; the function's log says why."
                console.print(told, highlight=False, markup=False)
                stay.append(message["ReceiptHandle"])
                continue
            seen.add(name)
            records = [*_records(kinesis, place)]
            if gone := place["batchSize"] - len(records):
                told = f"{name}: the stream has {gone} of its records no more."
                console.print(told, highlight=False, markup=False)
            for record in records:
                _take(stage, place, record)
            taken += len(records)
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        show_again(sqs, queue, stay)
    except (BotoCoreError, ClientError) as error:
        console.print(f"[bold red]Stopped:[/] {escape(str(error))}\nNothing is lost; run it again.", highlight=False)
        raise typer.Exit(1) from None
    if not look:
        console.print(f"{taken} records given to log_stream again.", highlight=False)


def _clients(stage: StageName) -> "tuple[SQSClient, KinesisClient]":
    if stage != "local":
        return boto3.client("sqs"), boto3.client("kinesis")
    here = this_stack().cloud.credentials
    return boto3.client("sqs", **here), boto3.client("kinesis", **here)


def _records(kinesis: "KinesisClient", place: dict[str, Any]) -> Iterator["RecordTypeDef"]:
    """The records of a dead letter that the stream still has."""
    last = int(place["endSequenceNumber"])
    iterator = kinesis.get_shard_iterator(
        StreamARN=place["streamArn"],
        ShardId=place["shardId"],
        ShardIteratorType="AT_SEQUENCE_NUMBER",
        StartingSequenceNumber=place["startSequenceNumber"],
    )["ShardIterator"]
    while iterator:
        page = kinesis.get_records(StreamARN=place["streamArn"], ShardIterator=iterator, Limit=place["batchSize"])
        for record in page["Records"]:
            if int(record["SequenceNumber"]) > last:
                return
            yield record
            if int(record["SequenceNumber"]) == last:
                return
        # An empty page may come before the next record; at the shard's end nothing is behind.
        if not page["Records"] and not page.get("MillisBehindLatest"):
            return
        iterator = page.get("NextShardIterator")


def _take(stage: StageName, place: dict[str, Any], record: "RecordTypeDef") -> None:
    """Give the function one record, as Lambda does: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html.

    Raises:
        typer.Exit: it is not the record's fault; the letter stays.
    """
    event = {
        "kinesis": {
            "kinesisSchemaVersion": "1.0",
            "partitionKey": record["PartitionKey"],
            "sequenceNumber": record["SequenceNumber"],
            "data": base64.b64encode(record["Data"]).decode(),
            "approximateArrivalTimestamp": record["ApproximateArrivalTimestamp"].timestamp(),
        },
        "eventSource": "aws:kinesis",
        "eventVersion": "1.0",
        "eventID": f"{place['shardId']}:{record['SequenceNumber']}",
        "eventName": "aws:kinesis:record",
        "eventSourceARN": place["streamArn"],
    }
    answer = lambda_of(stage).invoke(
        FunctionName=f"mockupaws-{stage}-log_stream", Payload=json.dumps({"Records": [event]}).encode()
    )
    payload = json.loads(answer["Payload"].read())
    if answer.get("FunctionError") or payload["batchItemFailures"]:
        name = escape(str(event["eventID"]))
        Console(emoji=False).print(
            f"[bold red]Stopped:[/] {name} can't be taken now: log_stream's log says what is away.\n"
            "Nothing is lost; run it again.",
            highlight=False,
        )
        raise typer.Exit(1)
