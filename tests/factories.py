"""One builder per table: each stores a row that is valid as it is, with the columns that a test cares about on top.

    mine = factories.user(connection)
    running = factories.scenario(connection, user_id=mine["id"], status="running")

A row that needs a parent makes one where none is named. What is returned is the row as PostgreSQL stored it.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any, LiteralString

from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from functions.migrate.store import add_prices
from shared.mockupaws.auth.access import SCOPES
from shared.mockupaws.auth.keys import generate_key, parse_key
from shared.mockupaws.contracts.traffic import size_class
from shared.mockupaws.costing.seed import seed_prices
from shared.mockupaws.db import Rows
from shared.mockupaws.ids import new_id

Row = dict[str, Any]
Columns = Any


def user(connection: Rows, **columns: Columns) -> Row:
    """An active `user` whose password nobody knows."""
    identifier = new_id()
    return _insert(
        connection,
        "users",
        {"id": identifier, "email": f"{identifier}@example.com", "password_hash": "!", "full_name": "Ada Lovelace"},
        columns,
    )


def refresh_token(connection: Rows, **columns: Columns) -> Row:
    """An unused refresh token, a family of its own, good for a week."""
    identifier = new_id()
    return _insert(
        connection,
        "refresh_tokens",
        {
            "id": identifier,
            "user_id": columns.get("user_id") or user(connection)["id"],
            "family_id": new_id(),
            "token_hash": sha256(identifier.bytes).digest(),
            "expires_at": _now() + timedelta(days=7),
        },
        columns,
    )


def password_reset_token(connection: Rows, **columns: Columns) -> Row:
    """An unused reset token, good for half an hour."""
    identifier = new_id()
    return _insert(
        connection,
        "password_reset_tokens",
        {
            "id": identifier,
            "user_id": columns.get("user_id") or user(connection)["id"],
            "token_hash": sha256(identifier.bytes).digest(),
            "expires_at": _now() + timedelta(minutes=30),
        },
        columns,
    )


def api_key(connection: Rows, **columns: Columns) -> Row:
    """An active key with every scope; the row, and under `key` the secret itself, as a client sends it."""
    text = generate_key()
    presented = parse_key(text)
    assert presented is not None
    row = _insert(
        connection,
        "api_keys",
        {
            "id": new_id(),
            "user_id": columns.get("user_id") or user(connection)["id"],
            "key_prefix": presented.prefix,
            "key_hash": presented.digest,
            "name": "a key",
            "scopes": list(SCOPES),
        },
        columns,
    )
    return {**row, "key": text}


def rate_limit(connection: Rows, **columns: Columns) -> Row:
    """A counter that was opened now."""
    return _insert(
        connection,
        "rate_limits",
        {"class": "general", "identity": str(new_id()), "window_started_at": _now(), "used": 1},
        columns,
    )


def scenario(connection: Rows, **columns: Columns) -> Row:
    """A draft in us-east-1 with the default pipeline; a run is not made by its status, see `scenario_run`."""
    return _insert(
        connection,
        "scenarios",
        {"id": new_id(), "user_id": columns.get("user_id") or user(connection)["id"], "name": "a scenario"},
        columns,
    )


def recorded_scenario(connection: Rows, **columns: Columns) -> Row:
    """A scenario that has recorded ten logs, whose total says another thing than they cost."""
    made = scenario(connection, **{"total_requests": 10, "total_cost_estimate": Decimal(7), **columns})
    scenario_traffic(connection, scenario_id=made["id"])
    scenario_arrival(connection, scenario_id=made["id"])
    return made


def scenario_run(connection: Rows, **columns: Columns) -> Row:
    """A run that began an hour ago and goes on."""
    return _insert(
        connection,
        "scenario_runs",
        {
            "scenario_id": columns.get("scenario_id") or scenario(connection)["id"],
            "started_at": _now() - timedelta(hours=1),
        },
        columns,
    )


def scenario_log(connection: Rows, **columns: Columns) -> Row:
    """A small log line without personal data, received now; its week's partition is made where it is missing."""
    identifier = new_id()
    received_at = columns.get("received_at") or _now()
    connection.execute("SELECT ensure_log_partitions(%(at)s, %(at)s + interval '1 second')", {"at": received_at})
    return _insert(
        connection,
        "scenario_logs",
        {
            "id": identifier,
            "scenario_id": columns.get("scenario_id") or scenario(connection)["id"],
            "received_at": received_at,
            "message_hash": sha256(identifier.bytes).digest(),
            "message_preview": "GET /health 200",
            "source": "web",
            "level": "info",
            "size_bytes": 15,
            "token_count": 5,
            "sqs_blocks": 1,
            "has_pii": False,
            "is_duplicate": False,
            "pii_types": [],
        },
        columns,
    )


def scenario_purge(connection: Rows, **columns: Columns) -> Row:
    """A deleted scenario whose logs are to be purged."""
    return _insert(connection, "scenario_purges", {"scenario_id": new_id()}, columns)


def scenario_metric(connection: Rows, **columns: Columns) -> Row:
    """One log in the minute that began last."""
    return _insert(
        connection,
        "scenario_metrics",
        {
            "scenario_id": columns.get("scenario_id") or scenario(connection)["id"],
            "bucket_seconds": 60,
            "timestamp": _now().replace(second=0, microsecond=0),
            "metric_type": "sqs",
            "metric_name": "logs",
            "value": Decimal(1),
            "unit": "count",
        },
        columns,
    )


def scenario_traffic(connection: Rows, **columns: Columns) -> Row:
    """Ten logs of 100 bytes and 25 tokens each."""
    return _insert(
        connection,
        "scenario_traffic",
        {
            "scenario_id": columns.get("scenario_id") or scenario(connection)["id"],
            "level": "info",
            "duplicate": False,
            "size_class": size_class(100),
            "logs": 10,
            "size_bytes": 1_000,
            "sqs_blocks": 10,
            "tokens": 250,
            "redacted_tokens": 250,
            "pii_logs": 0,
        },
        columns,
    )


def scenario_minute(connection: Rows, **columns: Columns) -> Row:
    """Ten logs in one second of the minute that began last."""
    return _insert(
        connection,
        "scenario_minutes",
        {
            "scenario_id": columns.get("scenario_id") or scenario(connection)["id"],
            "minute": _now().replace(second=0, microsecond=0),
            "logs": 10,
            "seconds": 1,
        },
        columns,
    )


def scenario_arrival(connection: Rows, **columns: Columns) -> Row:
    """One minute with ten logs in one second."""
    return _insert(
        connection,
        "scenario_arrivals",
        {
            "scenario_id": columns.get("scenario_id") or scenario(connection)["id"],
            "rate_class": size_class(10),
            "minutes": 1,
            "logs": 10,
            "active_seconds": 1,
        },
        columns,
    )


def ingest_batch(connection: Rows, **columns: Columns) -> Row:
    """The marker of a batch that was stored now."""
    return _insert(connection, "ingest_batches", {"batch_id": new_id(), "scenario_id": new_id()}, columns)


def ingest_attempt(connection: Rows, **columns: Columns) -> Row:
    """A queue message that is being tried alone, for the first time."""
    return _insert(connection, "ingest_attempts", {"message_id": str(new_id()), "unfinished": 1}, columns)


def ingest_request(connection: Rows, **columns: Columns) -> Row:
    """A request under an idempotency key, received now."""
    identifier = new_id()
    return _insert(
        connection,
        "ingest_requests",
        {
            "scenario_id": columns.get("scenario_id") or scenario(connection)["id"],
            "idempotency_key": str(identifier),
            "body_hash": sha256(identifier.bytes).digest(),
            "batch_id": new_id(),
            "first_log_id": new_id(),
            "received_at": _now(),
        },
        columns,
    )


def ingest_reject(connection: Rows, **columns: Columns) -> Row:
    """A log that couldn't be read, received now."""
    return _insert(
        connection,
        "ingest_rejects",
        {
            "id": new_id(),
            "scenario_id": columns.get("scenario_id") or scenario(connection)["id"],
            "received_at": _now(),
            "position": 3,
            "error": "the message is empty",
            "sample": '{"message": ""}',
        },
        columns,
    )


def aws_price(connection: Rows, **columns: Columns) -> Row:
    """SQS standard requests in us-east-1, at the first tier's price."""
    return _insert(
        connection,
        "aws_pricing",
        {
            "id": new_id(),
            "service": "sqs",
            "region": "us-east-1",
            "tier": "standard",
            "usage_type": "requests",
            "price_per_unit": Decimal("0.40"),
            "unit": "per_million_requests",
            "range_begin": Decimal(0),
            "range_end": Decimal(100_000_000_000),
            "effective_from": date(2026, 1, 1),
            "source_url": "https://aws.amazon.com/sqs/pricing/",
            "verified": True,
        },
        columns,
    )


def price_list(connection: Rows, *regions: str) -> None:
    """The prices that the product comes with, for some regions; us-east-1's if none is named."""
    with connection.transaction():
        add_prices(connection, [price for price in seed_prices() if price.region in (regions or ("us-east-1",))])


def report_schedule(connection: Rows, **columns: Columns) -> Row:
    """A PDF every day at six, UTC, due in an hour; the owner is the scenario's."""
    owner, scenario_id = _owned_scenario(connection, columns)
    return _insert(
        connection,
        "report_schedules",
        {
            "id": new_id(),
            "user_id": owner,
            "scenario_id": scenario_id,
            "name": "every morning",
            "frequency": "daily",
            "hour": 6,
            "minute": 0,
            "format": "pdf",
            "email_to": ["ada@example.com"],
            "next_run_at": _now() + timedelta(hours=1),
        },
        columns,
    )


def report(connection: Rows, **columns: Columns) -> Row:
    """A PDF that was asked for and not begun; the owner is the scenario's."""
    owner, scenario_id = _owned_scenario(connection, columns)
    return _insert(
        connection,
        "reports",
        {"id": new_id(), "user_id": owner, "scenario_id": scenario_id, "format": "pdf", "generated_by": str(owner)},
        columns,
    )


def report_leftover(connection: Rows, **columns: Columns) -> Row:
    """The file of a report that is gone."""
    return _insert(connection, "report_leftovers", {"file_path": f"{new_id()}/{new_id()}.pdf"}, columns)


def _owned_scenario(connection: Rows, columns: Row) -> tuple[Any, Any]:
    if scenario_id := columns.get("scenario_id"):
        found = connection.execute("SELECT user_id FROM scenarios WHERE id = %s", (scenario_id,)).fetchone()
        assert found is not None, "the scenario that the test names doesn't exist"
        return columns.get("user_id", found[0]), scenario_id
    made = scenario(connection, **({"user_id": columns["user_id"]} if "user_id" in columns else {}))
    return made["user_id"], made["id"]


def _now() -> datetime:
    return datetime.now(UTC)


def _insert(connection: Rows, table: LiteralString, defaults: Row, columns: Row) -> Row:
    values = {name: Jsonb(value) if isinstance(value, dict) else value for name, value in (defaults | columns).items()}
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING *").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, values)),
        sql.SQL(", ").join(map(sql.Placeholder, values)),
    )
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(statement, values).fetchone()
    assert row is not None
    return row
