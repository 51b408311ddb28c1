"""The SQL of scenarios and of what is read of their logs.

A filter that isn't given is NULL, and `%(x)s IS NULL OR …` is gone before the statement is planned: parameters are
constants to the planner, since nothing is prepared.
"""

from collections.abc import Mapping
from typing import Any, LiteralString
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row, scalar_row
from psycopg.types.json import Jsonb
from pydantic import BaseModel

from functions.scenarios.cursor import Position
from functions.scenarios.models import (
    ListedScenario,
    Log,
    LogFilter,
    NewScenario,
    Rejected,
    Scenario,
    ScenarioFilter,
    Sort,
    Status,
)
from shared.mockupaws.db import Rows

# A page of logs looks at no more rows than this, whatever it is asked to find.
SCANNED_ROWS = 10_000

_OWNER = sql.SQL("(SELECT email FROM users WHERE users.id = user_id) AS owner_email")
_COLUMNS = sql.SQL(", ").join(
    _OWNER if name == "owner_email" else sql.Identifier(name) for name in Scenario.model_fields
)

_ORDER: Mapping[Sort, LiteralString] = {
    "-created_at": "created_at DESC, id DESC",
    "created_at": "created_at, id",
    "-updated_at": "updated_at DESC, id DESC",
    "updated_at": "updated_at, id",
    "-total_cost_estimate": "total_cost_estimate DESC, id DESC",
    "total_cost_estimate": "total_cost_estimate, id",
    "-total_requests": "total_requests DESC, id DESC",
    "total_requests": "total_requests, id",
    "-name": "lower(name) DESC, id DESC",
    "name": "lower(name), id",
}


def insert(connection: Rows, scenario_id: UUID, user_id: UUID, new: NewScenario) -> Scenario:
    """Stores a draft."""
    statement = """
        INSERT INTO scenarios (id, user_id, name, description, tags, region, tier, pipeline, pii, log_groups,
                               budget_usd)
        VALUES (%(id)s, %(user_id)s, %(name)s, %(description)s, %(tags)s, %(region)s, %(tier)s, %(pipeline)s, %(pii)s,
                %(log_groups)s, %(budget_usd)s)
        RETURNING {}
    """
    return _one(connection, statement, {"id": scenario_id, "user_id": user_id, **_stored(dict(new))})


def find(connection: Rows, scenario_id: UUID) -> Scenario | None:
    """A scenario as it is."""
    return _maybe(connection, "SELECT {} FROM scenarios WHERE id = %(id)s", {"id": scenario_id})


def lock(connection: Rows, scenario_id: UUID) -> Scenario | None:
    """A scenario that nobody else changes until the transaction ends."""
    return _maybe(connection, "SELECT {} FROM scenarios WHERE id = %(id)s FOR UPDATE", {"id": scenario_id})


def page(connection: Rows, owner: UUID | None, wanted: ScenarioFilter) -> tuple[list[ListedScenario], int]:
    """One page of the scenarios that match, and how many match in all.

    Args:
        connection: is only read from.
        owner: whose; None for everybody's.
        wanted: which, how many, in what order.
    """
    matching = sql.SQL("""
        FROM scenarios
        WHERE (%(owner)s::uuid IS NULL OR user_id = %(owner)s)
          AND (%(status)s::text IS NULL OR status = %(status)s)
          AND (%(region)s::text IS NULL OR region = %(region)s)
          AND (%(tag)s::text IS NULL OR tags @> ARRAY[%(tag)s::text])
          AND (%(q)s::text IS NULL OR name ILIKE %(q)s OR description ILIKE %(q)s)
    """)
    values = wanted.model_dump(include={"status", "region", "tag"}) | {"owner": owner, "q": _containing(wanted.q)}
    with connection.cursor(row_factory=scalar_row) as cursor:
        cursor.execute(sql.SQL("SELECT count(*) {}").format(matching), values)
        total: int = cursor.fetchone() or 0
    statement = """
        WITH page AS (SELECT * {matching} ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s)
        SELECT {columns}, last_log_at, trend
        FROM page
        LEFT JOIN LATERAL (
            SELECT timestamp AS last_log_at FROM scenario_metrics
            WHERE scenario_id = page.id AND bucket_seconds = 60 AND metric_type = 'sqs' AND metric_name = 'logs'
            ORDER BY timestamp DESC LIMIT 1
        ) AS newest ON true
        CROSS JOIN LATERAL (
            SELECT coalesce(json_agg(json_build_object('timestamp', timestamp, 'logs', value) ORDER BY timestamp), '[]')
                   AS trend
            FROM scenario_metrics
            WHERE scenario_id = page.id AND bucket_seconds = 3600 AND metric_type = 'sqs' AND metric_name = 'logs'
              AND timestamp > last_log_at - interval '24 hours'
        ) AS recent
        ORDER BY {order}
    """
    with connection.cursor(row_factory=class_row(ListedScenario)) as cursor:
        cursor.execute(
            sql.SQL(statement).format(matching=matching, columns=_COLUMNS, order=sql.SQL(_ORDER[wanted.sort])),
            values | {"limit": wanted.page_size, "offset": (wanted.page - 1) * wanted.page_size},
        )
        return cursor.fetchall(), total


def update(connection: Rows, scenario_id: UUID, fields: Mapping[str, Any]) -> Scenario:
    """Sets fields of a scenario that is locked.

    Args:
        connection: in the transaction that holds the lock.
        scenario_id: which.
        fields: new values by the names of Scenario's fields, at least one.
    """
    assignments = sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in fields
    )
    with connection.cursor(row_factory=class_row(Scenario)) as cursor:
        cursor.execute(
            sql.SQL("UPDATE scenarios SET {}, updated_at = now() WHERE id = %(id)s RETURNING {}").format(
                assignments, _COLUMNS
            ),
            {"id": scenario_id, **_stored(fields)},
        )
        return _certain(cursor.fetchone())


def begin_run(connection: Rows, scenario_id: UUID) -> Scenario:
    """Sets a locked scenario running, and opens the run.

    The clock is read now, not when the transaction began: the stop that this one may have waited for comes first.
    """
    statement = """
        WITH started AS (
            UPDATE scenarios
               SET status = 'running', started_at = clock_timestamp(), completed_at = NULL, updated_at = now()
             WHERE id = %(id)s
            RETURNING *
        ), run AS (
            INSERT INTO scenario_runs (scenario_id, started_at) SELECT id, started_at FROM started
        )
        SELECT {} FROM started
    """
    return _one(connection, statement, {"id": scenario_id})


def end_run(connection: Rows, scenario_id: UUID) -> Scenario:
    """Sets a locked scenario completed, and closes its run."""
    statement = """
        WITH stopped AS (
            UPDATE scenarios SET status = 'completed', completed_at = clock_timestamp(), updated_at = now()
             WHERE id = %(id)s
            RETURNING *
        ), run AS (
            UPDATE scenario_runs r SET stopped_at = s.completed_at FROM stopped s
             WHERE r.scenario_id = s.id AND r.stopped_at IS NULL
        )
        SELECT {} FROM stopped
    """
    return _one(connection, statement, {"id": scenario_id})


def set_status(connection: Rows, scenario_id: UUID, status: Status) -> Scenario:
    """Sets the status of a locked scenario that doesn't run."""
    return update(connection, scenario_id, {"status": status})


def delete(connection: Rows, scenario_id: UUID) -> None:
    """Deletes a scenario and all that refers to it, which its logs don't."""
    connection.execute("DELETE FROM scenarios WHERE id = %s", (scenario_id,))


def has_more_logs_than(connection: Rows, scenario_id: UUID, count: int) -> bool:
    """Whether a scenario has more than so many logs, of which no more are counted."""
    statement = "SELECT 1 FROM scenario_logs WHERE scenario_id = %s ORDER BY received_at, id OFFSET %s LIMIT 1"
    return connection.execute(statement, (scenario_id, count)).fetchone() is not None


def delete_logs(connection: Rows, scenario_id: UUID) -> None:
    """Deletes all of a scenario's logs."""
    connection.execute("DELETE FROM scenario_logs WHERE scenario_id = %s", (scenario_id,))


def leave_to_purge(connection: Rows, scenario_id: UUID) -> None:
    """Leaves the logs of a deleted scenario to the daily purge."""
    connection.execute("INSERT INTO scenario_purges (scenario_id) VALUES (%s)", (scenario_id,))


def logs(
    connection: Rows, scenario_id: UUID, wanted: LogFilter, after: Position | None
) -> tuple[list[Log], Position | None]:
    """One page of logs, newest first, and where the next one begins; None at the end.

    What no index serves (`source`, `q`, logs without PII) is looked for in SCANNED_ROWS rows and no more, so a page
    may hold few matches, or none, and still not be the last.

    Args:
        connection: is only read from.
        scenario_id: whose.
        wanted: which, and how many.
        after: where the page before ended.
    """
    within = sql.SQL("""
        FROM scenario_logs
        WHERE scenario_id = %(scenario_id)s
          AND (%(from)s::timestamptz IS NULL OR received_at >= %(from)s)
          AND (%(to)s::timestamptz IS NULL OR received_at < %(to)s)
          AND (%(after)s::timestamptz IS NULL
               OR received_at <= %(after)s AND (received_at, id) < (%(after)s, %(after_id)s::uuid))
          AND (NOT %(only_pii)s OR has_pii)
    """)
    values = {
        "scenario_id": scenario_id,
        "from": wanted.from_,
        "to": wanted.to,
        "after": after and after.received_at,
        "after_id": after and after.log_id,
        "only_pii": wanted.has_pii is True,
        "no_pii": wanted.has_pii is False,
        "source": wanted.source,
        "q": _containing(wanted.q),
        "scanned": SCANNED_ROWS,
        "one_more": wanted.limit + 1,
    }
    floor = None
    if wanted.has_pii is False or wanted.source is not None or wanted.q is not None:
        # Where to stop is settled first: a log that arrives between the two statements is then on no page twice.
        with connection.cursor(row_factory=class_row(Position)) as cursor:
            statement = "SELECT received_at, id AS log_id {} ORDER BY 1 DESC, 2 DESC OFFSET %(scanned)s - 1 LIMIT 1"
            floor = cursor.execute(sql.SQL(statement).format(within), values).fetchone()
    values |= {"floor": floor and floor.received_at, "floor_id": floor and floor.log_id}
    statement = """
        SELECT id, received_at, source, level, encode(message_hash, 'hex') AS message_hash, message_preview,
               is_duplicate, size_bytes, token_count, sqs_blocks, has_pii, pii_types
        {}
          AND (%(floor)s::timestamptz IS NULL
               OR received_at >= %(floor)s AND (received_at, id) >= (%(floor)s, %(floor_id)s::uuid))
          AND (NOT %(no_pii)s OR NOT has_pii)
          AND (%(source)s::text IS NULL OR source = %(source)s)
          AND (%(q)s::text IS NULL OR message_preview ILIKE %(q)s)
        ORDER BY received_at DESC, id DESC LIMIT %(one_more)s
    """
    with connection.cursor(row_factory=class_row(Log)) as cursor:
        found = cursor.execute(sql.SQL(statement).format(within), values).fetchall()
    if len(found) <= wanted.limit:
        return found, floor
    last = found[wanted.limit - 1]
    return found[: wanted.limit], Position(last.received_at, last.id)


def rejected(connection: Rows, scenario_id: UUID, limit: int, offset: int) -> tuple[list[Rejected], int]:
    """One page of the logs that couldn't be taken, newest first, and how many there are in all."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        cursor.execute("SELECT count(*) FROM ingest_rejects WHERE scenario_id = %s", (scenario_id,))
        total: int = cursor.fetchone() or 0
    with connection.cursor(row_factory=class_row(Rejected)) as cursor:
        cursor.execute(
            """
            SELECT id, received_at, position AS index, error, sample FROM ingest_rejects
             WHERE scenario_id = %s ORDER BY id DESC LIMIT %s OFFSET %s
            """,
            (scenario_id, limit, offset),
        )
        return cursor.fetchall(), total


def _one(connection: Rows, statement: LiteralString, values: Mapping[str, Any]) -> Scenario:
    return _certain(_maybe(connection, statement, values))


def _maybe(connection: Rows, statement: LiteralString, values: Mapping[str, Any]) -> Scenario | None:
    with connection.cursor(row_factory=class_row(Scenario)) as cursor:
        return cursor.execute(sql.SQL(statement).format(_COLUMNS), values).fetchone()


def _certain(scenario: Scenario | None) -> Scenario:
    assert scenario is not None, "what was inserted or is locked is there"  # noqa: S101 (a fact, not a check)
    return scenario


def _stored(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Values as their columns take them: what has fields of its own is JSON, as it leaves the API."""
    return {
        name: Jsonb(value.model_dump(mode="json")) if isinstance(value, BaseModel) else value
        for name, value in fields.items()
    }


def _containing(text: str | None) -> str | None:
    """The pattern of whatever contains the text, in which nothing of it is a wildcard."""
    if text is None:
        return None
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
