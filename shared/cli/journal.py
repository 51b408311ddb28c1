"""How far a file has come on its way into a scenario, kept beside the user's settings."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import typer

_HEAD_BYTES = 1024


@dataclass(slots=True)
class Journal:
    """A file's sending.

    Attributes:
        path: the file.
        kept: where the journal is kept.
        run: this sending of it; another one later is other traffic.
        offset: all before it was taken.
        pending: where the batch ends that was being sent, None between batches.
        head: SHA-256 of the file's first bytes, and how many: another file under the same name starts anew.
        shift: by how much times are moved: a batch that is sent again must be the very same.
    """

    path: Path
    kept: Path
    run: str = ""
    offset: int = 0
    pending: int | None = None
    head: tuple[str, int] = ("", 0)
    shift: timedelta = timedelta(0)

    @classmethod
    def of(cls, url: str, scenario: str, path: Path) -> Self:
        """The journal of a file that is sent into a scenario."""
        name = sha256(f"{url}\n{scenario}\n{path.resolve()}".encode()).hexdigest()[:32]
        return cls(path, Path(typer.get_app_dir("mockupaws")) / "send" / f"{name}.json")

    def open(self, shift: Callable[[], timedelta]) -> None:
        """Goes on where an earlier run was, if the file is still the same; else starts a new run at its beginning.

        Args:
            shift: says by how much a new run moves times.
        """
        try:
            kept: dict[str, Any] = json.loads(self.kept.read_text())
            digest, length = kept["head"]
            if self._head(length) == (digest, length):
                self.run, self.offset, self.pending = kept["run"], kept["offset"], kept["pending"]
                self.head, self.shift = (digest, length), timedelta(seconds=kept["shift_s"])
                return
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            pass  # none, or cut short by a crash while it was first written
        self.run, self.offset, self.pending, self.head = uuid4().hex, 0, None, self._head(_HEAD_BYTES)
        self.shift = shift()

    def begin(self, end: int) -> None:
        """A batch is about to be sent, from `offset` to here."""
        self.pending = end
        self._write()

    def done(self, end: int) -> None:
        """The batch was taken."""
        self.offset, self.pending = end, None
        self._write()

    def forget(self) -> None:
        """The file is sent, or is to be sent anew."""
        self.kept.unlink(missing_ok=True)

    def _head(self, length: int) -> tuple[str, int]:
        with self.path.open("rb") as stream:
            head = stream.read(length)
        return sha256(head).hexdigest(), len(head)

    def _write(self) -> None:
        self.kept.parent.mkdir(parents=True, exist_ok=True)
        partly = self.kept.with_suffix(".partly")
        kept = {"run": self.run, "offset": self.offset, "pending": self.pending, "head": self.head}
        partly.write_text(json.dumps({**kept, "shift_s": self.shift.total_seconds()}))
        partly.replace(self.kept)
