"""The estimates routes, on real PostgreSQL, with traffic that came through the batch Lambda."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from functions.estimates.handler import api, handler
from functions.store_logs.handler import handler as store_logs
from shared.mockupaws.auth.access import SCOPES
from shared.mockupaws.db import Rows
from shared.mockupaws.ids import new_id
from shared.mockupaws.records.store import read_prices, replace_price
from tests import factories
from tests.batches import Made, batch, sqs_event
from tests.gateway import Gateway, HttpReply, Invocation

pytestmark = pytest.mark.usefixtures("stage", "prices")

CENT = Decimal("0.01")
HAIKU = "us.anthropic.claude-haiku-4-5-20251001-v1:0"


class Client:
    """A user with a key, in front of the API."""

    def __init__(self, connection: Rows, scopes: Sequence[str] = SCOPES, **columns: Any) -> None:
        self.user_id: UUID = factories.user(connection, **columns)["id"]
        self._key = factories.api_key(connection, user_id=self.user_id, scopes=list(scopes))["key"]
        self._gateway = Gateway(handler, api.routes)

    def __call__(self, method: str, path: str, body: Any = None, **query: Any) -> HttpReply:
        return self._gateway.request(method, path, body=body, query=query, key=self._key)


@pytest.fixture
def prices(connection: Rows) -> None:
    """Set the prices of a region."""
    factories.price_list(connection)


@pytest.fixture
def ada(connection: Rows) -> Client:
    """Give an ordinary user."""
    return Client(connection)


def recorded(connection: Rows, owner: Client, logs: int = 600, **columns: Any) -> UUID:
    """A scenario with a log a second, the last of them a minute ago; every other one is a duplicate, at debug."""
    scenario = factories.scenario(connection, user_id=owner.user_id, status="running", **columns)["id"]
    end = datetime.now(UTC) - timedelta(minutes=1)
    factories.scenario_run(connection, scenario_id=scenario, started_at=end - timedelta(seconds=logs))
    profiles = [
        Made(f"GET /health {0 if second % 2 else second}", tokens=30, level="debug" if second % 2 else "info")
        for second in range(logs)
    ]
    times = [int((end - timedelta(seconds=second)).timestamp()) for second in range(logs)]
    answer = store_logs(sqs_event(batch(scenario, profiles, at=times)), Invocation())
    assert answer["batchItemFailures"] == []
    return scenario


def add_up(bill: dict[str, Any]) -> None:
    """Lines to services and services to the total, exactly."""
    for service in bill["services"]:
        lines = service["lines"]
        assert sum(Decimal(line["cost_usd"]) for line in lines) == Decimal(service["cost_usd"])
        for line in lines:
            assert Decimal(line["quantity"]) * Decimal(line["unit_price"]) == Decimal(line["cost_usd"])
            assert line["price_source"].startswith("https://")
            assert line["price_date"]
    assert sum(Decimal(service["cost_usd"]) for service in bill["services"]) == Decimal(bill["total_usd"])


# What AWS itself works out -----------------------------------------------------------------------------------------

LAMBDA_EXAMPLES: list[tuple[bool, dict[str, Any], str]] = [
    (True, {"invocations": 3_000_000, "duration_ms": 120, "memory_mb": 1536}, "2.73"),
    (False, {"invocations": 7_440_000, "duration_ms": 2000, "memory_mb": 1024}, "249.49"),
    (
        True,
        {"invocations": 6_000_000, "duration_ms": 280, "memory_mb": 4096, "ephemeral_storage_mb": 2048},
        "106.41",
    ),
    (
        True,
        {
            "invocations": 2_000_000,
            "duration_ms": 280,
            "memory_mb": 4096,
            "provisioned_concurrency": {"count": 7, "hours": 24, "memory_mb": 4096},
        },
        "32.26",
    ),
]


def test_lambdas_pricing_page_to_the_cent(ada: Client) -> None:
    for free_tier, usage, total in LAMBDA_EXAMPLES:
        asked = {"lambda": {"architecture": "x86_64", **usage}}
        reply = ada("POST", "/estimates", {"region": "us-east-1", "free_tier": free_tier, "usage": asked})
        assert reply.status == 200, reply.text
        assert Decimal(reply.json["total_usd"]).quantize(CENT) == Decimal(total)
        add_up(reply.json)


def test_the_seed_documents_formulas_to_the_last_digit(ada: Client) -> None:
    """100 blocks at $0.40 a million; and 1,000 tokens at $0.003 a thousand, with what a model costs now."""
    sqs = ada("POST", "/estimates", {"region": "us-east-1", "usage": {"sqs": {"requests": 100}}})
    assert sqs.json["total_usd"] == "0.00004"
    sonnet = "us.anthropic.claude-3-7-sonnet-20250219-v1:0"
    tokens = {"model_id": sonnet, "input_tokens": 1000, "output_tokens": 0}
    bedrock = ada("POST", "/estimates", {"region": "us-east-1", "usage": {"bedrock": tokens}})
    assert bedrock.json["total_usd"] == "0.003"
    function = {"invocations": 1_000_000, "duration_ms": 0.01, "memory_mb": 1024}
    requests_only = ada("POST", "/estimates", {"region": "us-east-1", "usage": {"lambda": function}})
    assert requests_only.json["services"][0]["lines"][0]["cost_usd"] == "0.2"


def test_warm_environments_are_billed_by_five_minutes_however_their_hours_are_written(ada: Client) -> None:
    """Ten and twenty minutes are no whole part of an hour: their last digit must not be another five minutes."""
    hours = [
        (1 / 60, 300), (1 / 12, 300), (1 / 6, 600), (1 / 3, 1200), (10 / 60 + 0.5, 2400), (743 + 5 / 6, 2_677_800),
        ("0.166666666666667", 600), ("0.16667", 900), ("0.17", 900), (1e-9, 300), (744, 2_678_400),
    ]  # fmt: skip
    for written, seconds in hours:
        warm = {"count": 1, "hours": written, "memory_mb": 1024}
        usage = {"lambda": {"invocations": 0, "duration_ms": 1, "memory_mb": 1024, "provisioned_concurrency": warm}}
        reply = ada("POST", "/estimates", {"region": "us-east-1", "usage": usage})
        assert reply.status == 200, reply.text
        (line,) = reply.json["services"][0]["lines"]
        assert (written, line["quantity"]) == (written, str(seconds))


def test_messages_are_sent_received_and_deleted_once(ada: Client) -> None:
    """3 million messages of 10 KiB, ten a call: 2 units a send and a receive, one a delete, less the free million."""
    body = {
        "region": "us-east-1",
        "free_tier": True,
        "usage": {
            "sqs": {
                "queue_type": "standard",
                "messages": 3_000_000,
                "avg_message_bytes": 10_240,
                "send_batch_size": 10,
                "receive_batch_size": 10,
            }
        },
    }
    reply = ada("POST", "/estimates", body)
    quantities = {line["item"]: line["quantity"] for line in reply.json["services"][0]["lines"]}
    assert quantities == {
        "send": "600000",
        "receive": "600000",
        "delete": "300000",
        "free_tier_requests": "1000000",
    }
    assert reply.json["total_usd"] == "0.2"
    add_up(reply.json)


def test_a_whole_month_of_three_services(ada: Client) -> None:
    body = {
        "region": "us-east-1",
        "usage": {
            "sqs": {"queue_type": "fifo", "requests": 150_000_000_000},
            "lambda": {"architecture": "arm64", "invocations": 10**9, "duration_ms": 99.5, "memory_mb": 10_240},
            "bedrock": {
                "model_id": HAIKU,
                "mode": "batch",
                "input_tokens": 10**9,
                "output_tokens": 10**8,
            },
        },
    }
    reply = ada("POST", "/estimates", body)
    assert reply.status == 200
    add_up(reply.json)
    assert [service["service"] for service in reply.json["services"]] == ["sqs", "lambda", "bedrock"]
    sqs = reply.json["services"][0]
    assert sqs["cost_usd"] == "70000"  # 100 billion at 0.50 and 50 billion at 0.40, a million
    assert [line["verified"] for line in sqs["lines"]] == [True, False]
    assert reply.json["pricing_as_of"] == "2026-11-01"


BAD_USAGE: list[tuple[dict[str, Any], str, str]] = [
    ({"bedrock": {"model_id": "gpt-9", "input_tokens": 1}}, "body.usage.bedrock.model_id", "openai.gpt"),
    (
        {"bedrock": {"model_id": "anthropic.claude-haiku-4-5-20251001-v1:0", "input_tokens": 1}},
        "body.usage.bedrock.model_id",
        HAIKU,
    ),
    (
        {"bedrock": {"model_id": HAIKU, "mode": "priority", "input_tokens": 1}},
        "body.usage.bedrock.mode",
        "batch, on_demand",
    ),
    ({"bedrock": {"model_id": HAIKU, "mode": "cheap", "input_tokens": 1}}, "body.usage.bedrock.mode", "'flex'"),
    (
        {"bedrock": {"model_id": "amazon.titan-embed-text-v2:0", "input_tokens": 1, "output_tokens": 1}},
        "body.usage.bedrock.output_tokens",
        "input_tokens",
    ),
    ({"sqs": {"requests": -1}}, "body.usage.sqs.requests", "greater than or equal to 0"),
    ({"sqs": {"requests": 10**16}}, "body.usage.sqs.requests", "less than or equal to"),
    ({"sqs": {"requests": 1.5}}, "body.usage.sqs.requests", "integer"),
    ({"sqs": {"requests": 1, "messages": 1}}, "body.usage.sqs", "either"),
    ({"sqs": {"messages": 1}}, "body.usage.sqs", "avg_message_bytes"),
    ({"lambda": {"invocations": 1, "duration_ms": 1, "memory_mb": 64}}, "body.usage.lambda.memory_mb", "128"),
    ({"lambda": {"invocations": 1, "duration_ms": 1, "memory": 128}}, "body.usage.lambda.memory", "not permitted"),
    ({}, "body.usage", "at least one"),
]


def test_bad_usage_is_refused_with_the_choices(ada: Client) -> None:
    for usage, field, says in BAD_USAGE:
        reply = ada("POST", "/estimates", {"region": "us-east-1", "usage": usage})
        assert reply.status == 400, reply.text
        assert reply.json["error"] == "validation_error"
        messages = {detail["field"]: detail["message"] for detail in reply.json["details"]}
        assert says in messages[field], messages


def test_an_unknown_region_is_refused_with_the_known_ones(ada: Client) -> None:
    reply = ada("POST", "/estimates", {"region": "mars-north-1", "usage": {"sqs": {"requests": 1}}})
    assert reply.status == 400
    assert "eu-central-1" in reply.json["details"][0]["message"]


# A scenario's own traffic ------------------------------------------------------------------------------------------


def test_what_was_observed_is_what_the_scenario_shows(ada: Client, connection: Rows) -> None:
    scenario = recorded(connection, ada)
    stored = connection.execute("SELECT total_cost_estimate FROM scenarios WHERE id = %s", [scenario]).fetchone()
    reply = ada("GET", f"/scenarios/{scenario}/estimate")
    assert reply.status == 200, reply.text
    assert stored is not None
    assert Decimal(reply.json["observed"]["total_usd"]) == stored[0] > 0
    assert reply.json["observed"]["usage"]["logs"] == 600
    add_up(reply.json["observed"])
    add_up(reply.json["monthly"])


def test_the_month_has_a_range_and_says_when_the_sample_is_short(ada: Client, connection: Rows) -> None:
    month = ada("GET", f"/scenarios/{recorded(connection, ada)}/estimate").json["monthly"]
    assert Decimal(month["low_usd"]) <= Decimal(month["expected_usd"]) <= Decimal(month["high_usd"])
    assert month["expected_usd"] == month["total_usd"]
    assert {warning["code"] for warning in month["warnings"]} >= {"short_sample"}
    assert month["tokens"]["verified"] is True
    # Ten or eleven minutes were touched, of which the month is 730 hours.
    assert 11 * 60 >= month["sample"]["recorded_seconds"] >= 10 * 60
    assert month["usage"]["logs"] == pytest.approx(600 * 730 * 3600 / month["sample"]["recorded_seconds"], abs=1)


def test_a_past_estimate_can_be_made_again(ada: Client, connection: Rows) -> None:
    """After a price changed, and with all that asks for one."""
    scenario = recorded(connection, ada)
    path, usage = f"/scenarios/{scenario}", {"region": "us-east-1", "usage": {"sqs": {"requests": 1_000_000}}}
    before = ada("GET", f"{path}/estimate").json
    today = datetime.now(UTC).date()
    connection.execute("UPDATE aws_pricing SET effective_from = %s", (today - timedelta(days=30),))
    for price in read_prices(connection, "us-east-1"):
        if price.service == "sqs":
            replace_price(
                connection, price, price._replace(price_per_unit=price.price_per_unit * 2, effective_from=today)
            )
    tomorrow, yesterday = today + timedelta(days=1), today - timedelta(days=1)
    again = ada("GET", f"{path}/estimate", prices_on=yesterday).json
    assert again["monthly"]["total_usd"] == before["monthly"]["total_usd"]
    assert again["observed"]["total_usd"] == before["observed"]["total_usd"]
    assert Decimal(ada("GET", f"{path}/estimate", prices_on=tomorrow).json["monthly"]["total_usd"]) > Decimal(
        before["monthly"]["total_usd"]
    )
    what_if = ada("POST", f"{path}/what-if", {"prices_on": str(yesterday)}).json
    assert what_if["monthly"]["total_usd"] == before["monthly"]["total_usd"]
    then, now = (ada("POST", "/estimates", {**usage, "prices_on": str(day)}).json for day in (yesterday, today))
    assert (then["total_usd"], now["total_usd"]) == ("0.4", "0.8")


def test_a_past_estimate_can_be_made_again_after_a_price_was_withdrawn(ada: Client, connection: Rows) -> None:
    path = f"/scenarios/{recorded(connection, ada)}/estimate"
    before = ada("GET", path).json
    today = datetime.now(UTC).date()
    connection.execute("UPDATE aws_pricing SET effective_from = %s", (today - timedelta(days=30),))
    connection.execute("UPDATE aws_pricing SET is_active = false, effective_to = %s WHERE service = 'sqs'", (today,))
    again = ada("GET", path, prices_on=today - timedelta(days=1)).json
    assert again["monthly"]["total_usd"] == before["monthly"]["total_usd"]
    assert again["observed"]["total_usd"] == before["observed"]["total_usd"]
    assert ada("GET", path, prices_on=today).status == 400


def test_on_a_day_before_any_price_nothing_can_be_estimated(ada: Client, connection: Rows) -> None:
    reply = ada("GET", f"/scenarios/{recorded(connection, ada)}/estimate", prices_on="1999-12-31")
    assert (reply.status, reply.json["error"]) == (400, "validation_error")
    assert "on 1999-12-31: ask for a later day" in reply.json["message"]
    usage = {"region": "us-east-1", "usage": {"sqs": {"requests": 1}}, "prices_on": "1999-12-31"}
    (detail,) = ada("POST", "/estimates", usage).json["details"]
    assert detail["field"] == "body.region"
    assert "on 1999-12-31: ask for a later day" in detail["message"]


def test_a_scenario_without_traffic_has_an_estimate_too(ada: Client, connection: Rows) -> None:
    scenario = factories.scenario(connection, user_id=ada.user_id)["id"]
    reply = ada("GET", f"/scenarios/{scenario}/estimate")
    assert reply.json["observed"]["total_usd"] == "0"
    assert reply.json["monthly"]["warnings"][0]["code"] == "no_traffic"


def test_fifty_variants_and_not_one_more(ada: Client, connection: Rows) -> None:
    scenario = recorded(connection, ada)
    variants = [{"name": f"{size} MB", "pipeline": {"lambda": {"memory_mb": 128 + size}}} for size in range(51)]
    reply = ada("POST", f"/scenarios/{scenario}/what-if", {"variants": variants[:50]})
    assert reply.status == 200, reply.text
    assert len(reply.json["variants"]) == 50
    same, *dearer = reply.json["variants"]
    assert same["delta"]["delta_usd"] == "0"
    assert same["monthly"] == reply.json["monthly"]
    assert all(Decimal(each["delta"]["delta_usd"]) > 0 for each in dearer)
    assert reply.json["savings"] is None
    assert ada("POST", f"/scenarios/{scenario}/what-if", {"variants": variants}).status == 400


def test_a_variant_elsewhere_and_one_that_drops(ada: Client, connection: Rows) -> None:
    factories.price_list(connection, "eu-central-1")
    scenario = recorded(connection, ada)
    variants = [
        {"name": "in Frankfurt", "region": "eu-central-1"},
        {"name": "each once", "pipeline": {"reduce": {"deduplicate": True}}},
        {"name": "no debug", "pipeline": {"reduce": {"drop_levels": ["debug"]}}},
    ]
    reply = ada("POST", f"/scenarios/{scenario}/what-if", {"variants": variants})
    frankfurt, once, quiet = reply.json["variants"]
    assert frankfurt["region"] == "eu-central-1"
    month = reply.json["monthly"]["usage"]["llm_logs"]
    # Of 600 messages, 301 are one and the same.
    assert once["monthly"]["usage"]["llm_logs"] == pytest.approx(month / 2, abs=1)
    assert quiet["monthly"]["usage"]["llm_logs"] == pytest.approx(month / 2, abs=1)


def test_savings_are_ranked_and_add_up(ada: Client, connection: Rows) -> None:
    scenario = recorded(connection, ada)
    reply = ada("POST", f"/scenarios/{scenario}/what-if", {"savings": True})
    assert reply.status == 200, reply.text
    savings = reply.json["savings"]
    alone = [Decimal(saving["saving_usd"]) for saving in savings["changes"]]
    assert alone == sorted(alone, reverse=True)
    steps = sum(Decimal(step["marginal_usd"]) for step in savings["steps"])
    assert steps == Decimal(savings["saving_usd"])
    assert Decimal(reply.json["monthly"]["total_usd"]) - steps == Decimal(savings["monthly_usd"])
    assert {"batch_mode", "deduplicate", "drop_debug", "arm64"} <= {each["change"] for each in savings["changes"]}


BAD_VARIANTS: list[tuple[dict[str, Any], str, str]] = [
    ({"bedrock": {"model_id": "nope"}}, "body.variants.0.pipeline.bedrock.model_id", "Choices"),
    ({"sqs": {"queue_type": "fifo", "receive_batch_size": 11}}, "body.variants.0.pipeline", "FIFO"),
    ({"sqs": {"send_batch_size": 11}}, "body.variants.0.pipeline.sqs.send_batch_size", "10"),
    ({"sqs": {"batches": 1}}, "body.variants.0.pipeline.sqs.batches", "not permitted"),
]


def test_a_bad_variant_is_refused(ada: Client, connection: Rows) -> None:
    scenario = factories.scenario(connection, user_id=ada.user_id)["id"]
    for pipeline, field, says in BAD_VARIANTS:
        reply = ada("POST", f"/scenarios/{scenario}/what-if", {"variants": [{"name": "bad", "pipeline": pipeline}]})
        assert reply.status == 400
        messages = {detail["field"]: detail["message"] for detail in reply.json["details"]}
        assert says in messages[field], messages


def test_two_to_four_scenarios_side_by_side(ada: Client, connection: Rows) -> None:
    first = recorded(connection, ada)
    second = recorded(connection, ada, name="twice", logs=1200)
    third = factories.scenario(connection, user_id=ada.user_id)["id"]
    reply = ada("GET", "/scenarios/compare", ids=[str(first), str(second), str(third)])
    assert reply.status == 200, reply.text
    one, other, idle = reply.json["scenarios"]
    assert [one["scenario_id"], other["scenario_id"]] == [str(first), str(second)]
    assert one["delta"] is None
    expected = Decimal(other["monthly"]["total_usd"]) - Decimal(one["monthly"]["total_usd"])
    assert Decimal(other["delta"]["delta_usd"]) == expected
    assert idle["delta"]["delta_percent"].startswith("-")
    reverse = ada("GET", "/scenarios/compare", ids=[str(third), str(first)])
    bedrock = next(s for s in reverse.json["scenarios"][1]["delta"]["services"] if s["service"] == "bedrock")
    assert bedrock["delta_percent"] is None


def test_one_scenario_five_or_the_same_twice_are_no_comparison(ada: Client, connection: Rows) -> None:
    ids = [str(factories.scenario(connection, user_id=ada.user_id)["id"]) for _ in range(5)]
    for asked in (ids[:1], ids, [ids[0], ids[0]], ["x", "y"]):
        assert ada("GET", "/scenarios/compare", ids=asked).status == 400
    assert ada("GET", "/scenarios/compare").status == 400


def test_another_users_scenario_is_not_there(ada: Client, connection: Rows) -> None:
    scenario = factories.scenario(connection)["id"]
    own = factories.scenario(connection, user_id=ada.user_id)["id"]
    assert ada("GET", f"/scenarios/{scenario}/estimate").status == 404
    assert ada("POST", f"/scenarios/{scenario}/what-if", {"variants": []}).status == 404
    assert ada("GET", "/scenarios/compare", ids=[str(own), str(scenario)]).status == 404
    assert ada("GET", f"/scenarios/{new_id()}/estimate").status == 404
    boss = Client(connection, role="superuser")
    assert boss("GET", f"/scenarios/{scenario}/estimate").status == 200


def test_who_may_ask(connection: Rows) -> None:
    readonly = Client(connection, role="readonly", scopes=["read:metrics"])
    scenario = factories.scenario(connection, user_id=readonly.user_id)["id"]
    assert readonly("POST", f"/scenarios/{scenario}/what-if", {"savings": True}).status == 200
    narrow = Client(connection, scopes=["ingest:logs"])
    assert narrow("POST", "/estimates", {"region": "us-east-1", "usage": {"sqs": {"requests": 1}}}).status == 403
    stranger = Gateway(handler, api.routes)
    assert stranger.post("/estimates", {"region": "us-east-1", "usage": {"sqs": {"requests": 1}}}).status == 401


def test_a_design_whose_price_was_withdrawn_says_so(ada: Client, connection: Rows) -> None:
    scenario = factories.scenario(connection, user_id=ada.user_id)["id"]
    connection.execute("UPDATE aws_pricing SET is_active = false WHERE usage_type LIKE 'global.anthropic.%haiku-4-5%'")
    reply = ada("GET", f"/scenarios/{scenario}/estimate")
    assert reply.status == 400
    assert "haiku" in reply.json["message"]
