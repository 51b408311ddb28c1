"""The queue of forgotten passwords. What fails comes again, by itself, until its message expires."""

from typing import Any

from functions.send_reset import service
from functions.send_reset.models import ResetRequested
from shared.mockupaws.aws import failures
from shared.mockupaws.db import database
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.observability import logger


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ARG001 - Lambda's signature
    """The Lambda handler: mails a link for each message.

    Returns:
        `batchItemFailures`, the messages that SQS shall deliver again.
    """
    failed = [record["messageId"] for record in event["Records"] if not _sent(record["body"])]
    logger.info("resets", extra={"messages": len(event["Records"]), "failed": len(failed)})
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _sent(body: str) -> bool:
    requested = ResetRequested.model_validate_json(body)
    try:
        with database().transaction() as connection:
            service.send_link(connection, requested.email)
    except (*failures(), UnavailableError) as error:
        # Its kind only: SES's messages quote the address.
        logger.error("reset not sent", extra={"kind": type(error).__name__})
        return False
    return True
