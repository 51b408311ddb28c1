"""A storm over `store_logs`: workers die at random instants, messages come twice, PostgreSQL goes away."""

import os
import random
import secrets
import signal
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import uuid4

import psycopg

from infra.local.postgres import THROWAWAY, Cluster, home_for
from tests import factories
from tests.databases import Server
from tests.integration.exactly_once.fleet import Fleet
from tests.integration.exactly_once.queue import emulated, make_queue
from tests.integration.exactly_once.traffic import make_traffic
from tests.integration.exactly_once.verdict import Verdict, judge
from tests.integration.exactly_once.worker import Job

_TICK_S = 0.02
_SCENARIOS = 3
_SENDINGS = 20


@dataclass(frozen=True)
class Storm:
    """How bad it gets. The same seed brings the same messages, kills and times, if not the same instants in the code.

    Attributes:
        seed: of all chance.
        messages: how many are sent, before some are sent twice.
        poison: the share of them that can't be stored.
        twice: the share that is sent twice.
        workers: how many processes work at a time.
        lasts_s: how long messages come and workers are killed, seconds.
        kills: how many.
        outage_s: how long PostgreSQL is away, from the middle of it on, seconds.
        loses_response: how often a worker dies after its handler has answered.
        timeout_s: of an invocation, seconds.
        visibility_s: how long a received message is hidden, seconds.
        max_receives: after so many a message is a dead letter.
        patience_s: how long it may take, once it is calm, until the queue is empty, seconds.
    """

    seed: int
    messages: int
    poison: float
    workers: int
    lasts_s: float
    kills: int
    outage_s: float
    timeout_s: int
    visibility_s: int
    max_receives: int
    patience_s: float
    twice: float = 0.3
    loses_response: float = 0.05


@dataclass(frozen=True)
class Sea:
    """Where storms rage.

    Attributes:
        cluster: a PostgreSQL server of its own, since it is crashed.
        server: the same, with a template that is migrated.
        endpoint_url: of the emulator with the queue.
        folder: for the workers' logs.
    """

    cluster: Cluster
    server: Server
    endpoint_url: str
    folder: Path

    def database(self) -> str:
        """Makes a migrated database, and says where."""
        return self.server.create(f"{self.server.prefix}{secrets.token_hex(4)}", self.server.template)


@contextmanager
def sea() -> Generator[Sea]:
    """Starts what a storm needs, and takes it down."""
    with tempfile.TemporaryDirectory(prefix="mockupaws-storm-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)  # root runs PostgreSQL as somebody else
        # A commit must outlive the server's crash, if not the machine's.
        cluster = Cluster(home_for(folder), {**THROWAWAY, "synchronous_commit": "on"})
        cluster.start()
        server = Server(cluster.url(), "storm_")
        try:
            server.prepare()
            with emulated(folder / "aws") as endpoint_url:
                yield Sea(cluster, server, endpoint_url, folder)
        finally:
            cluster.stop()


def rage(storm: Storm, module: str, at: Sea) -> Verdict:
    """Lets a storm rage, waits until all is worked off, and judges.

    Args:
        storm: how bad it gets.
        module: whose `handler` does the work.
        at: where.
    """
    rng = random.Random(storm.seed)  # noqa: S311 - chance, not secrets
    url = at.database()
    with psycopg.connect(url, autocommit=True) as connection:
        scenarios = [factories.scenario(connection, status="running")["id"] for _ in range(_SCENARIOS)]
    traffic = make_traffic(rng, scenarios, storm.messages, storm.poison)
    queue = make_queue(
        at.endpoint_url, f"logs-{uuid4()}", visibility_s=storm.visibility_s, max_receives=storm.max_receives
    )
    environment = {"STAGE": "local", "DATABASE_URL": at.server.as_app(url), **queue.environment}
    job = Job(module, queue, environment, storm.timeout_s, storm.loses_response, at.folder / f"{module}.log")
    fleet = Fleet(job, storm.workers, rng)
    sqs = queue.client()
    outage = _Outage(at.cluster)
    bodies = traffic.bodies(rng, storm.twice)
    timeline = [(rng.uniform(0, storm.lasts_s), fleet.condemn_one) for _ in range(storm.kills)]
    timeline += [
        (storm.lasts_s * i / _SENDINGS, partial(queue.send, sqs, bodies[i::_SENDINGS])) for i in range(_SENDINGS)
    ]
    timeline += [(storm.lasts_s / 2, outage.begin), (storm.lasts_s / 2 + storm.outage_s, outage.end)]
    try:
        _play(timeline, fleet)
        deadline = time.monotonic() + storm.patience_s
        while (left := queue.remaining(sqs)) and time.monotonic() < deadline:
            fleet.tend()
            time.sleep(_TICK_S)
    finally:
        fleet.stop()
        outage.end()
    story = {"messages": len(bodies), "poison": len(traffic.poison), **fleet.story}
    return judge(url, traffic, queue.dead(sqs), left, story)


def _play(timeline: list[tuple[float, Callable[[], None]]], fleet: Fleet) -> None:
    began = time.monotonic()
    for at, act in sorted(timeline, key=lambda entry: entry[0]):
        while time.monotonic() < began + at:
            time.sleep(_TICK_S)
            fleet.tend()
        fleet.tend()
        act()


class _Outage:
    """PostgreSQL is crashed, not shut down: what it said was committed must be there when it comes back.

    Args:
        cluster: the server.
    """

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._pid, _, _, self._port, *_ = (cluster.data / "postmaster.pid").read_text().splitlines()

    def begin(self) -> None:
        os.kill(int(self._pid), signal.SIGQUIT)
        with suppress(ProcessLookupError):
            while True:
                os.kill(int(self._pid), 0)
                time.sleep(_TICK_S)

    def end(self) -> None:
        self._cluster.start(int(self._port))
