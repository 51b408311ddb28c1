"""Ways to run a sender: it sends a first half of some lines by itself, and a second when it is told to."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from infra.local.postgres import LOOPBACK

HALF = 500
LINES = 2 * HALF

_PATIENCE_S = 120


class Sender(Protocol):
    """A sender at work."""

    def start(self) -> None:
        """Sends the first half."""
        ...

    def go_on(self) -> None:
        """Sends the second half."""
        ...

    def end(self) -> None:
        """Tells it that there is no more, and waits until it is gone."""
        ...


@dataclass
class _Program:
    """A program in a folder of its own, with its output in `sender.log` there.

    Attributes:
        folder: of the program.
        command: with its arguments.
        environment: on top of this process's.
    """

    folder: Path
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict[str, str], kw_only=True)

    def run(self) -> None:
        with (self.folder / "sender.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env={**os.environ, "HOME": str(self.folder), **self.environment},
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait(self) -> None:
        try:
            self.process.wait(_PATIENCE_S)
        finally:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
            assert self.process.stdin
            self.process.stdin.close()


class Application(_Program):
    """A program that logs, and whose logging sends."""

    def start(self) -> None:
        """Starts it; it logs the first half by itself."""
        self.run()

    def go_on(self) -> None:
        """Has it log the second half."""
        assert self.process.stdin
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()

    def end(self) -> None:
        """Closes its input, upon which it ends as applications do."""
        assert self.process.stdin
        self.process.stdin.close()
        self.wait()


class Command(_Program):
    """A command that sends a file, `app.log`."""

    def start(self) -> None:
        """Sends a file with the first half."""
        self._send(0)

    def go_on(self) -> None:
        """Sends a file with the second half."""
        self.wait()
        self._send(HALF)

    def end(self) -> None:
        """Waits for it."""
        self.wait()

    def _send(self, first: int) -> None:
        (self.folder / "app.log").write_text(lines(first))
        self.run()


@dataclass
class Daemon(_Program):
    """A program that sends what others log.

    Attributes:
        log: gives it lines.
    """

    log: Callable[[str], None]

    def start(self) -> None:
        """Starts it, and logs the first half."""
        self.run()
        self.log(lines(0))

    def go_on(self) -> None:
        """Logs the second half."""
        self.log(lines(HALF))

    def end(self) -> None:
        """Ends it as services are ended."""
        self.process.terminate()
        self.wait()


def lines(first: int) -> str:
    """Half of the lines."""
    return "".join(f"order {i:04} placed\n" for i in range(first, first + HALF))


def into_file(path: Path) -> Callable[[str], None]:
    """Logs into a file."""

    def log(text: str) -> None:
        with path.open("a") as file:
            file.write(text)

    return log


def as_docker(port: int) -> Callable[[str], None]:
    """Logs to a port of syslog as Docker's driver does with `syslog-format=rfc5424micro` and the container's name."""

    def log(text: str) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while True:
            try:
                connection = socket.create_connection((LOOPBACK, port))
            except ConnectionRefusedError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
            else:
                break
        with connection:
            now = time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime())
            for line in text.splitlines():
                connection.sendall(f"<30>1 {now} web-1 shop 4711 shop - {line}\n".encode())

    return log
