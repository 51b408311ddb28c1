"""What is recorded over time: which days its columns are of, and what the budget allows each."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, Tokens, settled

pytestmark = pytest.mark.xdist_group("e2e")

# The browser is in Rome; days and months are UTC's all the same.
DAYS = re.compile(r"^Days and months are UTC.s, as AWS bills them$")


@pytest.mark.parametrize(
    ("by", "column", "budget"),
    [
        ("hour", re.compile(r"^\w{3} \d+, 20\d\d, \d\d:00$"), "every hour"),
        ("day", re.compile(r"^\w{3} \d+, 20\d\d$"), "every day"),
        ("month", re.compile(r"^\w+ 20\d\d$"), "Budget: $40.00 a month"),
    ],
)
def test_columns_are_named_by_what_they_are_of_and_a_month_may_cost_the_budget(  # noqa: PLR0917 (fixtures)
    by: str, column: re.Pattern[str], budget: str, open_page: OpenPage, tokens: Tokens, rival: str
) -> None:
    page = open_page(f"/scenarios/{rival}?by={by}", tokens)
    page.get_by_text("The same as a table").click()
    settled(page)
    chart = page.get_by_role("region", name="Over time")
    expect(chart.get_by_role("cell").first).to_have_text(column)
    expect(chart.get_by_role("figure")).to_contain_text(budget)
    expect(chart.get_by_text(DAYS)).to_have_count(0 if by == "hour" else 1)
    expect(chart.get_by_text("Times in Europe/Rome")).to_have_count(1 if by == "hour" else 0)
