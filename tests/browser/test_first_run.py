"""From an empty account to a scenario that receives logs."""

import re
import subprocess
import time
import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, amount
from tests.browser.pages import PHONE

pytestmark = pytest.mark.xdist_group("e2e")


def test_an_empty_account_has_its_first_log_within_two_minutes(open_page: OpenPage) -> None:
    started = time.monotonic()
    page = open_page("/")
    page.get_by_role("link", name="Create one").click()
    page.get_by_label("Full name").fill("Ada Newcomer")
    page.get_by_label("Email").fill(f"{uuid.uuid4()}@example.com")
    page.get_by_role("textbox", name="Password").fill("Passw0rd!x")
    page.get_by_role("button", name="Create account").click()

    page.get_by_role("link", name="New scenario").click()
    page.get_by_label("Name", exact=True).fill("My first")
    page.get_by_role("button", name="Create the scenario").click()

    page.get_by_role("listitem").get_by_role("button", name="Start recording").click()
    expect(page.get_by_text("Waiting for the first log")).to_be_visible()
    page.get_by_role("button", name="Create a key").click()
    expect(page.get_by_text(re.compile("^mk_"))).to_be_visible()

    page.get_by_role("button", name="Copy: curl: shell").click()
    snippet = page.evaluate("navigator.clipboard.readText()")
    assert "mk_" in snippet
    sent = snippet.replace("@app.log", "'ERROR order 4711 of ada@example.com failed: card 4242 4242 4242 4242'")
    subprocess.run(["bash", "-c", sent], check=True, capture_output=True, timeout=60)  # noqa: S607 (the snippet is shell)

    expect(page.get_by_role("heading", name="The first log is here.")).to_be_visible()
    expect(page.get_by_text("a***@***.com")).to_be_visible()
    expect(page.get_by_text("Email addresses")).to_be_visible()
    assert time.monotonic() - started < 120

    page.get_by_role("link", name="To the bill").click()
    expect(page.get_by_role("heading", name="Expected month")).to_be_visible()


def test_sample_data_fills_the_page_in_one_click(open_page: OpenPage) -> None:
    page = open_page("/register")
    page.get_by_label("Full name").fill("Grace")
    page.get_by_label("Email").fill(f"{uuid.uuid4()}@example.com")
    page.get_by_role("textbox", name="Password").fill("Passw0rd!x")
    page.get_by_role("button", name="Create account").click()
    page.get_by_role("button", name="Start with sample data").click()
    page.get_by_role("link", name="To the bill").click(timeout=60_000)
    figure = page.locator("section[aria-labelledby=headline] p.font-serif")
    expect(figure).to_contain_text("$")
    assert amount(figure.inner_text()) > 0
    expect(page.get_by_text("of the logs carry personal data")).to_be_visible()


def test_a_key_is_shown_once_copied_and_then_gone(open_page: OpenPage, newcomer_tokens: dict[str, str]) -> None:
    page = open_page("/keys", newcomer_tokens)
    page.get_by_role("button", name="New key").click()
    page.get_by_label("Name").fill("A shipper")
    page.get_by_role("button", name="Create", exact=True).click()
    key = page.get_by_role("dialog").get_by_text(re.compile("^mk_[a-z0-9]{8}_")).inner_text()
    page.get_by_role("button", name="Copy: A shipper").click()
    assert page.evaluate("navigator.clipboard.readText()") == key
    page.get_by_role("button", name="I have copied it").click()
    assert key not in page.content()
    page.get_by_role("button", name="Revoke A shipper").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("cell", name="Revoked")).to_be_visible()


def test_a_key_can_be_had_where_the_browser_lets_no_page_copy(
    open_page: OpenPage, newcomer_tokens: dict[str, str]
) -> None:
    page = open_page("/keys", newcomer_tokens)
    # As on a page by http; a clipboard that is denied ends the same.
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("button", name="New key").click()
    page.get_by_label("Name").fill("A shipper")
    page.get_by_role("button", name="Create", exact=True).click()
    dialog = page.get_by_role("dialog")
    key = dialog.get_by_text(re.compile("^mk_[a-z0-9]{8}_")).inner_text()
    dialog.get_by_role("button", name="Copy: A shipper").click()
    expect(dialog.get_by_role("alert")).to_contain_text("press Ctrl+C")
    assert page.evaluate("getSelection().toString()") == key


def test_a_key_that_cannot_be_revoked_now_says_so_in_the_question(
    open_page: OpenPage, newcomer_tokens: dict[str, str]
) -> None:
    page = open_page("/keys", newcomer_tokens, quiet=False)
    page.get_by_role("button", name="New key").click()
    page.get_by_label("Name").fill("A shipper")
    page.get_by_role("button", name="Create", exact=True).click()
    page.get_by_role("button", name="I have copied it").click()
    body = '{"error": "unavailable", "message": "The database is away.", "request_id": "r-1"}'
    page.route("**/api/v1/api-keys/*", lambda route: route.fulfill(status=503, body=body), times=1)
    page.get_by_role("button", name="Revoke A shipper").click()
    question = page.get_by_role("alertdialog")
    question.get_by_role("button", name="Revoke").click()
    expect(question.get_by_role("alert")).to_contain_text("briefly unavailable")
    question.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Revoke A shipper").click()
    expect(question.get_by_role("alert")).to_have_count(0)
    question.get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("cell", name="Revoked")).to_be_visible()


def test_a_phone_shows_all_of_a_key_and_what_can_be_done_with_it(
    open_page: OpenPage, newcomer_tokens: dict[str, str]
) -> None:
    page = open_page("/keys", newcomer_tokens, viewport=PHONE)
    page.get_by_role("button", name="New key").click()
    page.get_by_label("Name").fill("A shipper at the far end of the country")
    page.get_by_role("button", name="Create", exact=True).click()
    page.get_by_role("button", name="I have copied it").click()
    table = page.get_by_role("group", name="API keys")
    expect(table).to_contain_text("ingest:logs")
    for text in ("ingest:logs", "Last used: not yet", "Expires: "):
        expect(table.get_by_text(text).locator("visible=true")).to_have_count(1)
    assert table.evaluate("it => it.scrollWidth - it.clientWidth") == 0
    for action in ("Rotate", "Revoke"):
        button = page.get_by_role("button", name=f"{action} A shipper at the far end of the country")
        expect(button).to_be_in_viewport(ratio=1)
    button.click()
    page.get_by_role("alertdialog").get_by_role("button", name="Revoke").click()
    expect(button).to_have_count(0)
