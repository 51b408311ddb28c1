"""What superusers see and change of users."""

from uuid import UUID

from functions.users import store
from functions.users.models import UserChange, UserFilter
from shared.mockupaws.auth.users.models import User
from shared.mockupaws.auth.users.store import end_sessions
from shared.mockupaws.contracts.wire import Page
from shared.mockupaws.db import Rows
from shared.mockupaws.errors import ConflictError, NotFoundError


def list_users(connection: Rows, wanted: UserFilter, *, page: int, page_size: int) -> Page[User]:
    """A page of users, the newest first."""
    return Page(
        items=store.list_users(connection, wanted, limit=page_size, offset=(page - 1) * page_size),
        total=store.count_users(connection, wanted),
        page=page,
        page_size=page_size,
    )


def change(connection: Rows, user_id: UUID, body: UserChange) -> User:
    """Changes a user's role or lets them in or out; whoever is disabled is signed out everywhere.

    Raises:
        NotFoundError: there is no such user.
        ConflictError: nobody would be left who can change users.
    """
    superusers = store.lock_superusers(connection)
    user = store.change_user(connection, user_id, body)
    if user is None:
        raise NotFoundError("There is no such user.")
    if superusers == {user_id} and not (user.is_superuser and user.is_active):
        raise ConflictError("This is the last active superuser; make another one first.")
    if not user.is_active:
        end_sessions(connection, user_id)
    return user
