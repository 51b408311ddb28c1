"""Log lines out of files, gzip or standard input, in batches that a later run cuts at the same places."""

import gzip
import json
import sys
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, cast

from shared.cli.transcoding import as_utf8, is_transcoded
from shared.mockupaws.intake import MAX_MESSAGE_BYTES
from shared.mockupaws.profiling.timestamps import parse_timestamp

BATCH_LINES = 5_000
# The door unpacks 16 MiB: a byte is sent as six at most (a control character), and 5,000 sources have 8 MiB at most.
BATCH_BYTES = 1024 * 1024
# It reads objects of up to 1 MiB; what is not the message has room for the longest source and its escapes.
MAX_ESCAPED_BYTES = 1024 * 1024 - 4 * 1024
_ESCAPE_BYTES = len("\\u0000")
_TAIL_BYTES = 64 * 1024
_GZIP_MAGIC = b"\x1f\x8b"
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive lines of a source.

    Attributes:
        start: offset of the first byte, in the unpacked text.
        end: offset behind the last byte.
        lines: without their line ends; empty ones and those that are too long left out.
        too_long: how many lines were left out: they have over 256 KiB as UTF-8, which SQS would not take, or so many
            control characters that the door would not take them as JSON.
    """

    start: int
    end: int
    lines: list[str]
    too_long: int


@contextmanager
def opened(path: Path | None) -> Generator[IO[bytes]]:
    """The unpacked bytes of a file, or of standard input where there is none; UTF-16 as UTF-8.

    Raises:
        OSError: it can't be read.
    """
    if path is None:
        yield as_utf8(sys.stdin.buffer)
        return
    with path.open("rb") as stream:
        if stream.read(2) != _GZIP_MAGIC:
            stream.seek(0)
            yield as_utf8(stream)
            return
    try:
        with gzip.open(path, "rb") as unpacked:
            yield as_utf8(cast("IO[bytes]", unpacked))
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise OSError(f"the gzip of {path.name} is cut off or damaged") from error


def batches(stream: IO[bytes], start: int, *, until: int | None = None, whole_lines: bool = False) -> Iterator[Batch]:
    """The stream's lines from where it stands, in batches of bounded lines and bytes.

    Args:
        stream: at `start`.
        start: its offset.
        until: stop here: a batch that was begun before is cut as it was then.
        whole_lines: leave a last line without a line end for later, because its writer may not be done.
    """
    offset, lines, end, size, too_long = start, list[str](), start, 0, 0
    # A last line that was sent before its writer was done goes no further the second time.
    while line := stream.readline(-1 if until is None else until - end):
        if whole_lines and not line.endswith(b"\n"):
            break
        end += len(line)
        line = line.rstrip(b"\r\n")
        if line.strip():
            # As UTF-8 it is at least as long (a byte that is none becomes three), so that a gigabyte need not be read.
            text = line[: MAX_MESSAGE_BYTES + 1].decode("utf-8", "replace")
            if len(line) * _ESCAPE_BYTES > MAX_ESCAPED_BYTES and not _fits(text):
                too_long += 1
            else:
                lines.append(text)
                size += len(line)
        if until is None and (len(lines) >= BATCH_LINES or size >= BATCH_BYTES):
            yield Batch(offset, end, lines, too_long)
            offset, lines, size, too_long = end, [], 0, 0
    if end > offset:
        yield Batch(offset, end, lines, too_long)


def _fits(text: str) -> bool:
    return len(text.encode()) <= MAX_MESSAGE_BYTES and len(_json(text).encode()) <= MAX_ESCAPED_BYTES


def encode(batch: Batch, source: str, *, stamps: bool, shift: timedelta) -> bytes:
    """The batch as the door's NDJSON.

    Args:
        batch: the lines.
        source: who they are from.
        stamps: whether the time that a line begins with is its time; else it is when the door received it.
        shift: added to each of those times.
    """
    return "\n".join(_object(line, source, stamps=stamps, shift=shift) for line in batch.lines).encode()


def _object(line: str, source: str, *, stamps: bool, shift: timedelta) -> str:
    value = {"message": line, "source": source}
    stamp = parse_timestamp(line) if stamps else None
    if stamp is not None:
        value["timestamp"] = (stamp + shift).isoformat()
    return _json(value)


def last_stamp(path: Path, seek_end: Callable[[IO[bytes], int], None]) -> datetime | None:
    """The time of the last line that has one, None where none has: what a shift brings to now.

    Args:
        path: a file; of a gzip, or of UTF-16, all is read, since its end can't be found otherwise.
        seek_end: how to come near the end of a plain file.
    """
    latest = None
    with opened(path) as stream:
        if not (isinstance(stream, gzip.GzipFile) or is_transcoded(stream)):
            seek_end(stream, _TAIL_BYTES)
        for line in stream:
            latest = parse_timestamp(line.decode("utf-8", "replace")) or latest
    return latest
