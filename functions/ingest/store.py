"""Admission and idempotency: the door's two statements."""

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import class_row

from shared.mockupaws.auth.admission import Credential
from shared.mockupaws.auth.limits import Limit
from shared.mockupaws.auth.store import Admission
from shared.mockupaws.db import Rows


class DoorScenario(NamedTuple):
    """The scenario that logs are sent to.

    Attributes:
        id: the scenario.
        status: whether it takes any.
        region: where its pipeline would run.
        pipeline: its design, as JSON text.
        mask_ip: whether it counts and masks IP addresses as personal data.
    """

    id: UUID
    status: str
    region: str
    pipeline: str
    mask_ip: bool


def admit(
    connection: Rows, credential: Credential, *, limit: Limit, address: str, scenario_id: UUID | None
) -> tuple[Admission, DoorScenario | None]:
    """Looks up credential and scenario and spends one request of the allowance, in one round trip.

    Returns:
        The admission, and the scenario where it is the caller's.
    """
    cursor = _cursor(connection)
    cursor.execute(
        """
        SELECT user_id, role, key_id, key_hash, scopes, allowed, remaining, reset_seconds,
               scenario_id, status, region, pipeline, mask_ip
        FROM admit_to_scenario(%s, %s, %s, %s, %s, %s, %s)
        """,
        (
            limit.name,
            limit.per_minute,
            address,
            credential.user_id,
            credential.key.prefix if credential.key else None,
            credential.key.digest if credential.key else None,
            scenario_id,
        ),
    )
    row = cursor.fetchone()
    assert row is not None, "it always answers"  # noqa: S101
    return Admission(*row[:8]), DoorScenario(*row[8:]) if row[8] is not None else None


@lru_cache(maxsize=1)
def _cursor(connection: Rows) -> Cursor[tuple[Any, ...]]:
    """A connection's cursor for admission: it knows from the last request how each type travels."""
    return connection.cursor()


class RememberedRequest(NamedTuple):
    """What an idempotency key stands for.

    Attributes:
        body_hash: SHA-256 of the body that first came with it.
        batch_id: the batch that its logs are.
        first_log_id: the id of the first of them.
        received_at: when it first came, UTC.
    """

    body_hash: bytes
    batch_id: UUID
    first_log_id: UUID
    received_at: datetime


def remember_request(connection: Rows, scenario_id: UUID, key: str, request: RememberedRequest) -> RememberedRequest:
    """Ties the key to the request, or says what it was tied to before."""
    with connection.cursor(row_factory=class_row(RememberedRequest)) as cursor:
        row = cursor.execute(
            """
            INSERT INTO ingest_requests AS r
                (scenario_id, idempotency_key, body_hash, batch_id, first_log_id, received_at)
            VALUES (%s, %s, %s, %s, %s, %s)
            -- Changes nothing, but returns the row that is there.
            ON CONFLICT (scenario_id, idempotency_key) DO UPDATE SET idempotency_key = r.idempotency_key
            RETURNING body_hash, batch_id, first_log_id, received_at
            """,
            (scenario_id, key, request.body_hash, request.batch_id, request.first_log_id, request.received_at),
        ).fetchone()
    assert row is not None, "an upsert returns its row"  # noqa: S101
    return row
