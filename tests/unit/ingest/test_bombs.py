"""No body costs its door much more than its size: what would is refused before it is gone through."""

import time
from contextlib import suppress

import pytest

from shared.mockupaws.errors import InvalidRequestError, PayloadTooLargeError
from tests.unit.ingest.bombs import BOMBS
from tests.unit.ingest.requests import dialect, request

# An eighth of what the door unpacks: what is quadratic takes minutes for it, the others less than a second.
_SIZE = 2 * 1024 * 1024


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_costs_little_time(bomb: str) -> None:
    path, body_of = BOMBS[bomb]
    body = body_of(_SIZE)

    def seconds() -> float:
        started = time.thread_time()
        with suppress(PayloadTooLargeError, InvalidRequestError):
            dialect(path).decode(request(path), body)
        return time.thread_time() - started

    # What else the machine does adds to it at times, not each time.
    assert any(seconds() < 3 for _ in range(3))
