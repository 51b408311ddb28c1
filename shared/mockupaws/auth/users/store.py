"""What more than one program does to users."""

from uuid import UUID

from psycopg.rows import class_row

from shared.mockupaws.auth.access import Role
from shared.mockupaws.auth.users.models import User
from shared.mockupaws.db import Rows


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
