"""What a storm did to the logs: the database held against what was sent."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import psycopg

from shared.mockupaws.db import Rows
from tests.integration.exactly_once.traffic import Expected, Traffic
from tests.integration.sums import check_sums


@dataclass(frozen=True)
class Verdict:
    """What went wrong; nothing, if all is zero and empty.

    Attributes:
        lost: logs that were sent and are not stored.
        twice: logs that are stored more often than they were sent.
        sums: what is wrong with metrics, traffic, arrivals and totals.
        left: messages that are still on the queue.
        innocent_dead: dead letters that could have been stored.
        poison_missing: messages that can't be stored and are no dead letters.
        story: what happened on the way, for the reader.
    """

    lost: int
    twice: int
    sums: Sequence[str]
    left: int
    innocent_dead: int
    poison_missing: int
    story: Mapping[str, int] = field(compare=False)

    @property
    def clean(self) -> bool:
        """Whether every log was stored exactly once, and every poison put aside."""
        return not (self.lost or self.twice or self.sums or self.left or self.innocent_dead or self.poison_missing)


def judge(database_url: str, traffic: Traffic, dead: Sequence[str], left: int, story: Mapping[str, int]) -> Verdict:
    """Compares.

    Args:
        database_url: where the logs were stored.
        traffic: what was sent.
        dead: bodies of the dead letters.
        left: messages still on the queue.
        story: what happened on the way.
    """
    lost = twice = 0
    wrong: list[str] = []
    with psycopg.connect(database_url, autocommit=True) as connection:
        for scenario_id, expected in traffic.expected().items():
            stored = _stored(connection, scenario_id)
            lost += (expected.messages - stored).total()
            twice += (stored - expected.messages).total()
            wrong += _wrong_sums(connection, scenario_id, expected)
    poison = set(traffic.poison)
    return Verdict(lost, twice, wrong, left, len(set(dead) - poison), len(poison - set(dead)), story)


def _stored(connection: Rows, scenario_id: UUID) -> Counter[bytes]:
    rows = connection.execute("SELECT message_hash FROM scenario_logs WHERE scenario_id = %s", [scenario_id])
    return Counter(digest for (digest,) in rows)


def _wrong_sums(connection: Rows, scenario_id: UUID, expected: Expected) -> list[str]:
    found = connection.execute(
        """
        SELECT total_requests, sum(logs)::bigint, sum(size_bytes)::bigint, sum(tokens)::bigint, sum(pii_logs)::bigint,
               coalesce(sum(logs) FILTER (WHERE NOT duplicate), 0)::bigint
        FROM scenarios LEFT JOIN scenario_traffic ON scenario_id = id WHERE id = %s GROUP BY total_requests
        """,
        [scenario_id],
    ).fetchone()
    logs = expected.messages.total()
    want = (logs, logs, expected.size_bytes, expected.tokens, expected.pii_logs, len(expected.messages))
    wrong = [] if found == want else [f"{scenario_id}: {found} where {want} was sent"]
    try:
        check_sums(connection, scenario_id)
    except AssertionError as error:
        wrong.append(f"{scenario_id}: the sums don't agree with the rows: {error}")
    return wrong
