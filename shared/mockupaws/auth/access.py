"""Who may call a route. A route can't be declared without saying so."""

from typing import Literal, NamedTuple
from uuid import UUID

from shared.mockupaws.errors import ForbiddenError, UnauthorizedError

Role = Literal["superuser", "user", "readonly"]
Scope = Literal[
    "read:scenarios",
    "write:scenarios",
    "delete:scenarios",
    "read:reports",
    "write:reports",
    "read:metrics",
    "ingest:logs",
]
SCOPES: tuple[Scope, ...] = (
    "read:scenarios",
    "write:scenarios",
    "delete:scenarios",
    "read:reports",
    "write:reports",
    "read:metrics",
    "ingest:logs",
)

_READING: frozenset[Scope] = frozenset({"read:scenarios", "read:reports", "read:metrics"})
_RANK: dict[Role, int] = {"readonly": 0, "user": 1, "superuser": 2}


class Caller(NamedTuple):
    """Who is asking.

    Attributes:
        user_id: the user, whichever credential they came with.
        role: the user's role now, not when the token was made.
        key_id: the API key they came with, None for a session.
        scopes: what that key may do.
    """

    user_id: UUID
    role: Role
    key_id: UUID | None = None
    scopes: frozenset[str] = frozenset()

    @property
    def sees_all(self) -> bool:
        """Whether other users' objects are visible: to a superuser's session and keys."""
        return self.role == "superuser"

    @property
    def sees_of(self) -> UUID | None:
        """Whose objects are visible: the user's own; None for everybody's."""
        return None if self.sees_all else self.user_id


class Access(NamedTuple):
    """What a route asks of its caller.

    Attributes:
        role: the least role that may call, None for anyone, signed in or not.
        scope: what an API key needs; None where no key is accepted, only a session.
    """

    role: Role | None
    scope: Scope | None = None

    def check(self, caller: Caller | None) -> None:
        """Lets the caller pass.

        Raises:
            UnauthorizedError: nobody is signed in.
            ForbiddenError: the role or the key's scopes don't suffice.
        """
        if self.role is None:
            return
        if caller is None:
            raise UnauthorizedError(
                "Sign in first: send `Authorization: Bearer <access token>` or `X-API-Key: mk_…`; "
                "an access token lasts 30 minutes, then refresh it."
            )
        if _RANK[caller.role] < _RANK[self.role]:
            raise ForbiddenError(f"This needs the role {self.role}; yours is {caller.role}.")
        if caller.key_id is not None and self.scope is None:
            raise ForbiddenError("API keys can't do this; sign in with your password.")
        if caller.key_id is not None and self.scope not in caller.scopes:
            raise ForbiddenError(f"This API key lacks the scope {self.scope}; make a key that has it.")


def scopes_of(role: Role) -> frozenset[Scope]:
    """The scopes that a user of this role may give to a key."""
    return _READING if role == "readonly" else frozenset(SCOPES)


PUBLIC = Access(role=None)


def session(role: Role = "readonly") -> Access:
    """A signed-in user of at least this role; no API key."""
    return Access(role=role)


def reads(scope: Scope) -> Access:
    """Any signed-in user, or a key with the scope."""
    return Access(role="readonly", scope=scope)


def writes(scope: Scope) -> Access:
    """A user who may change things, or their key with the scope."""
    return Access(role="user", scope=scope)
