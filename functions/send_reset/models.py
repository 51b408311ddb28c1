"""What comes through the queue from `auth`."""

from pydantic import BaseModel, ConfigDict


class ResetRequested(BaseModel):
    """Somebody asked for a link to a new password."""

    model_config = ConfigDict(frozen=True)
    email: str
