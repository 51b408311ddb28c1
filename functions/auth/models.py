"""Bodies, replies and rows of the auth domain."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.mockupaws.auth.passwords import AnyPassword, NewPassword
from shared.mockupaws.auth.users.models import User
from shared.mockupaws.contracts.wire import Body, Email, Name, Reply


class Registration(Body):
    """Who registers."""

    email: Email
    password: NewPassword
    full_name: Name


class Login(Body):
    """An email and its password."""

    email: Email
    password: AnyPassword


class Renewal(Body):
    """A refresh token, which works once."""

    refresh_token: str


class ResetRequest(Body):
    """Whose password is forgotten."""

    email: Email


class Reset(Body):
    """The token from the mail, and the password to be."""

    token: Annotated[str, Field(max_length=100)]
    new_password: NewPassword


class Profile(Body):
    """What users change about themselves: what is left out stays."""

    full_name: Name | None = None
    password: NewPassword | None = None
    current_password: Annotated[
        AnyPassword | None, Field(description="Required with `password`: a borrowed session can't change it.")
    ] = None


class Tokens(Reply):
    """A session: the access token opens the API, the refresh token buys the next pair, once."""

    access_token: str
    refresh_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 (the scheme of the Authorization header)
    expires_in: Annotated[int, Field(description="Seconds until the access token expires.")]


class Registered(Tokens):
    """A new user, signed in."""

    user: User


class Done(Reply):
    """What was done, in words."""

    message: str


@dataclass(frozen=True, slots=True)
class Secret:
    """What proves a user.

    Attributes:
        user_id: whose it is.
        password_hash: as passwords.hash_password made it.
        is_active: whether they may sign in.
    """

    user_id: UUID
    password_hash: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Family:
    """One login and all that was refreshed from it.

    Attributes:
        family_id: the same for all its tokens.
        expires_at: when the login ends, however often it is refreshed.
    """

    family_id: UUID
    expires_at: datetime
