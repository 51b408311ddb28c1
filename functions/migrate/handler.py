"""Runs at deploy, before the functions that need the new schema get traffic, and when their password is to change."""

from typing import cast

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.migrate.login import RotationStep, functions_login, rotate
from functions.migrate.service import migrate
from functions.migrate.store import add_prices, let_in, take_turn
from shared.mockupaws.costing.seed import seed_prices
from shared.mockupaws.db import conninfo, database
from shared.mockupaws.invocation import Event, Line


def handler(event: Event, context: LambdaContext) -> dict[str, str]:
    """Brings the database up to date, lets the functions in, and adds the prices that the product comes with.

    Or does a step of a rotation, if it is Secrets Manager that asks.

    Returns:
        `revision`, which the database now has; or `step`, which was done.
    """
    if "SecretId" in event:
        asked = cast("RotationStep", event)
        with Line("rotated", event, context) as line:
            line.say(step=asked["Step"])
            rotate(database(), asked)
        return {"step": asked["Step"]}
    with Line("migrated", event, context) as line:
        revision = migrate(conninfo())
        line.say(revision=revision)
        with database().transaction() as connection:
            take_turn(connection)
            login = functions_login()
            if login:
                let_in(connection, login)
            line.say(login=login.user if login else None, prices_added=add_prices(connection, seed_prices()))
    return {"revision": revision}
