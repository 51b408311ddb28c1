"""What is on the queue is stored exactly once, with sums that agree with the rows to the last log."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch
from uuid import UUID

import boto3
import psycopg
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from functions.store_logs import delivery
from functions.store_logs.handler import handler
from functions.store_logs.rows import LogKeys
from functions.store_logs.service import Stored, store_batches
from shared.mockupaws import log_queue
from shared.mockupaws.contracts.batch import VERSION, LogBatch, ReadPayload, Reject, SealedBatch, envelope, pack
from shared.mockupaws.db import Rows, database
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.ids import new_id
from shared.mockupaws.settings import settings
from tests import factories
from tests.batches import Made, batch, plain_envelope, sealed, sqs_event, sqs_record
from tests.gateway import Invocation
from tests.integration.sums import check_sums

pytestmark = pytest.mark.usefixtures("stage")

CONTEXT = Invocation()


def totals(connection: Rows, scenario_id: object) -> dict[str, Any]:
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute("SELECT * FROM scenarios WHERE id = %s", [scenario_id]).fetchone()
    assert row is not None
    return row


def failures(answer: dict[str, Any]) -> list[str]:
    return [item["itemIdentifier"] for item in answer["batchItemFailures"]]


def test_logs_are_stored_with_all_that_was_found_of_them(connection: Rows) -> None:
    scenario = factories.scenario(connection, status="running")
    sent = batch(
        scenario["id"],
        [
            Made("à propos, mail a***@***.com", tokens=9, redacted_tokens=8, level="warn", pii={"email": 1, "ipv4": 2}),
            Made("", tokens=0, redacted_tokens=0),
            Made("x" * 500, size=200_000, tokens=70_000, level="error"),
        ],
    )
    assert failures(handler(sqs_event(sent), CONTEXT)) == []
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute("SELECT * FROM scenario_logs ORDER BY id").fetchall()
    assert [row["id"] for row in rows] == [sent.log_id(i) for i in range(3)]
    first, second, third = rows
    assert first == {
        "id": sent.first_log_id,
        "scenario_id": scenario["id"],
        "received_at": sent.received_at,
        "message_hash": sent.digests()[0],
        "message_preview": "à propos, mail a***@***.com",
        "source": "web-1",
        "level": "warn",
        "size_bytes": 28,
        "token_count": 9,
        "sqs_blocks": 1,
        "has_pii": True,
        "is_duplicate": False,
        "pii_types": ["email", "ipv4"],
    }
    assert (second["message_preview"], second["pii_types"]) == ("", [])
    assert (third["sqs_blocks"], third["token_count"]) == (4, 70_000)
    check_sums(connection, scenario["id"])


def test_what_doors_sent_before_is_stored_as_what_they_send_now(connection: Rows) -> None:
    made = [Made("a", pii={"email": 1}, redacted_tokens=6), Made("b", level="warn", size=70_000), Made("a")]
    rows: list[list[tuple[Any, ...]]] = []
    for plain in (True, False):
        scenario = factories.scenario(connection, status="running")
        for sent in (batch(scenario["id"], made) for _ in range(2)):
            body = plain_envelope(sent) if plain else envelope(sent, packed=pack(sent))
            assert failures(handler({"Records": [sqs_record(body)]}, CONTEXT)) == []
        check_sums(connection, scenario["id"])
        stored = connection.execute(
            """
            SELECT message_hash, message_preview, source, level, size_bytes, token_count, sqs_blocks, has_pii,
                   is_duplicate, pii_types
            FROM scenario_logs WHERE scenario_id = %s ORDER BY id
            """,
            [scenario["id"]],
        )
        rows.append(stored.fetchall())
    before, now = rows
    assert before == now
    assert [row[-2] for row in now] == [False, False, True, True, True, True]


def test_a_version_to_come_is_left_on_the_queue(connection: Rows, queue_url: str) -> None:
    scenario = factories.scenario(connection, status="running")
    later = batch(scenario["id"], [Made()])
    body = json.dumps(json.loads(envelope(later, packed=pack(later))) | {"v": VERSION + 1})
    records = [*received(queue_url, batch(scenario["id"], [Made("b")])), sqs_record(body)]
    assert failures(handler({"Records": records}, CONTEXT)) == [records[1]["messageId"]]
    assert totals(connection, scenario["id"])["total_requests"] == 1


def test_a_redelivery_changes_nothing(connection: Rows) -> None:
    scenario = factories.scenario(connection, status="running")
    event = sqs_event(batch(scenario["id"], [Made(), Made("b")]))
    handler(event, CONTEXT)
    before = totals(connection, scenario["id"])
    assert failures(handler(event, CONTEXT)) == []
    assert failures(handler({"Records": event["Records"] * 2}, CONTEXT)) == []
    assert totals(connection, scenario["id"]) == before
    assert before["total_requests"] == 2
    check_sums(connection, scenario["id"])


def test_duplicates_are_seen_within_a_batch_across_batches_and_across_invocations(connection: Rows) -> None:
    scenario, other = (factories.scenario(connection, status="running") for _ in range(2))
    handler(
        sqs_event(batch(scenario["id"], [Made("a"), Made("b"), Made("a")]), batch(other["id"], [Made("a")])), CONTEXT
    )
    handler(sqs_event(batch(scenario["id"], [Made("b")]), batch(scenario["id"], [Made("c"), Made("a")])), CONTEXT)
    count = "SELECT count(*) FILTER (WHERE is_duplicate), count(*) FROM scenario_logs WHERE scenario_id = %s"
    assert connection.execute(count, [scenario["id"]]).fetchone() == (3, 6)
    assert connection.execute(count, [other["id"]]).fetchone() == (0, 1)
    check_sums(connection, scenario["id"])


def test_hashes_that_only_begin_alike_are_no_duplicates(connection: Rows) -> None:
    scenario = factories.scenario(connection, status="running")
    first, second, third = (batch(scenario["id"], [Made("a")]) for _ in range(3))
    second.hashes[-1] ^= 1
    for sent in (first, second, third):
        handler(sqs_event(sent), CONTEXT)
    rows = connection.execute("SELECT is_duplicate FROM scenario_logs ORDER BY id").fetchall()
    assert rows == [(False,), (False,), (True,)]


@given(hashes=st.lists(st.binary(min_size=32, max_size=32), max_size=20), scenario_id=st.uuids())
@settings_of_hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_keys_are_the_same_on_either_side(connection: Rows, hashes: list[bytes], scenario_id: UUID) -> None:
    rows = connection.execute(
        """
        SELECT key # uuid_hash_extended(%b, 0), log_key(%b, hash)
        FROM ROWS FROM (unnest(%b), unnest(%b::bytea[])) AS both_sides (key, hash)
        """,
        (scenario_id, scenario_id, LogKeys.of(b"".join(hashes)), hashes),
    ).fetchall()
    assert len(rows) == len(hashes)
    assert all(ours == theirs for ours, theirs in rows)


def test_the_code_before_this_one_still_finds_duplicates(connection: Rows) -> None:
    scenario, other = (factories.scenario(connection, status="running") for _ in range(2))
    stored, elsewhere = batch(scenario["id"], [Made("a"), Made("b")]), batch(other["id"], [Made("c")])
    handler(sqs_event(stored, elsewhere), CONTEXT)
    asked = bytes(stored.hashes + elsewhere.hashes)
    found = connection.execute("SELECT seen_hashes(%s, now(), %s)", [scenario["id"], asked]).fetchall()
    assert sorted(digest for (digest,) in found) == sorted(stored.digests())


def test_a_minute_that_fills_moves_to_its_new_rate_class(connection: Rows) -> None:
    scenario = factories.scenario(connection, status="running")
    noon = int((datetime.now(UTC) - timedelta(days=2)).replace(hour=12, minute=0, second=0).timestamp())
    for seconds in ([0, 0, 1], [1, 2, 59], [60, 61]):
        made = [Made(str(i)) for i in range(len(seconds))]
        handler(sqs_event(batch(scenario["id"], made, at=[noon + s for s in seconds])), CONTEXT)
        check_sums(connection, scenario["id"])
    rows = connection.execute(
        "SELECT rate_class, minutes, logs, active_seconds FROM scenario_arrivals WHERE logs > 0 ORDER BY 1"
    ).fetchall()
    assert rows == [(1, 1, 2, 2), (2, 1, 6, 4)]


def test_what_the_door_refused_is_kept_and_counted(connection: Rows) -> None:
    scenario = factories.scenario(connection, status="running")
    sent = batch(scenario["id"], [])
    sent.rejects = [Reject(0, "the message is empty", "{}"), Reject(4, "not an object or a text", "17")]
    assert failures(handler(sqs_event(sent), CONTEXT)) == []
    assert connection.execute("SELECT position, sample FROM ingest_rejects ORDER BY 1").fetchall() == [
        (0, "{}"),
        (4, "17"),
    ]
    rejected = "SELECT sum(value) FROM scenario_metrics WHERE metric_name = 'rejected' AND bucket_seconds = 60"
    assert connection.execute(rejected).fetchone() == (2,)


def test_poison_fails_alone(connection: Rows) -> None:
    scenario = factories.scenario(connection, status="running")
    # A batch that reads well but that PostgreSQL refuses: no text holds a NUL.
    refused = sqs_event(batch(scenario["id"], [Made("a\x00b")]))["Records"][0]
    unreadable = sqs_record("{}")
    good = sqs_event(*(batch(scenario["id"], [Made(str(i))]) for i in range(3)))["Records"]
    answer = handler({"Records": [good[0], refused, good[1], unreadable, good[2]]}, CONTEXT)
    assert set(failures(answer)) == {refused["messageId"], unreadable["messageId"]}
    assert totals(connection, scenario["id"])["total_requests"] == 3
    check_sums(connection, scenario["id"])


def test_suspects_go_last_and_none_takes_another_with_it(
    connection: Rows, queue_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = factories.scenario(connection, status="running")
    lethal, *innocent = (batch(scenario["id"], [Made(str(i))]) for i in range(4))
    real = delivery.store_batches

    def dies(connection: Rows, batches: Sequence[SealedBatch]) -> Stored:
        if lethal.batch_id in {sent.batch_id for sent in batches}:
            raise KeyboardInterrupt  # as sudden as an out-of-memory kill: nothing after it runs
        return real(connection, batches)

    monkeypatch.setattr(delivery, "store_batches", dies)
    fresh, *suspects = received(queue_url, innocent[0], lethal, *innocent[1:])
    suspects = [record | {"attributes": {"ApproximateReceiveCount": "3"}} for record in suspects]
    for stored in (1, 3, 3):
        # The first time the lethal one comes first by chance; what it didn't let happen happens the next time.
        with pytest.raises(KeyboardInterrupt):
            handler({"Records": [*suspects, fresh]}, CONTEXT)
        assert totals(connection, scenario["id"])["total_requests"] == stored
        assert in_flight(queue_url) == 4 - stored
    assert failures(handler({"Records": suspects}, CONTEXT)) == [suspects[0]["messageId"]]
    check_sums(connection, scenario["id"])


def test_a_suspect_that_lives_is_none(connection: Rows, queue_url: str) -> None:
    scenario = factories.scenario(connection, status="running")
    (record,) = received(queue_url, batch(scenario["id"], [Made()]))
    record["attributes"] = {"ApproximateReceiveCount": "7"}
    busy = UnavailableError("The database is busy; try again.")
    with patch.object(delivery, "store_batches", side_effect=busy) as stored:
        for _ in range(4):
            assert failures(handler({"Records": [record]}, invocation_of(30_000, 0))) == [record["messageId"]]
    assert stored.call_count == 4
    assert failures(handler({"Records": [record]}, CONTEXT)) == []
    assert connection.execute("SELECT count(*) FROM ingest_attempts").fetchone() == (0,)


def test_a_suspect_is_not_begun_when_the_time_is_up(connection: Rows, queue_url: str) -> None:
    scenario = factories.scenario(connection, status="running")
    records = received(queue_url, *(batch(scenario["id"], [Made(str(i))]) for i in range(3)))
    for record in records:
        record["attributes"] = {"ApproximateReceiveCount": "3"}
    with patch.object(delivery, "_begin", wraps=delivery._begin) as begun:
        failed = failures(handler({"Records": records}, invocation_of(30_000, 0)))
    assert failed == sorted(record["messageId"] for record in records[1:])
    assert begun.call_count == 1
    assert totals(connection, scenario["id"])["total_requests"] == 1
    assert failures(handler({"Records": records}, CONTEXT)) == []
    check_sums(connection, scenario["id"])


def invocation_of(*remaining_ms: int) -> Invocation:
    """One that has so much time left each time that it is asked, and then as at the last."""
    invocation, left = Invocation(), [*remaining_ms]
    invocation.get_remaining_time_in_millis = lambda: left.pop(0) if left[1:] else left[0]
    return invocation


def test_a_suspect_that_can_t_even_be_opened_takes_none_with_it(
    connection: Rows, queue_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = factories.scenario(connection, status="running")
    lethal, fresh = received(queue_url, *(batch(scenario["id"], [Made(str(i))]) for i in range(2)))
    lethal["attributes"] = {"ApproximateReceiveCount": "3"}
    real = delivery.read_envelope

    def dies(body: str, read_payload: ReadPayload) -> SealedBatch:
        if body == lethal["body"]:
            raise KeyboardInterrupt
        return real(body, read_payload)

    monkeypatch.setattr(delivery, "read_envelope", dies)
    with pytest.raises(KeyboardInterrupt):
        handler({"Records": [lethal, fresh]}, CONTEXT)
    assert totals(connection, scenario["id"])["total_requests"] == 1
    assert in_flight(queue_url) == 1


def test_what_is_hopeless_comes_again_soon(connection: Rows, queue_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = factories.scenario(connection, status="running")
    records = received(queue_url, batch(scenario["id"], [Made("a\x00b")]), batch(scenario["id"], [Made()]))
    monkeypatch.setattr(log_queue, "HOPELESS_PAUSE_S", 0)
    monkeypatch.setattr(delivery, "RETRY_PAUSE_S", 0)
    (hopeless,) = failures(handler({"Records": records}, CONTEXT))
    (again,) = boto3.client("sqs").receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10)["Messages"]
    assert again["MessageId"] == hopeless


def received(queue_url: str, *batches: LogBatch) -> list[dict[str, Any]]:
    """The batches as messages that were sent and received."""
    sqs = boto3.client("sqs")
    for sent in batches:
        sqs.send_message(QueueUrl=queue_url, MessageBody=envelope(sent, packed=pack(sent)))
    messages = sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10)["Messages"]
    assert len(messages) == len(batches)
    return [
        sqs_record(message["Body"]) | {"messageId": message["MessageId"], "receiptHandle": message["ReceiptHandle"]}
        for message in messages
    ]


def in_flight(queue_url: str) -> int:
    answer = boto3.client("sqs").get_queue_attributes(QueueUrl=queue_url, AttributeNames=["All"])
    return int(answer["Attributes"]["ApproximateNumberOfMessagesNotVisible"])


def test_a_database_that_is_away_fails_all_and_loses_none(
    connection: Rows, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = factories.scenario(connection, status="running")
    event = sqs_event(batch(scenario["id"], [Made()]), batch(scenario["id"], [Made("b")]))
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setattr(delivery, "RETRY_PAUSE_S", 0.01)
    settings.cache_clear()
    remaining = iter(range(12_000, 9_000, -500))

    class Ending(Invocation):
        """An invocation whose time runs out."""

        def __init__(self) -> None:
            super().__init__()
            self.get_remaining_time_in_millis = lambda: next(remaining, 0)

    assert len(failures(handler(event, Ending()))) == 2
    monkeypatch.setenv("DATABASE_URL", database_url)
    settings.cache_clear()
    assert failures(handler(event, CONTEXT)) == []
    assert totals(connection, scenario["id"])["total_requests"] == 2


def test_a_database_that_takes_no_writes_makes_no_batch_hopeless(
    connection: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = factories.scenario(connection, status="running")
    event = sqs_event(batch(scenario["id"], [Made()]))
    name = sql.Identifier(connection.info.dbname)
    connection.execute(sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = on").format(name))
    database().close()

    def failed_over(_seconds: float) -> None:
        connection.execute(sql.SQL("ALTER DATABASE {} RESET default_transaction_read_only").format(name))

    monkeypatch.setattr(delivery.time, "sleep", failed_over)
    assert failures(handler(event, CONTEXT)) == []
    assert totals(connection, scenario["id"])["total_requests"] == 1


def test_a_lost_connection_is_made_anew_within_the_invocation(connection: Rows) -> None:
    scenario = factories.scenario(connection, status="running")
    handler(sqs_event(batch(scenario["id"], [Made()])), CONTEXT)
    connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    assert failures(handler(sqs_event(batch(scenario["id"], [Made("b")])), CONTEXT)) == []
    assert totals(connection, scenario["id"])["total_requests"] == 2


def test_a_deleted_scenario_s_logs_are_dropped_with_it(connection: Rows) -> None:
    answer = handler(sqs_event(batch(new_id(), [Made()])), CONTEXT)
    assert failures(answer) == []
    assert connection.execute("SELECT count(*) FROM scenario_logs").fetchone() == (0,)


def test_a_message_from_before_the_first_partition_finds_a_place(connection: Rows) -> None:
    scenario = factories.scenario(connection, status="running")
    sent = batch(scenario["id"], [Made()], received_at=datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC))
    assert failures(handler(sqs_event(sent), CONTEXT)) == []
    assert totals(connection, scenario["id"])["total_requests"] == 1


def test_the_cost_is_set_with_the_logs(connection: Rows) -> None:
    factories.aws_price(connection, usage_type="requests", price_per_unit=Decimal("0.40"))
    for usage_type, unit in (("requests", "per_million_requests"), ("duration", "per_gb_second")):
        factories.aws_price(connection, service="lambda", tier="x86_64", usage_type=usage_type, unit=unit)
    scenario = factories.scenario(connection, status="running", pipeline=Jsonb({"bedrock": {"model_id": None}}))
    handler(sqs_event(batch(scenario["id"], [Made(str(i)) for i in range(100)])), CONTEXT)
    assert totals(connection, scenario["id"])["total_cost_estimate"] > 0


def test_parallel_invocations_with_the_same_work_neither_deadlock_nor_count_twice(
    connection: Rows, app_database_url: str
) -> None:
    scenarios = [factories.scenario(connection, status="running")["id"] for _ in range(3)]
    batches = [batch(scenarios[i % 3], [Made(str(i)), Made("same")]) for i in range(12)]

    arrived = [sealed(sent) for sent in batches]

    def work(offset: int) -> None:
        with psycopg.connect(app_database_url) as mine:
            store_batches(mine, arrived[offset:] + arrived[:offset])

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    for scenario_id in scenarios:
        assert totals(connection, scenario_id)["total_requests"] == 8
        check_sums(connection, scenario_id)
