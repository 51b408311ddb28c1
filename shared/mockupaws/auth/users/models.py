"""A user as the API shows them."""

from uuid import UUID

from pydantic import computed_field

from shared.mockupaws.auth.access import Role
from shared.mockupaws.contracts.wire import Reply, Utc


class User(Reply):
    """A user, without anything that proves who they are."""

    id: UUID
    email: str
    full_name: str | None
    role: Role
    is_active: bool
    created_at: Utc
    updated_at: Utc
    last_login: Utc | None

    @computed_field
    @property
    def is_superuser(self) -> bool:
        """Derived from the role."""
        return self.role == "superuser"
