"""The dashboard without a mouse."""

import pytest
from playwright.sync_api import Page, expect

from shared.cli.demo import Demo
from tests.browser.conftest import OpenPage, Tokens

pytestmark = pytest.mark.xdist_group("e2e")


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


def test_a_dialog_holds_the_focus_and_gives_it_back(open_page: OpenPage, tokens: Tokens) -> None:
    page = open_page("/keys", tokens)
    new = page.get_by_role("button", name="New key")
    new.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('[role=dialog]') !== null")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(new).to_be_focused()


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
