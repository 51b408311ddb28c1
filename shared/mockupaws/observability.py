"""Logs as one JSON line a request or batch, with a correlation id, and nothing personal in them."""

import traceback
from collections.abc import Iterator
from typing import Any

from aws_lambda_powertools import Logger

# The service's name and the level come from POWERTOOLS_SERVICE_NAME and POWERTOOLS_LOG_LEVEL, which the stack sets.
logger = Logger(log_uncaught_exceptions=False, utc=True)


def describe(error: BaseException) -> dict[str, Any]:
    """An error for a log line: kinds and places, its causes' among them, without a word of what it says.

    PostgreSQL quotes the row that breaks a constraint, pydantic the value that doesn't fit, SES the address.

    Args:
        error: anything, psycopg's with the SQLSTATE and constraint besides.
    """
    errors = list(_with_causes(error))
    described: dict[str, Any] = {"kinds": [f"{type(e).__module__}.{type(e).__qualname__}" for e in errors]}
    described["trace"] = [
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for each in errors
        for frame in traceback.extract_tb(each.__traceback__)
    ]
    for each in errors:
        # Whatever it is of: functions without a database don't load psycopg for this.
        if diagnostics := getattr(each, "diag", None):
            described |= {"sqlstate": diagnostics.sqlstate, "constraint": diagnostics.constraint_name}
    return described


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
