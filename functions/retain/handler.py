"""EventBridge, daily: makes room for tomorrow's logs and clears what has had its time."""

from datetime import UTC, datetime

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.retain.service import retain
from shared.mockupaws.db import database
from shared.mockupaws.invocation import Event, Line
from shared.mockupaws.settings import settings


def handler(event: Event, context: LambdaContext) -> dict[str, int]:
    """Does the day's chores and says how much of each there was.

    Raises:
        InvocationFailedError: some of them failed. The invocation fails, so that it is tried again and seen.
    """
    with Line("retained", event, context) as line:
        done = retain(
            database(),
            datetime.now(UTC),
            settings().retention_days,
            lambda: context.get_remaining_time_in_millis() / 1_000,
        )
        line.say(done=done)
    return dict(done)
