"""Traffic as it would be recorded of given logs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from shared.mockupaws.contracts.traffic import (
    LEVELS,
    ArrivalClass,
    Level,
    SeriesPoint,
    Traffic,
    TrafficCell,
    size_class,
)

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Log:
    """One log as the door profiles it."""

    second: int
    level: Level = "info"
    duplicate: bool = False
    size_bytes: int = 120
    tokens: int = 40
    redacted_tokens: int = 38
    pii: bool = False


def recorded(logs: Sequence[Log], minutes: int | None = None) -> Traffic:
    """What is recorded of logs, in a series by the minute.

    Args:
        logs: in any order.
        minutes: length of the recording; by default it ends with the last log.
    """
    cells: dict[tuple[Level, bool, int], list[Log]] = defaultdict(list)
    by_minute: dict[int, list[Log]] = defaultdict(list)
    for log in logs:
        cells[log.level, log.duplicate, size_class(log.size_bytes)].append(log)
        by_minute[log.second // MINUTE].append(log)
    classes: dict[int, list[list[Log]]] = defaultdict(list)
    for group in by_minute.values():
        classes[size_class(len(group))].append(group)
    last = max(by_minute, default=-1) + 1 if minutes is None else minutes
    return Traffic(
        cells=tuple(_cell(*key, group) for key, group in cells.items()),
        arrivals=tuple(
            ArrivalClass(
                rate_class=rate,
                minutes=len(groups),
                logs=sum(map(len, groups)),
                active_seconds=sum(len({log.second for log in group}) for group in groups),
            )
            for rate, groups in classes.items()
        ),
        bucket_seconds=MINUTE,
        series=tuple(
            SeriesPoint(
                len(by_minute[minute]),
                sum(log.size_bytes for log in by_minute[minute]),
                sum(log.tokens for log in by_minute[minute]),
            )
            for minute in range(last)
        ),
        recorded_seconds=last * MINUTE,
    )


def _cell(level: Level, duplicate: bool, size: int, logs: list[Log]) -> TrafficCell:
    return TrafficCell(
        level=level,
        duplicate=duplicate,
        size_class=size,
        logs=len(logs),
        size_bytes=sum(log.size_bytes for log in logs),
        sqs_blocks=sum(max(1, -(-log.size_bytes // 65_536)) for log in logs),
        tokens=sum(log.tokens for log in logs),
        redacted_tokens=sum(log.redacted_tokens for log in logs),
        pii_logs=sum(log.pii for log in logs),
    )


LOGS = st.builds(
    Log,
    second=st.integers(0, 7200),
    level=st.sampled_from(LEVELS),
    duplicate=st.booleans(),
    size_bytes=st.integers(1, 262_144),
    tokens=st.integers(1, 50_000),
    redacted_tokens=st.integers(1, 50_000),
    pii=st.booleans(),
)
RECORDINGS = st.lists(LOGS, max_size=60).map(recorded)
STEADY = recorded([Log(second) for second in range(3 * 3600)])
"""One log a second for three hours."""
