"""The queue of the logs as the template makes it, in MiniStack: visibility timeouts, receive counts, dead letters."""

import json
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import boto3

from infra.local import emulator
from infra.local.postgres import LOOPBACK, free_port

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef


@dataclass(frozen=True)
class Queue:
    """A queue with its dead-letter queue.

    Attributes:
        endpoint_url: of the emulator.
        url: the queue's.
        dead_url: the dead-letter queue's.
    """

    endpoint_url: str
    url: str
    dead_url: str

    @property
    def environment(self) -> dict[str, str]:
        """What a worker is told to find it."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint_url,
            "AWS_DEFAULT_REGION": emulator.REGION,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "LOG_QUEUE_URL": self.url,
            "LOG_DLQ_URL": self.dead_url,
        }

    def client(self) -> "SQSClient":
        """A client of its own for each process that asks."""
        return sqs_client(self.endpoint_url)

    def send(self, client: "SQSClient", bodies: Iterable[str]) -> None:
        """Puts messages on the queue."""
        for body in bodies:
            client.send_message(QueueUrl=self.url, MessageBody=body)

    def receive(self, client: "SQSClient") -> list["MessageTypeDef"]:
        """What Lambda's event source would hand over at once; waits up to a second for it."""
        answer = client.receive_message(
            QueueUrl=self.url, MaxNumberOfMessages=10, WaitTimeSeconds=1, MessageSystemAttributeNames=["All"]
        )
        return answer.get("Messages", [])

    def delete(self, client: "SQSClient", messages: Sequence["MessageTypeDef"]) -> None:
        """Takes messages off the queue; those that are off it already are none the worse."""
        if messages:
            client.delete_message_batch(
                QueueUrl=self.url,
                Entries=[{"Id": str(i), "ReceiptHandle": m["ReceiptHandle"]} for i, m in enumerate(messages)],
            )

    def remaining(self, client: "SQSClient") -> int:
        """Messages that are on the queue or in somebody's hands."""
        names = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
        answer = client.get_queue_attributes(QueueUrl=self.url, AttributeNames=list(names))
        return sum(int(answer["Attributes"][name]) for name in names)

    def dead(self, client: "SQSClient") -> list[str]:
        """The bodies of all dead letters; they are taken off."""
        bodies: list[str] = []
        while messages := client.receive_message(QueueUrl=self.dead_url, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                bodies.append(message["Body"])
                client.delete_message(QueueUrl=self.dead_url, ReceiptHandle=message["ReceiptHandle"])
        return bodies


@contextmanager
def emulated(folder: Path) -> Generator[str]:
    """Runs MiniStack, and says where."""
    port = free_port()
    process = emulator.launch(folder, port)
    try:
        yield f"http://{LOOPBACK}:{port}"
    finally:
        process.stop()


def make_queue(endpoint_url: str, name: str, *, visibility_s: int, max_receives: int) -> Queue:
    """Makes a queue and its dead-letter queue.

    Args:
        endpoint_url: of the emulator.
        name: of the queue.
        visibility_s: how long a message that was received is hidden, seconds.
        max_receives: after so many it is a dead letter.
    """
    client = sqs_client(endpoint_url)
    dead_url = client.create_queue(QueueName=f"{name}-dead")["QueueUrl"]
    dead_arn = client.get_queue_attributes(QueueUrl=dead_url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    redrive = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": max_receives})
    url = client.create_queue(
        QueueName=name, Attributes={"VisibilityTimeout": str(visibility_s), "RedrivePolicy": redrive}
    )["QueueUrl"]
    return Queue(endpoint_url, url, dead_url)


def sqs_client(endpoint_url: str) -> "SQSClient":
    """A client for the emulator."""
    return boto3.client(
        "sqs",
        endpoint_url=endpoint_url,
        region_name=emulator.REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
