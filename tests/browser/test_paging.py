"""Lists of more than a page."""

import re
from datetime import UTC, datetime

import httpx
import psycopg
import pytest
from playwright.sync_api import expect

from infra.local.stack import Stack
from tests import factories
from tests.browser.conftest import OpenPage, Tokens, settled, violations

pytestmark = pytest.mark.xdist_group("e2e")

KEYS = 105
SCHEDULES = 21


def own_id(stack: Stack, tokens: Tokens) -> str:
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    return httpx.get(f"{stack.api_url}/auth/me", headers=headers, timeout=60).raise_for_status().json()["id"]


@pytest.fixture
def schedules(stack: Stack, newcomer_tokens: Tokens) -> None:
    """Have somebody hold one schedule more than a page."""
    me = own_id(stack, newcomer_tokens)
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        scenario = factories.scenario(connection, user_id=me, name="Shop")["id"]
        for number in range(SCHEDULES):
            factories.report_schedule(connection, user_id=me, scenario_id=scenario, name=f"Bill {number:02}")


def test_every_key_can_be_gone_to_and_back(open_page: OpenPage, newcomer_tokens: Tokens, stack: Stack) -> None:
    me = own_id(stack, newcomer_tokens)
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        for number in range(KEYS):
            factories.api_key(connection, user_id=me, name=f"Key {number:03}")
    page = open_page("/keys", newcomer_tokens)
    expect(page.get_by_text("Page 1 of 6")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Page 2 of 6")).to_be_visible()
    # The page begins where the list does, and is one that Back leaves.
    expect(page.get_by_text("Key 084").first).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_text("Page 1 of 6")).to_be_visible()
    page.goto(f"{stack.url}/keys?page=6")
    row = page.get_by_role("row").filter(has_text="Key 000")
    row.get_by_role("button", name="Revoke Key 000").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Revoke").click()
    expect(row).to_contain_text("Revoked")
    assert violations(page) == []


@pytest.mark.usefixtures("schedules")
def test_a_page_beyond_the_last_is_the_last(open_page: OpenPage, newcomer_tokens: Tokens, stack: Stack) -> None:
    page = open_page("/reports/schedules?page=7", newcomer_tokens)
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
    assert page.url.endswith("?page=2")
    expect(page.get_by_text("No schedules yet")).to_have_count(0)
    # Its only one goes, and the page with it.
    page.get_by_role("button", name=re.compile("^Delete")).locator("visible=true").click()
    page.get_by_role("alertdialog").get_by_role("button", name=re.compile("^Delete")).click()
    expect(page.get_by_role("row")).to_have_count(SCHEDULES)
    expect(page.get_by_text("No schedules yet")).to_have_count(0)
    assert "page=" not in page.url

    page.goto(f"{stack.url}/?page=3")
    expect(page.get_by_role("link", name="Shop").first).to_be_visible()
    settled(page)
    assert "page=" not in page.url


def test_typing_a_search_leaves_one_step_in_the_history(open_page: OpenPage, newcomer_tokens: Tokens) -> None:
    page = open_page("/prices", newcomer_tokens)
    settled(page)
    before = page.evaluate("history.length")
    page.get_by_role("searchbox").press_sequentially("claude", delay=350)
    page.wait_for_url(re.compile("model=claude"))
    assert page.evaluate("history.length") == before
    page.get_by_label("As of").fill(datetime.now(UTC).date().isoformat())
    page.wait_for_url(re.compile("on="))
    assert page.evaluate("history.length") == before
