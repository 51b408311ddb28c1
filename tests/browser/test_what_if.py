"""The panel that prices other designs."""

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, ViewportSize, expect

from shared.cli.demo import Demo
from tests.browser.conftest import MOST_SHIFT, OpenPage, Tokens, amount, settled, shifts, violations
from tests.browser.pages import PHONE
from tests.waiting import until

pytestmark = pytest.mark.xdist_group("e2e")

WIDE: ViewportSize = {"width": 1440, "height": 900}
WHAT_IF = re.compile("/what-if$")
# The scenario, its bill, the chart's range and all of it, the draft and the savings.
TOGETHER = ["", "/estimate", "/metrics", "/metrics", "/what-if", "/what-if"]
REFUSED = "a FIFO queue gives Lambda at most 10 messages; use 1 to 10"


def test_moving_a_slider_prices_the_month_again_in_one_request(open_page: OpenPage, tokens: Tokens, demo: Demo) -> None:
    page = open_page(f"/scenarios/{demo.scenario_id}", tokens, viewport=WIDE)
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
    page = open_page(f"/scenarios/{demo.scenario_id}", tokens, viewport=WIDE)
    page.get_by_role("region", name="What would lower it").get_by_role("button", name="Try it").first.click()
    expect(page.get_by_role("region", name="What if").get_by_text("(-").first).to_be_visible()


def test_on_a_phone_what_is_tried_leads_to_the_panel(open_page: OpenPage, tokens: Tokens, demo: Demo) -> None:
    page = open_page(f"/scenarios/{demo.scenario_id}", tokens, viewport=PHONE)
    settled(page)
    page.get_by_role("region", name="What would lower it").get_by_role("button", name="Try it").first.click()
    panel = page.get_by_role("region", name="What if")
    expect(panel.get_by_role("heading", name="What if")).to_be_in_viewport()
    expect(panel.get_by_text("(-").first).to_be_in_viewport()
    ids: list[str] = page.evaluate("[...document.querySelectorAll('[id]')].map(({ id }) => id)")
    assert [name for name, count in Counter(ids).items() if count > 1] == []


def test_a_number_is_read_as_the_page_writes_it_and_never_guessed(
    open_page: OpenPage, tokens: Tokens, demo: Demo
) -> None:
    page = open_page(f"/scenarios/{demo.scenario_id}/edit", tokens)
    page.get_by_text("Function (Lambda)").click()
    memory = page.get_by_role("textbox", name="Memory", exact=True)
    memory.fill("1,500")
    memory.press("Enter")
    expect(memory).to_have_value("1500")
    memory.fill("1500,250")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Write 1500250 or 1500.25.")).to_be_visible()
    # Nothing was sent in its place.
    expect(memory).to_be_focused()
    expect(memory).to_have_value("1500,250")
    assert violations(page) == []
    page.get_by_role("slider", name="Memory").press("ArrowLeft")
    expect(memory).to_have_value("1024")

    page.evaluate("localStorage.setItem('mockupaws.locale', 'it'); dispatchEvent(new Event('storage'))")
    memory = page.get_by_role("textbox", name="Memoria", exact=True)
    memory.fill("1.500")
    memory.press("Enter")
    expect(memory).to_have_value("1500")


def test_a_token_factor_goes_with_its_model(open_page: OpenPage, tokens: Tokens, demo: Demo) -> None:
    page = open_page(f"/scenarios/{demo.scenario_id}/edit", tokens)
    settled(page)
    factor = page.get_by_role("textbox", name="Token factor")
    expect(factor).to_have_value("")
    factor.fill("11")
    factor.press("Enter")
    expect(page.get_by_text("A number above 0, 10 at most; or nothing.")).to_be_visible()
    factor.fill("1.25")
    factor.press("Enter")
    expect(page.get_by_text("A number above 0, 10 at most; or nothing.")).to_have_count(0)
    page.get_by_label("Model", exact=True).select_option("amazon.nova-pro-v1:0")
    expect(factor).to_have_value("")


def keep(page: Page, demo: Demo, *variants: dict[str, object]) -> None:
    """Have the browser hold variants of the demo's scenario, and look at its bill."""
    kept = [{"region": None, **each} for each in variants]
    page.evaluate("([id, kept]) => localStorage.setItem(`mockupaws.variants.${id}`, kept)", [
        demo.scenario_id, json.dumps(kept)
    ])  # fmt: skip
    page.goto(page.url.replace("/account", f"/scenarios/{demo.scenario_id}"))


def refuse(page: Page, name: str) -> list[list[str]]:
    """Have what-if refuse one variant, as the server does; the names of all that were asked about, each time."""
    asked: list[list[str]] = []

    def answer(route: Route) -> None:
        names: list[str] = [each["name"] for each in json.loads(route.request.post_data or "")["variants"]]
        asked.append(names)
        if name not in names:
            route.continue_()
            return
        details = [{"field": f"body.variants.{names.index(name)}.pipeline", "message": REFUSED}]
        route.fulfill(status=400, json={"error": "validation_error", "message": "No.", "details": details})

    page.route(WHAT_IF, answer)
    return asked


def test_a_variant_that_cant_be_built_any_more_is_marked_and_the_others_are_priced(
    open_page: OpenPage, tokens: Tokens, demo: Demo
) -> None:
    page = open_page("/account", tokens, quiet=False, viewport=WIDE)
    asked = refuse(page, "Of old")
    keep(page, demo, {"name": "Of old", "pipeline": {"sqs": {"queue_type": "fifo"}}}, {"name": "More memory",
         "pipeline": {"lambda": {"memory_mb": 1024}}})  # fmt: skip
    panel = page.get_by_role("region", name="What if")
    rows = panel.get_by_role("listitem").filter(has=page.get_by_role("button", name=re.compile("^Load ")))
    expect(rows.filter(has_text="More memory")).to_contain_text("$")
    expect(rows.filter(has_text="Of old")).to_contain_text(f"Not possible: {REFUSED}")
    settled(page)
    assert violations(page) == []
    assert ["Of old", "More memory"] in asked
    assert ["More memory"] in asked

    panel.get_by_role("button", name="Remove Of old").click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("$")


def test_a_design_that_cant_be_built_says_so_and_cant_be_applied(
    open_page: OpenPage, tokens: Tokens, demo: Demo
) -> None:
    page = open_page("/account", tokens, quiet=False, viewport=WIDE)
    refuse(page, "·")
    keep(page, demo, {"name": "More memory", "pipeline": {"lambda": {"memory_mb": 1024}}})
    panel = page.get_by_role("region", name="What if")
    panel.get_by_role("slider", name="Of the logs, the model sees").press("ArrowLeft")
    expect(panel.get_by_text(f"Not possible: {REFUSED}")).to_be_visible()
    expect(panel.get_by_role("button", name="Apply to scenario")).to_be_disabled()
    expect(panel.get_by_role("listitem").filter(has_text="More memory")).to_contain_text("$")


def test_now_and_then_are_of_one_answer(open_page: OpenPage, tokens: Tokens, demo: Demo) -> None:
    page = open_page("/account", tokens, viewport=WIDE)

    def later(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        # Logs came since the page's own figure.
        told["monthly"]["total_usd"] = "1234"
        route.fulfill(response=answer, json=told)

    page.route(WHAT_IF, later)
    keep(page, demo)
    panel = page.get_by_role("region", name="What if")
    expect(panel.locator("dd").first).not_to_have_text("$1,234.00")
    panel.get_by_role("slider", name="Of the logs, the model sees").press("ArrowLeft")
    expect(panel.locator("dd").first).to_have_text("$1,234.00")


def test_a_running_scenarios_figures_are_asked_again_together(open_page: OpenPage, tokens: Tokens, rival: str) -> None:
    page = open_page("/account", tokens, viewport=WIDE)
    asked: list[str] = []
    under_way: set[Request] = set()

    def ask(request: Request) -> None:
        if rival in (path := urlsplit(request.url).path):
            asked.append(path.rpartition(rival)[2])
            under_way.add(request)

    def end(request: Request) -> None:
        under_way.discard(request)

    page.on("request", ask)
    page.on("requestfinished", end)
    page.on("requestfailed", end)
    page.clock.install()
    page.goto(page.url.replace("/account", f"/scenarios/{rival}?range=24h"))
    expect(page.get_by_role("region", name="What would lower it").get_by_role("button").first).to_be_visible()
    expect(page.get_by_role("heading", name="What is in it")).to_be_visible()
    settled(page)
    panel = page.get_by_role("region", name="What if")
    panel.get_by_role("slider", name="Of the logs, the model sees").press("ArrowLeft")
    expect(panel.get_by_text("(-")).to_be_visible()
    settled(page)
    # The page's clock stands still, and what was under way is there: of the next quarter of a minute nothing is missed.
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    page.wait_for_timeout(1_000)
    assert until(lambda: page.evaluate("performance.now()") and not under_way)
    asked.clear()
    page.clock.run_for(15_000)
    assert until(lambda: page.evaluate("performance.now()") and len(asked) >= len(TOGETHER))
    assert sorted(asked) == sorted(TOGETHER)
