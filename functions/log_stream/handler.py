"""The Kinesis door: CloudWatch Logs subscription records to the queue.

A record that can't be taken is named by its sequence number; Lambda comes again from there. What was queued before
is queued again then, as the same batches, and stored once.
"""

import time
from datetime import UTC, datetime
from typing import Any

import pybase64
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.log_stream import service, store
from shared.mockupaws import log_queue
from shared.mockupaws.cloudwatch_logs import SubscriptionFormatError, read_delivery
from shared.mockupaws.db import database
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.observability import logger


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Queues the logs of a Kinesis event and names the records that must come again."""
    del context
    started = time.perf_counter()
    with database().autocommit() as connection:
        listeners = store.listeners(connection)
    failed: list[str] = []
    logs = 0
    for record in event["Records"]:
        kinesis = record["kinesis"]
        arrived = datetime.fromtimestamp(kinesis["approximateArrivalTimestamp"], UTC)
        try:
            delivery = read_delivery(pybase64.b64decode(kinesis["data"]))
            for batch in service.batches(delivery, listeners, record["eventID"], arrived):
                log_queue.send(batch)
                logs += len(batch)
        except (SubscriptionFormatError, UnavailableError) as error:
            logger.error("not taken", extra={"sequence_number": kinesis["sequenceNumber"], "reason": str(error)})
            failed.append(kinesis["sequenceNumber"])
    logger.info(
        "stream",
        extra={
            "records": len(event["Records"]),
            "failed": len(failed),
            "logs": logs,
            "duration_ms": round((time.perf_counter() - started) * 1000, 1),
        },
    )
    return {"batchItemFailures": [{"itemIdentifier": number} for number in failed]}
