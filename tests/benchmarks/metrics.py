"""GET metrics for ten million logs beside ten thousand: it reads the sums, and those don't grow with the logs."""

import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import psycopg

from functions.metrics.handler import api, handler
from shared.mockupaws.db import Rows, database
from shared.mockupaws.settings import settings
from tests import factories
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Goal, seconds, side_by_side
from tests.gateway import Gateway

DAYS = 30
_ROUNDS = 15


def measure(bench: Bench) -> list[Figure]:
    """The handler's time, API Gateway's event to its answer, over a month of traffic of each size."""
    with bench.database() as url:
        os.environ["DATABASE_URL"] = url
        settings.cache_clear()
        database.cache_clear()
        logging.disable()
        with psycopg.connect(url, autocommit=True) as connection:
            factories.price_list(connection)
            few = _reader(connection, _recorded(connection, 10_000))
            many = _reader(connection, _recorded(connection, 10_000_000))
            connection.execute("VACUUM ANALYZE")
        took = side_by_side(_ROUNDS, {"few": lambda: seconds(few), "many": lambda: seconds(many)})
        database().close()
    return [
        Figure(
            "metrics_10m_vs_10k", took["many"] / took["few"], "ratio", Goal("<=", 1.5),
            f"GET metrics over {DAYS} days with 10 million logs against the same with 10 thousand",
        ),
        Figure("metrics_10m_ms", took["many"] * 1_000, "ms", None, "the former, in milliseconds"),
    ]  # fmt: skip


def _reader(connection: Rows, scenario_id: UUID) -> Callable[[], None]:
    """Reads the scenario's metrics, as a user whose allowance of 100 requests a minute is whole."""
    gateway = Gateway(handler, api.routes)
    root = factories.user(connection, role="superuser")
    key = factories.api_key(connection, user_id=root["id"])["key"]

    def read() -> None:
        reply = gateway.get(f"/scenarios/{scenario_id}/metrics", key=key)
        assert reply.status == 200, reply.text

    return read


def _recorded(connection: Rows, logs: int) -> UUID:
    """A scenario with the sums of so many logs, spread over the days: the traffic of busy systems has no gaps."""
    scenario_id: UUID = factories.scenario(connection, total_requests=logs)["id"]
    minutes = min(logs, DAYS * 1_440)
    connection.execute(
        """
        INSERT INTO scenario_metrics (scenario_id, bucket_seconds, timestamp, metric_type, metric_name, value, unit)
        SELECT %(scenario)s, length, date_bin(make_interval(secs => length), %(begin)s + n * gap, '2001-01-01Z'),
               kind, name, sum(%(logs)s / %(minutes)s * factor), unit
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
    for size_class in range(5, 12):
        share = logs // 7
        factories.scenario_traffic(
            connection, scenario_id=scenario_id, size_class=size_class, logs=share, size_bytes=share << size_class,
            sqs_blocks=share, tokens=share * 30, redacted_tokens=share * 30, pii_logs=share // 10,
        )  # fmt: skip
    factories.scenario_arrival(
        connection, scenario_id=scenario_id, rate_class=(logs // minutes).bit_length() - 1, minutes=minutes, logs=logs,
        active_seconds=minutes,
    )  # fmt: skip
    return scenario_id
