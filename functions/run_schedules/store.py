"""The SQL of the minute's tick."""

from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row, scalar_row

from functions.run_schedules.models import Due
from shared.mockupaws.db import Rows


def lock_due(connection: Rows, moment: datetime, at_most: int) -> list[Due]:
    """Schedules whose time has come, which no other tick has at the moment; those of disabled users wait.

    So do those whose scenario somebody has locked: who is deleting it will want its schedules, which are ours by then.
    """
    with connection.cursor(row_factory=class_row(Due)) as cursor:
        return cursor.execute(
            """
            SELECT s.id, s.scenario_id, s.frequency, s.day_of_week, s.day_of_month, s.hour, s.minute, s.timezone,
                   s.format, s.include_logs, s.sections, s.language, s.paper, s.next_run_at
              FROM report_schedules s JOIN users u ON u.id = s.user_id JOIN scenarios c ON c.id = s.scenario_id
             WHERE s.is_active AND s.next_run_at <= %s AND u.is_active
             ORDER BY s.next_run_at LIMIT %s
               FOR UPDATE OF s SKIP LOCKED
               FOR KEY SHARE OF c SKIP LOCKED
            """,
            (moment, at_most),
        ).fetchall()


def advance(connection: Rows, due: Due, next_run_at: datetime) -> None:
    """Says that a locked schedule ran, and when it is due next."""
    connection.execute(
        "UPDATE report_schedules SET last_run_at = %s, next_run_at = %s WHERE id = %s",
        (due.next_run_at, next_run_at, due.id),
    )


def take_stranded(connection: Rows, seconds: int, at_most: int) -> list[UUID]:
    """Reports that were queued long ago and that nobody is working on: their message was lost, or never sent."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        return cursor.execute(
            """
            UPDATE reports SET queued_at = now()
             WHERE id IN (
                SELECT id FROM reports
                 WHERE queued_at < now() - make_interval(secs => %s)
                   AND (status = 'pending' OR status = 'processing' AND claimed_until < now())
                 ORDER BY queued_at LIMIT %s
                   FOR UPDATE SKIP LOCKED)
            RETURNING id
            """,
            (seconds, at_most),
        ).fetchall()


def take_untold(connection: Rows, seconds: int, at_most: int) -> list[UUID]:
    """Reports of the last hour that were made, and whose mail nobody began: their worker died, or was refused."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        return cursor.execute(
            """
            UPDATE reports SET queued_at = now()
             WHERE id IN (
                SELECT r.id FROM reports r JOIN report_schedules s ON s.id = r.schedule_id
                 WHERE r.created_at > now() - interval '1 hour' AND r.queued_at < now() - make_interval(secs => %s)
                   AND r.status = 'completed' AND r.mail_begun_at IS NULL AND s.email_to <> '{}'
                 LIMIT %s
                   FOR UPDATE OF r SKIP LOCKED)
            RETURNING id
            """,
            (seconds, at_most),
        ).fetchall()


def take_leftovers(connection: Rows, at_most: int) -> list[str]:
    """Takes the files of reports that are gone off the list, those that have been there longest first."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        return cursor.execute(
            """
            DELETE FROM report_leftovers
             WHERE file_path IN (
                SELECT file_path FROM report_leftovers ORDER BY deleted_at LIMIT %s FOR UPDATE SKIP LOCKED)
            RETURNING file_path
            """,
            (at_most,),
        ).fetchall()
