"""POST what-if for ten million logs beside ten thousand: it prices sums, and those don't grow with the logs."""

import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import psycopg

from functions.estimates.handler import api, handler
from shared.mockupaws.contracts.traffic import LEVELS
from shared.mockupaws.db import Rows, database
from shared.mockupaws.settings import settings
from tests import factories
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Goal, seconds, side_by_side
from tests.gateway import Gateway

DAYS = 30
VARIANTS = 50
_ROUNDS = 15
_SIZE_CLASSES = range(5, 18)
_RATE_CLASSES = 8


def measure(bench: Bench) -> list[Figure]:
    """The handler's time, API Gateway's event to its answer, for 50 variants over a month of traffic of each size."""
    with bench.database() as url:
        os.environ["DATABASE_URL"] = url
        settings.cache_clear()
        database.cache_clear()
        logging.disable()
        with psycopg.connect(url, autocommit=True) as connection:
            factories.price_list(connection)
            few = _asker(connection, _recorded(connection, 10_000))
            many = _asker(connection, _recorded(connection, 10_000_000))
            connection.execute("VACUUM ANALYZE")
        took = side_by_side(_ROUNDS, {"few": lambda: seconds(few), "many": lambda: seconds(many)})
        database().close()
    return [
        Figure(
            "whatif_50_ms", round(took["many"] * 1_000, 1), "ms", Goal("<", 300),
            f"POST what-if with {VARIANTS} variants for a scenario of 10 million logs over {DAYS} days",
        ),
        Figure(
            "whatif_10m_vs_10k", round(took["many"] / took["few"], 3), "ratio", Goal("<=", 1.5),
            "that against the same for a scenario of 10 thousand logs",
        ),
    ]  # fmt: skip


def _asker(connection: Rows, scenario_id: UUID) -> Callable[[], None]:
    """Asks for the variants, as a user whose allowance of 100 requests a minute is whole."""
    gateway = Gateway(handler, api.routes)
    root = factories.user(connection, role="superuser")
    key = factories.api_key(connection, user_id=root["id"])["key"]
    variants = [
        {
            "name": f"variant {number}",
            "pipeline": {
                "sqs": {"receive_batch_size": 10 * (1 + number % 10), "batch_window_s": 1 + number % 7},
                "lambda": {"memory_mb": 128 + 64 * number, "architecture": ("x86_64", "arm64")[number % 2]},
                "reduce": {"sample_rate": (1 + number % 4) / 4, "deduplicate": number % 3 == 0},
            },
        }
        for number in range(VARIANTS)
    ]

    def ask() -> None:
        reply = gateway.post(f"/scenarios/{scenario_id}/what-if", {"variants": variants}, key=key)
        assert reply.status == 200, reply.text
        assert len(reply.json["variants"]) == VARIANTS

    return ask


def _recorded(connection: Rows, logs: int) -> UUID:
    """A scenario with the sums of so many logs, at every level and size, spread over the days."""
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
             (VALUES ('sqs', 'logs', 1, 'count'), ('sqs', 'bytes', 120, 'bytes'), ('bedrock', 'tokens', 30, 'tokens')
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
