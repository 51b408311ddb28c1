"""What every end-to-end test begins with; the stack itself is in tests/live.py, which browser tests share."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from infra.local.stack import Stack
from tests.live import fresh_allowances

__all__ = ["fresh_allowances"]


@dataclass(frozen=True)
class Scheduled:
    """A report that is made each day, for the first time soon after end-to-end tests began.

    Attributes:
        headers: whose it is.
        recipient: who gets it by mail.
        due: when it is made first.
        schedule: what the API said of it.
    """

    headers: dict[str, str]
    recipient: str
    due: datetime
    schedule: dict[str, Any]


@pytest.fixture(scope="session", autouse=True)
def scheduled(stack: Stack, newcomer: Callable[[], dict[str, str]]) -> Scheduled:
    """Give a schedule that was made before the first test: its minute passes, and a tick, while others run."""
    recipient, headers = f"{time.time_ns()}@example.com", newcomer()
    with httpx.Client(base_url=stack.api_url, headers=headers, timeout=60) as api:
        scenario = api.post("/scenarios", json={"name": "Looked at daily", "region": "us-east-1"}).raise_for_status()
        # Not so near that it has passed before it is made.
        due = (datetime.now(UTC) + timedelta(seconds=10)).replace(second=0, microsecond=0) + timedelta(minutes=1)
        schedule = api.post(
            "/schedules",
            json={
                "scenario_id": scenario.json()["id"], "name": "each day", "frequency": "daily", "hour": due.hour,
                "minute": due.minute, "timezone": "UTC", "format": "pdf", "email_to": [recipient],
            },
        )  # fmt: skip
        return Scheduled(headers, recipient, due, schedule.raise_for_status().json())
