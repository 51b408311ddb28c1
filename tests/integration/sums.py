"""The sums of a scenario, worked out again from its rows: what a dashboard reads must be what was stored."""

from typing import Any

from shared.mockupaws.db import Rows


def check_sums(connection: Rows, scenario_id: Any) -> None:
    """Asserts that metrics, traffic, arrivals and total agree with scenario_logs, exactly."""

    def one(query: Any) -> tuple[Any, ...]:
        row = connection.execute(query, {"s": scenario_id}).fetchone()
        assert row is not None
        return row

    rows = one(
        """
        SELECT count(*), coalesce(sum(size_bytes), 0), coalesce(sum(sqs_blocks), 0), coalesce(sum(token_count), 0),
               count(*) FILTER (WHERE has_pii), count(*) FILTER (WHERE is_duplicate)
        FROM scenario_logs WHERE scenario_id = %(s)s
        """
    )
    assert one("SELECT total_requests FROM scenarios WHERE id = %(s)s") == rows[:1]
    assert rows == one(
        """
        SELECT coalesce(sum(logs), 0), coalesce(sum(size_bytes), 0), coalesce(sum(sqs_blocks), 0),
               coalesce(sum(tokens), 0), coalesce(sum(pii_logs), 0), coalesce(sum(logs) FILTER (WHERE duplicate), 0)
        FROM scenario_traffic WHERE scenario_id = %(s)s
        """
    )
    active, minutes = one(
        """
        SELECT coalesce(sum(bit_count(seconds::bit(64))), 0), coalesce(sum(logs), 0)
        FROM scenario_minutes WHERE scenario_id = %(s)s
        """
    )
    assert minutes == rows[0]
    for bucket in (60, 3600, 86400):
        names = ("logs", "bytes", "blocks", "tokens", "pii_logs", "duplicates")
        sums = dict(
            connection.execute(
                "SELECT metric_name, sum(value)::bigint FROM scenario_metrics "
                "WHERE scenario_id = %s AND bucket_seconds = %s GROUP BY 1",
                [scenario_id, bucket],
            ).fetchall()
        )
        assert tuple(sums.get(name, 0) for name in names) == rows
        active = one(
            "SELECT coalesce(sum(bit_count(seconds::bit(64))), 0) FROM scenario_minutes WHERE scenario_id = %(s)s"
        )
        assert (sums.get("active_seconds", 0),) == active
    by_minute = """
        SELECT floor(log(2, logs))::int, count(*), sum(logs), sum(bit_count(seconds::bit(64)))
        FROM scenario_minutes WHERE scenario_id = %s GROUP BY 1 ORDER BY 1
    """
    by_class = """
        SELECT rate_class, minutes, logs, active_seconds FROM scenario_arrivals
        WHERE scenario_id = %s AND minutes <> 0 ORDER BY 1
    """
    recorded = connection.execute(by_minute, [scenario_id]).fetchall()
    assert recorded == connection.execute(by_class, [scenario_id]).fetchall()
