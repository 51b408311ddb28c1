"""The queue from the doors to `store_logs`: one message a request, so that it is accepted whole or not at all."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from shared.mockupaws.aws import client_config, failures, sqs
from shared.mockupaws.contracts.batch import LogBatch, envelope, pack
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.invocation import span
from shared.mockupaws.observability import describe, logger
from shared.mockupaws.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs.type_defs import DeleteMessageBatchRequestEntryTypeDef

MAX_MESSAGE_BYTES = 1024 * 1024
HOPELESS_PAUSE_S = 5
_ENTRIES_A_CALL = 10


@cache
def _s3() -> "S3Client":
    import boto3  # noqa: PLC0415 - loaded when it is needed

    return boto3.client("s3", config=client_config())


def send(batch: LogBatch) -> None:
    """Puts a batch on the queue. One that is too large for a message waits in S3, and the message says where.

    Raises:
        UnavailableError: nothing was accepted; the sender should try again.
    """
    packed = pack(batch)
    body = envelope(batch, packed=packed)
    try:
        if len(body) > MAX_MESSAGE_BYTES:
            key = f"{batch.scenario_id}/{batch.batch_id}"
            with span("S3"):
                _s3().put_object(Bucket=settings().payload_bucket, Key=key, Body=packed)
            body = envelope(batch, s3_key=key)
        with span("SQS"):
            sqs().send_message(QueueUrl=settings().log_queue_url, MessageBody=body)
    except failures() as error:
        raise UnavailableError("The queue can't be reached; send the same request again.") from error


def read_payload(key: str) -> bytes:
    """The packed columns of a batch that waits in S3.

    Raises:
        UnavailableError: S3 can't be asked now, or has no such object.
    """
    try:
        return _s3().get_object(Bucket=settings().payload_bucket, Key=key)["Body"].read()
    except failures() as error:
        raise UnavailableError(f"The payload {key} can't be read.") from error


def delete(receipt_handles: Sequence[str]) -> None:
    """Takes stored messages off the queue at once, before something is tried that may end the process."""
    for entries in _entries(receipt_handles):
        sqs().delete_message_batch(QueueUrl=settings().log_queue_url, Entries=entries)


def hasten(receipt_handles: Sequence[str]) -> None:
    """Shows messages again soon that will never be stored, so that they are dead letters in minutes, and noticed.

    All others wait out the visibility timeout: they have a use for what time that gives the database to come back.
    """
    try:
        for entries in _entries(receipt_handles):
            sqs().change_message_visibility_batch(
                QueueUrl=settings().log_queue_url,
                Entries=[{**entry, "VisibilityTimeout": HOPELESS_PAUSE_S} for entry in entries],
            )
    except failures() as error:
        logger.warning("not hastened", extra=describe(error))


def _entries(receipt_handles: Sequence[str]) -> "Iterator[list[DeleteMessageBatchRequestEntryTypeDef]]":
    for start in range(0, len(receipt_handles), _ENTRIES_A_CALL):
        some = receipt_handles[start : start + _ENTRIES_A_CALL]
        yield [{"Id": str(i), "ReceiptHandle": handle} for i, handle in enumerate(some)]
