"""How much a first visit loads, over the network: scripts as small as CloudFront sends them, and no charts unseen."""

import gzip

import httpx
import pytest
from playwright.sync_api import Page, expect

from shared.cli.demo import Demo
from tests.browser.conftest import OpenPage, Tokens

pytestmark = pytest.mark.xdist_group("e2e")

MOST_BYTES = 250_000


def scripts(page: Page) -> list[str]:
    """The addresses of the scripts that a page has loaded."""
    page.wait_for_load_state("networkidle")
    loaded: list[str] = page.evaluate("performance.getEntriesByType('resource').map(({name}) => name)")
    return [each for each in loaded if each.endswith(".js")]


@pytest.mark.parametrize("path", ["/", "/scenarios/{demo}", "/scenarios/{demo}/send"])
def test_a_first_load_is_small_and_has_no_charts(path: str, open_page: OpenPage, tokens: Tokens, demo: Demo) -> None:
    loaded = scripts(open_page(path.format(demo=demo.scenario_id), tokens))
    size = sum(len(gzip.compress(httpx.get(each, timeout=60).content)) for each in loaded)
    assert 100_000 < size < MOST_BYTES
    assert "time-chart" not in " ".join(loaded)


def test_charts_load_when_they_are_shown(open_page: OpenPage, tokens: Tokens, demo: Demo) -> None:
    page = open_page(f"/scenarios/{demo.scenario_id}", tokens)
    page.get_by_role("img", name="Cost over time").scroll_into_view_if_needed()
    expect(page.locator(".recharts-surface").first).to_be_visible()
    assert "time-chart" in " ".join(scripts(page))
