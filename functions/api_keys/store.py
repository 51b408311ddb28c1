"""The SQL of the API keys domain."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row, scalar_row

from functions.api_keys.models import ApiKey
from shared.mockupaws.auth.keys import PresentedKey
from shared.mockupaws.db import Rows


def add_key(
    connection: Rows,
    *,
    key_id: UUID,
    user_id: UUID,
    presented: PresentedKey,
    name: str,
    scopes: Sequence[str],
    expires_at: datetime | None,
) -> ApiKey | None:
    """Keeps a new key's prefix and hash; None where another key has the prefix."""
    with connection.cursor(row_factory=class_row(ApiKey)) as cursor:
        return cursor.execute(
            """
            INSERT INTO api_keys (id, user_id, key_prefix, key_hash, name, scopes, expires_at)
            VALUES (%s, %s, %s, %s, %s, %s, %s)
            ON CONFLICT (key_prefix) DO NOTHING
            RETURNING id, name, key_prefix AS prefix, scopes, last_used_at, expires_at, is_active, created_at
            """,
            (key_id, user_id, presented.prefix, presented.digest, name, list(scopes), expires_at),
        ).fetchone()


def list_keys(connection: Rows, user_id: UUID, *, limit: int, offset: int) -> list[ApiKey]:
    """A user's keys, the newest first, revoked ones among them."""
    with connection.cursor(row_factory=class_row(ApiKey)) as cursor:
        return cursor.execute(
            """
            SELECT id, name, key_prefix AS prefix, scopes, last_used_at, expires_at, is_active, created_at
              FROM api_keys WHERE user_id = %s ORDER BY created_at DESC, id DESC LIMIT %s OFFSET %s
            """,
            (user_id, limit, offset),
        ).fetchall()


def count_keys(connection: Rows, user_id: UUID) -> int:
    """How many keys `list_keys` has on all pages."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        return cursor.execute("SELECT count(*) FROM api_keys WHERE user_id = %s", (user_id,)).fetchone() or 0


def revoke_key(connection: Rows, key_id: UUID, owner: UUID | None) -> bool:
    """Makes a key hold for nothing; False if there is none, or it isn't the owner's (None: anybody's)."""
    found = connection.execute(
        "UPDATE api_keys SET is_active = false WHERE id = %s AND (%s::uuid IS NULL OR user_id = %s)",
        (key_id, owner, owner),
    )
    return found.rowcount == 1


def lock_key(connection: Rows, key_id: UUID, user_id: UUID) -> ApiKey | None:
    """One of the user's keys, kept from changing until the transaction ends."""
    with connection.cursor(row_factory=class_row(ApiKey)) as cursor:
        return cursor.execute(
            """
            SELECT id, name, key_prefix AS prefix, scopes, last_used_at, expires_at, is_active, created_at
              FROM api_keys WHERE id = %s AND user_id = %s FOR UPDATE
            """,
            (key_id, user_id),
        ).fetchone()


def replace_secret(connection: Rows, key_id: UUID, presented: PresentedKey) -> None:
    """Gives a key another prefix and hash: its old text holds for nothing from now on."""
    connection.execute(
        "UPDATE api_keys SET key_prefix = %s, key_hash = %s WHERE id = %s",
        (presented.prefix, presented.digest, key_id),
    )
