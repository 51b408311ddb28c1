"""Called by `mockupaws create-superuser`, by whoever AWS lets invoke it; nothing on the internet leads here."""

from typing import Any

from functions.create_superuser import service
from functions.create_superuser.models import Wish
from shared.mockupaws.db import database
from shared.mockupaws.observability import logger


def handler(event: dict[str, Any], context: Any) -> dict[str, str]:  # noqa: ARG001 - Lambda's signature
    """The Lambda handler: one wish, and what came of it.

    Raises:
        pydantic.ValidationError: it is no wish.
    """
    wish = Wish.model_validate(event)
    with database().transaction() as connection:
        outcome = service.make_superuser(connection, wish)
    logger.info("superuser", extra={"outcome": outcome})
    return {"outcome": outcome}
