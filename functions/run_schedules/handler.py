"""EventBridge, each minute → jobs for `render_report`. Two ticks at once, or one that comes twice, make one report."""

from datetime import UTC, datetime

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.run_schedules import service
from shared.mockupaws.db import database
from shared.mockupaws.invocation import Event, Line
from shared.mockupaws.report_jobs import queue

# What is left when this is reached is due at the next tick, too.
_RESERVE_MS = 10_000


def handler(event: Event, context: LambdaContext) -> None:
    """The Lambda handler: asks for the reports that are due now.

    Raises:
        InvocationFailedError: the database or S3 can't be asked; what is due stays due.
    """
    with Line("tick", event, context) as line:
        moment = datetime.now(UTC)
        asked, more = 0, True
        while more and context.get_remaining_time_in_millis() > _RESERVE_MS:
            with database().transaction() as connection:
                reports, more = service.run_due(connection, moment)
            queue.send(reports)
            asked += len(reports)
        with database().transaction() as connection:
            stranded = service.find_stranded(connection)
        queue.send(stranded)
        deleted, more = 0, True
        while more and context.get_remaining_time_in_millis() > _RESERVE_MS:
            with database().transaction() as connection:
                files, more = service.delete_leftovers(connection)
            deleted += files
        line.say(reports=asked, stranded=len(stranded), files_deleted=deleted)
