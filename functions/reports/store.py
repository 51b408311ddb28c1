"""The SQL of reports as their owners see them."""

from uuid import UUID

from psycopg.rows import class_row, scalar_row

from functions.reports.models import Report, ReportFilter, Stored
from shared.mockupaws.db import Rows


def page(
    connection: Rows, owner: UUID | None, scenario_id: UUID | None, wanted: ReportFilter
) -> tuple[list[Report], int]:
    """One page of reports, the newest first, and how many there are in all.

    Args:
        connection: is only read from.
        owner: whose; None for everybody's.
        scenario_id: about which scenario; None for any.
        wanted: which, and how many.
    """
    values = {
        "owner": owner,
        "scenario_id": scenario_id,
        "status": wanted.status,
        "format": wanted.format,
        "limit": wanted.page_size,
        "offset": (wanted.page - 1) * wanted.page_size,
    }
    with connection.cursor(row_factory=scalar_row) as cursor:
        cursor.execute(
            """
            SELECT count(*) FROM reports
             WHERE (%(owner)s::uuid IS NULL OR user_id = %(owner)s)
               AND (%(scenario_id)s::uuid IS NULL OR scenario_id = %(scenario_id)s)
               AND (%(status)s::text IS NULL OR status = %(status)s)
               AND (%(format)s::text IS NULL OR format = %(format)s)
            """,
            values,
        )
        total: int = cursor.fetchone() or 0
    with connection.cursor(row_factory=class_row(Report)) as cursor:
        cursor.execute(
            """
            SELECT r.id, r.scenario_id, s.name AS scenario_name, r.schedule_id, r.due_at, r.format, r.status,
                   r.file_size_bytes, r.generated_at, r.generated_by, r.error, r.options, r.metadata, r.mailed_at,
                   r.created_at
              FROM reports r JOIN scenarios s ON s.id = r.scenario_id
             WHERE (%(owner)s::uuid IS NULL OR r.user_id = %(owner)s)
               AND (%(scenario_id)s::uuid IS NULL OR r.scenario_id = %(scenario_id)s)
               AND (%(status)s::text IS NULL OR r.status = %(status)s)
               AND (%(format)s::text IS NULL OR r.format = %(format)s)
             ORDER BY r.created_at DESC, r.id DESC LIMIT %(limit)s OFFSET %(offset)s
            """,
            values,
        )
        return cursor.fetchall(), total


def find(connection: Rows, report_id: UUID, owner: UUID | None) -> Stored | None:
    """A report that its owner may see.

    Args:
        connection: is only read from.
        report_id: which.
        owner: whose it must be; None for a caller who sees all.
    """
    with connection.cursor(row_factory=class_row(Stored)) as cursor:
        return cursor.execute(
            """
            SELECT r.id, s.name AS scenario_name, r.format, r.status, r.file_path, r.file_size_bytes, r.generated_at,
                   r.error, r.created_at
              FROM reports r JOIN scenarios s ON s.id = r.scenario_id
             WHERE r.id = %(id)s AND (%(owner)s::uuid IS NULL OR r.user_id = %(owner)s)
            """,
            {"id": report_id, "owner": owner},
        ).fetchone()


def delete(connection: Rows, report_id: UUID) -> None:
    """Deletes a report's row."""
    connection.execute("DELETE FROM reports WHERE id = %s", (report_id,))


def forget_file(connection: Rows, file_path: str) -> None:
    """Says that a deleted report's file is deleted, too."""
    connection.execute("DELETE FROM report_leftovers WHERE file_path = %s", (file_path,))
