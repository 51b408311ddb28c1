"""The SQL of the users domain."""

from uuid import UUID

from psycopg.rows import class_row, scalar_row

from functions.users.models import UserChange, UserFilter
from shared.mockupaws.auth.users.models import User
from shared.mockupaws.db import Rows


def list_users(connection: Rows, wanted: UserFilter, *, limit: int, offset: int) -> list[User]:
    """A page of users, the newest first."""
    with connection.cursor(row_factory=class_row(User)) as cursor:
        return cursor.execute(
            """
            SELECT id, email, full_name, role, is_active, created_at, updated_at, last_login FROM users
             WHERE (%(q)s::text IS NULL OR email ILIKE %(q)s OR full_name ILIKE %(q)s)
               AND (%(role)s::text IS NULL OR role = %(role)s)
               AND (%(is_active)s::boolean IS NULL OR is_active = %(is_active)s)
             ORDER BY created_at DESC, id DESC LIMIT %(limit)s OFFSET %(offset)s
            """,
            {**_parameters(wanted), "limit": limit, "offset": offset},
        ).fetchall()


def count_users(connection: Rows, wanted: UserFilter) -> int:
    """How many users `list_users` has on all pages."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        found = cursor.execute(
            """
            SELECT count(*) FROM users
             WHERE (%(q)s::text IS NULL OR email ILIKE %(q)s OR full_name ILIKE %(q)s)
               AND (%(role)s::text IS NULL OR role = %(role)s)
               AND (%(is_active)s::boolean IS NULL OR is_active = %(is_active)s)
            """,
            _parameters(wanted),
        )
        return found.fetchone() or 0


def lock_superusers(connection: Rows) -> set[UUID]:
    """The active superusers, who stay what they are until the transaction ends."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        # In a fixed order, so that two superusers who demote each other wait instead of deadlocking.
        found = cursor.execute(
            "SELECT id FROM users WHERE role = 'superuser' AND is_active ORDER BY id FOR NO KEY UPDATE"
        )
        return set(found.fetchall())


def change_user(connection: Rows, user_id: UUID, change: UserChange) -> User | None:
    """Changes a user and locks the row; None if there is none."""
    with connection.cursor(row_factory=class_row(User)) as cursor:
        return cursor.execute(
            """
            UPDATE users SET role = coalesce(%s, role), is_active = coalesce(%s, is_active) WHERE id = %s
            RETURNING id, email, full_name, role, is_active, created_at, updated_at, last_login
            """,
            (change.role, change.is_active, user_id),
        ).fetchone()


def _parameters(wanted: UserFilter) -> dict[str, str | bool | None]:
    return {"q": _containing(wanted.q), "role": wanted.role, "is_active": wanted.is_active}


def _containing(text: str | None) -> str | None:
    if text is None:
        return None
    escaped = text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"
