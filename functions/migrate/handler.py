"""Runs at deploy, before the functions that need the new schema get traffic."""

from typing import Any

from functions.migrate.service import migrate
from functions.migrate.store import add_prices
from shared.mockupaws.costing.seed import seed_prices
from shared.mockupaws.db import conninfo, database
from shared.mockupaws.observability import logger


def handler(event: dict[str, Any], context: Any) -> dict[str, str]:  # noqa: ARG001 - Lambda's signature
    """Bring the database up to date, and the prices that the product comes with into it.

    Returns:
        `revision`, which the database now has.
    """
    revision = migrate(conninfo())
    with database().transaction() as connection:
        added = add_prices(connection, seed_prices())
    logger.info("migrated", revision=revision, prices_added=added)
    return {"revision": revision}
