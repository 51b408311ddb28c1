"""Users, as superusers manage them."""

from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.users import service
from functions.users.models import UserChange, UserFilter
from shared.mockupaws.auth.access import Role, session
from shared.mockupaws.auth.users.models import User
from shared.mockupaws.contracts.wire import Page, Text
from shared.mockupaws.db import database
from shared.mockupaws.http import Api

api = Api("users")


@api.get("/users", access=session("superuser"))
def list_users(
    q: Annotated[Text | None, Query(max_length=255, description="A part of the email or the name.")] = None,
    role: Annotated[Role | None, Query()] = None,
    is_active: Annotated[bool | None, Query()] = None,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Page[User]:
    """List users, the newest first."""
    with database().transaction() as connection:
        return service.list_users(connection, UserFilter(q, role, is_active), page=page, page_size=page_size)


@api.put("/users/<user_id>", access=session("superuser"))
def change_user(user_id: UUID, body: UserChange) -> User:
    """Change a user's role, or let them in or out."""
    with database().transaction() as connection:
        return service.change(connection, user_id, body)


handler = api.handle
