"""What the harness sends, and what must have come of it."""

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.mockupaws.contracts.batch import LogBatch, envelope, pack
from shared.mockupaws.contracts.traffic import LEVELS
from tests.batches import Made, batch

# A batch whose logs have this source ends the process that opens it, or the one that stores it: see worker.py.
LETHAL_TO_OPEN = "lethal to open"
LETHAL_TO_STORE = "lethal to store"


@dataclass(frozen=True)
class Expected:
    """What a scenario must hold in the end.

    Attributes:
        messages: how many logs there are of each message, by its SHA-256.
        size_bytes: sizes of all logs.
        tokens: their tokens.
        pii_logs: how many carry personal data.
    """

    messages: Counter[bytes]
    size_bytes: int
    tokens: int
    pii_logs: int


@dataclass(frozen=True)
class Traffic:
    """Messages for the queue.

    Attributes:
        batches: innocent ones.
        poison: bodies of messages that can't be stored.
    """

    batches: Sequence[LogBatch]
    poison: Sequence[str]

    def bodies(self, rng: random.Random, twice: float) -> list[str]:
        """All messages in some order, a share of them sent twice."""
        bodies = [body_of(sent) for sent in self.batches] + list(self.poison)
        bodies += rng.sample(bodies, round(len(bodies) * twice))
        rng.shuffle(bodies)
        return bodies

    def expected(self) -> dict[UUID, Expected]:
        """By scenario."""
        return {scenario_id: self._expected(scenario_id) for scenario_id in {b.scenario_id for b in self.batches}}

    def _expected(self, scenario_id: UUID) -> Expected:
        mine = [sent for sent in self.batches if sent.scenario_id == scenario_id]
        return Expected(
            Counter(digest for sent in mine for digest in sent.digests()),
            sum(sum(sent.sizes) for sent in mine),
            sum(sum(sent.tokens) for sent in mine),
            sum(len(sent.pii_logs) for sent in mine),
        )


def body_of(sent: LogBatch) -> str:
    """The message that carries a batch."""
    return envelope(sent, packed=pack(sent))


def make_traffic(rng: random.Random, scenarios: Sequence[UUID], messages: int, poison: float) -> Traffic:
    """Messages of many kinds.

    Args:
        rng: what they are drawn from.
        scenarios: whose they are.
        messages: how many in all.
        poison: the share of those that can't be stored; of each kind there is one at least.
    """
    bad = max(len(_POISON), round(messages * poison))
    innocent = [
        batch(rng.choice(scenarios), [_log(rng) for _ in range(rng.randrange(1, 60))]) for _ in range(messages - bad)
    ]
    return Traffic(innocent, list(_poison(rng, scenarios, bad)))


def _log(rng: random.Random) -> Made:
    # Of few different texts, so that many are duplicates.
    return Made(
        f"request {rng.randrange(2_000)} took long",
        tokens=rng.randrange(1, 90),
        redacted_tokens=rng.randrange(1, 90),
        level=rng.choice(LEVELS),
        pii={"email": 1} if rng.random() < 0.1 else {},
        size=rng.choice((20, 300, 70_000)),
    )


def _poison(rng: random.Random, scenarios: Sequence[UUID], count: int) -> Iterator[str]:
    for i in range(count):
        yield _POISON[i % len(_POISON)](rng.choice(scenarios))


def _undecodable(scenario_id: UUID) -> str:
    return json.dumps(json.loads(body_of(batch(scenario_id, [Made()]))) | {"data": "AAAA"})


def _refused(scenario_id: UUID) -> str:
    # PostgreSQL's text holds no NUL.
    return body_of(batch(scenario_id, [Made("before"), Made("a\x00b"), Made("after")]))


def _lethal_to_open(scenario_id: UUID) -> str:
    return _lethal(scenario_id, LETHAL_TO_OPEN)


def _lethal_to_store(scenario_id: UUID) -> str:
    return _lethal(scenario_id, LETHAL_TO_STORE)


def _lethal(scenario_id: UUID, source: str) -> str:
    sent = batch(scenario_id, [Made()])
    sent.sources = [source]
    return body_of(sent)


_POISON = (_undecodable, _refused, _lethal_to_open, _lethal_to_store)
