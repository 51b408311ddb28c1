"""`mockupaws send`: log files into a running scenario, each line once, also across a crash.

The journal is written before a batch is sent and after it was taken, so that the next run sends a batch that was
under way again as the very same request (its Idempotency-Key is made of the run and the place in the file), which the
door knows.
"""

import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Annotated
from uuid import uuid4

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from shared.cli.door import Door, DoorError
from shared.cli.journal import KNOWN_FOR, Journal
from shared.cli.sources import Batch, batches, encode, last_stamp, opened
from shared.cli.transcoding import is_transcoded
from shared.mockupaws.intake import MAX_SOURCE_CHARACTERS
from shared.mockupaws.profiling.unicode import utf8

POLL_S = 0.5


class ForgottenError(Exception):
    """A run was broken off too long ago to be gone on with. The message says what to do."""


@dataclass(slots=True)
class Sent:
    """What a command sent, in all its files."""

    accepted: int = 0
    rejected: int = 0
    too_long: int = 0


@dataclass(frozen=True, slots=True)
class Options:
    """How lines are sent.

    Attributes:
        source: who they are from; the file's name if None.
        stamps: whether a line's own time counts.
        shift: whether times are moved so that the last line's is now.
        follow: whether to wait for more at the end of the file.
    """

    source: str | None
    stamps: bool
    shift: bool
    follow: bool


def send(  # noqa: PLR0917 (typer's options)
    files: Annotated[
        list[Path] | None, typer.Argument(help="Log files, plain or gzip; standard input if none.")
    ] = None,
    url: Annotated[str, typer.Option(envvar="MOCKUPAWS_URL", help="The API's address.")] = "http://localhost:8080",
    key: Annotated[str, typer.Option(envvar="MOCKUPAWS_API_KEY", help="An API key with ingest:logs.")] = "",
    scenario: Annotated[str, typer.Option(envvar="MOCKUPAWS_SCENARIO", help="A running scenario's id.")] = "",
    source: Annotated[str | None, typer.Option(help="Who the logs are from; the file's name by default.")] = None,
    stamps: Annotated[bool, typer.Option(help="Believe the time that a line begins with.")] = True,
    shift: Annotated[bool, typer.Option(help="Move old times so that the last line is now.")] = False,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Wait for more, as `tail -F`.")] = False,
    restart: Annotated[bool, typer.Option(help="Begin anew, whatever an earlier run has sent.")] = False,
    patience: Annotated[int, typer.Option(help="How long a batch is tried, seconds.", min=1)] = 600,
) -> None:
    """Send logs into a running scenario. A run that was interrupted goes on where it was; nothing counts twice."""
    console = Console(emoji=False, stderr=True)
    if not key or not scenario:
        console.print("Say who and where: --key and --scenario (`mockupaws status` shows the local demo's).")
        raise typer.Exit(2)
    if follow and (not files or len(files) != 1):
        console.print("--follow takes one file.")
        raise typer.Exit(2)
    if source and len(source) > MAX_SOURCE_CHARACTERS:
        console.print(f"--source may have {MAX_SOURCE_CHARACTERS} characters.")
        raise typer.Exit(2)
    door = Door(
        url,
        key,
        scenario,
        patience_s=patience,
        told=lambda why: console.print(f"[yellow]{escape(why)}", highlight=False),
    )
    totals = Sent()
    sending = Sending(door, Options(source, stamps, shift, follow), totals, console)
    journals = [Journal.of(url, scenario, path) for path in files or ()]
    if restart:
        _forget(journals)
    try:
        for journal in journals:
            sending.file(journal)
        if not journals:
            sending.stream()
    except (ForgottenError, DoorError, OSError) as error:
        why = escape(str(error).removesuffix("."))
        onward = "" if isinstance(error, ForgottenError) else _onward(journals, restart=restart)
        console.print(f"[bold red]Stopped:[/] {why}. {onward}", highlight=False)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        console.print(f"Interrupted. {_onward(journals, restart=restart)}", highlight=False)
        raise typer.Exit(130) from None
    else:
        # Not each when its file was sent: the command that goes on is the same one, and names that file again.
        _forget(journals)
    finally:
        door.close()
        _summary(console, totals)


def _check_known(journal: Journal) -> None:
    """Whether what was under way when a run broke off can be sent again as the same request.

    Raises:
        ForgottenError: it was too long ago.
    """
    if journal.forgotten:
        raise ForgottenError(
            f"{journal.path.name} was broken off in a batch more than {KNOWN_FOR.days} days ago, and sent again now, "
            "that batch might count twice. Send the whole file into a new scenario, or with --restart anew "
            "into this one, where what was taken of it then counts again."
        )


def _forget(journals: Iterable[Journal]) -> None:
    for journal in journals:
        journal.forget()


def _onward(journals: Sequence[Journal], *, restart: bool) -> str:
    """How to go on, where that is possible: a pipe can't be read again."""
    if not journals:
        return ""
    return f"What was sent is kept: the same command {'without --restart ' if restart else ''}goes on from here."


def _summary(console: Console, totals: Sent) -> None:
    refused = f", {totals.rejected:,} rejected" if totals.rejected else ""
    too_long = f", {totals.too_long:,} too long to be sent" if totals.too_long else ""
    console.print(f"{totals.accepted:,} logs accepted{refused}{too_long}.", highlight=False)


@dataclass(frozen=True, slots=True)
class Sending:
    """What it takes to send a source, and to show it."""

    door: Door
    options: Options
    totals: Sent
    console: Console

    def stream(self) -> None:
        """Sends standard input, which can't be read again: a run that breaks off has no second half."""
        run = uuid4().hex
        with opened(None) as stream, self._shown(self.options.source or "stdin", None) as show:
            for batch in batches(stream, 0):
                self._send(batch, run, self.options.source or "stdin", timedelta(0))
                show(batch.end)

    def file(self, journal: Journal) -> None:
        """Sends a file from where its journal says, and followed, those that take its name."""
        path, follow = journal.path, self.options.follow
        source = self.options.source or utf8(path.name)[0]
        size = None if follow or path.suffix == ".gz" else path.stat().st_size
        with self._shown(source, size) as show:
            while True:
                with opened(path) as stream:
                    journal.open(stream, lambda: _shift(path) if self.options.shift else timedelta(0))
                    _check_known(journal)
                    if journal.offset:
                        told = f"{source} goes on at byte {journal.offset:,}; --restart would send it anew."
                        self.console.print(told, highlight=False, markup=False)
                    for batch in _from(stream, journal, path, follow=follow):
                        journal.begin(stream, batch.end)
                        self._send(batch, journal.run, source, journal.shift)
                        journal.done(batch.end)
                        show(batch.end)
                if not follow:
                    return
                journal.forget()

    def _send(self, batch: Batch, run: str, source: str, shift: timedelta) -> None:
        self.totals.too_long += batch.too_long
        if batch.lines:
            body = encode(batch, source, stamps=self.options.stamps, shift=shift)
            taken = self.door.send(body, f"{run}:{batch.start}")
            self.totals.accepted += taken.accepted
            self.totals.rejected += taken.rejected

    @contextmanager
    def _shown(self, source: str, size: int | None) -> Generator[Callable[[int], None]]:
        bytes_done = TextColumn("{task.completed:,} B")
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            bytes_done,
            TransferSpeedColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=self.console, transient=True, disable=not self.console.is_terminal) as progress:
            task = progress.add_task(source, total=size)

            def show(done: int) -> None:
                progress.update(task, completed=done)

            yield show


def _from(stream: IO[bytes], journal: Journal, path: Path, *, follow: bool) -> Iterator[Batch]:
    """What is left of the file; followed, it ends when another file has taken the name."""
    offset = journal.offset
    stream.seek(offset)
    if journal.pending is not None:
        for batch in batches(stream, offset, until=journal.pending):
            yield batch
            offset = batch.end
    while True:
        for batch in batches(stream, offset, whole_lines=follow):
            yield batch
            offset = batch.end
        if not follow:
            return
        if _replaced(path, stream, offset):
            # The writer is done with this file, so a last line without an end is whole.
            stream.seek(offset)
            yield from batches(stream, offset)
            return
        stream.seek(offset)
        time.sleep(POLL_S)


def _replaced(path: Path, stream: IO[bytes], offset: int) -> bool:
    try:
        now = path.stat()
    except FileNotFoundError:
        return False  # between being moved away and made anew
    mine = os.fstat(stream.fileno())
    # UTF-16 may be shorter than the UTF-8 that its places are in, and longer.
    return (now.st_dev, now.st_ino) != (mine.st_dev, mine.st_ino) or (
        now.st_size < offset and not is_transcoded(stream)
    )


def _shift(path: Path) -> timedelta:
    def near_end(stream: IO[bytes], tail: int) -> None:
        stream.seek(max(0, path.stat().st_size - tail))

    latest = last_stamp(path, near_end)
    return datetime.now(UTC) - latest if latest else timedelta(0)
