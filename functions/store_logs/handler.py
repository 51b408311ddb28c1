"""SQS → PostgreSQL: many messages in one transaction, each of them once. What fails, fails alone."""

import time
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.store_logs.delivery import Message, deliver
from shared.mockupaws.observability import logger

# What an invocation needs of its time to end well, once the last attempt has begun.
RESERVE_MS = 10_000


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Stores the batches of an SQS event and names the messages that must come again."""
    started = time.perf_counter()
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
    logger.info(
        "stored",
        extra={
            "messages": len(messages),
            "failed": len(outcome.failed),
            "logs": outcome.logs,
            "batch_ids": outcome.batch_ids,
            "duration_ms": round((time.perf_counter() - started) * 1000, 1),
        },
    )
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in sorted(outcome.failed)]}
