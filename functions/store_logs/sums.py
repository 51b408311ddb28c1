"""What a set of batches adds to a scenario: the sums that are written beside its rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import compress, count
from operator import is_not
from uuid import UUID

from shared.mockupaws.contracts.ready import ReadyBatch
from shared.mockupaws.contracts.sums import LogSum, Minute
from shared.mockupaws.contracts.traffic import Level, MetricType, size_class

BUCKETS = (60, 3600, 86_400)

Series = tuple[int, int, MetricType, str]
"""Bucket length, bucket start (epoch seconds), metric type, metric name."""

UNITS: dict[str, str] = {"bytes": "bytes", "tokens": "tokens", "active_seconds": "s"}
"""Units by metric name; all else is counted."""


@dataclass(slots=True)
class Addition:
    """What the new batches of one scenario add to its sums.

    Attributes:
        cells: by level, novelty and size class.
        minutes: by start of the minute, epoch seconds.
        values: what is in the time series, by start of the minute, metric type and metric name.
    """

    cells: dict[tuple[Level, bool, int], LogSum] = field(default_factory=lambda: defaultdict(LogSum))
    minutes: dict[int, Minute] = field(default_factory=lambda: defaultdict(Minute))
    values: dict[tuple[int, MetricType, str], int] = field(default_factory=lambda: defaultdict(int))

    def add(self, batch: ReadyBatch, received_at: datetime, duplicates: Sequence[int]) -> None:
        """Adds a batch.

        Args:
            batch: the batch.
            received_at: when the door took it, UTC.
            duplicates: positions of its logs whose messages came before.
        """
        repeated = batch.sums(duplicates)
        for place, cell in enumerate(batch.cells):
            minute, fresh = cell.minute, cell.total()
            self.minutes[minute].logs += fresh.logs
            self.values[minute, "sqs", "logs"] += fresh.logs
            self.values[minute, "sqs", "bytes"] += fresh.size_bytes
            self.values[minute, "sqs", "blocks"] += fresh.sqs_blocks
            self.values[minute, "bedrock", "tokens"] += fresh.tokens
            self.values[minute, "safety", "pii_logs"] += fresh.pii_logs
            if place in repeated:
                fresh.subtract(repeated[place])
                self.cells[cell.level, True, cell.size_class].add(repeated[place])
                self.values[minute, "safety", "duplicates"] += repeated[place].logs
            if fresh.logs:
                self.cells[cell.level, False, cell.size_class].add(fresh)
        for minute, seconds in batch.seconds.items():
            self.minutes[minute].seconds |= seconds
        for minute, kinds in batch.pii.items():
            for kind, n in kinds.items():
                self.values[minute, "safety", f"pii_{kind}"] += n
        self.values[int(received_at.timestamp()) // 60 * 60, "safety", "rejected"] += len(batch.rejects)

    def series(self) -> dict[Series, int]:
        """The values in buckets of each length; what is zero makes no row."""
        series: dict[Series, int] = defaultdict(int)
        for (minute, metric_type, name), value in self.values.items():
            if value:
                for length in BUCKETS:
                    series[length, minute // length * length, metric_type, name] += value
        return series


def find_duplicates(digests: Sequence[bytes], first: dict[bytes, bytes]) -> list[int]:
    """Positions of a batch's logs whose message came before: where its hash is equal to the first of its kind, not it.

    Args:
        digests: SHA-256 of each log's message, each an object of its own; of two equal ones the later is the duplicate.
        first: of all messages that came before, the first's hash by hash; the batch's are added.
    """
    return list(compress(count(), map(is_not, map(first.setdefault, digests, digests), digests)))


@dataclass(frozen=True, slots=True)
class ArrivalChange:
    """What a set of minutes, as they were and as they become, changes in one rate class."""

    minutes: int
    logs: int
    active_seconds: int


def arrival_changes(before: dict[int, Minute], added: dict[int, Minute]) -> dict[int, ArrivalChange]:
    """How the minutes move between rate classes.

    Args:
        before: the touched minutes that were recorded already.
        added: what is added to each.
    """
    changes: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])

    def move(minute: Minute, sign: int) -> None:
        change = changes[size_class(minute.logs)]
        for i, value in enumerate((1, minute.logs, minute.active_seconds)):
            change[i] += sign * value

    for start, more in added.items():
        was = before.get(start)
        if was is not None:
            move(was, -1)
        move(merge(was, more), 1)
    return {rate_class: ArrivalChange(*change) for rate_class, change in changes.items() if any(change)}


def merge(was: Minute | None, more: Minute) -> Minute:
    """A minute with more logs in it."""
    return Minute(more.logs + was.logs, more.seconds | was.seconds) if was else more


@dataclass(frozen=True, slots=True)
class LockedScenario:
    """What is needed of a scenario while its sums change.

    Attributes:
        id: the scenario.
        region: where its pipeline would run.
        pipeline: the design as stored.
        created_at: when it was made; none of its logs is older.
    """

    id: UUID
    region: str
    pipeline: dict[str, object]
    created_at: datetime
