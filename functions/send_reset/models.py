"""What comes through the queue from `auth`."""

from pydantic import BaseModel, ConfigDict


class ResetRequested(BaseModel):
    """Somebody asked for a link to a new password.

    Attributes:
        email: who.
        correlation_id: of the request's log line.
    """

    model_config = ConfigDict(frozen=True)
    email: str
    correlation_id: str = ""
