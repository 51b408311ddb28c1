"""The SQL of making a report: claiming its job, reading its logs, and saying how it went."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from functions.render_report.cells import CALLS, PARTED, PARTS, PARTS_OF_CALLS, RUNS
from functions.render_report.models import Job, Mailing, Previous, Unclaimed
from shared.mockupaws.db import Rows

SAFE = {"runs": RUNS, "calls": CALLS, "parts": PARTS, "parts_of_calls": PARTS_OF_CALLS, "parted": PARTED}


def claim(connection: Rows, report_id: UUID, seconds: int) -> Job | Unclaimed:
    """Takes a job for a while. Of two workers that ask at once, one gets it.

    Args:
        connection: commits before the work begins.
        report_id: which.
        seconds: for how long; after that its worker is taken for dead.
    """
    with connection.cursor(row_factory=class_row(Job)) as cursor:
        job = cursor.execute(
            """
            UPDATE reports
               SET status = 'processing', attempts = attempts + 1, claimed_until = now() + make_interval(secs => %s)
             WHERE id = %s AND (status = 'pending' OR status = 'processing' AND claimed_until < now())
            RETURNING id, scenario_id, user_id, format, options, attempts
            """,
            (seconds, report_id),
        ).fetchone()
    if job is not None:
        return job
    found = connection.execute("SELECT status FROM reports WHERE id = %s", (report_id,)).fetchone()
    return Unclaimed(found[0] if found else "gone")


def complete(connection: Rows, job: Job, *, file_path: str, size: int, metadata: dict[str, Any]) -> bool:
    """Says where the file is.

    Returns:
        Whether the job still was this worker's: neither deleted nor given to another meanwhile.
    """
    done = connection.execute(
        """
        UPDATE reports
           SET status = 'completed', file_path = %s, file_size_bytes = %s, metadata = %s, generated_at = now(),
               error = NULL, claimed_until = NULL
         WHERE id = %s AND status = 'processing' AND attempts = %s
        """,
        (file_path, size, Jsonb(metadata), job.id, job.attempts),
    )
    if done.rowcount == 0:
        return False
    connection.execute(
        "UPDATE report_schedules s SET last_error = NULL FROM reports r WHERE r.id = %s AND s.id = r.schedule_id",
        (job.id,),
    )
    return True


def exists(connection: Rows, report_id: UUID) -> bool:
    """Whether a report wasn't deleted."""
    return connection.execute("SELECT FROM reports WHERE id = %s", (report_id,)).fetchone() is not None


def fail(connection: Rows, job: Job, error: str, *, for_good: bool) -> None:
    """Says what went wrong, on the report, and on its schedule once that is for good.

    Args:
        connection: in a transaction.
        job: this worker's.
        error: for people.
        for_good: whether it is not to be tried again.
    """
    connection.execute(
        """
        WITH failed AS (
            UPDATE reports SET status = %(status)s, error = %(error)s, claimed_until = NULL
             WHERE id = %(id)s AND status = 'processing' AND attempts = %(attempts)s
            RETURNING schedule_id
        )
        UPDATE report_schedules s SET last_error = %(error)s FROM failed
         WHERE s.id = failed.schedule_id AND %(for_good)s
        """,
        {
            "id": job.id,
            "attempts": job.attempts,
            "error": error,
            "status": "failed" if for_good else "pending",
            "for_good": for_good,
        },
    )


def previous(connection: Rows, job: Job) -> Previous | None:
    """What the scenario's last report said, where it said something of the month."""
    with connection.cursor(row_factory=class_row(Previous)) as cursor:
        return cursor.execute(
            """
            SELECT generated_at, (metadata ->> 'expected_usd')::numeric AS expected_usd FROM reports
             WHERE scenario_id = %s AND id <> %s AND status = 'completed' AND metadata ->> 'expected_usd' IS NOT NULL
             ORDER BY generated_at DESC LIMIT 1
            """,
            (job.scenario_id, job.id),
        ).fetchone()


def copy_logs(connection: Rows, scenario_id: UUID, since: datetime | None, until: datetime | None) -> Iterator[bytes]:
    """A scenario's logs as CSV, the oldest first, with a header: written by the server, passed on in pieces.

    What a spreadsheet would run is neutralised as cells.safe does it.

    Args:
        connection: in the transaction that reads the figures, so that both agree.
        scenario_id: whose.
        since: received at or after; None for all.
        until: received before; None for all.
    """
    with (
        connection.cursor() as cursor,
        cursor.copy(
            sql.SQL("""
            COPY (
                SELECT id, to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS received_at,
                       {source} AS source,
                       level, encode(message_hash, 'hex') AS message_hash,
                       {preview} AS message_preview,
                       is_duplicate, size_bytes, token_count, sqs_blocks, has_pii,
                       array_to_string(pii_types, ' ') AS pii_types
                  FROM scenario_logs
                 WHERE scenario_id = %(scenario)s
                   AND (%(since)s::timestamptz IS NULL OR received_at >= %(since)s)
                   AND (%(until)s::timestamptz IS NULL OR received_at < %(until)s)
                 ORDER BY received_at, scenario_logs.id
            ) TO STDOUT (FORMAT csv, HEADER, ENCODING 'UTF8')
            """).format(source=safe_cell("source"), preview=safe_cell("message_preview")),
            {**SAFE, "scenario": scenario_id, "since": since, "until": until},
        ) as copy,
    ):
        for piece in copy:
            yield bytes(piece)


def safe_cell(column: str) -> sql.Composed:
    """A column of somebody's text as a cell: cells.safe, in SQL, with the values of SAFE."""
    return sql.SQL(
        "CASE WHEN {column} ~ %(runs)s THEN '''' ELSE '' END || regexp_replace({column},"
        " CASE WHEN {column} ~ %(calls)s THEN %(parts_of_calls)s ELSE %(parts)s END, %(parted)s, 'g')"
    ).format(column=sql.Identifier(column))


def begin_mail(connection: Rows, report_id: UUID) -> Mailing | None:
    """Takes it on to tell a schedule's recipients of a completed report; None if there is nothing to tell.

    Args:
        connection: commits before the mail is sent, so that nobody else sends it, not even after a crash.
        report_id: which.
    """
    with connection.cursor(row_factory=class_row(Mailing)) as cursor:
        return cursor.execute(
            """
            UPDATE reports r SET mail_begun_at = now()
              FROM report_schedules s, scenarios c
             WHERE r.id = %s AND s.id = r.schedule_id AND c.id = r.scenario_id
               AND r.status = 'completed' AND r.mail_begun_at IS NULL AND s.email_to <> '{}'
            RETURNING r.id, r.scenario_id, c.name AS scenario_name, s.name AS schedule_name, r.format, r.options,
                      r.file_path, r.generated_at, r.metadata, s.email_to
            """,
            (report_id,),
        ).fetchone()


def mailed(connection: Rows, report_id: UUID) -> None:
    """Says that the recipients know."""
    connection.execute(
        """
        WITH told AS (UPDATE reports SET mailed_at = now() WHERE id = %s RETURNING schedule_id)
        UPDATE report_schedules s SET last_error = NULL FROM told WHERE s.id = told.schedule_id
        """,
        (report_id,),
    )


def mail_refused(connection: Rows, report_id: UUID, error: str) -> None:
    """Says on the schedule that its recipients couldn't be told; they may be, later."""
    connection.execute(
        """
        WITH refused AS (UPDATE reports SET mail_begun_at = NULL WHERE id = %s RETURNING schedule_id)
        UPDATE report_schedules s SET last_error = %s FROM refused WHERE s.id = refused.schedule_id
        """,
        (report_id, error),
    )


def mail_in_doubt(connection: Rows, report_id: UUID, seconds: int, error: str) -> None:
    """Says on the schedule that a mail may not have been sent, if that was begun some time ago and never told of."""
    connection.execute(
        """
        UPDATE report_schedules s SET last_error = %s
          FROM reports r
         WHERE r.id = %s AND s.id = r.schedule_id
           AND r.mailed_at IS NULL AND r.mail_begun_at <= now() - make_interval(secs => %s)
        """,
        (error, report_id, seconds),
    )
