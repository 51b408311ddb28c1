"""What a set of batches adds to a scenario: the sums that are written beside its rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from shared.mockupaws.contracts.batch import LogBatch
from shared.mockupaws.contracts.sums import LogSum, Minute
from shared.mockupaws.contracts.traffic import Level, size_class

BUCKETS = (60, 3600, 86_400)
SQS_BLOCK_BYTES = 65_536

Series = tuple[int, int, str, str]
"""Bucket length, bucket start (epoch seconds), metric type, metric name."""

UNITS: dict[str, str] = {"bytes": "bytes", "tokens": "tokens", "active_seconds": "s"}
"""Units by metric name; all else is counted."""


@dataclass(slots=True)
class Addition:
    """What the new batches of one scenario add to its sums.

    Attributes:
        logs: how many.
        cells: by level, novelty and size class.
        minutes: by start of the minute, epoch seconds.
        series: the time series, without `active_seconds`, which needs the minutes as they were.
    """

    logs: int = 0
    cells: dict[tuple[Level, bool, int], LogSum] = field(default_factory=lambda: defaultdict(LogSum))
    minutes: dict[int, Minute] = field(default_factory=lambda: defaultdict(Minute))
    series: dict[Series, int] = field(default_factory=lambda: defaultdict(int))

    def spread(self, minute: int, metric_type: str, name: str, value: int) -> None:
        """Adds a minute's value to its bucket of each length; what is zero makes no row."""
        if value:
            for length in BUCKETS:
                self.series[length, minute // length * length, metric_type, name] += value


def blocks(size_bytes: int) -> int:
    """SQS billing units of a message sent alone: 64 KiB each, at least one."""
    return max(1, -(-size_bytes // SQS_BLOCK_BYTES))


def find_duplicates(batch: LogBatch, known: set[bytes]) -> list[bool]:
    """For each log of a batch, whether an equal message came before it.

    Args:
        batch: the next one to be stored: of two equal messages the later one is the duplicate.
        known: hashes of the messages that came before; the batch's are added.
    """
    digests = batch.digests()
    distinct = set(digests)
    if len(distinct) == len(digests) and known.isdisjoint(distinct):
        known |= distinct
        return [False] * len(digests)
    return [_is_known(digest, known) for digest in digests]


def _is_known(digest: bytes, known: set[bytes]) -> bool:
    """Whether it was; from now on it is."""
    before = len(known)
    known.add(digest)
    return len(known) == before


def add_up(batches: Sequence[LogBatch], duplicates: Sequence[Sequence[bool]]) -> Addition:
    """Sums the batches of one scenario.

    Args:
        batches: what is added.
        duplicates: for each log of each batch, whether its message came before.
    """
    added = Addition()
    by_minute: dict[int, _MinuteSum] = defaultdict(_MinuteSum)
    for batch, duplicate in zip(batches, duplicates, strict=True):
        added.logs += len(batch)
        for (minute, level, is_duplicate, size_bits), positions in _alike(batch, duplicate).items():
            total = _sum(batch, positions, size_bits)
            added.cells[level, is_duplicate, max(size_bits, 1) - 1].add(total)
            added.minutes[minute].logs += total.logs
            by_minute[minute].add(total, is_duplicate=is_duplicate)
        for second in set(batch.occurred):
            added.minutes[second // 60 * 60].seconds |= 1 << second % 60
        for position, kinds in batch.pii.items():
            found = by_minute[batch.occurred[position] // 60 * 60].pii
            for kind, n in kinds.items():
                found[kind] += n
        received_minute = int(batch.received_at.timestamp()) // 60 * 60
        added.spread(received_minute, "safety", "rejected", len(batch.rejects))
    for minute, total in by_minute.items():
        total.into(added, minute)
    return added


def _alike(batch: LogBatch, duplicate: Sequence[bool]) -> Mapping[tuple[int, Level, bool, int], Sequence[int]]:
    """Positions by minute, level, novelty and the bits of the size: a few groups, whose columns are summed in C."""
    groups: dict[tuple[int, Level, bool, int], list[int]] = defaultdict(list)
    minutes = [second - second % 60 for second in batch.occurred]
    sizes = map(int.bit_length, batch.sizes)
    for position, alike in enumerate(zip(minutes, batch.levels, duplicate, sizes, strict=True)):
        groups[alike].append(position)
    return groups


def _sum(batch: LogBatch, positions: Sequence[int], size_bits: int) -> LogSum:
    def of(column: Sequence[int]) -> int:
        return sum(map(column.__getitem__, positions))

    small = 1 << size_bits <= SQS_BLOCK_BYTES
    return LogSum(
        logs=len(positions),
        size_bytes=of(batch.sizes),
        sqs_blocks=len(positions) if small else sum(blocks(batch.sizes[i]) for i in positions),
        tokens=of(batch.tokens),
        redacted_tokens=of(batch.redacted_tokens),
        pii_logs=sum(map(batch.pii_logs.__contains__, positions)) if batch.pii_logs else 0,
    )


@dataclass(slots=True)
class _MinuteSum:
    """A minute's sums, before they are spread over the three bucket lengths."""

    all: LogSum = field(default_factory=LogSum)
    duplicates: int = 0
    pii: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, more: LogSum, *, is_duplicate: bool) -> None:
        self.all.add(more)
        self.duplicates += is_duplicate * more.logs

    def into(self, added: Addition, minute: int) -> None:
        added.spread(minute, "sqs", "logs", self.all.logs)
        added.spread(minute, "sqs", "bytes", self.all.size_bytes)
        added.spread(minute, "sqs", "blocks", self.all.sqs_blocks)
        added.spread(minute, "bedrock", "tokens", self.all.tokens)
        added.spread(minute, "safety", "pii_logs", self.all.pii_logs)
        added.spread(minute, "safety", "duplicates", self.duplicates)
        for kind, n in self.pii.items():
            added.spread(minute, "safety", f"pii_{kind}", n)


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
