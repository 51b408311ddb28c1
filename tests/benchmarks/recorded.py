"""A month of traffic as its sums, ten thousand logs and ten million: answers from sums don't grow with the logs."""

import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import psycopg

from shared.mockupaws.contracts.traffic import LEVELS
from shared.mockupaws.db import Rows, database
from shared.mockupaws.settings import settings
from tests import factories
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import seconds, side_by_side

DAYS = 30
_ROUNDS = 15
_SIZE_CLASSES = range(5, 18)
_RATE_CLASSES = 8


def few_and_many(bench: Bench, ask: Callable[[UUID, str], None]) -> tuple[float, float]:
    """The median seconds that a question takes for the few logs and for the many.

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
        took = side_by_side(_ROUNDS, {"few": lambda: seconds(few), "many": lambda: seconds(many)})
        database().close()
    return took["few"], took["many"]


def _asker(connection: Rows, logs: int, ask: Callable[[UUID, str], None]) -> Callable[[], None]:
    scenario_id = _recorded(connection, logs)
    root = factories.user(connection, role="superuser")
    key = factories.api_key(connection, user_id=root["id"])["key"]
    return lambda: ask(scenario_id, key)


def _recorded(connection: Rows, logs: int) -> UUID:
    """A scenario with the sums of so many logs, of every level and size, spread over the days without gaps."""
    scenario_id: UUID = factories.scenario(connection, total_requests=logs)["id"]
    minutes = min(logs, DAYS * 1_440)
    connection.execute(
        """
        INSERT INTO scenario_metrics (scenario_id, bucket_seconds, timestamp, metric_type, metric_name, value, unit)
        SELECT %(scenario)s, length, date_bin(make_interval(secs => length), %(begin)s + n * gap, '2001-01-01Z'),
               kind, name, sum((%(logs)s / %(minutes)s + n %% 17) * factor), unit
        FROM generate_series(0, %(minutes)s - 1) AS n,
             (SELECT interval '1 day' * %(days)s / %(minutes)s AS gap) AS every,
             (VALUES (60), (3600), (86400)) AS lengths (length),
             (VALUES ('sqs', 'logs', 1, 'count'), ('sqs', 'bytes', 120, 'bytes'), ('sqs', 'blocks', 1, 'count'),
                     ('lambda', 'active_seconds', 1, 's'), ('bedrock', 'tokens', 30, 'tokens'),
                     ('safety', 'pii_logs', 1, 'count'), ('safety', 'duplicates', 1, 'count'),
                     ('safety', 'pii_email', 1, 'count'), ('safety', 'pii_phone', 1, 'count')
             ) AS metrics (kind, name, factor, unit)
        GROUP BY 2, 3, 4, 5, 7
        """,
        {
            "scenario": scenario_id,
            "logs": logs,
            "minutes": minutes,
            "days": DAYS,
            "begin": datetime(2026, 9, 1, tzinfo=UTC),
        },
    )
    kinds = [(level, duplicate, size) for level in LEVELS for duplicate in (False, True) for size in _SIZE_CLASSES]
    share = max(1, logs // len(kinds))
    for level, duplicate, size in kinds:
        factories.scenario_traffic(
            connection, scenario_id=scenario_id, level=level, duplicate=duplicate, size_class=size, logs=share,
            size_bytes=share << size, sqs_blocks=share * max(1, (1 << size) >> 16), tokens=share * 30,
            redacted_tokens=share * 30, pii_logs=share // 10,
        )  # fmt: skip
    each = share * len(kinds) // _RATE_CLASSES
    for rate in range(_RATE_CLASSES):
        factories.scenario_arrival(
            connection, scenario_id=scenario_id, rate_class=rate, minutes=max(1, each >> rate), logs=each,
            active_seconds=max(1, min(each, (each >> rate) * 60)),
        )  # fmt: skip
    return scenario_id
