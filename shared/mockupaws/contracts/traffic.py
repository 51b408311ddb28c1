"""What is recorded of a scenario's traffic: enough to price another design without reading a log again.

`store_logs` keeps these sums current in the transaction that stores the logs; the cost engine reads nothing else.
Their size doesn't grow with the logs: at most some 270 cells, 30 rate classes and a bounded series.
"""

from typing import Literal, NamedTuple

Level = Literal["trace", "debug", "info", "warn", "error", "fatal", "unknown"]
LEVELS: tuple[Level, ...] = ("trace", "debug", "info", "warn", "error", "fatal", "unknown")

ADDRESSES = frozenset({"ipv4", "ipv6"})
"""Kinds that are personal data only where a scenario says so."""

MetricType = Literal["sqs", "lambda", "bedrock", "safety"]
"""What a metric of the time series is about."""


def size_class(size: int) -> int:
    """The power of two that a quantity reaches: floor(log2(size)), 0 for 0 and 1.

    Args:
        size: bytes of a message, or logs in a minute.
    """
    return max(size, 1).bit_length() - 1


class TrafficCell(NamedTuple):
    """The logs of one level, novelty and size class, summed.

    Attributes:
        level: severity as written by the sender, `unknown` where none was found.
        duplicate: whether an equal message (by SHA-256) was recorded in the scenario before.
        size_class: `size_class` of each message's UTF-8 bytes.
        logs: messages.
        size_bytes: UTF-8 bytes.
        sqs_blocks: 64 KiB billing units, each message alone.
        tokens: `cl100k_base` tokens of the messages as they came.
        redacted_tokens: the same with personal data masked.
        pii_logs: messages that carry personal data.
    """

    level: Level
    duplicate: bool
    size_class: int
    logs: int
    size_bytes: int
    sqs_blocks: int
    tokens: int
    redacted_tokens: int
    pii_logs: int


class ArrivalClass(NamedTuple):
    """The minutes that received at a similar rate, summed: what batching by time depends on.

    Attributes:
        rate_class: `size_class` of the logs in each of these minutes.
        minutes: how many such minutes were recorded.
        logs: messages received in them.
        active_seconds: distinct seconds in which at least one message arrived.
    """

    rate_class: int
    minutes: int
    logs: int
    active_seconds: int


class SeriesPoint(NamedTuple):
    """One bucket of recorded time.

    Attributes:
        logs: messages.
        size_bytes: UTF-8 bytes.
        tokens: `cl100k_base` tokens.
    """

    logs: int
    size_bytes: int
    tokens: int


class Traffic(NamedTuple):
    """A scenario's recorded traffic.

    Attributes:
        cells: the traffic by level, novelty and size.
        arrivals: the traffic by rate.
        bucket_seconds: the length of a point of `series`, seconds.
        series: recorded time in order, empty buckets included, those that nobody recorded left out. A bucket at an
            edge is there whole, however little of it was recorded.
        recorded_seconds: the time recorded, to the minute.
        stray_logs: messages with a time far outside of it: in the sums, not in the series.
    """

    cells: tuple[TrafficCell, ...]
    arrivals: tuple[ArrivalClass, ...]
    bucket_seconds: int
    series: tuple[SeriesPoint, ...]
    recorded_seconds: int
    stray_logs: int = 0
