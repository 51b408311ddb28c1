"""Runs at deploy, before the functions that need the new schema get traffic, and when their password is to change."""

from typing import Any, cast

from functions.migrate.login import RotationStep, functions_login, rotate
from functions.migrate.service import migrate
from functions.migrate.store import add_prices, let_in, take_turn
from shared.mockupaws.costing.seed import seed_prices
from shared.mockupaws.db import conninfo, database
from shared.mockupaws.observability import logger


def handler(event: dict[str, Any], context: Any) -> dict[str, str]:  # noqa: ARG001 - Lambda's signature
    """Brings the database up to date, lets the functions in, and adds the prices that the product comes with.

    Or does a step of a rotation, if it is Secrets Manager that asks.

    Returns:
        `revision`, which the database now has; or `step`, which was done.
    """
    if "SecretId" in event:
        asked = cast("RotationStep", event)
        rotate(database(), asked)
        logger.info("rotated", step=asked["Step"])
        return {"step": asked["Step"]}
    revision = migrate(conninfo())
    with database().transaction() as connection:
        take_turn(connection)
        login = functions_login()
        if login:
            let_in(connection, login)
        added = add_prices(connection, seed_prices())
    logger.info("migrated", revision=revision, prices_added=added, login=login.user if login else None)
    return {"revision": revision}
