"""Secrets Manager, asked rarely: a secret is kept for a few minutes, so that a rotation is seen without a restart."""

import json
import time
from typing import Any

from shared.mockupaws.aws import client_config, failures
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.observability import describe, logger

TTL_SECONDS = 300
AGAIN_SECONDS = 30
_kept: dict[str, tuple[float, dict[str, Any]]] = {}
_failed: dict[str, float] = {}


def read_secret(arn: str, *, max_age_s: float = TTL_SECONDS) -> dict[str, Any]:
    """The JSON object that a secret holds. While it can't be read, what was read last is good enough.

    Args:
        arn: the secret's ARN or name.
        max_age_s: how long ago it may have been read; 0 to ask again, because what it said didn't work.

    Raises:
        UnavailableError: the secret can't be read.
    """
    now, kept = time.monotonic(), _kept.get(arn)
    if kept and now - kept[0] < max_age_s:
        return kept[1]
    if kept and max_age_s and now - _failed.get(arn, -AGAIN_SECONDS) < AGAIN_SECONDS:
        return kept[1]  # one request has waited for it in vain; the next ones don't
    # Only the first request of a container needs it, and some functions never do.
    import boto3  # noqa: PLC0415

    try:
        # A request may have to wait for three secrets, and be answered within 29 s.
        client = boto3.client("secretsmanager", config=client_config(read_timeout_s=2, attempts=2))
        text = client.get_secret_value(SecretId=arn, VersionStage="AWSCURRENT")["SecretString"]
    except failures() as error:
        logger.error("secret not read", extra=describe(error))
        if kept and max_age_s:
            _failed[arn] = time.monotonic()
            return kept[1]
        raise UnavailableError("A secret can't be read; try again.") from error
    value: dict[str, Any] = json.loads(text)
    _kept[arn] = (time.monotonic(), value)
    return value
