"""The minute's tick: what is due becomes reports, what got stranded is sent again, what is left over is deleted."""

from datetime import datetime
from uuid import UUID

from functions.run_schedules import store
from shared.mockupaws.db import Rows
from shared.mockupaws.ids import new_id
from shared.mockupaws.recurrence import next_after
from shared.mockupaws.report_jobs import files
from shared.mockupaws.report_jobs.store import add

# A transaction's worth; the tick goes on while there are more.
BATCH = 100
# Longer than a worker holds a report. A message that is only late is no harm: who finds a report made leaves it alone.
STRANDED_SECONDS = 6 * 60
# As many as S3 deletes at once.
LEFTOVERS = 1_000


def run_due(connection: Rows, moment: datetime) -> tuple[list[UUID], bool]:
    """Stores the reports of schedules that are due, each once. Their jobs are sent after the commit.

    A schedule that was due several times, while nothing ticked, makes one report and goes on from now.

    Args:
        connection: in a transaction of its own.
        moment: now, in UTC.

    Returns:
        The reports, and whether there may be more to do.
    """
    due = store.lock_due(connection, moment, BATCH)
    asked: list[UUID] = []
    for schedule in due:
        report_id = new_id()
        is_new = add(
            connection,
            report_id=report_id,
            scenario_id=schedule.scenario_id,
            format_=schedule.format,
            options=schedule.options,
            generated_by="schedule",
            schedule_id=schedule.id,
            due_at=schedule.next_run_at,
        )
        if is_new:
            asked.append(report_id)
        store.advance(connection, schedule, next_after(schedule, moment))
    return asked, len(due) == BATCH


def find_stranded(connection: Rows) -> list[UUID]:
    """Reports whose job has to be sent again, to be made or told of; the next tick leaves them alone for a while."""
    unmade = store.take_stranded(connection, STRANDED_SECONDS, BATCH)
    return unmade + store.take_untold(connection, STRANDED_SECONDS, BATCH)


def delete_leftovers(connection: Rows) -> tuple[int, bool]:
    """Deletes files whose report is gone: with its scenario, its user, or when its time had come.

    Args:
        connection: in a transaction of its own, which forgets them only if S3 did, too.

    Returns:
        How many, and whether there may be more.

    Raises:
        UnavailableError: S3 can't be asked now, or refused one of them.
    """
    paths = store.take_leftovers(connection, LEFTOVERS)
    if paths:
        files.delete_all(paths)
    return len(paths), len(paths) == LEFTOVERS
