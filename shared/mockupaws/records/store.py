"""What several domains read: a scenario's recorded traffic, and the prices in force."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row

from shared.mockupaws.contracts.pipeline import Pipeline
from shared.mockupaws.contracts.prices import Price
from shared.mockupaws.contracts.traffic import ArrivalClass, MetricType, SeriesPoint, Traffic, TrafficCell
from shared.mockupaws.contracts.wire import Reply
from shared.mockupaws.db import Rows
from shared.mockupaws.errors import NotFoundError
from shared.mockupaws.ids import new_id
from shared.mockupaws.records.coverage import Came, Part, believed

# A series of at most so many points: minutes for a day, hours for two months, days beyond.
_SERIES_STEPS = ((60, 1_440), (3_600, 1_488), (86_400, None))
_HOUR = timedelta(hours=1)
_MICROSECOND = timedelta(microseconds=1)


class Recording(Reply):
    """A scenario as those see it who price what it recorded.

    Attributes:
        user_id: its owner.
        pipeline: the design that is priced.
        ip_addresses: whether IP addresses are personal data in it.
        total_cost_estimate: what the traffic cost when it was last priced, US dollars.
    """

    id: UUID
    user_id: UUID
    name: str
    region: str
    pipeline: Pipeline
    ip_addresses: bool
    budget_usd: Decimal | None
    total_requests: int
    total_cost_estimate: Decimal


_RECORDING = sql.SQL("""
    id, user_id, name, region, pipeline, budget_usd, total_requests, total_cost_estimate,
    coalesce((pii ->> 'ip_addresses')::boolean, false) AS ip_addresses
""")


def read_recording(connection: Rows, scenario_id: UUID, owner: UUID | None, *, keep: bool = False) -> Recording:
    """A scenario that its owner may see.

    Args:
        connection: is only read from.
        scenario_id: which.
        owner: whose it must be; None for a caller who sees all.
        keep: nobody deletes it until the transaction ends, since a row is to refer to it.

    Raises:
        NotFoundError: there is none, or it is another user's.
    """
    with connection.cursor(row_factory=class_row(Recording)) as cursor:
        row = cursor.execute(
            sql.SQL("""
            SELECT {} FROM scenarios WHERE id = %(id)s AND (%(owner)s::uuid IS NULL OR user_id = %(owner)s) {}
            """).format(_RECORDING, sql.SQL("FOR KEY SHARE" if keep else "")),
            {"id": scenario_id, "owner": owner},
        ).fetchone()
    if row is None:
        raise NotFoundError("There is no such scenario.")
    return row


def read_prices(connection: Rows, region: str, on: date | None = None) -> list[Price]:
    """A region's prices in force on a day, None for today (UTC).

    One that was withdrawn counts for the days before, as it did then. The day of that is its row's `effective_to`,
    which of what was replaced or withdrawn on its first day, or before it, is the first day: such counts for none.
    """
    with connection.cursor(row_factory=class_row(Price)) as cursor:
        return cursor.execute(
            """
            SELECT id, service, region, tier, usage_type, price_per_unit, unit, range_begin, range_end,
                   effective_from, effective_to, true AS is_active, source_url, verified, description
            FROM aws_pricing, coalesce(%(on)s::date, (now() AT TIME ZONE 'UTC')::date) AS day
            WHERE region = %(region)s AND effective_from <= day
              AND CASE WHEN is_active THEN coalesce(effective_to >= day, true) ELSE effective_to > day END
            """,
            {"region": region, "on": on},
        ).fetchall()


def read_sums(connection: Rows, scenario_id: UUID) -> Traffic:
    """A scenario's traffic by kind and by rate, without its series: what it costs as recorded."""
    with connection.cursor(row_factory=class_row(TrafficCell)) as cursor:
        cells = cursor.execute(
            """
            SELECT level, duplicate, size_class, logs, size_bytes, sqs_blocks, tokens, redacted_tokens, pii_logs
            FROM scenario_traffic WHERE scenario_id = %s ORDER BY level, duplicate, size_class
            """,
            (scenario_id,),
        ).fetchall()
    with connection.cursor(row_factory=class_row(ArrivalClass)) as cursor:
        arrivals = cursor.execute(
            """
            SELECT rate_class, minutes, logs, active_seconds
            FROM scenario_arrivals WHERE scenario_id = %s AND logs > 0 ORDER BY rate_class
            """,
            (scenario_id,),
        ).fetchall()
    return Traffic(tuple(cells), tuple(arrivals), 0, (), 0)


def read_traffic(connection: Rows, scenario_id: UUID) -> Traffic:
    """A scenario's traffic with its series, at the finest buckets that keep it short.

    The series runs from the first bucket with traffic to the last of each part of time that was recorded
    (`coverage.believed`). Empty buckets in between count; what lies between two parts doesn't.
    """
    sums = read_sums(connection, scenario_id)
    parts = _read_parts(connection, scenario_id)
    recorded = believed(parts, sum(cell.logs for cell in sums.cells))
    seconds = sum(part.seconds for part in recorded)
    if not seconds:
        return sums
    bucket = next(size for size, most in _SERIES_STEPS if most is None or seconds / size <= most)
    return sums._replace(
        bucket_seconds=bucket,
        series=tuple(_read_series(connection, scenario_id, bucket, recorded)),
        recorded_seconds=seconds,
        stray_logs=sum(part.came.logs for part in parts if part not in recorded and part.came),
    )


def _read_parts(connection: Rows, scenario_id: UUID) -> list[Part]:
    """The scenario's runs and the time between them, each from its first minute with a log to its last."""
    with connection.cursor(row_factory=class_row(Part)) as cursor:
        parts = cursor.execute(
            """
            WITH logs AS NOT MATERIALIZED (
                SELECT timestamp FROM scenario_metrics
                WHERE scenario_id = %(scenario)s AND bucket_seconds = 60 AND metric_type = 'sqs'
                  AND metric_name = 'logs'
            ), runs AS (
                SELECT coalesce(range_agg(tstzrange(date_trunc('minute', started_at, 'UTC'),
                                                    date_trunc('minute', stopped_at, 'UTC') + interval '60 s')),
                                '{}') AS times
                FROM scenario_runs WHERE scenario_id = %(scenario)s
            ), parts AS (
                SELECT unnest(times) AS times, true AS is_run FROM runs
                UNION ALL
                SELECT unnest('{(,)}'::tstzmultirange - times), false FROM runs
            )
            SELECT first.timestamp AS begin, last.timestamp + interval '60 s' AS end, is_run
            FROM parts
            CROSS JOIN LATERAL (
                SELECT timestamp FROM logs
                WHERE timestamp >= coalesce(lower(times), '-infinity')
                  AND timestamp < coalesce(upper(times), 'infinity')
                ORDER BY timestamp LIMIT 1) AS first
            CROSS JOIN LATERAL (
                SELECT timestamp FROM logs
                WHERE timestamp >= first.timestamp AND timestamp < coalesce(upper(times), 'infinity')
                ORDER BY timestamp DESC LIMIT 1) AS last
            ORDER BY first.timestamp
            """,
            {"scenario": scenario_id},
        ).fetchall()
    return [
        part._replace(came=_read_came(connection, scenario_id, part)) if part.is_doubtful else part for part in parts
    ]


def _read_came(connection: Rows, scenario_id: UUID, part: Part) -> Came:
    """What came in a part, from sums by the hour, and by the minute where an hour reaches over its edge."""
    # A connection's time zone may have hours that begin at half past.
    first_hour = (part.begin.astimezone(UTC) + _HOUR - _MICROSECOND).replace(minute=0, second=0, microsecond=0)
    past_hour = part.end.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    with connection.cursor(row_factory=class_row(Came)) as cursor:
        came = cursor.execute(
            """
            SELECT coalesce(sum(value), 0)::bigint AS logs,
                   count(DISTINCT date_trunc('hour', timestamp, 'UTC')) AS active_hours
            FROM scenario_metrics
            WHERE scenario_id = %(scenario)s AND metric_type = 'sqs' AND metric_name = 'logs' AND (
                   bucket_seconds = 3600 AND timestamp >= %(first_hour)s AND timestamp < %(past_hour)s
                OR bucket_seconds = 60 AND timestamp >= %(begin)s AND timestamp < %(first_hour)s
                OR bucket_seconds = 60 AND timestamp >= %(past_hour)s AND timestamp < %(end)s)
            """,
            {
                "scenario": scenario_id,
                "first_hour": first_hour,
                "past_hour": past_hour,
                "begin": part.begin,
                "end": part.end,
            },
        ).fetchone()
    assert came is not None, "sums without a group are a row"  # noqa: S101 (a fact, not a check)
    return came


def _read_series(connection: Rows, scenario_id: UUID, bucket: int, recorded: Sequence[Part]) -> Sequence[SeriesPoint]:
    with connection.cursor(row_factory=class_row(SeriesPoint)) as cursor:
        return cursor.execute(
            """
            WITH buckets AS (
                SELECT DISTINCT start
                FROM unnest(%(begins)s::timestamptz[], %(ends)s::timestamptz[]) AS part (first, past),
                     generate_series(date_bin(make_interval(secs => %(bucket)s), first, '2001-01-01T00:00:00Z'),
                                     past - interval '1 s', make_interval(secs => %(bucket)s)) AS start
            ), recorded AS (
                SELECT timestamp,
                       sum(value) FILTER (WHERE metric_type = 'sqs' AND metric_name = 'logs') AS logs,
                       sum(value) FILTER (WHERE metric_type = 'sqs' AND metric_name = 'bytes') AS size_bytes,
                       sum(value) FILTER (WHERE metric_type = 'bedrock' AND metric_name = 'tokens') AS tokens
                FROM scenario_metrics
                WHERE scenario_id = %(scenario)s AND bucket_seconds = %(bucket)s AND metric_type IN ('sqs', 'bedrock')
                GROUP BY timestamp
            )
            SELECT coalesce(logs, 0)::bigint AS logs, coalesce(size_bytes, 0)::bigint AS size_bytes,
                   coalesce(tokens, 0)::bigint AS tokens
            FROM buckets LEFT JOIN recorded ON recorded.timestamp = start
            ORDER BY start
            """,
            {
                "scenario": scenario_id,
                "bucket": bucket,
                "begins": [part.begin for part in recorded],
                "ends": [part.end for part in recorded],
            },
        ).fetchall()


class Span(NamedTuple):
    """A range of time, its end not in it."""

    begin: datetime
    end: datetime


class Bucket(NamedTuple):
    """One metric in one bucket of time, as recorded.

    Attributes:
        start: when the bucket begins.
        metric_type: what the metric is about.
        metric_name: which it is.
        value: the bucket's sum.
        unit: what was summed.
    """

    start: datetime
    metric_type: MetricType
    metric_name: str
    value: int
    unit: str


def read_span(connection: Rows, scenario_id: UUID) -> Span | None:
    """From the first recorded minute to the end of the last; None where nothing was recorded."""
    with connection.cursor(row_factory=class_row(Span)) as cursor:
        return cursor.execute(
            """
            SELECT first.timestamp AS begin, last.timestamp + interval '60 s' AS end
            FROM (SELECT timestamp FROM scenario_metrics WHERE scenario_id = %(scenario)s AND bucket_seconds = 60
                  ORDER BY timestamp LIMIT 1) AS first,
                 (SELECT timestamp FROM scenario_metrics WHERE scenario_id = %(scenario)s AND bucket_seconds = 60
                  ORDER BY timestamp DESC LIMIT 1) AS last
            """,
            {"scenario": scenario_id},
        ).fetchone()


def read_buckets(connection: Rows, scenario_id: UUID, span: Span, stored: int, step: int) -> list[Bucket]:
    """The time series in a range, in order of time.

    Args:
        connection: is only read from.
        scenario_id: whose.
        span: a range of whole stored buckets.
        stored: length of the buckets to read, seconds: 60, 3,600 or 86,400.
        step: length of the buckets to return, seconds, a multiple of it. They are counted from a Monday, midnight UTC.
    """
    with connection.cursor(row_factory=class_row(Bucket)) as cursor:
        return cursor.execute(
            """
            SELECT date_bin(make_interval(secs => %(step)s), timestamp, '2001-01-01T00:00:00Z') AS start,
                   metric_type, metric_name, sum(value)::bigint AS value, unit
            FROM scenario_metrics
            WHERE scenario_id = %(scenario)s AND bucket_seconds = %(stored)s
              AND timestamp >= %(begin)s AND timestamp < %(end)s
            GROUP BY 1, metric_type, metric_name, unit
            ORDER BY 1, metric_type, metric_name
            """,
            {"scenario": scenario_id, "stored": stored, "step": step, "begin": span.begin, "end": span.end},
        ).fetchall()


def read_log_span(connection: Rows, scenario_id: UUID, span: Span) -> Span | None:
    """The minutes of the first and the last log in a range; None where none came."""
    with connection.cursor(row_factory=class_row(Span)) as cursor:
        return cursor.execute(
            """
            WITH minutes AS NOT MATERIALIZED (
                SELECT timestamp FROM scenario_metrics
                WHERE scenario_id = %(scenario)s AND bucket_seconds = 60 AND timestamp >= %(begin)s
                  AND timestamp < %(end)s AND metric_type = 'sqs' AND metric_name = 'logs'
            )
            SELECT first.timestamp AS begin, last.timestamp AS end
            FROM (SELECT timestamp FROM minutes ORDER BY timestamp LIMIT 1) AS first,
                 (SELECT timestamp FROM minutes ORDER BY timestamp DESC LIMIT 1) AS last
            """,
            {"scenario": scenario_id, "begin": span.begin, "end": span.end},
        ).fetchone()


def replace_price(connection: Rows, old: Price, new: Price) -> Price:
    """Closes a price and opens the one that follows it. History is kept: only what held on no day is set inactive.

    Args:
        connection: in the transaction of the change.
        old: the stored row, which nobody else is changing.
        new: what follows it; its id is made here.
    """
    connection.execute(
        """
        UPDATE aws_pricing
           SET effective_to = greatest(effective_from, %(opens)s - 1), is_active = effective_from < %(opens)s
         WHERE id = %(id)s
        """,
        {"id": old.id, "opens": new.effective_from},
    )
    return add_price(connection, new)


def add_price(connection: Rows, price: Price) -> Price:
    """Stores a price under an id of its own.

    Raises:
        psycopg.errors.UniqueViolation: the same thing has a price from the same day.
    """
    with connection.cursor(row_factory=class_row(Price)) as cursor:
        stored = cursor.execute(
            """
            INSERT INTO aws_pricing (id, service, region, tier, usage_type, price_per_unit, unit, range_begin,
                                     range_end, effective_from, effective_to, is_active, source_url, verified,
                                     description)
            VALUES (%(id)s, %(service)s, %(region)s, %(tier)s, %(usage_type)s, %(price_per_unit)s, %(unit)s,
                    %(range_begin)s, %(range_end)s, %(effective_from)s, %(effective_to)s, %(is_active)s, %(source_url)s,
                    %(verified)s, %(description)s)
            RETURNING id, service, region, tier, usage_type, price_per_unit, unit, range_begin, range_end,
                      effective_from, effective_to, is_active, source_url, verified, description
            """,
            {**price._asdict(), "id": new_id()},
        ).fetchone()
    assert stored is not None, "what was inserted is returned"  # noqa: S101 (a fact, not a check)
    return stored


class Recorded(NamedTuple):
    """A scenario that has recorded something, and where its prices hold."""

    id: UUID
    region: str


def read_recorded(connection: Rows, regions: Sequence[str]) -> list[Recorded]:
    """The scenarios of some regions that have recorded something, by id: the order in which they are locked."""
    with connection.cursor(row_factory=class_row(Recorded)) as cursor:
        return cursor.execute(
            "SELECT id, region FROM scenarios WHERE region = ANY(%s) AND total_requests > 0 ORDER BY id",
            (list(regions),),
        ).fetchall()


def lock_recording(connection: Rows, scenario_id: UUID, lock_timeout_ms: int) -> Recording | None:
    """A scenario whose sums and design nobody changes until the transaction ends; None where it was deleted.

    Args:
        connection: in a transaction.
        scenario_id: which.
        lock_timeout_ms: how long it may wait for who has it.

    Raises:
        psycopg.errors.LockNotAvailable: they took longer.
    """
    connection.execute("SELECT set_config('lock_timeout', %s, true)", (f"{lock_timeout_ms}ms",))
    with connection.cursor(row_factory=class_row(Recording)) as cursor:
        return cursor.execute(
            sql.SQL("SELECT {} FROM scenarios WHERE id = %s FOR NO KEY UPDATE").format(_RECORDING),
            (scenario_id,),
        ).fetchone()


def write_cost(connection: Rows, scenario_id: UUID, cost_usd: Decimal) -> bool:
    """Sets what a locked scenario's traffic costs, US dollars, and says whether that is news."""
    statement = "UPDATE scenarios SET total_cost_estimate = %s WHERE id = %s AND total_cost_estimate <> %s"
    return connection.execute(statement, (cost_usd, scenario_id, cost_usd)).rowcount == 1
