"""SQS → a report in S3 and its row, each job once.

What fails comes again soon, a few times; then the report says that it failed, and so does its schedule.
"""

from typing import Any
from uuid import UUID

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel

from functions.render_report import service, store
from functions.render_report.mail import MailRefusedError
from functions.render_report.models import Job, Unclaimed
from shared.mockupaws.db import database
from shared.mockupaws.errors import NotFoundError, UnavailableError
from shared.mockupaws.invocation import Event, Line
from shared.mockupaws.observability import describe, logger
from shared.mockupaws.report_jobs import queue

MAX_ATTEMPTS = 3
# A mail may fail after its report was made in the last attempt; the queue gives up after five receives.
MAX_RECEIVES = 5
RETRY_SECONDS = 30
# Beyond the end of this invocation: its worker is dead by then.
_CLAIM_RESERVE_S = 10

_FAILED = "The report could not be made; the error is in the logs of render_report, under this report's id."


class Message(BaseModel):
    """A job as `report_jobs.queue` sends it.

    Attributes:
        report_id: what is to be made.
        correlation_id: of the log line of who asked.
    """

    report_id: UUID
    correlation_id: str = ""


def handler(event: Event, context: LambdaContext) -> dict[str, Any]:
    """Makes the reports of an SQS event and names the messages that must come again."""
    with Line("reports", event, context) as line:
        failed: list[str] = []
        reports: list[dict[str, str]] = []
        for record in event["Records"]:
            message = Message.model_validate_json(record["body"])
            receives = int(record["attributes"]["ApproximateReceiveCount"])
            result = _work(message.report_id, receives, context)
            if result == "again":
                failed.append(record["messageId"])
                queue.come_again(record["receiptHandle"], RETRY_SECONDS * receives)
            named = {"report_id": str(message.report_id), "correlation_id": message.correlation_id}
            reports.append(named | {"result": result})
        line.say(reports=reports)
        line.fail("message", sum(report["result"] in {"again", "failed"} for report in reports))
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _work(report_id: UUID, receives: int, context: LambdaContext) -> str:
    """Goes as far with a report as it gets: `done`, `failed` for good, or `again`."""
    seconds = context.get_remaining_time_in_millis() // 1000 + _CLAIM_RESERVE_S
    try:
        with database().transaction() as connection:
            claimed = store.claim(connection, report_id, seconds)
        if isinstance(claimed, Unclaimed):
            if claimed.status == "processing":
                return "again"
            if claimed.status != "completed":
                return claimed.status
        elif not _render(claimed):
            return "failed" if claimed.attempts >= MAX_ATTEMPTS else "again"
        return _tell(report_id, receives)
    except UnavailableError as error:
        logger.error("database", extra={"report_id": str(report_id), **describe(error)})
        return "again"


def _render(job: Job) -> bool:
    for_good = job.attempts >= MAX_ATTEMPTS
    try:
        if job.attempts <= MAX_ATTEMPTS:
            service.render(database(), job)
            return True
    except NotFoundError:
        return True  # with its scenario the report was deleted: there is nothing left to do
    except Exception as error:  # noqa: BLE001 - whatever it is, the report must say that it failed
        logger.error("not rendered", extra={"report_id": str(job.id), **describe(error)})
    # Also for a job whose workers died without a word, each time.
    with database().transaction() as connection:
        store.fail(connection, job, _FAILED, for_good=for_good)
    return False


def _tell(report_id: UUID, receives: int) -> str:
    try:
        service.tell(database(), report_id)
    except MailRefusedError as error:
        logger.error("report not mailed", extra={"report_id": str(report_id), "kind": str(error)})
        return "done" if receives >= MAX_RECEIVES else "again"
    return "done"
