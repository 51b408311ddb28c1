"""A session that expires in mid-use, two tabs, and a server in trouble: nothing that was typed is lost."""

import json
import re
import uuid
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from infra.local.stack import Stack
from tests.browser.conftest import OpenPage, Tokens
from tests.live import forget_allowances

pytestmark = pytest.mark.xdist_group("e2e")

SESSION = "mockupaws.session"


def expire(page: Page) -> None:
    """Make the access token one that the server refuses, as if its thirty minutes were over."""
    page.evaluate(
        """key => {
            const tokens = JSON.parse(localStorage.getItem(key));
            localStorage.setItem(key, JSON.stringify({...tokens, access_token: 'expired'}));
        }""",
        SESSION,
    )


def fill_a_form(page: Page, name: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Description").fill("typed before the session ended")


def test_an_expired_token_is_renewed_and_the_form_sent(open_page: OpenPage, newcomer_tokens: Tokens) -> None:
    page = open_page("/scenarios/new", newcomer_tokens, quiet=False)
    fill_a_form(page, "Renewed")
    expire(page)
    page.get_by_role("button", name="Create the scenario").click()
    expect(page.get_by_role("heading", name="Renewed")).to_be_visible()
    expect(page.get_by_text("typed before the session ended")).to_be_visible()


def test_two_tabs_renew_once_between_them(open_page: OpenPage, newcomer_tokens: Tokens) -> None:
    first = open_page("/", newcomer_tokens, quiet=False)
    second = first.context.new_page()
    second.goto(first.url)
    renewals: list[str] = []
    for page in (first, second):
        page.on("request", lambda request: renewals.append(request.url) if "auth/refresh" in request.url else None)
        expect(page.get_by_role("heading", name="Nothing recorded yet")).to_be_visible()
    expire(first)
    for page in (first, second):
        page.get_by_role("link", name="API keys").click()
    for page in (first, second):
        expect(page.get_by_role("heading", name="No keys yet")).to_be_visible()
    assert len(renewals) == 1
    # Signing out in one signs out the other.
    first.get_by_role("button", name="Account and display").click()
    first.get_by_role("menuitem", name="Sign out").click()
    expect(second.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_session_that_has_ended_asks_for_the_password_over_the_page(
    open_page: OpenPage, newcomer_tokens: Tokens, stack: Stack
) -> None:
    page = open_page("/scenarios/new", newcomer_tokens, quiet=False)
    fill_a_form(page, "Kept")
    end(stack, newcomer_tokens)
    expire(page)
    page.get_by_role("button", name="Create the scenario").click()
    dialog = page.get_by_role("dialog", name="Sign in again to go on")
    expect(dialog).to_be_visible()
    dialog.get_by_role("textbox", name="Password").fill("Passw0rd!x")
    dialog.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Kept")).to_be_visible()
    expect(page.get_by_text("typed before the session ended")).to_be_visible()


def bearer(tokens: Tokens) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens['access_token']}"}


def end(stack: Stack, tokens: Tokens) -> str:
    """End the sessions of somebody, and say their email."""
    with httpx.Client(base_url=stack.api_url, headers=bearer(tokens), timeout=60) as client:
        email: str = client.get("/auth/me").raise_for_status().json()["email"]
        client.post("/auth/logout").raise_for_status()
    forget_allowances(stack)
    return email


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_role("textbox", name="Password").fill("Passw0rd!x")
    page.get_by_role("button", name="Sign in").click()


def test_whoever_comes_back_after_the_session_ended_signs_in_and_is_where_they_wanted(
    open_page: OpenPage, newcomer_tokens: Tokens, stack: Stack
) -> None:
    email = end(stack, newcomer_tokens)
    dead = {**newcomer_tokens, "access_token": "expired"}
    page = open_page("/scenarios/new", dead, quiet=False)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    # What lies in the browser is no session: the form stays.
    with page.expect_response("**/api/v1/auth/refresh"):
        page.reload()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    forget_allowances(stack)
    sign_in(page, email)
    expect(page.get_by_role("heading", name="New scenario")).to_be_visible()


@pytest.fixture
def theirs(stack: Stack, newcomer_tokens: Tokens) -> str:
    """Give the id of a scenario of the newcomer's."""
    wanted = {"name": "For nobody else", "region": "us-east-1"}
    made = httpx.post(f"{stack.api_url}/scenarios", json=wanted, headers=bearer(newcomer_tokens), timeout=60)
    return made.raise_for_status().json()["id"]


@pytest.fixture
def other_tokens(stack: Stack) -> Tokens:
    """Give the tokens of somebody else."""
    account = {"email": f"{uuid.uuid4()}@example.com", "password": "Passw0rd!x", "full_name": "Other"}
    made = httpx.post(f"{stack.api_url}/auth/register", json=account, timeout=60).raise_for_status().json()
    return {name: made[name] for name in ("access_token", "refresh_token")}


def test_who_signs_in_after_somebody_left_sees_nothing_of_theirs(
    open_page: OpenPage, newcomer_tokens: Tokens, other_tokens: Tokens, theirs: str, stack: Stack
) -> None:
    page = open_page(f"/scenarios/{theirs}", newcomer_tokens, quiet=False)
    expect(page.get_by_role("heading", name="For nobody else")).to_be_visible()
    end(stack, newcomer_tokens)
    other = end(stack, other_tokens)
    expire(page)
    page.get_by_role("link", name="API keys").click()
    page.get_by_role("dialog").get_by_role("button", name="Leave instead").click()
    sign_in(page, other)
    expect(page.get_by_role("heading", name="No keys yet")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("alert")).to_contain_text("yours.")
    assert page.get_by_text("For nobody else").count() == 0


def test_a_tab_that_missed_the_change_of_account_shows_nothing_of_the_one_before(
    open_page: OpenPage, newcomer_tokens: Tokens, other_tokens: Tokens, theirs: str
) -> None:
    page = open_page(f"/scenarios/{theirs}", newcomer_tokens, quiet=False)
    expect(page.get_by_role("heading", name="For nobody else")).to_be_visible()
    # A page isn't told of what it stored itself: as a tab that slept meanwhile.
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [SESSION, json.dumps(other_tokens)])
    page.evaluate("window.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("alert")).to_contain_text("yours.")
    assert page.get_by_text("For nobody else").count() == 0
    expect(page.get_by_role("button", name="Account and display: Other")).to_be_visible()


def test_while_it_is_not_known_who_looks_the_page_says_what_it_waits_for(
    open_page: OpenPage, newcomer_tokens: Tokens
) -> None:
    page = open_page("/sign-in", quiet=False)
    refused: list[str] = []

    def refuse_once(route: Route) -> None:
        if refused:
            return route.continue_()
        refused.append(route.request.url)
        body = {"error": "rate_limited", "message": "Too many.", "request_id": "r-1"}
        headers = {"Retry-After": "8"}
        return route.fulfill(status=429, headers=headers, content_type="application/json", body=json.dumps(body))

    page.route("**/api/v1/auth/me", refuse_once)
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [SESSION, json.dumps(newcomer_tokens)])
    page.goto(page.url.replace("/sign-in", "/keys"))
    expect(page.get_by_text("Too many requests in a minute.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"tried again in \d seconds"))).to_be_visible()
    expect(page.get_by_role("heading", name="No keys yet")).to_be_visible()


def test_a_changed_password_is_confirmed_where_one_signs_in_with_it(
    open_page: OpenPage, newcomer_tokens: Tokens
) -> None:
    page = open_page("/account", newcomer_tokens, quiet=False)
    page.get_by_role("textbox", name="Current password").fill("Passw0rd!x")
    page.get_by_role("textbox", name="New password").fill("An0ther!one")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("The password is changed.")).to_be_visible()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.evaluate("key => localStorage.getItem(key)", SESSION) is None


def test_a_server_in_trouble_says_what_to_do_and_keeps_the_form(open_page: OpenPage, newcomer_tokens: Tokens) -> None:
    page = open_page("/scenarios/new", newcomer_tokens, quiet=False)
    fill_a_form(page, "Stubborn")

    def fail(route: Route) -> None:
        if route.request.method == "POST":
            body = {"error": "unavailable", "message": "The database is away.", "request_id": "r-1"}
            route.fulfill(status=503, content_type="application/json", body=json.dumps(body))
        else:
            route.continue_()

    page.route("**/api/v1/scenarios", fail)
    page.get_by_role("button", name="Create the scenario").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Try again")
    expect(alert).to_contain_text("r-1")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Stubborn")
    page.unroute("**/api/v1/scenarios")
    page.get_by_role("button", name="Create the scenario").click()
    expect(page.get_by_role("heading", name="Stubborn")).to_be_visible()


def test_a_wrong_field_is_named_where_it_is(open_page: OpenPage, newcomer_tokens: Tokens) -> None:
    page = open_page("/scenarios/new", newcomer_tokens)
    page.get_by_label("Monthly budget").fill("much")
    page.get_by_role("button", name="Create the scenario").click()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    expect(page.get_by_text("An amount above 0")).to_be_visible()


def test_roles_decide_what_is_offered(
    open_page: OpenPage, newcomer_tokens: Tokens, promoted: Callable[[Tokens, str], str]
) -> None:
    promoted(newcomer_tokens, "readonly")
    reader = open_page("/", newcomer_tokens)
    expect(reader.get_by_role("heading", name="Nothing recorded yet")).to_be_visible()
    assert reader.get_by_role("link", name="New scenario").count() == 0
    assert reader.get_by_role("link", name="Users").count() == 0
    email = promoted(newcomer_tokens, "superuser")
    reader.reload()
    reader.get_by_role("link", name="Users").click()
    expect(reader.get_by_role("cell", name=f"Somebody you {email}")).to_be_visible()
