"""The SQL of schedules."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row, scalar_row

from functions.schedules.models import NewSchedule, Schedule, ScheduleFilter
from shared.mockupaws.db import Rows

_FIELDS = [name for name in Schedule.model_fields if name != "scenario_name"]
_COLUMNS = sql.SQL("{}, s.name AS scenario_name").format(
    sql.SQL(", ").join(sql.SQL("r.{}").format(sql.Identifier(name)) for name in _FIELDS)
)
_ONE = sql.SQL("""
    SELECT {} FROM report_schedules r JOIN scenarios s ON s.id = r.scenario_id
     WHERE r.id = %(id)s AND (%(owner)s::uuid IS NULL OR r.user_id = %(owner)s)
""").format(_COLUMNS)


def insert(
    connection: Rows, schedule_id: UUID, user_id: UUID, new: NewSchedule, next_run_at: datetime | None
) -> Schedule:
    """Stores a schedule."""
    connection.execute(
        """
        INSERT INTO report_schedules (id, user_id, scenario_id, name, frequency, day_of_week, day_of_month, hour,
                                      minute, timezone, format, include_logs, sections, email_to, is_active, language,
                                      paper, next_run_at)
        VALUES (%(id)s, %(user_id)s, %(scenario_id)s, %(name)s, %(frequency)s, %(day_of_week)s, %(day_of_month)s,
                %(hour)s, %(minute)s, %(timezone)s, %(format)s, %(include_logs)s, %(sections)s, %(email_to)s,
                %(is_active)s, %(language)s, %(paper)s, %(next_run_at)s)
        """,
        {**dict(new), "id": schedule_id, "user_id": user_id, "next_run_at": next_run_at},
    )
    return _certain(find(connection, schedule_id, None))


def find(connection: Rows, schedule_id: UUID, owner: UUID | None) -> Schedule | None:
    """A schedule that its owner may see; None as the owner is whoever sees all."""
    with connection.cursor(row_factory=class_row(Schedule)) as cursor:
        return cursor.execute(_ONE, {"id": schedule_id, "owner": owner}).fetchone()


def lock(connection: Rows, schedule_id: UUID, owner: UUID | None) -> Schedule | None:
    """The same, which no tick runs and nobody else changes until the transaction ends."""
    with connection.cursor(row_factory=class_row(Schedule)) as cursor:
        return cursor.execute(_ONE + sql.SQL("FOR UPDATE OF r"), {"id": schedule_id, "owner": owner}).fetchone()


def keep(connection: Rows, schedule_id: UUID, owner: UUID | None) -> Schedule | None:
    """The same, which nobody deletes until the transaction ends: a row is to refer to it."""
    # First its scenario, as whoever deletes that does: the other way round the two would wait for each other.
    connection.execute(
        """
        SELECT FROM scenarios WHERE id = (SELECT scenario_id FROM report_schedules WHERE id = %s) FOR KEY SHARE
        """,
        (schedule_id,),
    )
    with connection.cursor(row_factory=class_row(Schedule)) as cursor:
        return cursor.execute(_ONE + sql.SQL("FOR KEY SHARE OF r"), {"id": schedule_id, "owner": owner}).fetchone()


def page(connection: Rows, owner: UUID | None, wanted: ScheduleFilter) -> tuple[list[Schedule], int]:
    """One page of schedules, the newest first, and how many there are in all.

    Args:
        connection: is only read from.
        owner: whose; None for everybody's.
        wanted: which, and how many.
    """
    matching = sql.SQL("""
        FROM report_schedules r JOIN scenarios s ON s.id = r.scenario_id
        WHERE (%(owner)s::uuid IS NULL OR r.user_id = %(owner)s)
          AND (%(scenario_id)s::uuid IS NULL OR r.scenario_id = %(scenario_id)s)
          AND (%(is_active)s::boolean IS NULL OR r.is_active = %(is_active)s)
    """)
    values = {
        "owner": owner,
        "scenario_id": wanted.scenario_id,
        "is_active": wanted.is_active,
        "limit": wanted.page_size,
        "offset": (wanted.page - 1) * wanted.page_size,
    }
    with connection.cursor(row_factory=scalar_row) as cursor:
        cursor.execute(sql.SQL("SELECT count(*) {}").format(matching), values)
        total: int = cursor.fetchone() or 0
    with connection.cursor(row_factory=class_row(Schedule)) as cursor:
        cursor.execute(
            sql.SQL("SELECT {} {} ORDER BY r.id DESC LIMIT %(limit)s OFFSET %(offset)s").format(_COLUMNS, matching),
            values,
        )
        return cursor.fetchall(), total


def update(connection: Rows, schedule_id: UUID, fields: Mapping[str, Any]) -> Schedule:
    """Sets fields of a schedule that is locked, at least one."""
    assignments = sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in fields
    )
    statement = sql.SQL("UPDATE report_schedules SET {} WHERE id = %(id)s").format(assignments)
    connection.execute(statement, {**fields, "id": schedule_id})
    return _certain(find(connection, schedule_id, None))


def delete(connection: Rows, schedule_id: UUID) -> None:
    """Deletes a schedule. The reports that it asked for stay."""
    connection.execute("DELETE FROM report_schedules WHERE id = %s", (schedule_id,))


def _certain(schedule: Schedule | None) -> Schedule:
    assert schedule is not None, "what was inserted or is locked is there"  # noqa: S101 (a fact, not a check)
    return schedule
