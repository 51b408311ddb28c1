"""Admission's one statement."""

from typing import NamedTuple
from uuid import UUID

from psycopg.rows import class_row

from shared.mockupaws.auth.access import Role
from shared.mockupaws.db import Rows


class Admission(NamedTuple):
    """What the database says of a request: who it is, and whether the allowance still holds.

    Attributes:
        user_id: the active user, None where the credential names none.
        role: their role now.
        key_id: the key, if it came by one that holds.
        key_hash: that key's stored hash, for a comparison in constant time.
        scopes: that key's.
        allowed: whether the request is within the limit.
        remaining: requests left in the window.
        reset_seconds: until the window ends.
    """

    user_id: UUID | None
    role: Role | None
    key_id: UUID | None
    key_hash: bytes | None
    scopes: list[str] | None
    allowed: bool
    remaining: int
    reset_seconds: int


def admit(
    connection: Rows,
    *,
    limit_class: str,
    limit: int,
    address: str,
    user_id: UUID | None,
    key_prefix: str | None,
    key_hash: bytes | None,
) -> Admission:
    """Looks the credential up and spends one request of its identity's allowance (SQL function `admit`)."""
    with connection.cursor(row_factory=class_row(Admission)) as cursor:
        row = cursor.execute(
            "SELECT * FROM admit(%s, %s, %s, %s, %s, %s)",
            (limit_class, limit, address, user_id, key_prefix, key_hash),
        ).fetchone()
    assert row is not None, "admit returns a row whatever it is given"  # noqa: S101 (a function without SETOF)
    return row
