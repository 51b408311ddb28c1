"""Asks the weekly refresh to run now. It takes minutes, more than a request may, so nobody waits for it here."""

import json
from functools import cache
from typing import TYPE_CHECKING

from shared.mockupaws.aws import client_config, failures
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.invocation import correlation_id
from shared.mockupaws.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


def start() -> None:
    """Starts `refresh_pricing`.

    Raises:
        UnavailableError: Lambda can't be reached or won't take it.
    """
    try:
        asked = json.dumps({"correlation_id": correlation_id()})
        _lambda().invoke(FunctionName=settings().refresh_function, InvocationType="Event", Payload=asked.encode())
    except failures() as error:
        raise UnavailableError("The refresh couldn't be started; try again.") from error


@cache
def _lambda() -> "LambdaClient":
    import boto3  # noqa: PLC0415 - loaded when it is needed

    return boto3.client("lambda", config=client_config())
