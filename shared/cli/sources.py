"""Log lines out of files, gzip or standard input, in batches that a later run cuts at the same places."""

import gzip
import json
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, cast

from shared.mockupaws.intake import MAX_MESSAGE_BYTES
from shared.mockupaws.profiling.timestamps import parse_timestamp

BATCH_LINES = 5_000
BATCH_BYTES = 2 * 1024 * 1024
_TAIL_BYTES = 64 * 1024
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive lines of a source.

    Attributes:
        start: offset of the first byte, in the unpacked text.
        end: offset behind the last byte.
        lines: without their line ends; empty ones and those over 256 KiB left out.
        too_long: how many lines were left out because SQS would not take them.
    """

    start: int
    end: int
    lines: list[str]
    too_long: int


@contextmanager
def opened(path: Path | None) -> Generator[IO[bytes]]:
    """The unpacked bytes of a file, or of standard input where there is none.

    Raises:
        OSError: it can't be read.
    """
    if path is None:
        yield sys.stdin.buffer
        return
    with path.open("rb") as stream:
        if stream.read(2) != _GZIP_MAGIC:
            stream.seek(0)
            yield stream
            return
    with gzip.open(path, "rb") as unpacked:
        yield cast("IO[bytes]", unpacked)


def batches(stream: IO[bytes], start: int, *, until: int | None = None, whole_lines: bool = False) -> Iterator[Batch]:
    """The stream's lines from where it stands, in batches of bounded lines and bytes.

    Args:
        stream: at `start`.
        start: its offset.
        until: stop here: a batch that was begun before is cut as it was then.
        whole_lines: leave a last line without a line end for later, because its writer may not be done.
    """
    offset, lines, end, size, too_long = start, list[str](), start, 0, 0
    while (until is None or end < until) and (line := stream.readline()):
        if whole_lines and not line.endswith(b"\n"):
            break
        end += len(line)
        text = line.rstrip(b"\r\n")
        if len(text) > MAX_MESSAGE_BYTES:
            too_long += 1
        elif text.strip():
            lines.append(text.decode("utf-8", "replace"))
            size += len(text)
        if until is None and (len(lines) >= BATCH_LINES or size >= BATCH_BYTES):
            yield Batch(offset, end, lines, too_long)
            offset, lines, size, too_long = end, [], 0, 0
    if end > offset:
        yield Batch(offset, end, lines, too_long)


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
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def last_stamp(path: Path, seek_end: Callable[[IO[bytes], int], None]) -> datetime | None:
    """The time of the last line that has one, None where none has: what a shift brings to now.

    Args:
        path: a file; of a gzip all is read, since its end can't be found otherwise.
        seek_end: how to come near the end of a plain file.
    """
    latest = None
    with opened(path) as stream:
        if not isinstance(stream, gzip.GzipFile):
            seek_end(stream, _TAIL_BYTES)
        for line in stream:
            latest = parse_timestamp(line.decode("utf-8", "replace")) or latest
    return latest
