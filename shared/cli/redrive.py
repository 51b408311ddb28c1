"""`mockupaws redrive`: what could not be stored, back onto its queue.

Messages are moved one by one, sent before they are deleted: a crash between the two leaves a message on both queues,
and it is stored once all the same, since its batch has a marker. Not SQS's own StartMessageMoveTask, because the
emulator has none, and because this shows what it moves.
"""

import json
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import boto3
import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.markup import escape

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

_A_CALL = 10
# Long enough to move a page of messages, short enough that what a broken-off run had in hand soon shows again.
_HELD_S = 60
# To wait at all has all of the queue's servers asked. One answer that has nothing is not yet believed.
_WAIT_S = 2
_EMPTY_PAGES = 2


def redrive(
    from_queue: Annotated[str, typer.Option(envvar="LOG_DLQ_URL", help="The dead-letter queue's URL.")],
    to_queue: Annotated[str, typer.Option(envvar="LOG_QUEUE_URL", help="The queue's URL.")],
    endpoint: Annotated[str | None, typer.Option(envvar="AWS_ENDPOINT_URL", help="Of an emulator.")] = None,
    look: Annotated[bool, typer.Option("--look", help="Show what is there and move nothing.")] = False,
) -> None:
    """Move what could not be stored from the dead-letter queue back to the queue. What was stored stays stored once."""
    console = Console(emoji=False)
    try:
        sqs = boto3.client("sqs", endpoint_url=endpoint)
        if look:
            _look(sqs, from_queue, console)
        else:
            _move(sqs, from_queue, to_queue, console)
    except (BotoCoreError, ClientError) as error:
        console.print(f"[bold red]Stopped:[/] {escape(str(error))}\nNothing is lost; run it again.", highlight=False)
        raise typer.Exit(1) from None


def _look(sqs: "SQSClient", queue: str, console: Console) -> None:
    handles: list[str] = []
    for message in messages(sqs, queue):
        console.print(_described(message["Body"]), highlight=False, markup=False)
        handles.append(message["ReceiptHandle"])
    show_again(sqs, queue, handles)
    console.print(f"{len(handles)} messages there.", highlight=False)


def _move(sqs: "SQSClient", from_queue: str, to_queue: str, console: Console) -> None:
    moved: set[str] = set()
    back: list[str] = []
    for message in messages(sqs, from_queue):
        described = _described(message["Body"])
        if message["MessageId"] in moved:
            # What can't be stored comes back by the id that it was sent by. It must not be moved for ever. Another
            # message of the same batch has an id of its own.
            console.print(f"{described}: came back, and stays", highlight=False, markup=False)
            back.append(message["ReceiptHandle"])
            continue
        console.print(described, highlight=False, markup=False)
        sent = sqs.send_message(QueueUrl=to_queue, MessageBody=message["Body"])
        sqs.delete_message(QueueUrl=from_queue, ReceiptHandle=message["ReceiptHandle"])
        moved.add(sent["MessageId"])
    show_again(sqs, from_queue, back)
    stay = f", {len(back)} came back and stay" if back else ""
    console.print(f"{len(moved)} messages moved back{stay}.", highlight=False)


def show_again(sqs: "SQSClient", queue: str, handles: Sequence[str]) -> None:
    """Ends the holding of what stays, for whoever looks next. What is no longer held shows already."""
    for start in range(0, len(handles), _A_CALL):
        sqs.change_message_visibility_batch(
            QueueUrl=queue,
            Entries=[
                {"Id": str(i), "ReceiptHandle": handle, "VisibilityTimeout": 0}
                for i, handle in enumerate(handles[start : start + _A_CALL])
            ],
        )


def messages(sqs: "SQSClient", queue: str, *, held_s: int = _HELD_S) -> Iterator["MessageTypeDef"]:
    """Each message of the queue once.

    It ends when the queue shows nothing, or nothing new for as long as what was left in it takes to show again.

    Args:
        sqs: the client.
        queue: the queue's URL.
        held_s: for how long nobody else sees a message, seconds.
    """
    seen: set[str] = set()
    empty, last = 0, time.monotonic()
    while empty < _EMPTY_PAGES and time.monotonic() - last < held_s:
        answer = sqs.receive_message(
            QueueUrl=queue, MaxNumberOfMessages=_A_CALL, VisibilityTimeout=held_s, WaitTimeSeconds=_WAIT_S
        )
        page = answer.get("Messages", ())
        empty = 0 if page else empty + 1
        for message in page:
            if message["MessageId"] not in seen:
                seen.add(message["MessageId"])
                yield message
                last = time.monotonic()


def _described(body: str) -> str:
    """What a message is, without what is in it."""
    try:
        outer: dict[str, Any] = json.loads(body)
        batch, scenario, logs, received = (outer[name] for name in ("batch_id", "scenario_id", "logs", "received_at"))
    except (ValueError, KeyError, TypeError):
        return f"{len(body):,} characters that are no batch"
    return f"batch {batch}, scenario {scenario}, {logs} logs, {received}"
