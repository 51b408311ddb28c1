"""What a set of batches adds to a scenario: the sums that are written beside its rows."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from shared.mockupaws.contracts.batch import LogBatch
from shared.mockupaws.contracts.traffic import Level, size_class

BUCKETS = (60, 3600, 86_400)
SQS_BLOCK_BYTES = 65_536

Series = tuple[int, int, str, str]
"""Bucket length, bucket start (epoch seconds), metric type, metric name."""

UNITS: dict[str, str] = {"bytes": "bytes", "tokens": "tokens", "active_seconds": "s"}
"""Units by metric name; all else is counted."""


@dataclass(slots=True)
class Cell:
    """What a set of logs adds to one cell of the traffic, as columns of `scenario_traffic`."""

    logs: int = 0
    size_bytes: int = 0
    sqs_blocks: int = 0
    tokens: int = 0
    redacted_tokens: int = 0
    pii_logs: int = 0


@dataclass(slots=True)
class Minute:
    """A minute's logs, and which of its seconds saw any: bit n for second n."""

    logs: int = 0
    seconds: int = 0

    @property
    def active_seconds(self) -> int:
        """Distinct seconds with at least one log."""
        return self.seconds.bit_count()


@dataclass(slots=True)
class Addition:
    """What the new batches of one scenario add to its sums.

    Attributes:
        logs: how many.
        duplicate: for each log in order, whether its message was seen before.
        cells: by level, novelty and size class.
        minutes: by start of the minute, epoch seconds.
        series: the time series, without `active_seconds`, which needs the minutes as they were.
    """

    logs: int = 0
    duplicate: list[bool] = field(default_factory=list[bool])
    cells: dict[tuple[Level, bool, int], Cell] = field(default_factory=lambda: defaultdict(Cell))
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


def add_up(batches: Iterable[LogBatch], seen: Callable[[bytes], bool]) -> Addition:
    """Sums the batches of one scenario.

    Args:
        batches: in the order in which they are stored: of two equal messages the later one is the duplicate.
        seen: whether a message with this hash was stored before.
    """
    added = Addition()
    here: set[bytes] = set()
    for batch in batches:
        by_minute: dict[int, Counts] = defaultdict(Counts)
        for i, size in enumerate(batch.sizes):
            digest = batch.hash_at(i)
            duplicate = digest in here or seen(digest)
            here.add(digest)
            added.duplicate.append(duplicate)
            _count(added, by_minute, batch, i, size, duplicate=duplicate)
        added.logs += len(batch)
        for minute, counts in by_minute.items():
            counts.into(added, minute)
        received_minute = int(batch.received_at.timestamp()) // 60 * 60
        added.spread(received_minute, "safety", "rejected", len(batch.rejects))
    return added


@dataclass(slots=True)
class Counts:
    """A minute's sums, before they are spread over the three bucket lengths."""

    logs: int = 0
    size_bytes: int = 0
    blocks: int = 0
    tokens: int = 0
    pii_logs: int = 0
    duplicates: int = 0
    pii: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def into(self, added: Addition, minute: int) -> None:
        """Adds them to the series."""
        added.spread(minute, "sqs", "logs", self.logs)
        added.spread(minute, "sqs", "bytes", self.size_bytes)
        added.spread(minute, "sqs", "blocks", self.blocks)
        added.spread(minute, "bedrock", "tokens", self.tokens)
        added.spread(minute, "safety", "pii_logs", self.pii_logs)
        added.spread(minute, "safety", "duplicates", self.duplicates)
        for kind, n in self.pii.items():
            added.spread(minute, "safety", f"pii_{kind}", n)


def _count(
    added: Addition, by_minute: dict[int, Counts], batch: LogBatch, i: int, size: int, *, duplicate: bool
) -> None:
    tokens, level, occurred = batch.tokens[i], batch.levels[i], batch.occurred[i]
    is_pii = i in batch.pii_logs
    log_blocks = blocks(size)
    cell = added.cells[level, duplicate, size_class(size)]
    cell.logs += 1
    cell.size_bytes += size
    cell.sqs_blocks += log_blocks
    cell.tokens += tokens
    cell.redacted_tokens += batch.redacted_tokens[i]
    cell.pii_logs += is_pii
    second = occurred % 60
    minute = added.minutes[occurred - second]
    minute.logs += 1
    minute.seconds |= 1 << second
    counts = by_minute[occurred - second]
    counts.logs += 1
    counts.size_bytes += size
    counts.blocks += log_blocks
    counts.tokens += tokens
    counts.pii_logs += is_pii
    counts.duplicates += duplicate
    for kind, n in batch.pii.get(i, {}).items():
        counts.pii[kind] += n


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
    """

    id: UUID
    region: str
    pipeline: dict[str, object]
