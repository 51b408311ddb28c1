"""A relay before the stack that changes nothing and remembers whom it was shut to, and when."""

import asyncio
import base64
import threading
import time
from collections import defaultdict
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from http import HTTPStatus

import uvicorn
from starlette.types import Message, Receive, Scope, Send

from infra.local.front import Api
from infra.local.postgres import LOOPBACK, free_port
from tests.snippets import Door
from tests.waiting import until


class Relay:
    """The relay, as an ASGI application.

    Attributes:
        url: where it listens.
        refusals: when each key was answered 503, by `time.monotonic`.
    """

    def __init__(self, upstream: str) -> None:
        self.url = f"http://localhost:{free_port()}"
        self.refusals: defaultdict[str, list[float]] = defaultdict(list)
        self._passed_on = Api(upstream, upstream.removeprefix("http://"))
        # Each request beside others starts another of the emulator's workers: a dozen at once take too long to start.
        self._two_at_a_time = asyncio.Semaphore(2)
        self._doors: list[Door] = []

    def know(self, doors: Sequence[Door]) -> None:
        """Has it tell these doors' senders apart."""
        self._doors += doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request with what the upstream answers."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        sender = self._sender(scope)

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == HTTPStatus.SERVICE_UNAVAILABLE:
                self.refusals[sender].append(time.monotonic())
            await send(message)

        async with self._two_at_a_time:
            await self._passed_on(scope, receive, noted)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._passed_on.close()
        await send({"type": "lifespan.shutdown.complete"})

    def _sender(self, scope: Scope) -> str:
        said = b" ".join(value for _, value in scope["headers"]).decode("latin-1")
        for door in self._doors:
            if door.key in said or base64.b64encode(f"{door.scenario_id}:{door.key}".encode()).decode() in said:
                return door.key
        return ""


@contextmanager
def relayed(upstream: str) -> Generator[Relay]:
    """Runs a relay in a thread."""
    relay = Relay(upstream)
    port = int(relay.url.rpartition(":")[2])
    server = uvicorn.Server(uvicorn.Config(relay, host=LOOPBACK, port=port, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        assert until(lambda: server.started), "the relay doesn't start"
        yield relay
    finally:
        server.should_exit = True
        thread.join()
