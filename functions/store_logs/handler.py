"""SQS → PostgreSQL: many messages in one transaction, each of them once. What fails, fails alone."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.store_logs.delivery import Message, deliver
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
        line.say(messages=len(messages), failed=len(outcome.failed), logs=outcome.logs, batches=outcome.batches)
        if outcome.failed:
            line.end("failed")
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in sorted(outcome.failed)]}
