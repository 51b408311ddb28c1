"""What somebody else changes in a scenario while it is being edited, or tried, stays changed."""

import json
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import psycopg
import pytest
from playwright.sync_api import Page, Route, expect

from infra.local.stack import Stack
from tests.browser.conftest import OpenPage, Tokens, settled
from tests.recordings import record

pytestmark = pytest.mark.xdist_group("e2e")

LOGS = 1_440
# Longer than an answer counts as new.
OLD_MS = 20_000


@pytest.fixture
def scenario(stack: Stack, newcomer_tokens: Tokens) -> str:
    """Give the id of a scenario with a day of logs."""
    with api(stack, newcomer_tokens) as client:
        body = {"name": "Shop", "region": "us-east-1", "budget_usd": "100"}
        made: str = client.post("/scenarios", json=body).raise_for_status().json()["id"]
    yesterday = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=1)
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        record(connection, UUID(made), LOGS, 1, yesterday)
        connection.execute("UPDATE scenarios SET total_requests = %s WHERE id = %s", [LOGS, made])
    return made


def api(stack: Stack, tokens: Tokens) -> httpx.Client:
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    return httpx.Client(base_url=stack.api_url, headers=headers, timeout=60)


def changes(page: Page, scenario: str) -> list[object]:
    """What the page asks to be changed in the scenario, each time."""
    asked: list[object] = []

    def note(route: Route) -> None:
        if route.request.method == "PUT":
            asked.append(json.loads(route.request.post_data or ""))
        route.continue_()

    page.route(re.compile(f"/scenarios/{scenario}$"), note)
    return asked


def comes_back(page: Page, scenario: str) -> None:
    """Have the page ask for the scenario again, as it does when somebody returns to it after a while."""
    page.clock.fast_forward(OLD_MS)
    with page.expect_response(lambda answer: answer.url.endswith(f"/scenarios/{scenario}")):
        page.evaluate("dispatchEvent(new Event('visibilitychange'))")
    settled(page)


def test_a_form_sends_what_was_changed_in_it(
    open_page: OpenPage, newcomer_tokens: Tokens, scenario: str, stack: Stack
) -> None:
    page = open_page("/account", newcomer_tokens)
    page.clock.install()
    page.goto(f"{stack.url}/scenarios/{scenario}/edit")
    page.get_by_label("Name").fill("Shop, renamed")
    with api(stack, newcomer_tokens) as client:
        theirs = {"budget_usd": "250", "tags": ["eu"], "pipeline": {"lambda": {"memory_mb": 512}}}
        client.put(f"/scenarios/{scenario}", json=theirs).raise_for_status()
        comes_back(page, scenario)
        asked = changes(page, scenario)
        page.get_by_role("button", name="Save changes").click()
        expect(page.get_by_role("heading", name="Shop, renamed")).to_be_visible()
        assert asked == [{"name": "Shop, renamed"}]
        now = client.get(f"/scenarios/{scenario}").raise_for_status().json()
    assert (now["budget_usd"], now["tags"], now["pipeline"]["lambda"]["memory_mb"]) == ("250", ["eu"], 512)


def test_a_design_that_is_tried_applies_what_was_moved(
    open_page: OpenPage, newcomer_tokens: Tokens, scenario: str, stack: Stack
) -> None:
    page = open_page("/account", newcomer_tokens, viewport={"width": 1440, "height": 900})
    page.clock.install()
    page.goto(f"{stack.url}/scenarios/{scenario}")
    panel = page.get_by_role("region", name="What if")
    panel.get_by_role("slider", name="Of the logs, the model sees").press("ArrowLeft")
    with api(stack, newcomer_tokens) as client:
        theirs = {"pipeline": {"lambda": {"memory_mb": 512}, "bedrock": {"output_tokens_per_call": 50}}}
        client.put(f"/scenarios/{scenario}", json=theirs).raise_for_status()
    comes_back(page, scenario)
    asked = changes(page, scenario)
    panel.get_by_role("button", name="Apply to scenario").click()
    expect(page.get_by_text("The scenario now has this design.")).to_be_visible()
    expect(panel.get_by_text("The design as it is")).to_be_visible()
    assert asked == [{"pipeline": {"bedrock": {"share_of_logs": 0.99}}}]
