"""Logs in PostgreSQL's binary formats: rows for COPY, and the keys they are found by.

https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format". Every value has its length before it.
"""

import struct
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from typing import Self

from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format

from shared.mockupaws.contracts import ready
from shared.mockupaws.contracts.batch import HASH_BYTES, SealedBatch

COPY_HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
COPY_TRAILER = b"\xff\xff"
COLUMNS = ("message_hash", *ready.COLUMNS, "scenario_id", "received_at", "id")

# Timestamps count microseconds from here.
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_BIGINT_OID = 20
# As many bytes of a hash as functions/migrate/sql/0006_log_keys.sql takes.
_KEY_BYTES = 6
_BIGINT = struct.Struct(">iq")
# Dimensions, flags, the elements' type, how many there are, and what the first one's subscript is.
_ARRAY = struct.Struct(">iiiii")
# How a row begins: the number of columns, and the length of message_hash.
_START = struct.pack(">hi", len(COLUMNS), HASH_BYTES)
# How a batch's rows end: scenario_id, received_at, and all of the id but its counter.
_END = struct.Struct(">i16siqi14s")
_COUNTER = struct.Struct(">H")


def encode_rows(batch: SealedBatch, digests: Sequence[bytes], rows: Sequence[bytes]) -> bytes:
    """The rows of a batch.

    Args:
        batch: whose logs they are.
        digests: SHA-256 of each log's message.
        rows: what else is stored of each, but for what all have in common.
    """
    first = batch.first_log_id.bytes
    received = (batch.received_at - _EPOCH) // timedelta(microseconds=1)
    end = _END.pack(16, batch.scenario_id.bytes, 8, received, 16, first[:14])
    (counter,) = _COUNTER.unpack(first[14:])
    counters = map(_COUNTER.pack, range(counter, counter + len(rows)))
    parts = zip(repeat(_START), digests, rows, repeat(end), counters, strict=False)
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
