from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from functions.metrics.handler import api, handler
from functions.store_logs.service import store_batches
from shared.mockupaws.contracts.pipeline import Pipeline
from shared.mockupaws.costing.estimate import observed
from shared.mockupaws.db import Rows
from shared.mockupaws.records.prices import price_book
from shared.mockupaws.records.store import read_sums
from tests import factories
from tests.batches import Made, batch, sealed
from tests.gateway import Gateway, HttpReply

pytestmark = pytest.mark.usefixtures("stage")

NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)
MAIL = Made("mail ada@example.com", tokens=11, pii={"email": 1})
LARGE = Made("x", size=70_000, tokens=20_000, level="error")

Read = Callable[..., HttpReply]


@pytest.fixture
def scenario(connection: Rows) -> dict[str, Any]:
    """Give a running scenario, with prices for it."""
    factories.price_list(connection)
    return factories.scenario(connection, status="running")


@pytest.fixture
def read(connection: Rows, scenario: dict[str, Any]) -> Read:
    """Give the owner's way to the scenario's metrics."""
    key = factories.api_key(connection, user_id=scenario["user_id"])["key"]
    gateway = Gateway(handler, api.routes)

    def read(**query: str) -> HttpReply:
        return gateway.get(f"/scenarios/{scenario['id']}/metrics", query=query, key=key)

    return read


def _store(app_database_url: str, scenario_id: UUID, at: datetime, *profiles: Made) -> None:
    with psycopg.connect(app_database_url) as connection:
        connection.execute("SELECT ensure_log_partitions(%(at)s, %(at)s + interval '1 second')", {"at": at})
        store_batches(connection, [sealed(batch(scenario_id, profiles, received_at=at))])


def _series(metrics: dict[str, Any], metric_type: str, name: str) -> dict[str, Any]:
    return {
        point["timestamp"]: point["value"]
        for point in metrics["timeseries"]
        if (point["metric_type"], point["metric_name"]) == (metric_type, name)
    }


def test_nothing_recorded_is_zeros_not_an_error(read: Read, scenario: dict[str, Any]) -> None:
    reply = read()
    assert reply.status == 200
    metrics = reply.json
    assert metrics["scenario_id"] == str(scenario["id"])
    assert (metrics["from"], metrics["to"], metrics["timeseries"]) == (None, None, [])
    assert metrics["summary"]["total_requests"] == 0
    assert metrics["summary"]["total_cost_usd"] == "0"
    assert metrics["summary"]["by_level"] == {}
    assert [(share["service"], share["percentage"]) for share in metrics["cost_breakdown"]] == [
        ("sqs", 0.0), ("lambda", 0.0), ("bedrock", 0.0),
    ]  # fmt: skip


def test_the_figures_are_those_of_what_was_stored(
    connection: Rows, read: Read, scenario: dict[str, Any], app_database_url: str
) -> None:
    _store(app_database_url, scenario["id"], NOON, Made("a"), Made("a"), MAIL)
    _store(app_database_url, scenario["id"], NOON + timedelta(minutes=90), LARGE)
    metrics = read().json
    summary = metrics["summary"]
    assert summary["total_requests"] == 4
    assert summary["sqs_blocks"] == 5
    assert summary["llm_tokens"] == 7 + 7 + 11 + 20_000
    assert summary["size_bytes"] == 1 + 1 + len(MAIL.message) + 70_000
    assert summary["pii_violations"] == 1
    assert summary["by_pii_type"] == {"email": 1}
    assert summary["duplicates"] == 1
    assert summary["by_level"] == {"info": 3, "error": 1}
    assert summary["first_log_at"] == "2026-09-07T12:00:00Z"
    assert summary["last_log_at"] == "2026-09-07T13:30:00Z"
    assert (metrics["from"], metrics["to"]) == ("2026-09-07T12:00:00Z", "2026-09-07T13:31:00Z")
    assert metrics["interval_seconds"] == 60
    assert _series(metrics, "sqs", "logs") == {"2026-09-07T12:00:00Z": 3, "2026-09-07T13:30:00Z": 1}
    estimate = observed(
        read_sums(connection, scenario["id"]), Pipeline(), price_book(connection, "us-east-1"), "us-east-1"
    )
    assert Decimal(summary["total_cost_usd"]) == estimate.total_usd
    assert summary["lambda_invocations"] == estimate.usage.lambda_invocations
    stored = connection.execute("SELECT total_cost_estimate FROM scenarios").fetchone()
    assert stored == (estimate.total_usd,)


def test_buckets_add_up_to_services_and_services_to_the_total(
    read: Read, scenario: dict[str, Any], app_database_url: str
) -> None:
    for minute in range(7):
        _store(
            app_database_url, scenario["id"], NOON + timedelta(minutes=minute), *[MAIL, LARGE, Made("b")] * (minute + 1)
        )
    for query in ({}, {"from": "2026-09-07T12:02:00Z", "to": "2026-09-07T12:05:00Z"}):
        metrics = read(**query).json
        for share in metrics["cost_breakdown"]:
            buckets = _series(metrics, share["service"], "cost").values()
            assert sum(map(Decimal, buckets)) == Decimal(share["cost_usd"]) > 0
        services = [Decimal(share["cost_usd"]) for share in metrics["cost_breakdown"]]
        assert sum(services) == Decimal(metrics["summary"]["total_cost_usd"])
        assert round(sum(share["percentage"] for share in metrics["cost_breakdown"]), 2) == 100


def test_a_part_of_the_time_has_its_share(read: Read, scenario: dict[str, Any], app_database_url: str) -> None:
    _store(app_database_url, scenario["id"], NOON, *[Made("a")] * 30)
    _store(app_database_url, scenario["id"], NOON + timedelta(minutes=5), *[Made("b")] * 10)
    everything = read().json
    part = read(**{"from": "2026-09-07T12:04:30Z", "to": "2026-09-07T14:00:00+02:00"})
    assert part.status == 400  # 14:00+02:00 is noon
    part = read(**{"from": "2026-09-07T12:04:30Z", "to": "2026-09-07T16:00:00+02:00"}).json
    assert (part["from"], part["to"]) == ("2026-09-07T12:04:00Z", "2026-09-07T12:06:00Z")
    assert part["summary"]["total_requests"] == 10
    assert part["summary"]["duplicates"] == 9
    assert part["summary"]["by_level"] is None
    for all_of_it, some in zip(everything["cost_breakdown"], part["cost_breakdown"], strict=True):
        assert Decimal(some["cost_usd"]) * 4 == pytest.approx(Decimal(all_of_it["cost_usd"]), rel=Decimal("1e-9"))
    beyond = read(**{"from": "2027-01-01T00:00:00Z"})
    assert beyond.status == 200
    assert beyond.json["summary"]["total_requests"] == 0
    assert beyond.json["from"] is None


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
@pytest.mark.parametrize("field", ["from", "to"])
def test_a_time_beyond_the_calendar_of_utc_is_refused_by_name(read: Read, field: str, time: str) -> None:
    refused = read(**{field: time})
    assert refused.status == 400
    assert [detail["field"] for detail in refused.json["details"]] == [f"query.{field}"]


def test_buckets_grow_with_the_range_and_the_sums_stay(
    read: Read, scenario: dict[str, Any], app_database_url: str
) -> None:
    for day in range(0, 60, 3):
        _store(app_database_url, scenario["id"], NOON - timedelta(days=day, hours=day % 7), Made(str(day)), MAIL)
    metrics = read().json
    assert metrics["interval_seconds"] == 6 * 3_600
    assert sum(_series(metrics, "sqs", "logs").values()) == metrics["summary"]["total_requests"] == 40
    by_day = read(interval="day").json
    assert by_day["interval_seconds"] == 86_400
    assert {at[11:] for at in _series(by_day, "sqs", "logs")} == {"00:00:00Z"}
    assert by_day["summary"]["total_requests"] == 40
    assert read(interval="week").status == 400


def test_a_rejected_record_counts_without_being_a_log(
    connection: Rows, read: Read, scenario: dict[str, Any], app_database_url: str
) -> None:
    _store(app_database_url, scenario["id"], NOON, Made("a"))
    for bucket in (60, 3_600, 86_400):
        at = NOON + timedelta(minutes=3)
        start = at - (at - datetime(2026, 9, 7, tzinfo=UTC)) % timedelta(seconds=bucket)
        factories.scenario_metric(
            connection, scenario_id=scenario["id"], bucket_seconds=bucket, timestamp=start, metric_type="safety",
            metric_name="rejected", value=2,
        )  # fmt: skip
    summary = read().json["summary"]
    assert (summary["rejected"], summary["total_requests"]) == (2, 1)
    assert summary["last_log_at"] == "2026-09-07T12:00:00Z"


def test_a_pipeline_that_lost_its_price_says_so_and_counts_all_the_same(
    connection: Rows, read: Read, scenario: dict[str, Any], app_database_url: str
) -> None:
    _store(app_database_url, scenario["id"], NOON, Made("a"))
    gone = {**Pipeline().model_dump(mode="json"), "bedrock": {"model_id": "acme.gone"}}
    connection.execute("UPDATE scenarios SET pipeline = %s", [Jsonb(gone)])
    metrics = read().json
    assert "acme.gone" in metrics["unpriced"]
    assert metrics["summary"]["total_requests"] == 1
    assert metrics["summary"]["total_cost_usd"] == "0"


def test_no_log_is_read(connection: Rows, read: Read, scenario: dict[str, Any], app_database_url: str) -> None:
    _store(app_database_url, scenario["id"], NOON, Made("a"))
    connection.execute("DROP TABLE scenario_logs CASCADE")
    assert read().json["summary"]["total_requests"] == 1


def test_only_the_owner_reads_them(connection: Rows, scenario: dict[str, Any]) -> None:
    gateway = Gateway(handler, api.routes)
    path = f"/scenarios/{scenario['id']}/metrics"
    assert gateway.get(path).status == 401
    assert gateway.get(path, key=factories.api_key(connection)["key"]).status == 404
    assert gateway.get(path, key=factories.api_key(connection, scopes=["read:scenarios"])["key"]).status == 403
    root = factories.user(connection, role="superuser")
    assert gateway.get(path, key=factories.api_key(connection, user_id=root["id"])["key"]).status == 200
