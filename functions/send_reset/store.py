"""The SQL of reset links."""

from datetime import timedelta
from uuid import UUID

from psycopg.rows import scalar_row

from shared.mockupaws.db import Rows


def lock_active_user(connection: Rows, email: str) -> UUID | None:
    """The active user with this email, whose links stay as they are until the transaction ends."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        return cursor.execute(
            "SELECT id FROM users WHERE lower(email) = %s AND is_active FOR NO KEY UPDATE", (email,)
        ).fetchone()


def count_live_links(connection: Rows, user_id: UUID) -> int:
    """How many of the user's links still hold."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        found = cursor.execute(
            "SELECT count(*) FROM password_reset_tokens WHERE user_id = %s AND used_at IS NULL AND expires_at > now()",
            (user_id,),
        )
        return found.fetchone() or 0


def add_link(connection: Rows, *, token_id: UUID, user_id: UUID, token_hash: bytes, ttl: timedelta) -> None:
    """Keeps a new link's hash."""
    connection.execute(
        "INSERT INTO password_reset_tokens (id, user_id, token_hash, expires_at) VALUES (%s, %s, %s, now() + %s)",
        (token_id, user_id, token_hash, ttl),
    )


def delete_link(connection: Rows, token_id: UUID) -> None:
    """Takes back a link that reached nobody."""
    connection.execute("DELETE FROM password_reset_tokens WHERE id = %s", (token_id,))
