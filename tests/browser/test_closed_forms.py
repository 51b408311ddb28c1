"""A form that couldn't be sent isn't offered: the page says why."""

import re
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import expect

from infra.local.stack import Stack
from tests.browser.conftest import OpenPage, Tokens, settled, violations

pytestmark = pytest.mark.xdist_group("e2e")


@pytest.fixture
def scenario(stack: Stack, newcomer_tokens: Tokens) -> str:
    """Give the id of a draft of somebody's."""
    body = {"name": "Shop", "region": "us-east-1"}
    answer = httpx.post(f"{stack.api_url}/scenarios", json=body, headers=bearer(newcomer_tokens), timeout=60)
    return answer.raise_for_status().json()["id"]


def bearer(tokens: Tokens) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens['access_token']}"}


@pytest.mark.parametrize("path", ["/scenarios/new", "/scenarios/{}/edit", "/reports/schedules/new"])
def test_who_only_reads_is_told_so(
    path: str,
    open_page: OpenPage,
    newcomer_tokens: Tokens,
    scenario: str,
    promoted: Callable[[Tokens, str], str],
) -> None:
    promoted(newcomer_tokens, "readonly")
    page = open_page(path.format(scenario), newcomer_tokens)
    expect(page.get_by_role("heading", name=re.compile("^Your role doesn.t allow this"))).to_be_visible()
    settled(page)
    expect(page.locator("main form")).to_have_count(0)
    assert violations(page) == []


def test_an_archived_scenario_stays_as_it_is(
    open_page: OpenPage, newcomer_tokens: Tokens, scenario: str, stack: Stack
) -> None:
    archive = f"{stack.api_url}/scenarios/{scenario}/archive"
    httpx.post(archive, headers=bearer(newcomer_tokens), timeout=60).raise_for_status()
    page = open_page(f"/scenarios/{scenario}/edit", newcomer_tokens)
    expect(page.get_by_role("heading", name="An archived scenario stays as it is.")).to_be_visible()
    settled(page)
    expect(page.locator("main form")).to_have_count(0)
    assert violations(page) == []
    page.get_by_role("link", name="Bill").click()
    expect(page.get_by_role("heading", name="Shop")).to_be_visible()
