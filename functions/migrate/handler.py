"""Runs at deploy, before the functions that need the new schema get traffic."""

from typing import Any

from functions.migrate.service import migrate
from shared.mockupaws.db import conninfo
from shared.mockupaws.observability import logger


def handler(event: dict[str, Any], context: Any) -> dict[str, str]:  # noqa: ARG001 - Lambda's signature
    """Bring the database up to date.

    Returns:
        `revision`, which the database now has.
    """
    revision = migrate(conninfo())
    logger.info("migrated", revision=revision)
    return {"revision": revision}
