"""The first superuser, whom nobody is there to make."""

from functions.create_superuser import store
from functions.create_superuser.models import Outcome, Wish
from shared.mockupaws.auth.users.store import add_user
from shared.mockupaws.db import Rows
from shared.mockupaws.ids import new_id


def make_superuser(connection: Rows, wish: Wish) -> Outcome:
    """Promotes the user with the email, whose name and password stay; makes one where there is none.

    Returns:
        "unknown" where there is none and no password to make one with.
    """
    if store.promote(connection, wish.email):
        return "promoted"
    if wish.password_hash is None:
        return "unknown"
    add_user(
        connection,
        user_id=new_id(),
        email=wish.email,
        password_hash=wish.password_hash,
        full_name=wish.full_name,
        role="superuser",
    )
    return "made"
