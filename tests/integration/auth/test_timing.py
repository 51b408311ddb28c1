"""From how long a refusal takes, nobody learns whether an email has an account."""

import math
import time

import pytest

from functions.auth.handler import api, handler
from shared.mockupaws.auth.passwords import hash_password
from shared.mockupaws.db import Rows
from tests import factories
from tests.gateway import Gateway

LEAST_ROUNDS, MOST_ROUNDS = 7, 40
TOLERANCE = 0.15


@pytest.mark.usefixtures("stage")
def test_a_refused_login_takes_as_long_for_known_unknown_and_disabled_emails(connection: Rows) -> None:
    password = "Correct-Horse-7!"
    password_hash = hash_password(password)
    factories.user(connection, email="known@example.com", password_hash=password_hash)
    factories.user(connection, email="gone@example.com", password_hash=password_hash, is_active=False)
    auth = Gateway(handler, api.routes)
    bodies = {
        "known": {"email": "known@example.com", "password": "Another-Horse-8!"},
        "unknown": {"email": "unknown@example.com", "password": "Another-Horse-8!"},
        "disabled": {"email": "gone@example.com", "password": "Another-Horse-8!"},
        "disabled, right password": {"email": "gone@example.com", "password": password},
    }
    # The least of each: what else the machine does only adds, and may not leave one alone for a while.
    least = dict.fromkeys(bodies, math.inf)
    for rounds in range(MOST_ROUNDS):
        if rounds >= LEAST_ROUNDS and max(least.values()) / min(least.values()) < 1 + TOLERANCE:
            break
        # Interleaved: whatever else the machine does, it does to all of them.
        for kind, body in bodies.items():
            connection.execute("DELETE FROM rate_limits")
            started = time.perf_counter()
            assert auth.post("/auth/login", body).status == 401
            least[kind] = min(least[kind], time.perf_counter() - started)
    assert max(least.values()) / min(least.values()) < 1 + TOLERANCE, least
    # Each of them hashed: far longer than anything else that a login does.
    assert min(least.values()) > 0.05
