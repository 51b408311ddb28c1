"""How far a file has come on its way into a scenario, kept beside the user's settings."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Self
from uuid import uuid4

import typer

_HEAD_BYTES = 1024
KNOWN_FOR = timedelta(days=6)
"""The door knows a request by its key for seven days (`retain`): one less, for clocks that differ and long tries."""


@dataclass(slots=True)
class Journal:
    """A file's sending.

    Attributes:
        path: the file.
        kept: where the journal is kept.
        run: this sending of it; another one later is other traffic.
        offset: all before it was taken.
        pending: where the batch ends that was being sent, None between batches.
        begun: when that was first sent, UTC.
        head: SHA-256 of the file's first bytes, unpacked, and how many: another file under the same name starts anew.
        shift: by how much times are moved: a batch that is sent again must be the very same.
    """

    path: Path
    kept: Path
    run: str = ""
    offset: int = 0
    pending: int | None = None
    begun: datetime | None = None
    head: tuple[str, int] = ("", 0)
    shift: timedelta = timedelta(0)

    @classmethod
    def of(cls, url: str, scenario: str, path: Path) -> Self:
        """The journal of a file that is sent into a scenario."""
        name = sha256(f"{url}\n{scenario}\n".encode() + os.fsencode(path.resolve())).hexdigest()[:32]
        return cls(path, Path(typer.get_app_dir("mockupaws")) / "send" / f"{name}.json")

    def open(self, stream: IO[bytes], shift: Callable[[], timedelta]) -> None:
        """Goes on where an earlier run was, if the file is still the same; else starts a new run at its beginning.

        Args:
            stream: the file's unpacked bytes.
            shift: says by how much a new run moves times.
        """
        try:
            kept: dict[str, Any] = json.loads(self.kept.read_text())
            digest, length = kept["head"]
            if _head(stream, length) == (digest, length):
                self.run, self.offset, self.pending = kept["run"], kept["offset"], kept["pending"]
                self.head, self.shift = (digest, length), timedelta(seconds=kept["shift_s"])
                self.begun = self._begun(kept)
                return
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            pass  # none, or cut short by a crash while it was first written
        self.run, self.offset, self.pending, self.begun, self.head = uuid4().hex, 0, None, None, ("", 0)
        self.shift = shift()

    def begin(self, stream: IO[bytes], end: int) -> None:
        """A batch is about to be sent, from `offset` to here.

        Args:
            stream: the file that it is of, which may no longer be the one of that name.
            end: the batch's.
        """
        if self.head[1] < _HEAD_BYTES:
            # The file may have been shorter, even empty, and a head of few bytes is the head of many files.
            self.head = _head(stream, _HEAD_BYTES)
        if self.pending != end:
            self.begun = datetime.now(UTC)
        self.pending = end
        self._write()

    @property
    def forgotten(self) -> bool:
        """Whether the door may no longer know the batch that was being sent, and would take it as another."""
        return self.pending is not None and self.begun is not None and datetime.now(UTC) - self.begun > KNOWN_FOR

    def done(self, end: int) -> None:
        """The batch was taken."""
        self.offset, self.pending, self.begun = end, None, None
        self._write()

    def forget(self) -> None:
        """All that the command sends was taken, or is to be sent anew."""
        self.kept.unlink(missing_ok=True)

    def _begun(self, kept: dict[str, Any]) -> datetime:
        """When the batch under way was begun; a journal of an earlier version says it by the file's time."""
        said = kept.get("begun")
        return datetime.fromisoformat(said) if said else datetime.fromtimestamp(self.kept.stat().st_mtime, UTC)

    def _write(self) -> None:
        self.kept.parent.mkdir(parents=True, exist_ok=True)
        partly = self.kept.with_suffix(".partly")
        kept = {"run": self.run, "offset": self.offset, "pending": self.pending, "head": self.head}
        kept["begun"] = self.begun and self.begun.isoformat()
        partly.write_text(json.dumps({**kept, "shift_s": self.shift.total_seconds()}))
        partly.replace(self.kept)


def _head(stream: IO[bytes], length: int) -> tuple[str, int]:
    place = stream.tell()
    stream.seek(0)
    head = stream.read(length)
    stream.seek(place)
    return sha256(head).hexdigest(), len(head)
