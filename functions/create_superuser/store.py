"""The SQL of superusers."""

from shared.mockupaws.db import Rows


def promote(connection: Rows, email: str) -> bool:
    """Makes a user a superuser who may sign in; False if there is no such user."""
    found = connection.execute(
        "UPDATE users SET role = 'superuser', is_active = true WHERE lower(email) = %s", (email,)
    )
    return found.rowcount == 1
