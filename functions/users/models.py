"""Bodies and filters of the users domain."""

from dataclasses import dataclass

from pydantic import StrictBool

from shared.mockupaws.auth.access import Role
from shared.mockupaws.contracts.wire import Body


class UserChange(Body):
    """What a superuser changes about a user: what is left out stays."""

    role: Role | None = None
    is_active: StrictBool | None = None


@dataclass(frozen=True, slots=True)
class UserFilter:
    """Which users are listed; None is any.

    Attributes:
        q: a part of the email or the name, in any case.
        role: their role.
        is_active: whether they may sign in.
    """

    q: str | None = None
    role: Role | None = None
    is_active: bool | None = None
