"""Secrets Manager, asked rarely: a secret is kept for a few minutes, so that a rotation is seen without a restart."""

import json
import time
from typing import Any

from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.observability import describe, logger

TTL_SECONDS = 300
_kept: dict[str, tuple[float, dict[str, Any]]] = {}


def read_secret(arn: str, *, max_age_s: float = TTL_SECONDS) -> dict[str, Any]:
    """The JSON object that a secret holds. While it can't be read, what was read last is good enough.

    Args:
        arn: the secret's ARN or name.
        max_age_s: how long ago it may have been read; 0 to ask again, because what it said didn't work.

    Raises:
        UnavailableError: the secret can't be read.
    """
    kept = _kept.get(arn)
    if kept and time.monotonic() - kept[0] < max_age_s:
        return kept[1]
    # Only the first request of a container needs it, and some functions never do.
    import boto3  # noqa: PLC0415
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    try:
        client = boto3.client("secretsmanager")
        text = client.get_secret_value(SecretId=arn, VersionStage="AWSCURRENT")["SecretString"]
    except (BotoCoreError, ClientError) as error:
        logger.error("secret not read", extra=describe(error))
        if kept and max_age_s:
            return kept[1]
        raise UnavailableError("A secret can't be read; try again.") from error
    value: dict[str, Any] = json.loads(text)
    _kept[arn] = (time.monotonic(), value)
    return value
