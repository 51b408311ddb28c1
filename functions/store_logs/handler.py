"""SQS → PostgreSQL: many messages in one transaction, each of them once.

A message that can't be stored fails alone (partial batch response). One that was received several times may be what
ended those invocations, so it goes last, by itself, when all others are stored and off the queue: it can't take them
with it to the dead-letter queue.
"""

import time
from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.store_logs.service import store_batches
from functions.store_logs.store import ensure_partitions
from shared.mockupaws import log_queue
from shared.mockupaws.contracts.batch import BatchFormatError, LogBatch, open_envelope
from shared.mockupaws.db import database
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.observability import describe, logger

SUSPECT_AFTER_RECEIVES = 3
# While the database is away, waiting here costs less of a message's receives than failing does.
RETRY_PAUSE_S = 1.0
RESERVE_MS = 10_000


@dataclass(frozen=True, slots=True)
class Received:
    """A queue message with the batch in it."""

    message_id: str
    receipt_handle: str
    receives: int
    batch: LogBatch


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Stores the batches of an SQS event and names the messages that must come again."""
    started = time.perf_counter()
    failed: set[str] = set()
    fresh: list[Received] = []
    suspects: list[Received] = []
    for record in event["Records"]:
        message = _open(record)
        if message is None:
            failed.add(record["messageId"])
        else:
            (suspects if message.receives >= SUSPECT_AFTER_RECEIVES else fresh).append(message)
    stored = _store_set(fresh, failed, context)
    if suspects:
        log_queue.delete([m.receipt_handle for m in fresh if m.message_id not in failed])
    for suspect in sorted(suspects, key=lambda message: message.receives):
        stored += _store([suspect], failed, context)
        if suspect.message_id not in failed:
            log_queue.delete([suspect.receipt_handle])
    logger.info(
        "stored",
        extra={
            "messages": len(event["Records"]),
            "failed": len(failed),
            "logs": stored,
            "batch_ids": [str(message.batch.batch_id) for message in (*fresh, *suspects)],
            "duration_ms": round((time.perf_counter() - started) * 1000, 1),
        },
    )
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in sorted(failed)]}


def _open(record: dict[str, Any]) -> Received | None:
    try:
        batch = open_envelope(record["body"], log_queue.read_payload)
    except (BatchFormatError, UnavailableError) as error:
        logger.error("unreadable", extra={"message_id": record["messageId"], "reason": str(error)})
        return None
    receives = int(record["attributes"]["ApproximateReceiveCount"])
    return Received(record["messageId"], record["receiptHandle"], receives, batch)


def _store_set(messages: list[Received], failed: set[str], context: LambdaContext) -> int:
    """All in one transaction; where that fails, one by one, to find the one that can't be stored."""
    alone: set[str] = set()
    stored = _store(messages, alone, context)
    if not alone or len(messages) == 1:
        failed |= alone
        return stored
    return sum(_store([message], failed, context) for message in messages)


def _store(messages: list[Received], failed: set[str], context: LambdaContext) -> int:
    while messages and context.get_remaining_time_in_millis() > RESERVE_MS:
        try:
            with database().autocommit() as connection:
                ensure_partitions(connection, [message.batch.received_at for message in messages])
            with database().transaction() as connection:
                return store_batches(connection, [message.batch for message in messages])
        except UnavailableError:
            # Whether a broken commit took effect or not, the markers know when it is tried again.
            time.sleep(RETRY_PAUSE_S)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one message, the others must not suffer
            message_ids = [message.message_id for message in messages]
            logger.error("not stored", extra={"message_ids": message_ids, **describe(error)})
            break
    failed.update(message.message_id for message in messages)
    return 0
