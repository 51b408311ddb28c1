"""Logs in PostgreSQL's binary formats, made in C wherever that can be: rows for COPY, and the keys they are found by.

https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format". Every value has its length before it.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import chain, repeat
from typing import Self

from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format

from functions.store_logs.sums import SQS_BLOCK_BYTES, blocks
from shared.mockupaws.contracts.batch import HASH_BYTES, LogBatch

COPY_HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
COPY_TRAILER = b"\xff\xff"
# In the order of a row: what is of fixed size, then the one text that all rows differ in, then what few rows differ in.
COLUMNS = (
    "id", "scenario_id", "received_at", "message_hash", "size_bytes", "token_count", "sqs_blocks",
    "message_preview",
    "source", "level", "has_pii", "is_duplicate", "pii_types",
)  # fmt: skip

# Timestamps count microseconds from here.
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_TEXT_OID = 25
_BIGINT_OID = 20
# As many bytes of a hash as functions/migrate/sql/0006_log_keys.sql takes.
_KEY_BYTES = 6
_BIGINT = struct.Struct(">iq")
# Dimensions, flags, the elements' type, how many there are, and what the first one's subscript is.
_ARRAY = struct.Struct(">iiiii")
_LENGTH = struct.Struct(">i")
# What a batch's rows have in common: the number of columns and all but the last two bytes of the id; scenario_id,
# received_at and the length of message_hash.
_START = struct.Struct(">hi14s")
_MIDDLE = struct.Struct(">i16siqi")
# Those two with the rest of the id between them, message_hash, the three numbers, and the length of message_preview.
_HEAD = struct.Struct(">20sH36s32siiiiiii")
_FLAGS = struct.Struct(">i?i?")


def encode_rows(batch: LogBatch, duplicate: Sequence[bool]) -> bytes:
    """The rows of a batch.

    Args:
        batch: whose logs they are.
        duplicate: for each log, whether its message came before.
    """
    previews = list(map(str.encode, batch.previews))
    parts = zip(_heads(batch, previews), previews, _tails(batch, duplicate), strict=True)
    return b"".join(chain.from_iterable(parts))


class LogKeys(bytes):
    """The beginnings of hashes, as an array of bigint: what `stored_hashes` looks them up by."""

    @classmethod
    def of(cls, hashes: bytes) -> Self:
        """The keys of messages.

        Args:
            hashes: SHA-256 of each message, 32 bytes each, end to end.
        """
        keys = bytearray(_BIGINT.pack(8, 0) * (len(hashes) // HASH_BYTES))
        for at in range(_KEY_BYTES):
            keys[_BIGINT.size - _KEY_BYTES + at :: _BIGINT.size] = hashes[at::HASH_BYTES]
        return cls(_ARRAY.pack(1, 0, _BIGINT_OID, len(keys) // _BIGINT.size, 1) + keys)


class LogKeysDumper(Dumper):
    """How psycopg sends them: as they are."""

    format = Format.BINARY
    oid = 1016  # bigint[]

    def dump(self, obj: LogKeys) -> Buffer:  # noqa: D102
        return obj


def _heads(batch: LogBatch, previews: Iterable[bytes]) -> Iterator[bytes]:
    first = batch.first_log_id.bytes
    counter = int.from_bytes(first[14:])
    received = (batch.received_at - _EPOCH) // timedelta(microseconds=1)
    return map(
        _HEAD.pack,
        repeat(_START.pack(len(COLUMNS), 16, first[:14])),
        range(counter, counter + len(batch)),
        repeat(_MIDDLE.pack(16, batch.scenario_id.bytes, 8, received, 32)),
        batch.digests(),
        repeat(4),
        batch.sizes,
        repeat(4),
        batch.tokens,
        repeat(4),
        map(blocks, batch.sizes) if max(batch.sizes, default=0) > SQS_BLOCK_BYTES else repeat(1),
        map(len, previews),
    )


def _tails(batch: LogBatch, duplicate: Sequence[bool]) -> list[bytes]:
    alike = list(zip(batch.sources, batch.levels, duplicate, strict=True))
    encoded = {key: _tail(*key) for key in set(alike)}
    tails = list(map(encoded.__getitem__, alike))
    for position, kinds in batch.pii.items():
        tails[position] = _tail(*alike[position], position in batch.pii_logs, tuple(kinds))
    return tails


@lru_cache(maxsize=1024)
def _tail(source: str, level: str, is_duplicate: bool, has_pii: bool = False, kinds: tuple[str, ...] = ()) -> bytes:
    if kinds:
        array = _ARRAY.pack(1, 0, _TEXT_OID, len(kinds), 1) + b"".join(map(_text, sorted(kinds)))
    else:
        array = struct.pack(">iii", 0, 0, _TEXT_OID)
    flags = _FLAGS.pack(1, has_pii, 1, is_duplicate)
    return _text(source) + _text(level) + flags + _LENGTH.pack(len(array)) + array


def _text(text: str) -> bytes:
    encoded = text.encode()
    return _LENGTH.pack(len(encoded)) + encoded
