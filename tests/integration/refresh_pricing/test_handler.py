"""The refresh against recorded pages of the Price List (botocore's Stubber: moto has no `pricing`)."""

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber
from psycopg.rows import dict_row

from functions.fetch_prices import handler as fetch_prices
from functions.refresh_pricing import handler as module
from functions.refresh_pricing import price_list as calls
from functions.refresh_pricing.handler import handler
from functions.refresh_pricing.offers import OFFERS
from shared.mockupaws.contracts.regions import REGIONS
from shared.mockupaws.db import Rows
from shared.mockupaws.invocation import InvocationFailedError, Line
from shared.mockupaws.settings import settings
from tests import factories
from tests.gateway import Invocation
from tests.unit.refresh_pricing.price_list import claude, nova, sqs

pytestmark = pytest.mark.usefixtures("stage")

PAGES: dict[tuple[str, str], list[list[str]]] = {
    # Two pages, so that the second one can fail.
    ("AWSQueueService", "us-east-1"): [
        [sqs("us-east-1", "FIFO (first-in, first-out)", "0.0000005500")],
        [sqs("us-east-1")],
    ],
    ("AmazonBedrock", "us-east-1"): [[nova("us-east-1", "input-tokens", "0.0000600000")]],
    ("AmazonBedrockFoundationModels", "us-east-1"): [
        [claude("us-east-1", "InputTokenCount_Global", "0.9000000000")],
        [claude("us-east-1", "OutputTokenCount_Global", "5.0000000000")],
    ],
}
HAIKU = "global.anthropic.claude-haiku-4-5-20251001-v1:0"


@pytest.fixture
def price_list(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    """Have `fetch_prices` called without Lambda between, with a stubbed Price List."""
    pricing = boto3.client("pricing", region_name="us-east-1")

    def fetch(wish: dict[str, str]) -> dict[str, Any]:
        return json.loads(json.dumps(fetch_prices.handler(wish, Invocation())))

    with Stubber(pricing) as stubber:
        monkeypatch.setattr(fetch_prices, "client", lambda: pricing)
        monkeypatch.setattr(module, "fetcher", lambda: fetch)
        yield stubber


def expect(stubber: Stubber, *, fail_at: int | None = None) -> None:
    """Every page that the handler will ask for, the one with that number a refusal."""
    number = 0
    for region in REGIONS:
        for offer in OFFERS:
            pages = PAGES.get((offer, region), [[]])
            for index, page in enumerate(pages):
                asked: dict[str, Any] = {
                    "ServiceCode": offer,
                    "Filters": [{"Type": "TERM_MATCH", "Field": "regionCode", "Value": region}],
                    "FormatVersion": "aws_v1",
                }
                if index:
                    asked["NextToken"] = f"page {index}"
                if number == fail_at:
                    stubber.add_client_error("get_products", "InternalErrorException", expected_params=asked)
                    return
                answer: dict[str, Any] = {"FormatVersion": "aws_v1", "PriceList": page}
                if index + 1 < len(pages):
                    answer["NextToken"] = f"page {index + 1}"
                stubber.add_response("get_products", answer, asked)
                number += 1


def rows(connection: Rows, usage_type: str, tier: str = "on_demand", begin: int = 0) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """
            SELECT * FROM aws_pricing
            WHERE region = 'us-east-1' AND usage_type = %s AND tier = %s AND range_begin = %s
              AND service <> 'lambda' ORDER BY effective_from
            """,
            [usage_type, tier, begin],
        ).fetchall()


def test_a_confirmed_price_becomes_verified_and_a_changed_one_is_opened_anew(
    connection: Rows, price_list: Stubber
) -> None:
    factories.price_list(connection)
    connection.execute("UPDATE aws_pricing SET verified = false")
    before = connection.execute("SELECT count(*) FROM aws_pricing").fetchone()
    expect(price_list)
    today = datetime.now(UTC).date()
    done = handler({}, Invocation())
    price_list.assert_no_pending_responses()

    (confirmed,) = rows(connection, "amazon.nova-lite-v1:0/input")
    assert confirmed["verified"]
    assert confirmed["source_url"].endswith("AmazonBedrock/current/us-east-1/index.json")
    (same,) = rows(connection, f"{HAIKU}/output")
    assert same["verified"]

    old, new = rows(connection, f"{HAIKU}/input")
    assert old["price_per_unit"] == Decimal("0.001")
    assert old["effective_to"] == today - timedelta(days=1)
    assert (new["price_per_unit"], new["verified"], new["effective_to"]) == (Decimal("0.0009"), True, None)
    assert new["effective_from"] == today

    (unsaid,) = rows(connection, "mistral.mistral-7b-instruct-v0:2/input")
    assert not unsaid["verified"]
    assert unsaid["effective_to"] is None

    assert before is not None
    # Confirmed: three tiers of the standard queue, Nova Lite by two ids, Haiku's output. Changed: FIFO's tiers, Haiku.
    assert done == {"confirmed": 6, "changed": 4, "unconfirmed": before[0] - 10}


def test_what_was_recorded_where_a_price_changed_is_priced_anew(
    connection: Rows, price_list: Stubber, caplog: pytest.LogCaptureFixture
) -> None:
    factories.price_list(connection, "us-east-1", "eu-west-1")
    here = factories.recorded_scenario(connection)["id"]
    factories.recorded_scenario(connection, region="eu-west-1")
    expect(price_list)
    handler({}, Invocation())
    totals = dict(connection.execute("SELECT id, total_cost_estimate FROM scenarios").fetchall())
    assert totals.pop(here) not in {0, 7}
    assert [*totals.values()] == [7]
    said = vars(caplog.records[-1])
    assert (said["totals_repriced"], said["totals_left"]) == (1, 0)


def test_a_page_that_fails_half_way_changes_nothing(connection: Rows, price_list: Stubber) -> None:
    factories.price_list(connection)
    before = connection.execute("SELECT * FROM aws_pricing ORDER BY id").fetchall()
    expect(price_list, fail_at=1)
    with pytest.raises(InvocationFailedError, match="InvocationFailedError"):
        handler({}, Invocation())
    assert connection.execute("SELECT * FROM aws_pricing ORDER BY id").fetchall() == before


def test_the_same_list_twice_changes_nothing_more(connection: Rows, price_list: Stubber) -> None:
    factories.price_list(connection)
    expect(price_list)
    handler({}, Invocation())
    after_one = connection.execute("SELECT * FROM aws_pricing ORDER BY id").fetchall()
    expect(price_list)
    assert handler({}, Invocation())["changed"] == 0
    assert connection.execute("SELECT * FROM aws_pricing ORDER BY id").fetchall() == after_one


def _answer(payload: bytes, **more: str) -> dict[str, Any]:
    return {"StatusCode": 200, "Payload": StreamingBody(io.BytesIO(payload), len(payload)), **more}


def test_pages_are_asked_of_the_function_that_can_reach_the_price_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FETCH_FUNCTION", "fetch_prices")
    settings.cache_clear()
    function = boto3.client("lambda")

    def client(_name: str) -> Any:
        return function

    monkeypatch.setattr(boto3, "client", client)
    first = {"offer": "AWSLambda", "region": "eu-west-1", "token": ""}
    with Stubber(function) as stubber, Line("refreshed", {"correlation_id": "r-1"}, Invocation()):
        for wish, page in ((first, b'{"products": ["1"], "token": "2"}'), (first | {"token": "2"}, b"{}")):
            failed = {} if page != b"{}" else {"FunctionError": "Unhandled"}
            asked = {"FunctionName": "fetch_prices", "Payload": json.dumps({**wish, "correlation_id": "r-1"}).encode()}
            stubber.add_response("invoke", _answer(page, **failed), asked)
        pages = calls.products(calls.fetcher(), "AWSLambda", "eu-west-1")
        assert next(pages) == 1
        with pytest.raises(calls.PriceListError, match="AWSLambda in eu-west-1"):
            next(pages)
