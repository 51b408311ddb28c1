"""The dashboard without a mouse."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from shared.cli.demo import Demo
from tests.browser.conftest import OpenPage, OpenPrivate, Tokens, settled
from tests.browser.pages import DESKTOP, PHONE, PRIVATE, PUBLIC

pytestmark = pytest.mark.xdist_group("e2e")

WALK = Path(__file__).parent / "walk.js"
MOST_STOPS = 300
OPENERS = "[aria-haspopup]:not(:disabled, [aria-disabled=true])"
# The router's own list, out of what React holds of it: a page that is added is found here.
ROUTES = """() => {
    const root = document.getElementById('root');
    const holder = part => part && (part.memoizedProps?.router ?? holder(part.child) ?? holder(part.sibling));
    const { routes } = holder(root[Object.keys(root).find(name => name.startsWith('__reactContainer$'))]);
    const paths = (some, above) => some.flatMap(({ path = '', children }) => {
        const here = /^[/*]|^$/.test(path) ? path || above : `${above}/${path}`;
        return children ? paths(children, here) : [here || '/'];
    });
    return paths(routes, '');
}"""


def tab_to(page: Page, name: str, most: int = 40) -> None:
    """Press Tab until what has this name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
                const element = document.activeElement;
                const label = element.labels?.[0]?.textContent ?? '';
                return [element.getAttribute('aria-label') ?? '', label, element.textContent ?? ''].join('|');
            }"""
        )
        if name in focused:
            return
    pytest.fail(f"Tab never reached {name!r}")


def test_signing_in_and_reaching_a_scenario(open_page: OpenPage, demo: Demo) -> None:
    page = open_page("/sign-in")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    tab_to(page, "Email")
    page.keyboard.type(demo.email)
    tab_to(page, "Password")
    page.keyboard.type(demo.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Scenarios")).to_be_visible()
    page.keyboard.press("Home")
    tab_to(page, "New scenario")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="New scenario")).to_be_visible()


def test_skipping_to_the_content(open_page: OpenPage, tokens: Tokens) -> None:
    page = open_page("/", tokens)
    expect(page.get_by_role("heading", name="Scenarios")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


def test_every_route_has_its_page_in_these_tests(open_page: OpenPage) -> None:
    page = open_page("/sign-in")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    routes: list[str] = page.evaluate(ROUTES)
    paths = [path for path, *_ in (PUBLIC | PRIVATE).values()]
    # Whatever the router doesn't know is its `*`.
    known = {re.sub(r"[?#].*", "", re.sub(r"{\w+}", ":", path)).replace("/nowhere", "*") for path in paths}
    assert {re.sub(r":\w+", ":", route) for route in routes} == known


@pytest.mark.parametrize("name", PRIVATE)
def test_a_page_is_walked_in_its_order_and_what_opens_over_it_goes_with_escape(
    name: str, open_private: OpenPrivate
) -> None:
    page = open_private(name, viewport=DESKTOP, reduced_motion="reduce")
    expect(page.get_by_role("heading", name=PRIVATE[name][1], exact=True).first).to_be_visible()
    settled(page)
    page.evaluate(WALK.read_text("utf-8"))
    there = everywhere(page)
    assert walk(page, "Shift+Tab") == []
    assert page.evaluate("walk.reached()") == there[::-1]
    page.set_viewport_size(PHONE)
    everywhere(page)
    page.evaluate("walk.end()")
    page.set_viewport_size(DESKTOP)
    page.emulate_media(reduced_motion="no-preference")
    if name == "scenario":
        # Only a design that differs can be kept as a variant.
        page.get_by_role("slider").first.press("ArrowRight")
        expect(page.get_by_role("button", name="Save as variant")).to_be_enabled()
    # Rows are alike: the first stands for all.
    openers = page.locator(f"{OPENERS}:not(tbody tr:not(:first-child) *):visible").all()
    assert openers
    for opener in openers:
        opens_and_closes(page, opener, opener)
        for question in asking_items(page, opener):
            opener.press("Enter")
            opens_and_closes(page, page.get_by_role("menuitem", name=question), opener)


def everywhere(page: Page) -> list[str]:
    """Walk to the page's end: all that can be used is reached, in its order and in view; the names, in that order."""
    assert walk(page, "Tab") == []
    assert page.evaluate("walk.missed()") == []
    assert page.evaluate("walk.disorder()") == []
    return page.evaluate("walk.reached()")


def test_a_phone_has_the_way_to_all_pages_in_a_dialog(open_private: OpenPrivate) -> None:
    page = open_private("scenarios", viewport=PHONE)
    menu = page.get_by_role("button", name="Open the menu")
    opens_and_closes(page, menu, menu)


def test_a_question_that_a_checkbox_asks_gives_the_focus_back(open_private: OpenPrivate, demo: Demo) -> None:
    page = open_private("users")
    # However many others there are.
    page.get_by_role("searchbox").fill(demo.email)
    box = page.get_by_role("checkbox", name=f"May sign in: {demo.email}")
    opens_and_closes(page, box, box, key=" ")
    expect(box).to_be_checked()


def walk(page: Page, key: str) -> list[str]:
    """Press a key until the page's end; what was wrong on the way."""
    page.evaluate("isBackwards => walk.begin(isBackwards)", key != "Tab")
    faults: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        stop = page.evaluate("walk.stop()")
        faults += stop["faults"]
        if stop["name"] is None:
            return faults
    return [*faults, f"the end wasn't reached in {MOST_STOPS} stops"]


def opens_and_closes(page: Page, opener: Locator, giver: Locator, *, key: str = "Enter") -> None:
    """Press a key on what opens something: the focus goes into it, and with Escape to what gave it."""
    opener.press(key)
    over = page.locator("[role=dialog], [role=alertdialog], [role=menu]").last
    expect(over).to_be_visible()
    expect(over.locator(":focus").or_(over.and_(page.locator(":focus")))).to_have_count(1)
    # A small one beside its button is left by Tab; any other holds it.
    if not over.evaluate("element => element.closest('[data-radix-popper-content-wrapper]') !== null"):
        for _ in range(over.locator("a, button, input, select, textarea").count() + 1):
            page.keyboard.press("Tab")
            assert over.evaluate("element => element.contains(document.activeElement)")
    closes(page, over, giver)


def closes(page: Page, over: Locator, giver: Locator) -> None:
    """Press Escape: what lies over the page goes, and a moment after it the focus is where it was before."""
    page.keyboard.press("Escape")
    expect(over).to_be_hidden()
    expect(giver).to_be_focused()


def asking_items(page: Page, opener: Locator) -> list[str]:
    """The items of a menu that ask something before anything is done; the menu is closed again."""
    if opener.get_attribute("aria-haspopup") != "menu":
        return []
    opener.press("Enter")
    menu = page.get_by_role("menu")
    expect(menu).to_be_visible()
    found = menu.locator("[role=menuitem][aria-haspopup=dialog]:not([data-disabled])").all_inner_texts()
    closes(page, menu, opener)
    return found


def test_the_chart_has_its_table_and_the_theme_its_menu(open_page: OpenPage, tokens: Tokens, demo: Demo) -> None:
    page = open_page(f"/scenarios/{demo.scenario_id}", tokens)
    summary = page.get_by_text("The same as a table")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Total")).to_be_visible()
    page.get_by_role("button", name="Account and display").focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitemradio", name="Dark").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
