"""`mockupaws redrive`: what could not be stored, back onto its queue.

Messages are moved one by one, sent before they are deleted: a crash between the two leaves a message on both queues,
and it is stored once all the same, since its batch has a marker. Not SQS's own StartMessageMoveTask, because the
emulator has none, and because this shows what it moves.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import boto3
import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

_A_CALL = 10
# Long enough to move a page of messages, short enough that what a broken-off run had in hand soon shows again.
_HELD_S = 60


def redrive(
    from_queue: Annotated[str, typer.Option(envvar="LOG_DLQ_URL", help="The dead-letter queue's URL.")],
    to_queue: Annotated[str, typer.Option(envvar="LOG_QUEUE_URL", help="The queue's URL.")],
    endpoint: Annotated[str | None, typer.Option(envvar="AWS_ENDPOINT_URL", help="Of an emulator.")] = None,
    look: Annotated[bool, typer.Option("--look", help="Show what is there and move nothing.")] = False,
) -> None:
    """Move what could not be stored from the dead-letter queue back to the queue. What was stored stays stored once."""
    console = Console()
    try:
        sqs = boto3.client("sqs", endpoint_url=endpoint)
        moved = 0
        for message in messages(sqs, from_queue, held_s=1 if look else _HELD_S):
            console.print(_described(message["Body"]), highlight=False)
            if not look:
                sqs.send_message(QueueUrl=to_queue, MessageBody=message["Body"])
                sqs.delete_message(QueueUrl=from_queue, ReceiptHandle=message["ReceiptHandle"])
            moved += 1
    except (BotoCoreError, ClientError) as error:
        console.print(f"[bold red]Stopped:[/] {error}\nNothing is lost; run it again.", highlight=False)
        raise typer.Exit(1) from None
    console.print(f"{moved} messages {'there' if look else 'moved back'}.", highlight=False)


def messages(sqs: "SQSClient", queue: str, *, held_s: int) -> Iterator["MessageTypeDef"]:
    """Each message of the queue once: what can't be stored comes back, and must not be moved for ever."""
    seen: set[str] = set()
    while True:
        page = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=_A_CALL, VisibilityTimeout=held_s)
        fresh = [message for message in page.get("Messages", ()) if message["MessageId"] not in seen]
        if not fresh:
            return
        seen.update(message["MessageId"] for message in fresh)
        yield from fresh


def _described(body: str) -> str:
    """What a message is, without what is in it."""
    try:
        outer: dict[str, Any] = json.loads(body)
        return (
            f"batch {outer['batch_id']}, scenario {outer['scenario_id']}, {outer['logs']} logs, {outer['received_at']}"
        )
    except (ValueError, KeyError, TypeError):
        return f"{len(body):,} characters that are no batch"
