"""The Kinesis door: CloudWatch Logs subscription records to the queue.

A record that can't be taken is named by its sequence number; Lambda comes again from there. What was queued before
is queued again then, as the same batches, and stored once.
"""

from datetime import UTC, datetime
from typing import Any

import pybase64
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.log_stream import service, store
from shared.mockupaws import log_queue
from shared.mockupaws.cloudwatch_logs import SubscriptionFormatError, read_delivery
from shared.mockupaws.contracts.batch import names_of
from shared.mockupaws.contracts.counted import Count
from shared.mockupaws.db import database
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.invocation import Event, Line, correlation_id
from shared.mockupaws.observability import logger


def handler(event: Event, context: LambdaContext) -> dict[str, Any]:
    """Queues the logs of a Kinesis event and names the records that must come again."""
    with Line("stream", event, context) as line:
        with database().autocommit() as connection:
            listeners = store.listeners(connection)
        failed: list[str] = []
        batches: list[dict[str, str]] = []
        logs = rejected = 0
        for record in event["Records"]:
            kinesis = record["kinesis"]
            arrived = datetime.fromtimestamp(kinesis["approximateArrivalTimestamp"], UTC)
            try:
                delivery = read_delivery(pybase64.b64decode(kinesis["data"]))
                for batch in service.batches(delivery, listeners, record["eventID"], arrived):
                    batch.correlation_id = correlation_id()
                    log_queue.send(batch)
                    batches.append(names_of(batch))
                    logs += len(batch)
                    rejected += len(batch.rejects)
            except (SubscriptionFormatError, UnavailableError) as error:
                logger.error("not taken", extra={"sequence_number": kinesis["sequenceNumber"], "reason": str(error)})
                failed.append(kinesis["sequenceNumber"])
        line.say(records=len(event["Records"]), failed=len(failed), batches=batches, accepted=logs, rejected=rejected)
        line.count(Count.LOGS_ACCEPTED, logs)
        line.count(Count.LOGS_REJECTED, rejected)
        line.fail("message", len(failed))
    return {"batchItemFailures": [{"itemIdentifier": number} for number in failed]}
