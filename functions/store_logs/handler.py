"""SQS → PostgreSQL: many messages in one transaction, each of them once. What fails, fails alone."""

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.store_logs.delivery import Message, deliver
from functions.store_logs.service import Stored
from shared.mockupaws.contracts.counted import Count
from shared.mockupaws.invocation import Event, Line

# What an invocation needs of its time to end well, once the last attempt has begun.
RESERVE_MS = 10_000


def handler(event: Event, context: LambdaContext) -> dict[str, Any]:
    """Stores the batches of an SQS event and names the messages that must come again."""
    with Line("stored", event, context) as line:
        messages = [
            Message(
                record["messageId"],
                record["receiptHandle"],
                int(record["attributes"]["ApproximateReceiveCount"]),
                record["body"],
            )
            for record in event["Records"]
        ]
        outcome = deliver(messages, lambda: context.get_remaining_time_in_millis() > RESERVE_MS)
        line.say(messages=len(messages), failed=len(outcome.failed), logs=outcome.stored.logs, batches=outcome.batches)
        _count(outcome.stored, line)
        line.fail("message", len(outcome.failed))
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in sorted(outcome.failed)]}


def _count(stored: Stored, line: Line) -> None:
    line.count(Count.LOGS_STORED, stored.logs)
    line.count(Count.LOGS_DUPLICATE, stored.duplicates)
    line.count(Count.BATCHES_STORED, len(stored.received))
    now = datetime.now(UTC)
    for received in stored.received:
        line.count(Count.STORE_DELAY, round((now - received).total_seconds() * 1000))
