"""Who is let into the database."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Login:
    """The login that all functions but `migrate` share.

    Attributes:
        user: the role's name.
        password: what it shows.
    """

    user: str
    password: str = field(repr=False)
