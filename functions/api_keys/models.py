"""Bodies and replies of the API keys domain."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from shared.mockupaws.auth.access import Scope
from shared.mockupaws.contracts.wire import Body, Name, Reply, Utc, nothing


def _each_once(scopes: list[Scope]) -> list[Scope]:
    return list(dict.fromkeys(scopes))


class NewApiKey(Body):
    """A key to be made."""

    name: Name
    scopes: Annotated[list[Scope], AfterValidator(_each_once), Field(default_factory=nothing)]
    expires_days: Annotated[int | None, Field(ge=1, le=365, description="None: until it is revoked.")] = None


class ApiKey(Reply):
    """A key, by which nobody can call anything: its text is shown once, when it is made."""

    id: UUID
    name: str
    prefix: str
    scopes: list[Scope]
    last_used_at: Utc | None
    expires_at: Utc | None
    is_active: bool
    created_at: Utc


class IssuedApiKey(ApiKey):
    """A key and, this once, its text."""

    key: Annotated[str, Field(description="The whole key. It isn't stored and can't be shown again.")]
