"""Picking a scenario or a model: out of more than a list holds, and while what is picked from can't be had."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import psycopg
import pytest
from playwright.sync_api import Route, expect

from infra.local.stack import Stack
from shared.cli.demo import Demo
from tests import factories
from tests.browser.conftest import OpenPage, Tokens, settled, violations

pytestmark = pytest.mark.xdist_group("e2e")

# One page of the API holds a hundred.
SCENARIOS = 120
LISTED = re.compile(r"/api/v1/scenarios\?")


@pytest.fixture
def many(stack: Stack, newcomer_tokens: Tokens) -> list[str]:
    """Give the ids of more scenarios of somebody's than a list holds, the newest and busiest last."""
    headers = {"Authorization": f"Bearer {newcomer_tokens['access_token']}"}
    me = httpx.get(f"{stack.api_url}/auth/me", headers=headers, timeout=60).raise_for_status().json()
    begin = datetime.now(UTC) - timedelta(days=1)
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        return [
            str(
                factories.scenario(
                    connection,
                    user_id=me["id"],
                    name=f"Scenario {number:03}",
                    total_requests=1 + number,
                    created_at=begin + timedelta(minutes=number),
                )["id"]
            )
            for number in range(SCENARIOS)
        ]


def test_one_beyond_the_first_hundred_is_found_and_keeps_its_name(
    open_page: OpenPage, newcomer_tokens: Tokens, many: list[str]
) -> None:
    page = open_page("/reports", newcomer_tokens)
    page.get_by_role("button", name="New report").first.click()
    dialog = page.get_by_role("dialog")
    subject = dialog.get_by_label("Scenario", exact=True)
    expect(dialog.get_by_text("100 of 120")).to_be_visible()
    expect(subject.get_by_role("option", name="Scenario 003")).to_have_count(0)
    search = dialog.get_by_role("searchbox", name="Find a scenario")
    search.fill("scenario 003")
    search.press("Enter")
    expect(dialog.get_by_text("1 scenario", exact=True)).to_be_visible()
    subject.select_option("Scenario 003")
    search.fill("scenario 11")
    expect(dialog.get_by_text("10 scenarios")).to_be_visible()
    expect(subject).to_have_value(many[3])
    expect(subject.get_by_role("option", name="Scenario 003")).to_have_count(1)
    assert violations(page) == []

    page = open_page(f"/compare?ids={many[5]}", newcomer_tokens)
    chosen = page.get_by_role("list", name="Scenarios to compare")
    expect(chosen).to_contain_text("Scenario 005")
    page.get_by_role("searchbox", name="Find a scenario").fill("scenario 007")
    expect(page.get_by_text("1 scenario", exact=True)).to_be_visible()
    page.get_by_label("Add a scenario").select_option("Scenario 007")
    expect(chosen).to_contain_text("Scenario 007")
    assert page.url.endswith(f"{many[5]}%2C{many[7]}")


@pytest.mark.parametrize("path", ["/compare", "/reports/schedules/new"])
def test_scenarios_that_cant_be_had_say_so_and_come_when_they_are_asked_for_again(
    path: str, open_page: OpenPage, tokens: Tokens
) -> None:
    page = open_page("/account", tokens, quiet=False)
    page.route(LISTED, refused)
    page.goto(page.url.replace("/account", path))
    problem = page.get_by_role("alert").filter(has_text="Something went wrong on the server.")
    expect(problem).to_be_visible()
    page.unroute(LISTED)
    problem.get_by_role("button", name="Try again").click()
    expect(problem).to_be_hidden()
    expect(page.get_by_role("option", name="Demo: a small shop")).to_have_count(1)


def test_models_that_cant_be_had_say_so_and_come_when_they_are_asked_for_again(
    open_page: OpenPage, tokens: Tokens, demo: Demo
) -> None:
    page = open_page("/account", tokens, quiet=False)
    models = re.compile(r"/api/v1/pricing/models")
    page.route(models, refused)
    page.goto(page.url.replace("/account", f"/scenarios/{demo.scenario_id}/edit"))
    problem = page.get_by_role("alert").filter(has_text="Something went wrong on the server.")
    expect(problem).to_be_visible()
    # Nothing is known of what the model is sold in, so nothing is said of it.
    expect(page.get_by_text("sold in the other modes")).to_have_count(0)
    page.unroute(models)
    problem.get_by_role("button", name="Try again").click()
    expect(problem).to_be_hidden()
    settled(page)
    assert page.get_by_label("Model", exact=True).locator("optgroup").count() > 3


def refused(route: Route) -> None:
    route.fulfill(status=500, json={"error": "internal_error", "message": "It failed.", "request_id": "r"})
