"""The SQL of the auth domain.

Whatever ends or prolongs a user's sessions locks the user's row first, so that a refresh can't slip a new token past a
logout, a reuse or a password change that is under way.
"""

from uuid import UUID

from psycopg.rows import class_row

from functions.auth.models import Family, Secret
from shared.mockupaws.auth.users.models import User
from shared.mockupaws.db import Rows


def find_secret(connection: Rows, email: str) -> Secret | None:
    """The secret of the user with this email, active or not."""
    with connection.cursor(row_factory=class_row(Secret)) as cursor:
        return cursor.execute(
            "SELECT id AS user_id, password_hash, is_active FROM users WHERE lower(email) = %s", (email,)
        ).fetchone()


def find_own_secret(connection: Rows, user_id: UUID) -> Secret | None:
    """The secret of a user who is signed in."""
    with connection.cursor(row_factory=class_row(Secret)) as cursor:
        return cursor.execute(
            "SELECT id AS user_id, password_hash, is_active FROM users WHERE id = %s", (user_id,)
        ).fetchone()


def find_user(connection: Rows, user_id: UUID) -> User | None:
    """The user as the API shows them."""
    with connection.cursor(row_factory=class_row(User)) as cursor:
        return cursor.execute(
            """
            SELECT id, email, full_name, role, is_active, created_at, updated_at, last_login FROM users WHERE id = %s
            """,
            (user_id,),
        ).fetchone()


def record_login(connection: Rows, secret: Secret) -> bool:
    """Notes the login and locks the user; False if they were disabled or changed the password since it was checked."""
    found = connection.execute(
        "UPDATE users SET last_login = now() WHERE id = %s AND is_active AND password_hash = %s",
        (secret.user_id, secret.password_hash),
    )
    return found.rowcount == 1


def lock_active_user(connection: Rows, user_id: UUID) -> bool:
    """Keeps the user's sessions from changing until the transaction ends; False if they are gone or disabled."""
    # NO KEY: rows that refer to the user may still be inserted meanwhile.
    found = connection.execute("SELECT 1 FROM users WHERE id = %s AND is_active FOR NO KEY UPDATE", (user_id,))
    return found.fetchone() is not None


def rename(connection: Rows, user_id: UUID, full_name: str) -> None:
    """Changes the name."""
    connection.execute("UPDATE users SET full_name = %s WHERE id = %s", (full_name, user_id))


def replace_password(connection: Rows, secret: Secret, password_hash: str) -> bool:
    """Sets another password and locks the user; False if it isn't the one in `secret` any more, or they may not."""
    found = connection.execute(
        "UPDATE users SET password_hash = %s WHERE id = %s AND is_active AND password_hash = %s",
        (password_hash, secret.user_id, secret.password_hash),
    )
    return found.rowcount == 1


def add_refresh_token(connection: Rows, *, token_id: UUID, user_id: UUID, family: Family, token_hash: bytes) -> None:
    """Keeps a new refresh token's hash."""
    connection.execute(
        "INSERT INTO refresh_tokens (id, user_id, family_id, token_hash, expires_at) VALUES (%s, %s, %s, %s, %s)",
        (token_id, user_id, family.family_id, token_hash, family.expires_at),
    )


def use_refresh_token(connection: Rows, token_id: UUID, token_hash: bytes) -> Family | None:
    """Spends a refresh token; None if it was spent or revoked before, or never existed."""
    with connection.cursor(row_factory=class_row(Family)) as cursor:
        return cursor.execute(
            """
            UPDATE refresh_tokens SET used_at = now()
             WHERE id = %s AND token_hash = %s AND used_at IS NULL AND revoked_at IS NULL
            RETURNING family_id, expires_at
            """,
            (token_id, token_hash),
        ).fetchone()


def revoke_family(connection: Rows, token_id: UUID) -> None:
    """Ends the login that a refresh token comes from."""
    connection.execute(
        """
        UPDATE refresh_tokens SET revoked_at = now()
         WHERE family_id = (SELECT family_id FROM refresh_tokens WHERE id = %s) AND revoked_at IS NULL
        """,
        (token_id,),
    )


def find_reset(connection: Rows, token_hash: bytes) -> Secret | None:
    """The user for whom a reset token still holds."""
    with connection.cursor(row_factory=class_row(Secret)) as cursor:
        return cursor.execute(
            """
            SELECT u.id AS user_id, u.password_hash, u.is_active
              FROM password_reset_tokens t JOIN users u ON u.id = t.user_id
             WHERE t.token_hash = %s AND t.used_at IS NULL AND t.expires_at > now() AND u.is_active
            """,
            (token_hash,),
        ).fetchone()


def spend_resets(connection: Rows, user_id: UUID) -> None:
    """Spends every reset token of a user: with a new password, none is needed."""
    connection.execute(
        "UPDATE password_reset_tokens SET used_at = now() WHERE user_id = %s AND used_at IS NULL", (user_id,)
    )
