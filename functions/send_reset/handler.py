"""The queue of forgotten passwords. What fails comes again, by itself, until its message expires."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import ValidationError

from functions.send_reset import service
from functions.send_reset.models import ResetRequested
from shared.mockupaws.aws import failures
from shared.mockupaws.db import database
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.invocation import Event, Line
from shared.mockupaws.observability import describe, logger


def handler(event: Event, context: LambdaContext) -> dict[str, Any]:
    """The Lambda handler: mails a link for each message.

    Returns:
        `batchItemFailures`, the messages that SQS shall deliver again.
    """
    with Line("resets", event, context) as line:
        failed: list[str] = []
        asked: list[str] = []
        for record in event["Records"]:
            try:
                requested = ResetRequested.model_validate_json(record["body"])
                asked.append(requested.correlation_id)
                service.send_link(database(), requested.email)
            except (*failures(), UnavailableError, ValidationError) as error:
                # Without its words: SES's quote the address.
                logger.error("reset not sent", extra={"message_id": record["messageId"], **describe(error)})
                failed.append(record["messageId"])
        line.say(messages=len(event["Records"]), failed=len(failed), correlation_ids=asked)
        line.fail("message", len(failed))
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}
