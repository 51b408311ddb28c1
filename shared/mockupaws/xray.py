"""X-Ray's documents of what a sampled invocation did, for the daemon that Lambda runs beside a function.

powertools' Tracer writes them through this provider. Its usual one, AWS's X-Ray SDK, takes longer to load than all that
a function loads besides, and a container's first request is nearly always a sampled one; it copies the words of errors,
which may say anything of anybody, into the trace; and it gets no releases any more from February 2027.

https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
"""

import json
import secrets
import socket
import time
from collections.abc import Generator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Any

from aws_lambda_powertools.tracing.base import BaseProvider, BaseSegment

_HEADER = b'{"format": "json", "version": 1}\n'


class Subsegment(BaseSegment):
    """A part of an invocation.

    Args:
        name: what it is.
        trace_id: of the trace.
        parent_id: of what it is a part of.
    """

    def __init__(self, name: str, trace_id: str, parent_id: str) -> None:
        self.id = secrets.token_hex(8)
        self.document: dict[str, Any] = {
            "type": "subsegment",
            "name": name,
            "id": self.id,
            "trace_id": trace_id,
            "parent_id": parent_id,
            "start_time": time.time(),
        }

    def close(self, end_time: int | None = None) -> None:
        """Ends it."""
        self.document["end_time"] = end_time or time.time()

    def put_annotation(self, key: str, value: Any) -> None:
        """Adds what a trace is found by."""
        self.document.setdefault("annotations", {})[key] = value

    def mark(self, outcome: str) -> None:
        """Says that it went wrong, as X-Ray colours it: `refused` is an error, `failed` a fault."""
        if outcome != "ok":
            self.document["fault" if outcome == "failed" else "error"] = True

    def add_exception(self, exception: BaseException, stack: Any = None, remote: bool = False) -> None:
        """Adds an error's kind, not a word of what it says."""
        del stack
        kind = f"{type(exception).__module__}.{type(exception).__qualname__}"
        error = {"id": secrets.token_hex(8), "type": kind, "remote": remote}
        self.document |= {"fault": True, "cause": {"exceptions": [error]}}

    def add_subsegment(self, subsegment: Any) -> None:
        """Does nothing: each part is sent by itself, and names what it is a part of."""
        del subsegment

    def remove_subsegment(self, subsegment: Any) -> None:
        """Does nothing, as above."""
        del subsegment

    def put_metadata(self, key: str, value: Any, namespace: str = "default") -> None:
        """Does nothing: what isn't searched for is in the line."""
        del key, value, namespace


class Provider(BaseProvider):
    """Writes one invocation's trace.

    Args:
        header: X-Ray's, as Lambda gives it: `Root=…;Parent=…;Sampled=1`.
        daemon: where the documents go, `host:port`.
    """

    def __init__(self, header: str, daemon: str) -> None:
        fields = {name: value for name, _, value in (part.partition("=") for part in header.split(";"))}
        self._trace_id, self._parent_id = fields.get("Root", ""), fields.get("Parent", "")
        host, _, port = daemon.rpartition(":")
        self._address = (host, int(port))
        self._open: list[Subsegment] = []

    @contextmanager
    def in_subsegment(self, name: str | None = None, **_kwargs: Any) -> Generator[Subsegment]:
        """A part of what is open; it is sent when the block ends."""
        part = Subsegment(name or "##", self._trace_id, self._open[-1].id if self._open else self._parent_id)
        self._open.append(part)
        try:
            yield part
        except BaseException as error:
            part.add_exception(error)
            raise
        finally:
            self._open.pop()
            part.close()
            self._send(part)

    def put_annotation(self, key: str, value: Any) -> None:
        """Annotates what is open."""
        if self._open:
            self._open[-1].put_annotation(key, value)

    def put_metadata(self, key: str, value: Any, namespace: str = "default") -> None:
        """Does nothing, as in a part."""
        del key, value, namespace

    def in_subsegment_async(self, name: str | None = None, **_kwargs: Any) -> AbstractAsyncContextManager[Subsegment]:
        """Is asked of every provider; no handler here is async."""
        raise NotImplementedError

    def patch(self, modules: Sequence[str]) -> None:
        """Does nothing: what is timed says so where it is done."""
        del modules

    def patch_all(self) -> None:
        """Does nothing, as above."""

    def _send(self, part: Subsegment) -> None:
        # A datagram waits for nobody, and a trace that is lost is no reason to fail.
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as daemon:
            try:
                daemon.sendto(_HEADER + json.dumps(part.document).encode(), self._address)
            except OSError:
                return
