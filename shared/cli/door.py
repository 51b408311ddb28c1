"""The door from a sender's side: a batch goes in once, however often it has to be tried."""

import gzip
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

TIMEOUT_S = 30.0
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
_COMES_AGAIN = frozenset({429, 500, 502, 503, 504})


class DoorError(RuntimeError):
    """The door refuses, and would again. The message says what to do."""


class GivenUpError(DoorError):
    """The door could not be reached for as long as it was worth trying."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a request.

    Attributes:
        accepted: logs taken.
        rejected: logs not taken.
    """

    accepted: int
    rejected: int


class Door:
    """A scenario's door."""

    def __init__(
        self,
        url: str,
        key: str,
        scenario_id: str,
        *,
        patience_s: float,
        told: Callable[[str], None],
    ) -> None:
        """A door that isn't knocked at yet.

        Args:
            url: of the API, with or without /api/v1.
            key: an API key with the scope ingest:logs.
            scenario_id: a running scenario.
            patience_s: how long one batch is tried, seconds.
            told: is told why it has to wait.
        """
        base = url.rstrip("/").removesuffix("/api/v1")
        headers = {"X-API-Key": key, "X-Scenario-ID": scenario_id}
        self._client = httpx.Client(base_url=f"{base}/api/v1", headers=headers, timeout=TIMEOUT_S)
        self._patience_s = patience_s
        self._told = told

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def send(self, body: bytes, idempotency_key: str) -> Taken:
        """Sends NDJSON, as often as it takes. The key makes a repeated request the same logs.

        Raises:
            DoorError: it is refused.
            GivenUpError: the patience is at its end.
        """
        headers = {
            "Content-Type": "application/x-ndjson",
            "Content-Encoding": "gzip",
            "Idempotency-Key": idempotency_key,
        }
        packed = gzip.compress(body, 1)
        deadline, pause = time.monotonic() + self._patience_s, FIRST_PAUSE_S
        while True:
            try:
                reply = self._client.post("/ingest", content=packed, headers=headers)
            except httpx.TransportError as error:
                why, wait = f"can't be reached ({error})", pause
            else:
                if reply.status_code not in _COMES_AGAIN:
                    return _taken(reply)
                why, wait = _message(reply), _retry_after(reply.headers) or pause
            # Not all senders that were refused together shall come back together.
            wait *= 1 + random.random() / 4  # noqa: S311 # nosec B311 # a pause
            if time.monotonic() + wait > deadline:
                raise GivenUpError(f"The door {why}.")
            self._told(f"{why}; again in {wait:.0f} s")
            time.sleep(wait)
            pause = min(pause * 2, LONGEST_PAUSE_S)


def _taken(reply: httpx.Response) -> Taken:
    if reply.status_code != HTTPStatus.ACCEPTED:
        raise DoorError(f"{_message(reply)} (HTTP {reply.status_code})")
    answer: dict[str, Any] = reply.json()
    # A request of one line is answered as one object.
    return Taken(answer.get("accepted", 1), len(answer.get("rejected", ())))


def _message(reply: httpx.Response) -> str:
    try:
        return str(reply.json()["message"])
    except (ValueError, KeyError, TypeError):
        return f"answered HTTP {reply.status_code}"


def _retry_after(headers: Mapping[str, str]) -> float | None:
    try:
        return float(headers["Retry-After"])
    except (KeyError, ValueError):
        return None
