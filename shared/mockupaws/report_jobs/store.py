"""The SQL of reports to be made."""

from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from shared.mockupaws.contracts.reports import ReportFormat, ReportOptions
from shared.mockupaws.db import Rows


def add(
    connection: Rows,
    *,
    report_id: UUID,
    scenario_id: UUID,
    format_: ReportFormat,
    options: ReportOptions,
    generated_by: str,
    schedule_id: UUID | None = None,
    due_at: datetime | None = None,
) -> bool:
    """Stores a report to be made, its scenario's owner's.

    Args:
        connection: in a transaction after which the job is sent.
        report_id: the new report's.
        scenario_id: what it is about.
        format_: what file it becomes.
        options: what it shows.
        generated_by: the id of the user or API key that asked, or `schedule`.
        schedule_id: the schedule that asked.
        due_at: when it was to.

    Returns:
        Whether it is new: a schedule's report of one time is made once, and a deleted scenario's isn't made.
    """
    inserted = connection.execute(
        """
        INSERT INTO reports (id, scenario_id, user_id, schedule_id, due_at, format, options, generated_by)
        SELECT %(id)s, s.id, s.user_id, %(schedule_id)s, %(due_at)s, %(format)s, %(options)s, %(generated_by)s
          FROM scenarios s WHERE s.id = %(scenario_id)s
           FOR KEY SHARE
        ON CONFLICT (schedule_id, due_at) WHERE schedule_id IS NOT NULL DO NOTHING
        """,
        {
            "id": report_id,
            "scenario_id": scenario_id,
            "schedule_id": schedule_id,
            "due_at": due_at,
            "format": format_,
            "options": Jsonb(options.model_dump(mode="json")),
            "generated_by": generated_by,
        },
    )
    return inserted.rowcount == 1
