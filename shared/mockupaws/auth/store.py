"""Admission's one statement, and what more than one program does to users."""

from typing import NamedTuple
from uuid import UUID

from psycopg.rows import class_row

from shared.mockupaws.auth.access import Role
from shared.mockupaws.auth.users import User
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


def add_user(
    connection: Rows, *, user_id: UUID, email: str, password_hash: str, full_name: str, role: Role
) -> User | None:
    """A new user, or None where the email is taken."""
    with connection.cursor(row_factory=class_row(User)) as cursor:
        return cursor.execute(
            """
            INSERT INTO users (id, email, password_hash, full_name, role) VALUES (%s, %s, %s, %s, %s)
            ON CONFLICT (lower(email)) DO NOTHING
            RETURNING id, email, full_name, role, is_active, created_at, updated_at, last_login
            """,
            (user_id, email, password_hash, full_name, role),
        ).fetchone()


def end_sessions(connection: Rows, user_id: UUID) -> None:
    """Revokes every refresh token of a user, whose row the caller has locked: see `lock_user`."""
    connection.execute(
        "UPDATE refresh_tokens SET revoked_at = now() WHERE user_id = %s AND revoked_at IS NULL", (user_id,)
    )
