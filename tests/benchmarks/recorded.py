"""A month of traffic as its sums, ten thousand logs and ten million: answers from sums don't grow with the logs."""

import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import psycopg

from shared.mockupaws.db import Rows, database
from shared.mockupaws.settings import settings
from tests import factories
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Turns, seconds, side_by_side
from tests.recordings import record

DAYS = 30
_ROUNDS = 15


def few_and_many(bench: Bench, ask: Callable[[UUID, str], None]) -> Turns:
    """What a question takes for the `few` logs and for the `many`.

    Args:
        bench: the run.
        ask: asks it of a scenario, with an API key whose allowance of 100 requests a minute is whole.
    """
    with bench.database() as url:
        os.environ["DATABASE_URL"] = url
        settings.cache_clear()
        database.cache_clear()
        logging.disable()
        with psycopg.connect(url, autocommit=True) as connection:
            factories.price_list(connection)
            few, many = _asker(connection, 10_000, ask), _asker(connection, 10_000_000, ask)
            connection.execute("VACUUM ANALYZE")
        turns = side_by_side(_ROUNDS, {"few": lambda: seconds(few), "many": lambda: seconds(many)})
        database().close()
    return turns


def _asker(connection: Rows, logs: int, ask: Callable[[UUID, str], None]) -> Callable[[], None]:
    scenario_id: UUID = factories.scenario(connection, total_requests=logs)["id"]
    record(connection, scenario_id, logs, DAYS, datetime(2026, 9, 1, tzinfo=UTC))
    root = factories.user(connection, role="superuser")
    key = factories.api_key(connection, user_id=root["id"])["key"]
    return lambda: ask(scenario_id, key)
