"""What the doors put on the queue for `store_logs`: the profiles of one request's logs, without their text.

A message's body is a small JSON envelope that a person can read in the dead-letter queue; what is stored of the batch
is in it (`ready`), packed with msgpack and zlib. A batch that is still too large for the queue waits in S3 and the
envelope says where.
"""

import binascii
import json
import struct
import zlib
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol, cast
from uuid import UUID

import msgpack
import pybase64

from shared.mockupaws.contracts.ready import Cell, ReadyBatch, ready
from shared.mockupaws.contracts.traffic import LEVELS, Level
from shared.mockupaws.ids import new_id

VERSION = 2
# As the doors before this one sent them: plain columns. Messages wait for days, and dead letters for weeks.
_PLAIN = 1
MAX_UNPACKED_BYTES = 64 * 1024 * 1024
HASH_BYTES = 32
# Log ids count up from the first; so many of its low bits start at zero, so that they never overflow.
_COUNTER_BITS = 16
# The columns of a few logs hardly get smaller, and zlib clears a quarter of a megabyte before it begins.
_WORTH_COMPRESSING_BYTES = 1024
_as_json = json.JSONEncoder(separators=(",", ":")).encode
_DIGEST = struct.Struct(f"{HASH_BYTES}s")


class BatchFormatError(ValueError):
    """The bytes are no batch that this version can read."""


class ProfiledLog(Protocol):
    """What profiling says of a message; `shared.mockupaws.profiling.Profile` does."""

    @property
    def message_hash(self) -> bytes: ...  # noqa: D102
    @property
    def preview(self) -> str: ...  # noqa: D102
    @property
    def size_bytes(self) -> int: ...  # noqa: D102
    @property
    def tokens(self) -> int: ...  # noqa: D102
    @property
    def redacted_tokens(self) -> int: ...  # noqa: D102
    @property
    def level(self) -> Level: ...  # noqa: D102
    @property
    def pii(self) -> dict[str, int]: ...  # noqa: D102
    @property
    def has_pii(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Reject:
    """A record of a request that could not be taken.

    Attributes:
        position: its place in the request, from 0.
        error: why, and what to do.
        sample: the beginning of it, personal data masked, at most 500 characters.
    """

    position: int
    error: str
    sample: str


@dataclass(slots=True)
class LogBatch:
    """The logs of one request, as columns of equal length.

    Attributes:
        batch_id: the batch's identity: it is stored once, however often it is delivered.
        scenario_id: whose traffic it is.
        received_at: when the door took it, UTC.
        first_log_id: the first log's id; the others count up from it.
        hashes: SHA-256 of each message, 32 bytes each, end to end.
        previews: the first 500 characters, personal data masked.
        sources: who sent it.
        levels: severities.
        sizes: UTF-8 bytes.
        tokens: `cl100k_base` tokens.
        redacted_tokens: the same with personal data masked.
        occurred: when each log happened, epoch seconds, UTC.
        pii: what personal data was found, counts by kind, by the log's position; logs without any are left out.
        pii_logs: positions of the logs that count as carrying personal data.
        rejects: records of the request that were not taken.
        correlation_id: of the door's log line.
    """

    batch_id: UUID
    scenario_id: UUID
    received_at: datetime
    first_log_id: UUID = field(default_factory=lambda: UUID(int=new_id().int >> _COUNTER_BITS << _COUNTER_BITS))
    hashes: bytearray = field(default_factory=bytearray)
    previews: list[str] = field(default_factory=list[str])
    sources: list[str] = field(default_factory=list[str])
    levels: list[Level] = field(default_factory=list[Level])
    sizes: list[int] = field(default_factory=list[int])
    tokens: list[int] = field(default_factory=list[int])
    redacted_tokens: list[int] = field(default_factory=list[int])
    occurred: list[int] = field(default_factory=list[int])
    pii: dict[int, dict[str, int]] = field(default_factory=dict[int, dict[str, int]])
    pii_logs: set[int] = field(default_factory=set[int])
    rejects: list[Reject] = field(default_factory=list[Reject])
    correlation_id: str = ""

    def __len__(self) -> int:
        return len(self.sizes)

    def add(self, profile: ProfiledLog, source: str, occurred: int) -> None:
        """Appends a log.

        Args:
            profile: what its message was found to be.
            source: who sent it.
            occurred: epoch seconds, UTC.
        """
        position = len(self.sizes)
        self.hashes += profile.message_hash
        self.previews.append(profile.preview)
        self.sources.append(source)
        self.levels.append(profile.level)
        self.sizes.append(profile.size_bytes)
        self.tokens.append(profile.tokens)
        self.redacted_tokens.append(profile.redacted_tokens)
        self.occurred.append(occurred)
        if profile.pii:
            self.pii[position] = profile.pii
            if profile.has_pii:
                self.pii_logs.add(position)

    def log_id(self, position: int) -> UUID:
        """The id of the log at a position."""
        return UUID(int=self.first_log_id.int + position)

    def digests(self) -> list[bytes]:
        """The SHA-256 of each message."""
        return [digest for (digest,) in _DIGEST.iter_unpack(self.hashes)]


def pack(batch: LogBatch) -> bytes:
    """What goes into an envelope, or into S3: hashes, which don't compress, then all else that is stored of a batch."""
    made = ready(batch)
    rejects = [(r.position, r.error, r.sample) for r in made.rejects]
    packed = cast(
        "bytes",
        msgpack.packb((made.rows, made.cells, made.cell, made.redacted, made.seconds, made.pii, rejects)),
    )
    return bytes(batch.hashes) + zlib.compress(packed, 1 if len(packed) > _WORTH_COMPRESSING_BYTES else 0)


def envelope(batch: LogBatch, *, packed: bytes | None = None, s3_key: str | None = None) -> str:
    """The queue message's body.

    Args:
        batch: whose identity the envelope carries.
        packed: the columns, to travel inside.
        s3_key: where they wait instead.
    """
    body: dict[str, Any] = {
        "v": VERSION,
        "batch_id": str(batch.batch_id),
        "scenario_id": str(batch.scenario_id),
        "received_at": batch.received_at.isoformat(),
        "first_log_id": str(batch.first_log_id),
        "logs": len(batch),
        "correlation_id": batch.correlation_id,
    }
    if packed is not None:
        body["data"] = pybase64.b64encode_as_string(packed)
    if s3_key is not None:
        body["s3_key"] = s3_key
    return _as_json(body)


@dataclass(frozen=True, slots=True)
class SealedBatch:
    """A batch as it travels: what it takes to look its logs up, and all else, packed.

    Attributes:
        batch_id: the batch's identity.
        scenario_id: whose traffic it is.
        received_at: when the door took it, UTC.
        first_log_id: the first log's id.
        hashes: SHA-256 of each message, 32 bytes each, end to end.
        packed: all else, by `pack`.
        correlation_id: of the door's log line.
        version: of what is packed.
    """

    batch_id: UUID
    scenario_id: UUID
    received_at: datetime
    first_log_id: UUID
    hashes: bytes
    packed: bytes
    correlation_id: str = ""
    version: int = VERSION

    def __len__(self) -> int:
        return len(self.hashes) // HASH_BYTES

    def digests(self) -> list[bytes]:
        """The SHA-256 of each message."""
        return [digest for (digest,) in _DIGEST.iter_unpack(self.hashes)]

    def open(self) -> ReadyBatch:
        """Unpacks what is stored of it.

        Raises:
            BatchFormatError: that is nothing of the kind, or its parts don't fit each other.
        """
        with _reading():
            unpacked = zlib.decompressobj().decompress(self.packed, MAX_UNPACKED_BYTES)
            content = cast("Any", msgpack.unpackb(unpacked, strict_map_key=False))
            if self.version == _PLAIN:
                return ready(self._plain(content))
            rows, cells, cell, redacted, seconds, pii, rejects = content
            opened = ReadyBatch(
                rows, [Cell(*row) for row in cells], cell, redacted, seconds, pii, [Reject(*row) for row in rejects]
            )
            logs = {len(self), len(rows), len(cell), sum(each.logs for each in opened.cells)}
            if logs != {len(self)} or max(cell, default=-1) >= len(cells):
                raise BatchFormatError("rows and sums don't fit each other")
        return opened

    def _plain(self, columns: dict[str, Any]) -> LogBatch:
        batch = LogBatch(
            self.batch_id,
            self.scenario_id,
            self.received_at,
            self.first_log_id,
            bytearray(self.hashes),
            columns["previews"],
            list(map(columns["sources"].__getitem__, columns["source"])),
            [LEVELS[i] for i in columns["level"]],
            columns["size"],
            columns["tokens"],
            [columns["redacted"].get(i, tokens) for i, tokens in enumerate(columns["tokens"])],
            columns["occurred"],
            columns["pii"],
            set(columns["pii_logs"]),
            [Reject(*row) for row in columns["rejects"]],
        )
        lengths = {len(batch.previews), len(batch.sources), len(batch.levels), len(batch.tokens), len(batch.occurred)}
        if lengths | {len(batch)} != {len(self)}:
            raise BatchFormatError("the columns differ in length")
        return batch


ReadPayload = Callable[[str], bytes]
"""Fetches the packed columns of a batch that was too large for the queue, by their S3 key."""


def read_envelope(body: str, read_payload: ReadPayload) -> SealedBatch:
    """The batch in a queue message.

    Args:
        body: the message's body.
        read_payload: gets the packed columns from S3 where they aren't inside.

    Raises:
        BatchFormatError: it is none, or of another version.
    """
    with _reading():
        outer: dict[str, Any] = json.loads(body)
        if outer["v"] not in (_PLAIN, VERSION):
            raise BatchFormatError(f"batch format {outer['v']!r}; this version reads {_PLAIN} and {VERSION}")
        packed = pybase64.b64decode(outer["data"], validate=True) if "data" in outer else read_payload(outer["s3_key"])
        end = HASH_BYTES * outer["logs"]
        return SealedBatch(
            UUID(outer["batch_id"]),
            UUID(outer["scenario_id"]),
            datetime.fromisoformat(outer["received_at"]).astimezone(UTC),
            UUID(outer["first_log_id"]),
            packed[:end],
            packed[end:],
            # A message of the version before has none.
            outer.get("correlation_id", ""),
            outer["v"],
        )


def names_of(batch: LogBatch | SealedBatch) -> dict[str, str]:
    """What a log line calls a batch, at the door and where it is stored.

    A log's id is the first one's but for its last four hexadecimal digits, so that a row leads to both lines.
    """
    return {
        "batch_id": str(batch.batch_id),
        "scenario_id": str(batch.scenario_id),
        "first_log_id": str(batch.first_log_id),
    }


@contextmanager
def _reading() -> Generator[None]:
    """Whatever is wrong with the bytes, they are no batch."""
    try:
        yield
    except BatchFormatError:
        raise
    except (
        KeyError,
        IndexError,
        TypeError,
        ValueError,
        AttributeError,
        binascii.Error,
        zlib.error,
        struct.error,
    ) as error:
        raise BatchFormatError(f"not a batch of profiles: {type(error).__name__}") from error
