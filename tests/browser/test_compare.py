"""Scenarios side by side."""

import re

import httpx
import pytest
from playwright.sync_api import expect

from infra.local.stack import Stack
from shared.cli.demo import Demo
from tests.browser.conftest import OpenPage, Tokens, overflow, settled
from tests.browser.pages import PHONE

pytestmark = pytest.mark.xdist_group("e2e")

# Whether nothing of an element is drawn outside of it.
HOLDS = "each => each.scrollWidth <= each.clientWidth && each.scrollHeight <= each.clientHeight"


def test_a_line_names_its_service(open_page: OpenPage, tokens: Tokens, demo: Demo, rival: str) -> None:
    page = open_page(f"/compare?ids={demo.scenario_id},{rival}", tokens)
    lines = page.get_by_role("group", name="Line by line").locator("tbody").get_by_role("rowheader")
    expect(lines.first).to_be_visible()
    for line in lines.all():
        expect(line).to_have_text(re.compile(r"^(SQS|Lambda|Bedrock)\b.*: \w"))


def test_on_a_phone_a_long_name_stays_in_its_box(open_page: OpenPage, newcomer_tokens: Tokens, stack: Stack) -> None:
    headers = {"Authorization": f"Bearer {newcomer_tokens['access_token']}"}
    names = ["checkout-" * 28, "What the shop costs with every log looked at alone " * 5]
    ids = [
        httpx.post(
            f"{stack.api_url}/scenarios", json={"name": name, "region": "us-east-1"}, headers=headers, timeout=60
        )
        .raise_for_status()
        .json()["id"]
        for name in names
    ]
    page = open_page(f"/compare?ids={','.join(ids)}", newcomer_tokens, viewport=PHONE)
    chips = page.get_by_role("list", name="Scenarios to compare").get_by_role("listitem")
    expect(chips.first).to_contain_text("checkout-checkout")
    settled(page)
    for chip in chips.all():
        assert chip.evaluate(HOLDS)
    assert overflow(page) <= 0
