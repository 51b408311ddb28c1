"""What benchmarks of the door share: a function's environment, and a queue that takes everything and is not timed."""

import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import boto3
import psycopg

from functions.ingest.handler import handler
from shared.mockupaws import log_queue
from shared.mockupaws.db import Rows, database
from shared.mockupaws.settings import settings
from tests import factories
from tests.gateway import Gateway, Invocation

_ROUTES = ("ANY /api/v1/ingest", "ANY /api/v1/ingest/{proxy+}")


@dataclass
class Door:
    """The HTTP door of a running scenario.

    Attributes:
        connection: to the database behind it.
        headers: which name the scenario and carry the key.
        bodies: of the messages that were queued.
    """

    connection: Rows
    headers: Mapping[str, str]
    bodies: list[str] = field(default_factory=list[str])

    def event(self, body: bytes, headers: Mapping[str, str] | None = None, path: str = "") -> dict[str, Any]:
        """What API Gateway makes of a request, at a path below the door."""
        headers = {**self.headers, **(headers or {})}
        return Gateway(handler, _ROUTES).event("POST", f"/ingest{path}", body, {}, headers)

    def take(self, event: dict[str, Any]) -> None:
        """Handles a request."""
        answer = handler(event, Invocation())
        assert answer["statusCode"] in {200, 202, 204}, answer["body"]

    def forgive(self) -> None:
        """Forgets what was spent of the allowance of a thousand requests a minute."""
        self.connection.execute("DELETE FROM rate_limits")


@contextmanager
def open_door(database_url: str) -> Generator[Door]:
    """Opens the door of a new scenario. What it queues stays in memory, packed as it would travel."""
    os.environ |= {"DATABASE_URL": database_url, "AWS_DEFAULT_REGION": "us-east-1"}
    settings.cache_clear()
    database.cache_clear()
    queue: Any = boto3.client("sqs", aws_access_key_id="none", aws_secret_access_key="none")
    with psycopg.connect(database_url, autocommit=True) as connection:
        factories.price_list(connection)
        owner = factories.user(connection)["id"]
        key = factories.api_key(connection, user_id=owner)["key"]
        scenario = factories.scenario(connection, user_id=owner, status="running")
        headers = {"content-type": "application/json", "x-api-key": key, "x-scenario-id": str(scenario["id"])}
        door = Door(connection, headers)

        def send(**sent: str) -> None:
            door.bodies.append(sent["MessageBody"])

        queue.send_message = send
        log_queue.sqs = lambda: queue
        try:
            yield door
        finally:
            database().close()
