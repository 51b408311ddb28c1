"""A batch made ready to be stored, by the door: rows in the binary format of COPY, and the sums of them.

The worker that stores batches is one for all doors, and what it needn't do for each log isn't done while PostgreSQL
waits. All that it alone knows is which messages came before, so a row's duplicate flag can be set where it is, and the
sums say which of them a log is in.

https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format". Every value has its length before it.
"""

import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from shared.mockupaws.contracts.blocks import BLOCK_BYTES, sqs_blocks
from shared.mockupaws.contracts.sums import LogSum
from shared.mockupaws.contracts.traffic import Level, size_class

if TYPE_CHECKING:
    from shared.mockupaws.contracts.batch import LogBatch, Reject

# In the order of a row's bytes here; with these between what the worker knows by itself.
COLUMNS = (
    "size_bytes", "token_count", "sqs_blocks", "has_pii", "is_duplicate",
    "message_preview", "source", "level", "pii_types",
)  # fmt: skip

_TEXT_OID = 25
_LENGTH = struct.Struct(">i")
# Dimensions, flags, the elements' type, how many there are, and what the first one's subscript is.
_ARRAY = struct.Struct(">iiiii")
_NO_ARRAY = struct.pack(">iiii", 12, 0, 0, _TEXT_OID)
# The columns of fixed size, and the length of the preview.
_FIXED = struct.Struct(">iiiiiii?i?i")
_NUMBERS = struct.Struct(">4xi4xi4xi4x?")
_DUPLICATE_AT = _FIXED.size - 5


class Cell(NamedTuple):
    """The logs of one minute, level and size class, summed; the units are those of `TrafficCell`.

    Attributes:
        minute: its start, epoch seconds.
    """

    minute: int
    level: Level
    size_class: int
    logs: int
    size_bytes: int
    sqs_blocks: int
    tokens: int
    redacted_tokens: int
    pii_logs: int

    def total(self) -> LogSum:
        """Its sums."""
        return LogSum(*self[3:])


@dataclass(slots=True)
class ReadyBatch:
    """What is stored of a batch's logs.

    Attributes:
        rows: the `COLUMNS` of each log, as if none had come before.
        cells: the sums of all logs.
        cell: for each log, which of `cells` it is in.
        redacted: tokens with personal data masked, by the log's position; logs that have as many unmasked are left out.
        seconds: which seconds of a minute saw any log, bit n for second n, by the minute's start, epoch seconds.
        pii: what personal data was found, counts by kind, by the minute's start.
        rejects: records of the request that were not taken.
    """

    rows: list[bytes]
    cells: list[Cell]
    cell: list[int]
    redacted: dict[int, int]
    seconds: dict[int, int]
    pii: dict[int, dict[str, int]]
    rejects: "list[Reject]"

    def mark(self, duplicates: Iterable[int]) -> None:
        """Sets the flag of the logs at these positions, whose messages came before."""
        for position in duplicates:
            row = self.rows[position]
            self.rows[position] = row[:_DUPLICATE_AT] + b"\x01" + row[_DUPLICATE_AT + 1 :]

    def sums(self, positions: Iterable[int]) -> Mapping[int, LogSum]:
        """Sums of some logs, by their places in `cells`."""
        alike: dict[int, list[tuple[int, ...]]] = defaultdict(list)
        for position in positions:
            numbers: tuple[int, int, int, bool] = _NUMBERS.unpack_from(self.rows[position])
            size, tokens, units, pii = numbers
            redacted = self.redacted.get(position, tokens)
            alike[self.cell[position]].append((1, size, units, tokens, redacted, pii))
        return {place: LogSum(*map(sum, zip(*logs, strict=True))) for place, logs in alike.items()}


def ready(batch: "LogBatch") -> ReadyBatch:
    """Makes a batch ready."""
    cells, cell = _cells(batch)
    seconds: dict[int, int] = defaultdict(int)
    for second in set(batch.occurred):
        seconds[second - second % 60] |= 1 << second % 60
    found: dict[int, dict[str, int]] = {}
    for position, kinds in batch.pii.items():
        second = batch.occurred[position]
        counts = found.setdefault(second - second % 60, {})
        for kind, n in kinds.items():
            counts[kind] = counts.get(kind, 0) + n
    # Most messages carry nothing to mask, so only the differences are kept.
    tokens, redacted = batch.tokens, batch.redacted_tokens
    different = {} if tokens == redacted else {i: r for i, r in enumerate(redacted) if r != tokens[i]}
    return ReadyBatch(_rows(batch), cells, cell, different, dict(seconds), found, batch.rejects)


def _cells(batch: "LogBatch") -> tuple[list[Cell], list[int]]:
    """The sums, and for each log the place of those it is in: a few groups, whose columns are summed in C."""
    places: dict[tuple[int, Level, int], int] = {}
    minutes = [second - second % 60 for second in batch.occurred]
    alike = zip(minutes, batch.levels, map(size_class, batch.sizes), strict=True)
    cell = [places.setdefault(key, len(places)) for key in alike]
    groups: list[list[int]] = [[] for _ in places]
    for position, place in enumerate(cell):
        groups[place].append(position)
    return [_sum(batch, key, positions) for key, positions in zip(places, groups, strict=True)], cell


def _sum(batch: "LogBatch", key: tuple[int, Level, int], positions: Sequence[int]) -> Cell:
    def of(column: Sequence[int]) -> int:
        return sum(map(column.__getitem__, positions))

    logs, (_, _, size) = len(positions), key
    return Cell(
        *key,
        logs,
        of(batch.sizes),
        logs if 1 << size + 1 <= BLOCK_BYTES else sum(sqs_blocks(batch.sizes[i]) for i in positions),
        of(batch.tokens),
        of(batch.redacted_tokens),
        sum(map(batch.pii_logs.__contains__, positions)) if batch.pii_logs else 0,
    )


def _rows(batch: "LogBatch") -> list[bytes]:
    texts = list(map(str.encode, batch.previews))
    fixed = map(
        _FIXED.pack,
        repeat(4),
        batch.sizes,
        repeat(4),
        batch.tokens,
        repeat(4),
        map(sqs_blocks, batch.sizes) if max(batch.sizes, default=0) > BLOCK_BYTES else repeat(1),
        repeat(1),
        map(batch.pii_logs.__contains__, range(len(batch))) if batch.pii_logs else repeat(False),
        repeat(1),
        repeat(False),
        map(len, texts),
    )
    tails = list(map(_tail, batch.sources, batch.levels))
    for position, kinds in batch.pii.items():
        tails[position] = _tail(batch.sources[position], batch.levels[position], tuple(sorted(kinds)))
    return list(map(b"".join, zip(fixed, texts, tails, strict=False)))


@lru_cache(maxsize=1024)
def _tail(source: str, level: str, kinds: tuple[str, ...] = ()) -> bytes:
    return _text(source) + _text(level) + _kinds(kinds)


def _kinds(kinds: tuple[str, ...]) -> bytes:
    if not kinds:
        return _NO_ARRAY
    array = _ARRAY.pack(1, 0, _TEXT_OID, len(kinds), 1) + b"".join(map(_text, kinds))
    return _LENGTH.pack(len(array)) + array


def _text(text: str) -> bytes:
    encoded = text.encode()
    return _LENGTH.pack(len(encoded)) + encoded
