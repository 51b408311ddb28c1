"""Called by `mockupaws create-superuser`, by whoever AWS lets invoke it; nothing on the internet leads here."""

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.create_superuser import service
from functions.create_superuser.models import Wish
from shared.mockupaws.db import database
from shared.mockupaws.invocation import Event, Line


def handler(event: Event, context: LambdaContext) -> dict[str, str]:
    """The Lambda handler: one wish, and what came of it.

    Raises:
        InvocationFailedError: it is no wish, or the database is away.
    """
    with Line("superuser", event, context) as line:
        wish = Wish.model_validate(event)
        with database().transaction() as connection:
            outcome = service.make_superuser(connection, wish)
        line.say(user=outcome)
    return {"outcome": outcome}
