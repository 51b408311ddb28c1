"""Whether the parts that every request needs can be reached."""

import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from functions.docs import store
from functions.docs.models import Health
from shared.mockupaws.aws import client_config, failures
from shared.mockupaws.db import database
from shared.mockupaws.errors import Detail, UnavailableError
from shared.mockupaws.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

# Anybody may ask, as often as they like: a container looks once in so many seconds and remembers what it saw.
TTL_SECONDS = 5.0

_seen: dict[str, tuple[float, Detail | None]] = {}


def health(version: str) -> Health:
    """What `/health` says when all is well.

    Args:
        version: the API's.

    Raises:
        UnavailableError: something can't be reached; the details say what.
    """
    problems = tuple(problem for name, look in _PARTS.items() if (problem := _look(name, look)))
    if problems:
        raise UnavailableError("Not everything can be reached; `details` says what can't.", details=problems)
    return Health(status="ok", database="ok", queue="ok", version=version)


def _look(name: str, look: Callable[[], None]) -> Detail | None:
    seen = _seen.get(name)
    if seen is None or time.monotonic() - seen[0] >= TTL_SECONDS:
        try:
            look()
            problem = None
        except UnavailableError as error:
            problem = Detail(name, error.message)
        seen = _seen[name] = (time.monotonic(), problem)
    return seen[1]


def _look_at_database() -> None:
    with database().autocommit() as connection:
        store.answers(connection)


def _look_at_queue() -> None:
    try:
        _sqs().get_queue_attributes(QueueUrl=settings().log_queue_url, AttributeNames=["QueueArn"])
    except failures() as error:
        raise UnavailableError("The queue can't be reached; try again.") from error


@cache
def _sqs() -> "SQSClient":
    import boto3  # noqa: PLC0415 - only this route needs it

    return boto3.client("sqs", config=client_config(read_timeout_s=2, attempts=2))


_PARTS: Mapping[str, Callable[[], None]] = {"database": _look_at_database, "queue": _look_at_queue}
