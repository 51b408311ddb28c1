"""AWS's SDK as late as it is needed: to load it takes longer than all else that a function begins with together.

A module imports boto3 in the cached function that makes its client, and says `except failures() as error`, which
Python asks for only when there is an error.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from botocore.config import Config
    from mypy_boto3_sqs import SQSClient


def client_config(*, read_timeout_s: float = 5, attempts: int = 3) -> "Config":
    """How long a client of AWS waits, where somebody waits for us: botocore's own minute is longer than a door has.

    Args:
        read_timeout_s: for an answer, each time; 2 s to connect.
        attempts: in all. The sender's own retry is worth more than ours.
    """
    from botocore.config import Config  # noqa: PLC0415 - see above

    return Config(
        connect_timeout=2,
        read_timeout=read_timeout_s,
        retries={"total_max_attempts": attempts, "mode": "standard"},
    )


@cache
def sqs() -> "SQSClient":
    """This container's client of SQS."""
    import boto3  # noqa: PLC0415 - see above

    return boto3.client("sqs", config=client_config())


def refusals() -> tuple[type[Exception], ...]:
    """Of `failures`, those that say for certain that nothing was done: AWS said no, or nothing was said to it.

    After any other, such as no answer in time, it may have been.
    """
    from botocore import exceptions  # noqa: PLC0415 - see above

    return (
        exceptions.ClientError,
        exceptions.ConnectTimeoutError,
        exceptions.EndpointConnectionError,
        exceptions.NoCredentialsError,
    )


def failures() -> tuple[type[Exception], type[Exception]]:
    """What the SDK raises: AWS can't be reached, or says no."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - see above

    return BotoCoreError, ClientError
