"""A function's container: a process of its own with the function's environment, in which only its output is heard.

first, second = run("ingest", events, world)
assert first.lines[-1]["outcome"] == "ok"
"""

import gc
import importlib
import json
import os
import sys
import tempfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from tests.cloud import CREDENTIALS, build, moto
from tests.forked import forked_from


@dataclass(frozen=True)
class World:
    """What a container finds around it.

    Attributes:
        database_url: where PostgreSQL is.
        signing: the secret that signs access tokens, as Secrets Manager has it.
        environment: more variables, or other ones.
        remaining_ms: what is left of an invocation's time, always.
    """

    database_url: str
    signing: str
    environment: Mapping[str, str]
    remaining_ms: int = 30_000


@dataclass(frozen=True)
class Invoked:
    """What came of an invocation.

    Attributes:
        output: all that was written to the log.
        answer: what the handler returned.
        error: what Lambda is told, and logs, of an error.
        modules: what the container has loaded by then.
        collects: whether Python looks for garbage by then, and not among what was loaded.
    """

    output: str
    answer: Any
    error: str | None
    modules: Sequence[str]
    collects: bool

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.output.splitlines()]


def run(function: str, events: Sequence[Any], world: World) -> list[Invoked]:
    """Start a container and have it handle the events, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        # Of what they share, nothing is ours: what a function loads is to be seen.
        process = forked_from("tests.preloaded").Process(target=_serve, args=(function, events, world, Path(folder)))
        process.start()
        process.join(300)
        log = (Path(folder) / "log").read_text()
        assert process.exitcode == 0, log
        return [
            Invoked(log[came.pop("begin") : came.pop("end")], **came)
            for came in json.loads((Path(folder) / "answers").read_text())
        ]


def _serve(function: str, events: Sequence[Any], world: World, folder: Path) -> None:
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, sys.stdout.fileno())
    os.dup2(log, sys.stderr.fileno())
    os.environ.update(
        CREDENTIALS,
        STAGE="local",
        POWERTOOLS_SERVICE_NAME=function,
        POWERTOOLS_LOG_LEVEL="INFO",
        LAMBDA_TASK_ROOT="/var/task",
        DATABASE_URL=world.database_url,
        DASHBOARD_URL="https://mockupaws.example.com",
    )
    # Only now, for the logger is told by the environment whose it is.
    from tests.gateway import Invocation  # noqa: PLC0415

    answers: list[dict[str, Any]] = []
    with moto(), _unplayed() as address:
        os.environ.update(build(world.signing))
        os.environ.update(AWS_ENDPOINT_URL_LAMBDA=address, AWS_ENDPOINT_URL_PRICING=address)
        os.environ.update(world.environment)
        handler = importlib.import_module(f"functions.{function}.handler").handler
        for event in events:
            sys.stdout.flush()
            came: dict[str, Any] = {"begin": os.fstat(log).st_size, "answer": None, "error": None}
            try:
                came["answer"] = handler(event, Invocation(remaining_ms=world.remaining_ms))
            except Exception as error:  # noqa: BLE001 - as Lambda does
                came["error"] = f"{type(error).__name__}: {error}"
            sys.stdout.flush()
            collects = gc.isenabled() and gc.get_freeze_count() > 0
            answers.append(came | {"end": os.fstat(log).st_size, "modules": [*sys.modules], "collects": collects})
    (folder / "answers").write_text(json.dumps(answers))


@contextmanager
def _unplayed() -> Generator[str]:
    """Stands in for what moto doesn't play: other functions and the Price List, both without a price."""
    server = HTTPServer(("127.0.0.1", 0), _NoPrices)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


class _NoPrices(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        invoked = "/invocations" in self.path
        waited = self.headers.get("X-Amz-Invocation-Type") != "Event"
        body = b'{"products": [], "token": ""}' if invoked else b'{"PriceList": [], "FormatVersion": "aws_v1"}'
        self.send_response(200 if waited else 202)
        self.send_header("Content-Type", "application/json" if invoked else "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing: only the function is to be heard."""
