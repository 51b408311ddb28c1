"""The panel that prices other designs."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from shared.cli.demo import Demo
from tests.browser.conftest import MOST_SHIFT, OpenPage, Tokens, amount, settled, shifts

pytestmark = pytest.mark.xdist_group("e2e")


def test_moving_a_slider_prices_the_month_again_in_one_request(open_page: OpenPage, tokens: Tokens, demo: Demo) -> None:
    page = open_page(f"/scenarios/{demo.scenario_id}", tokens, viewport={"width": 1440, "height": 900})
    panel = page.get_by_role("region", name="What if")
    expect(panel.get_by_text("The design as it is")).to_be_visible()
    settled(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/what-if") else None)

    slider = panel.get_by_role("slider", name="Of the logs, the model sees")
    # The page's clock stands still: on a busy machine the presses may be further apart than it waits for the next.
    page.clock.install()
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    for _ in range(4):
        slider.press("ArrowLeft")
    page.clock.resume()
    expect(panel.get_by_text("(-")).to_be_visible()
    assert len(asked) == 1
    now, then = (amount(each) for each in panel.locator("dd").all_inner_texts()[:2])
    assert then < now

    assert sum(shift[0] for shift in shifts(page)) < MOST_SHIFT

    panel.get_by_role("button", name="Save as variant").click()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(panel.get_by_text("Variant 1")).to_be_visible()
    panel.get_by_role("button", name="Reset").click()
    expect(panel.get_by_text("The design as it is")).to_be_visible()
    panel.get_by_role("button", name="Load Variant 1").click()
    expect(panel.get_by_text("(-").first).to_be_visible()

    panel.get_by_role("button", name="Apply to scenario").click()
    expect(page.get_by_text("The scenario now has this design.")).to_be_visible()
    expect(page.locator("section[aria-labelledby=headline]")).to_contain_text(f"${then:,.2f}")


def test_what_would_be_saved_can_be_tried(open_page: OpenPage, tokens: Tokens, demo: Demo) -> None:
    page = open_page(f"/scenarios/{demo.scenario_id}", tokens, viewport={"width": 1440, "height": 900})
    page.get_by_role("region", name="What would lower it").get_by_role("button", name="Try it").first.click()
    expect(page.get_by_role("region", name="What if").get_by_text("(-").first).to_be_visible()
