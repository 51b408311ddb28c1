"""What `mockupaws create-superuser` asks for, and hears."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.mockupaws.contracts.wire import Email, Name

Outcome = Literal["made", "promoted", "unknown"]


class Wish(BaseModel):
    """Who shall be a superuser.

    Attributes:
        email: of a user, or of one to be made.
        full_name: of one to be made.
        password_hash: of one to be made, by passwords.hash_password: the password itself stays where it was typed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    email: Email
    full_name: Name = "Superuser"
    password_hash: Annotated[str | None, Field(pattern=r"^\$2b\$12\$[./A-Za-z0-9]{53}$")] = None
