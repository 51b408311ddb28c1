"""What the code under test logs."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any, cast

import pytest

from shared.mockupaws.observability import logger


class Log:
    """The lines so far: as they are, and read."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def log() -> Iterator[Log]:
    """Give what is logged during the test."""
    log, handler = Log(), cast("logging.StreamHandler[Any]", logger.registered_handler)
    before = handler.setStream(log.stream)
    yield log
    handler.setStream(before)
