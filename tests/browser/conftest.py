"""A real Chromium in front of the deployed stack. Everything here belongs to the worker that has the stack."""

import json
import os
import re
import uuid
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import which
from typing import Any, Literal

import httpx
import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright

from infra.local.stack import Stack
from shared.cli.demo import Demo
from shared.cli.sample import sample_logs
from tests.browser.pages import PRIVATE
from tests.live import forget_allowances, fresh_allowances
from tests.waiting import until

__all__ = ["fresh_allowances"]

ROOT = Path(__file__).parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# Of axe's rules, the one that a theme decides.
CONTRAST = "color-contrast"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A test machine's network is closed: nothing of the browser's own may look for it.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A machine that runs all the other tests beside these takes its time.
PATIENCE_MS = 90_000
# How much of the screen may move by how much of it: Chromium's own line between good and not is 0.1.
MOST_SHIFT = 0.01
# What moved without being asked to, and what kept the page from answering.
WATCH = """
    window.watched = { shifts: [], tasks: [] };
    new PerformanceObserver(list => {
        for (const {value, hadRecentInput, sources} of list.getEntries())
            if (!hadRecentInput)
                watched.shifts.push([value, ...sources.map(({node}) => node?.outerHTML?.slice(0, 120))]);
    }).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver(list => {
        for (const task of list.getEntries()) watched.tasks.push(task.duration);
    }).observe({ type: 'longtask', buffered: true });
"""
# What fades in is judged when it has; what pulses never ends.
FADED_IN = """() => Promise.allSettled(
    document.getAnimations()
        .filter(animation => animation.effect.getComputedTiming().endTime !== Infinity)
        .map(animation => animation.finished)
)"""

# Nothing in view is still on its way, or about to be another. The dot of a scenario that runs pulses all the time.
SETTLED = """() => ![...document.querySelectorAll('.animate-pulse:not(.rounded-full), .opacity-60, [aria-busy=true]')]
    .some(element => {
        const { top, bottom } = element.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
    })
"""

Tokens = dict[str, str]
OpenPage = Callable[..., Page]
OpenPrivate = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give Chromium."""
    expect.set_options(timeout=PATIENCE_MS)
    sandbox = [] if os.getuid() else ["--no-sandbox"]
    # The shell has no window to draw; a developer's whole one does as well.
    program = which("chromium-headless-shell") or which("chromium")
    assert program, "the browser tests want Debian's chromium-headless-shell, or chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS + sandbox)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def tokens(demo: Demo, stack: Stack) -> Tokens:
    """Give the demo user's tokens, for tests that end no session: to sign in takes long."""
    forget_allowances(stack)
    return _tokens(stack, "login", {"email": demo.email, "password": demo.password})


@pytest.fixture
def newcomer_tokens(stack: Stack) -> Tokens:
    """Give the tokens of somebody who has nothing yet."""
    return _newcomer(stack)


def _newcomer(stack: Stack) -> Tokens:
    account = {"email": f"{uuid.uuid4()}@example.com", "password": "Passw0rd!x", "full_name": "Somebody"}
    return _tokens(stack, "register", account)


def _tokens(stack: Stack, route: str, body: dict[str, str]) -> Tokens:
    answer = httpx.post(f"{stack.api_url}/auth/{route}", json=body, timeout=60)
    answer.raise_for_status()
    return {name: answer.json()[name] for name in ("access_token", "refresh_token")}


@pytest.fixture(scope="session")
def rival(demo: Demo, stack: Stack) -> str:
    """Give the id of another scenario of the demo user: a dearer design, a budget, a record that nobody could read."""
    wanted = {
        "name": "A larger model",
        "description": "The shop's errors, each looked at alone.",
        "region": "eu-west-1",
        "tags": ["demo", "triage"],
        "budget_usd": "40",
        "pipeline": {"bedrock": {"model_id": "eu.amazon.nova-pro-v1:0", "logs_per_call": 1}},
    }
    lines = [line for some in sample_logs(2_000, datetime.now(UTC), seed=2).values() for line in some]
    times = (datetime.now(UTC) - 7 * timedelta(days=each / len(lines)) for each in range(len(lines)))
    logs = [
        {"message": line, "timestamp": time.isoformat(), "source": "triage"}
        for line, time in zip(lines, times, strict=True)
    ]
    with httpx.Client(base_url=stack.api_url, headers={"X-API-Key": demo.api_key}, timeout=60) as client:
        made = client.post("/scenarios", json=wanted)
        made.raise_for_status()
        scenario = f"/scenarios/{made.json()['id']}"
        client.post(f"{scenario}/start").raise_for_status()
        sent = client.post("/ingest", json=[*logs, 42], headers={"X-Scenario-ID": made.json()["id"]})
        sent.raise_for_status()
        assert until(lambda: client.get(scenario).json()["total_requests"] == len(logs))
    return made.json()["id"]


@pytest.fixture(scope="session")
def filed(demo: Demo, rival: str, stack: Stack) -> str:
    """Have the demo's user hold two reports and a schedule; give the schedule's id."""
    schedule = {
        "scenario_id": demo.scenario_id,
        "name": "Weekly bill",
        "frequency": "weekly",
        "day_of_week": 1,
        "hour": 8,
        "minute": 0,
        "timezone": "Europe/Rome",
        "format": "pdf",
        "email_to": ["finance@example.com", "platform@example.com"],
    }
    with httpx.Client(base_url=stack.api_url, headers={"X-API-Key": demo.api_key}, timeout=60) as client:
        schedule_id: str = client.post("/schedules", json=schedule).raise_for_status().json()["id"]
        asked = [
            client.post(f"/scenarios/{scenario}/reports", json={"format": form}).raise_for_status().json()["report_id"]
            for scenario, form in ((rival, "csv"), (demo.scenario_id, "pdf"))
        ]
        for each in asked:
            assert until(lambda: client.get(f"/reports/{each}/status").json()["status"] == "completed", within_s=120)  # noqa: B023 - called at once
    return schedule_id


@pytest.fixture(scope="session")
def promoted(stack: Stack) -> Callable[[Tokens, str], str]:
    """Give what gives somebody another role, and says their email."""

    def promote(tokens: Tokens, role: str) -> str:
        headers = {"Authorization": f"Bearer {tokens['access_token']}"}
        me = httpx.get(f"{stack.api_url}/auth/me", headers=headers, timeout=60).raise_for_status().json()
        with psycopg.connect(stack.database_url, autocommit=True) as connection:
            connection.execute("UPDATE users SET role = %s WHERE id = %s", [role, me["id"]])
        return me["email"]

    return promote


@pytest.fixture
def open_page(browser: Browser, stack: Stack) -> Generator[OpenPage]:
    """Give what opens a page in a profile of its own; an error in it fails the test, unless it isn't quiet."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened(path: str, tokens: Tokens | None = None, *, quiet: bool = True, **options: Any) -> Page:
        session: StorageState = {
            "origins": [
                {"origin": stack.url, "localStorage": [{"name": "mockupaws.session", "value": json.dumps(tokens)}]}
            ]
        }
        context = browser.new_context(
            viewport=options.pop("viewport", {"width": 1280, "height": 800}),
            locale=options.pop("locale", "en-US"),
            timezone_id="Europe/Rome",
            permissions=["clipboard-read", "clipboard-write"],
            storage_state=session if tokens else None,
            **options,
        )
        contexts.append(context)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: errors.append(str(error)))
        if quiet:
            page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
        page.goto(stack.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not errors


@pytest.fixture(scope="module")
def superuser_tokens(stack: Stack, promoted: Callable[[Tokens, str], str]) -> Tokens:
    """Give a superuser's tokens, for tests that end no session."""
    forget_allowances(stack)
    superuser = _newcomer(stack)
    promoted(superuser, "superuser")
    return superuser


@pytest.fixture
def open_private(  # noqa: PLR0917 (fixtures)
    open_page: OpenPage, tokens: Tokens, superuser_tokens: Tokens, demo: Demo, rival: str, filed: str
) -> OpenPrivate:
    """Give what opens a page by its name, as somebody who may see it: the demo's user, or a superuser."""

    def opened(name: str, **options: Any) -> Page:
        path = PRIVATE[name][0].format(demo=demo.scenario_id, rival=rival, schedule=filed)
        return open_page(path, superuser_tokens if name == "users" else tokens, **options)

    return opened


def settled(page: Page) -> None:
    """Wait until the page has what it asked for."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function(SETTLED)


def violations(page: Page, rules: Literal["all", "of the theme", "of the layout"] = "all") -> list[str]:
    """What axe finds wrong with the page as it is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    page.evaluate(FADED_IN)
    contrast = {CONTRAST: {"enabled": rules != "of the layout"}}
    wanted = {"runOnly": [CONTRAST]} if rules == "of the theme" else {"runOnly": STANDARDS, "rules": contrast}
    found = page.evaluate("wanted => axe.run(document, wanted)", wanted)
    return [
        f"{each['id']}: {node['html'][:200]} {node['failureSummary'][:200]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def shifts(page: Page) -> list[Any]:
    """What moved by itself since the page was opened, with by how much, as Chromium's layout-shift score has it."""
    return page.evaluate("watched.shifts")


def amount(text: str) -> float:
    """The dollars in a text, for comparing."""
    found = re.search(r"-?\$[\d,.]+", text)
    assert found, text
    return float(found[0].replace("$", "").replace(",", ""))
