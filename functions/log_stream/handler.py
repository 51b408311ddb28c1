"""The Kinesis door: CloudWatch Logs subscription records to the queue.

What is away comes back: a record that can't be taken meanwhile is named by its sequence number, and Lambda comes again
from there until it can, for as long as the stream has it. What was queued before is queued again then, as the same
batches, and stored once. What is wrong with a record itself doesn't change: it would hold up all that is behind it in
its shard, so it is put aside, by its place in the stream.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pybase64
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.log_stream import dead_letters, service, store
from functions.log_stream.store import Listener
from shared.mockupaws import log_queue
from shared.mockupaws.cloudwatch_logs import SubscriptionFormatError, read_delivery
from shared.mockupaws.contracts.batch import LogBatch, names_of
from shared.mockupaws.contracts.counted import Count
from shared.mockupaws.db import database
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.invocation import Event, Line, correlation_id
from shared.mockupaws.observability import describe, logger


def handler(event: Event, context: LambdaContext) -> dict[str, Any]:
    """Queues the logs of a Kinesis event and names the record from which it must come again."""
    with Line("stream", event, context) as line:
        with database().autocommit() as connection:
            listeners = store.listeners(connection)
        failed: list[str] = []
        taken: list[LogBatch] = []
        aside = 0
        for record in event["Records"]:
            try:
                aside += not _take(record, listeners, taken)
            except UnavailableError as error:
                number = record["kinesis"]["sequenceNumber"]
                logger.error("not taken", extra={"sequence_number": number, "reason": str(error)})
                failed = [number]
                break
        logs, rejected = sum(map(len, taken)), sum(len(batch.rejects) for batch in taken)
        line.say(records=len(event["Records"]), failed=len(failed), aside=aside)
        line.say(batches=[names_of(batch) for batch in taken], accepted=logs, rejected=rejected)
        line.count(Count.LOGS_ACCEPTED, logs)
        line.count(Count.LOGS_REJECTED, rejected)
        line.fail("message", aside)
        line.fail("unavailable", len(failed))
    return {"batchItemFailures": [{"itemIdentifier": number} for number in failed]}


def _take(record: dict[str, Any], listeners: Sequence[Listener], taken: list[LogBatch]) -> bool:
    """Queues a record's logs, adding the batches to those taken; False if it was put aside instead.

    Raises:
        UnavailableError: the queue, or S3, is away.
    """
    kinesis = record["kinesis"]
    arrived = datetime.fromtimestamp(kinesis["approximateArrivalTimestamp"], UTC)
    try:
        delivery = read_delivery(pybase64.b64decode(kinesis["data"]))
        for batch in service.batches(delivery, listeners, record["eventID"], arrived):
            batch.correlation_id = correlation_id()
            log_queue.send(batch)
            taken.append(batch)
    except UnavailableError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one record, the others must not wait for it
        reason = [str(error)] if isinstance(error, SubscriptionFormatError) else describe(error)["kinds"]
        logger.error("put aside", extra={"sequence_number": kinesis["sequenceNumber"], **describe(error)})
        dead_letters.put_aside(record, reason)
        return False
    return True
