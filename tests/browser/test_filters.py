"""Filters that are typed: what is typed stays while it goes into the address, key by key."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from infra.local.stack import Stack
from shared.cli.demo import Demo
from tests.browser.conftest import OpenPage, Tokens, settled

pytestmark = pytest.mark.xdist_group("e2e")

# As somebody types who looks at the keys; a search goes off after as long a rest.
PACE_MS = 300


def type_into(page: Page, field: Locator, text: str, pace: int = PACE_MS) -> None:
    """Type from a field's beginning on, key by key."""
    field.focus()
    page.keyboard.type(text, delay=pace)


def test_a_day_of_prices_is_typed(open_page: OpenPage, tokens: Tokens) -> None:
    page = open_page("/prices", tokens)
    settled(page)
    day = page.get_by_label("As of")
    type_into(page, day, "07012026")
    expect(day).to_have_value("2026-07-01")
    page.wait_for_url(re.compile(r"on=2026-07-01"))
    settled(page)
    expect(day).to_have_value("2026-07-01")
    # Over what is there, as well; Enter doesn't wait.
    page.get_by_role("heading", name="Prices").click()
    type_into(page, day, "10312025")
    day.press("Enter")
    page.wait_for_url(re.compile(r"on=2025-10-31"))
    expect(day).to_have_value("2025-10-31")


def test_the_ends_of_a_range_are_typed_and_taken_away(open_page: OpenPage, tokens: Tokens, demo: Demo) -> None:
    page = open_page(f"/scenarios/{demo.scenario_id}?range=custom", tokens)
    settled(page)
    first, last = page.get_by_label("From", exact=True), page.get_by_label("To", exact=True)
    type_into(page, first, "070120260930AM")
    type_into(page, last, "070220261145PM")
    page.get_by_role("heading", name="Over time").click()
    expect(first).to_have_value("2026-07-01T09:30")
    expect(last).to_have_value("2026-07-02T23:45")
    # Rome's clock is two hours ahead in July.
    page.wait_for_url(lambda url: "from=2026-07-01T07%3A30" in url and "to=2026-07-02T21%3A45" in url)

    # Half of it taken away means nothing yet, and is back when it is left like that.
    first.focus()
    page.keyboard.press("Backspace")
    expect(first).to_have_value("")
    page.wait_for_timeout(1_000)
    assert "from=2026-07-01" in page.url
    page.get_by_role("heading", name="Over time").click()
    expect(first).to_have_value("2026-07-01T09:30")

    for field in (last, first):
        field.focus()
        for _ in range(6):
            page.keyboard.press("Backspace")
            page.keyboard.press("ArrowRight")
    page.get_by_role("heading", name="Over time").click()
    page.wait_for_url(lambda url: "from=" not in url and "to=" not in url)
    settled(page)
    expect(first).to_be_visible()
    expect(last).to_be_visible()
    expect(page.get_by_label("Range", exact=True)).to_have_value("custom")


def test_when_logs_came_is_typed_and_cleared(open_page: OpenPage, tokens: Tokens, demo: Demo) -> None:
    page = open_page(f"/scenarios/{demo.scenario_id}/logs", tokens)
    settled(page)
    first = page.get_by_label("From", exact=True)
    type_into(page, first, "010220250304PM")
    page.wait_for_url(re.compile(r"from=2025-01-02T14%3A04"))
    expect(first).to_have_value("2025-01-02T15:04")
    page.get_by_role("button", name="Clear the filters").click()
    expect(first).to_have_value("")
    assert "from=" not in page.url


@pytest.mark.parametrize("year", ["0002", "20260"])
def test_a_year_that_nobody_means_is_no_filter(
    year: str, open_page: OpenPage, tokens: Tokens, demo: Demo, stack: Stack
) -> None:
    page = open_page(f"/scenarios/{demo.scenario_id}?range=custom&from=%2B{year:0>6}-07-01T00:00:00Z", tokens)
    settled(page)
    expect(page.get_by_label("From", exact=True)).to_have_value("")
    assert page.url.startswith(stack.url)


# On either side of the rest after which a search goes off.
@pytest.mark.parametrize("pace", [260, 300, 340, 420])
def test_a_search_loses_no_letter_however_it_is_typed(pace: int, open_page: OpenPage, tokens: Tokens) -> None:
    page = open_page("/", tokens)
    settled(page)
    search = page.get_by_role("searchbox")
    type_into(page, search, "a small shop", pace)
    expect(search).to_have_value("a small shop")
    page.wait_for_url(re.compile(r"q=a\+small\+shop"))
    expect(search).to_have_value("a small shop")
    # What comes from elsewhere is taken over.
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Scenarios").click()
    expect(search).to_have_value("")
