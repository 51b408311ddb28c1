"""The queue of reports to be made.

A job is sent after the row that it names is committed. Should the send fail, the row stays `pending`, and the minute's
tick sends it again (`run_schedules`): a report is asked for once and made once, whatever breaks in between.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from shared.mockupaws.aws import failures, sqs
from shared.mockupaws.invocation import correlation_id
from shared.mockupaws.observability import describe, logger
from shared.mockupaws.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

_SENDS_A_CALL = 10


def send(report_ids: Sequence[UUID]) -> None:
    """Puts jobs on the queue. What can't be sent now is logged, and sent by a later tick."""
    asked = {"correlation_id": correlation_id()}
    for start in range(0, len(report_ids), _SENDS_A_CALL):
        entries: list[SendMessageBatchRequestEntryTypeDef] = [
            {"Id": str(number), "MessageBody": json.dumps(asked | {"report_id": str(report_id)})}
            for number, report_id in enumerate(report_ids[start : start + _SENDS_A_CALL])
        ]
        try:
            answer = sqs().send_message_batch(QueueUrl=settings().report_queue_url, Entries=entries)
        except failures() as error:
            logger.error("reports not queued", extra={"reports": len(entries), **describe(error)})
        else:
            if refused := answer.get("Failed"):
                logger.error("reports not queued", extra={"reports": len(refused)})


def come_again(receipt_handle: str, seconds: int) -> None:
    """Lets a job that failed be tried again soon, rather than when the queue thinks its worker dead."""
    try:
        sqs().change_message_visibility(
            QueueUrl=settings().report_queue_url, ReceiptHandle=receipt_handle, VisibilityTimeout=seconds
        )
    except failures() as error:
        logger.error("report comes again later", extra=describe(error))
