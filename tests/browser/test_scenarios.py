"""The list of scenarios: there at once, and each row's month when it is looked at."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import psycopg
import pytest
from playwright.sync_api import Page, Route, expect

from infra.local.stack import Stack
from tests.browser.conftest import OpenPage, Tokens
from tests.recordings import record

pytestmark = pytest.mark.xdist_group("e2e")

SCENARIOS = 18
LOGS = 1_440
# How many estimates are asked for at a time, and how many were in all.
COUNT = """
    window.asked = { now: 0, most: 0, paths: [] };
    const { fetch } = window;
    window.fetch = async (request, ...rest) => {
        const { pathname } = new URL(request.url ?? request, location.href);
        if (!pathname.endsWith('/estimate')) return fetch(request, ...rest);
        asked.paths.push(pathname);
        asked.most = Math.max(asked.most, ++asked.now);
        return fetch(request, ...rest).finally(() => asked.now--);
    };
"""


@pytest.fixture
def recorded(stack: Stack, newcomer_tokens: Tokens) -> list[str]:
    """Give the ids of many scenarios of somebody's, each with a day of logs, the newest first."""
    headers = {"Authorization": f"Bearer {newcomer_tokens['access_token']}"}
    with httpx.Client(base_url=stack.api_url, headers=headers, timeout=60) as client:
        ids: list[str] = [
            client.post("/scenarios", json={"name": f"Scenario {number}", "region": "us-east-1"})
            .raise_for_status()
            .json()["id"]
            for number in range(SCENARIOS)
        ]
        yesterday = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=1)
        with psycopg.connect(stack.database_url, autocommit=True) as connection:
            for each in ids:
                record(connection, UUID(each), LOGS, 1, yesterday)
            # All alike: a list that has as many logs as the estimates say doesn't ask again.
            observed = client.get(f"/scenarios/{ids[0]}/estimate").raise_for_status().json()["observed"]
            # What they cost is of the prices before: that doesn't make them grow.
            connection.execute(
                "UPDATE scenarios SET total_requests = %s, total_cost_estimate = 12 WHERE id = ANY(%s)",
                [observed["usage"]["logs"], ids],
            )
    return ids[::-1]


def asked(page: Page) -> list[str]:
    """The scenarios whose estimate was asked for, in that order."""
    page.wait_for_load_state("networkidle")
    return page.evaluate("asked.paths.map(path => path.split('/').at(-2))")


def test_months_are_asked_for_where_they_are_seen_two_at_a_time_and_once(
    open_page: OpenPage, newcomer_tokens: Tokens, recorded: list[str]
) -> None:
    page = open_page("/account", newcomer_tokens)
    page.context.add_init_script(COUNT)
    page.reload()
    navigation = page.get_by_role("navigation", name="Pages")
    navigation.get_by_role("link", name="Scenarios").click()
    expect(page.get_by_role("link", name="Scenario 17")).to_be_visible()
    months = page.locator("tbody tr td:nth-child(3)")
    # By then those before it, which are in view too, were asked for.
    expect(months.nth(4)).to_contain_text("$")
    in_view = asked(page)
    assert 4 < len(in_view) < SCENARIOS
    assert in_view == recorded[: len(in_view)]

    page.get_by_role("link", name="Scenario 0").scroll_into_view_if_needed()
    expect(months.filter(has_text="$")).to_have_count(SCENARIOS)
    assert asked(page) == recorded
    assert page.evaluate("asked.most") == 2

    navigation.get_by_role("link", name="Prices").click()
    expect(page.get_by_role("heading", name="Prices")).to_be_visible()
    navigation.get_by_role("link", name="Scenarios").click()
    expect(months.filter(has_text="$")).to_have_count(SCENARIOS)
    assert asked(page) == recorded


def test_months_leave_requests_to_the_rest_of_the_dashboard(
    open_page: OpenPage, newcomer_tokens: Tokens, recorded: list[str]
) -> None:
    page = open_page("/account", newcomer_tokens)
    page.context.add_init_script(COUNT)
    page.reload()
    reset = "600"

    def almost_used_up(route: Route) -> None:
        answer = route.fetch()
        left = {"ratelimit-remaining": "29", "ratelimit-reset": reset}
        route.fulfill(response=answer, headers={**answer.headers, **left})

    page.route("**/estimate", almost_used_up)
    navigation = page.get_by_role("navigation", name="Pages")
    navigation.get_by_role("link", name="Scenarios").click()
    months = page.locator("tbody tr td:nth-child(3)")
    # The two that were under way are there, the others' rows say what they know.
    expect(months.nth(4)).to_contain_text("$12.00recorded; the month follows shortly")
    expect(months.nth(1)).not_to_contain_text("recorded")
    page.get_by_role("link", name="Scenario 0").scroll_into_view_if_needed()
    assert asked(page) == recorded[:2]

    # When there is more to be had they come by themselves.
    reset = "2"
    page.reload()
    expect(months.nth(4)).to_contain_text("recorded; the month follows shortly")
    expect(months.nth(4)).not_to_contain_text("recorded")
    expect(months.nth(4)).to_contain_text("$")
