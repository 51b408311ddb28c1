"""Long recordings, as their sums: what a scenario keeps of months of traffic, without the traffic."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from shared.mockupaws.contracts.traffic import LEVELS
from shared.mockupaws.db import Rows
from tests import factories

METRICS = frozenset(
    {"logs", "bytes", "blocks", "active_seconds", "tokens", "pii_logs", "duplicates", "pii_email", "pii_phone"}
)
_SIZE_CLASSES = range(5, 18)
_RATE_CLASSES = 8


def record(
    connection: Rows,
    scenario_id: UUID,
    logs: int,
    days: int,
    begin: datetime,
    *,
    metrics: Collection[str] = METRICS,
) -> None:
    """Give a scenario the sums of so many logs, of every level and size, spread over the days without gaps.

    Args:
        connection: committed by itself, or by who calls.
        scenario_id: one that has none.
        logs: how many.
        days: over how many days.
        begin: when the first came.
        metrics: which are kept over time.
    """
    minutes = min(logs, days * 1_440)
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
        WHERE name = ANY(%(names)s)
        GROUP BY 2, 3, 4, 5, 7
        """,
        {
            "scenario": scenario_id,
            "logs": logs,
            "minutes": minutes,
            "days": days,
            "begin": begin,
            "names": [*metrics],
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
