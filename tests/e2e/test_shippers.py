"""Real senders, set up as docs/shippers.md says, deliver every line exactly once: in peace, and through an outage."""

import os
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from infra.local.stack import Stack
from tests.e2e.relay import Relay, relayed
from tests.e2e.senders import SENDERS, MissingSenderError, set_up
from tests.e2e.sending import HALF, LINES, Sender
from tests.live import forget_allowances
from tests.snippets import Door
from tests.waiting import until

pytestmark = pytest.mark.xdist_group("e2e")

PATIENCE_S = 300
# Whom the outage must not keep waiting: those who give a batch up sooner than the slowest of the others may begin.
HASTY = ("python",)


@dataclass(frozen=True)
class Delivery:
    """What became of a sender's lines.

    Attributes:
        stored: how often each line is stored.
        counted: what the metrics say.
        refused_s: when its requests were answered 503, in seconds from the beginning of the outage.
        log: what the sender said.
    """

    stored: Mapping[int, int]
    counted: int
    refused_s: Sequence[float]
    log: str


@pytest.fixture(scope="module")
def deliveries(stack: Stack, newcomer: Callable[[], dict[str, str]]) -> Iterator[dict[str, Delivery | str]]:
    """Has all senders deliver at once: the first half of their lines in peace, the second into an outage.

    What isn't on this machine has what it lacks in its place.
    """
    with ExitStack() as context:
        folder = Path(context.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        relay = context.enter_context(relayed(stack.url))
        senders, doors, missing = dict[str, Sender](), dict[str, Door](), dict[str, str]()
        for name in SENDERS:
            door = a_door(stack, relay, newcomer)
            try:
                senders[name], doors[name] = a_sender(name, door, folder), door
            except MissingSenderError as error:
                missing[name] = str(error)
        with ExitStack() as running:
            for sender in senders.values():
                running.callback(sender.end)
                sender.start()
            until(lambda: all(stored(stack, door).total() >= HALF for door in doors.values()), within_s=PATIENCE_S)
            with database_away(stack) as away_since:
                for some in (senders.keys() - HASTY, senders.keys() & HASTY):
                    for name in some:
                        senders[name].go_on()
                    until(
                        lambda some=some: all(refused_s(relay, doors[name], away_since) for name in some),
                        within_s=PATIENCE_S,
                    )
            until(lambda: all(stored(stack, door).total() >= LINES for door in doors.values()), within_s=PATIENCE_S)
        yield missing | {
            name: Delivery(
                stored(stack, door),
                counted(stack, door),
                refused_s(relay, door, away_since),
                (folder / name / "sender.log").read_text(errors="replace"),
            )
            for name, door in doors.items()
        }


@pytest.mark.parametrize("name", SENDERS)
def test_every_line_arrives_once_although_the_door_is_shut_for_a_while(
    deliveries: dict[str, Delivery | str], name: str
) -> None:
    delivery = deliveries[name]
    if isinstance(delivery, str):
        assert "CI" not in os.environ, delivery
        pytest.skip(f"{delivery}: `make shippers` brings it")
    assert delivery.refused_s, delivery.log
    assert delivery.stored == Counter(range(LINES)), f"refused at {delivery.refused_s} s\n{delivery.log}"
    assert delivery.counted == LINES


def a_door(stack: Stack, relay: Relay, newcomer: Callable[[], dict[str, str]]) -> Door:
    """A running scenario of a user of its own, who may send 1,000 requests a minute."""
    forget_allowances(stack)
    with httpx.Client(base_url=stack.api_url, timeout=60, headers=newcomer()) as api:
        scenario_id = api.post("/scenarios", json={"name": "shipped", "region": "us-east-1"}).json()["id"]
        api.post(f"/scenarios/{scenario_id}/start").raise_for_status()
        scopes = ["ingest:logs", "read:metrics"]
        key = api.post("/api-keys", json={"name": "shipper", "scopes": scopes}).json()["key"]
    door = Door(relay.url, key, scenario_id)
    relay.know([door])
    return door


def a_sender(name: str, door: Door, folder: Path) -> Sender:
    mine = folder / name
    mine.mkdir()
    return set_up(name, door, mine)


def stored(stack: Stack, door: Door) -> Counter[int]:
    with psycopg.connect(stack.database_url) as connection:
        rows = connection.execute(
            "SELECT message_preview FROM scenario_logs WHERE scenario_id = %s", [door.scenario_id]
        )
        return Counter(int(number[1]) if (number := LINE.search(text)) else -1 for (text,) in rows)


def refused_s(relay: Relay, door: Door, away_since: float) -> list[float]:
    return [round(at - away_since, 1) for at in relay.refusals[door.key] if at >= away_since]


LINE = re.compile(r"order (\d{4}) placed")


def counted(stack: Stack, door: Door) -> int:
    answer = httpx.get(
        f"{stack.api_url}/scenarios/{door.scenario_id}/metrics", headers={"X-API-Key": door.key}, timeout=60
    )
    return answer.json()["summary"]["total_requests"]


@contextmanager
def database_away(stack: Stack) -> Generator[float]:
    """Cuts the product off from its database: what is connected is thrown out, what knocks is refused.

    Yields:
        Since when, by `time.monotonic`.
    """
    name = conninfo_to_dict(stack.database_url)["dbname"]
    elsewhere = make_conninfo(stack.database_url, dbname="postgres")
    with psycopg.connect(elsewhere, autocommit=True) as connection:
        allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format
        connection.execute(allow(sql.Identifier(str(name)), sql.Literal(False)))
        try:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            yield time.monotonic()
        finally:
            connection.execute(allow(sql.Identifier(str(name)), sql.Literal(True)))
