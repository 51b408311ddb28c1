"""Every page: what it shows, in both themes, on a phone and in Italian, without a violation of WCAG 2.2 AA.

`pytest tests/browser/test_pages.py --screenshots` keeps what they look like in docs/screenshots.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect

from shared.cli.demo import Demo
from tests.browser.conftest import MOST_SHIFT, ROOT, OpenPage, Tokens, overflow, shifts, violations

pytestmark = pytest.mark.xdist_group("e2e")

SHOTS = ROOT / "docs" / "screenshots"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}

PUBLIC = {
    "sign-in": ("/sign-in", "Sign in", "Accedi"),
    "register": ("/register", "Create an account", "Crea un account"),
    "forgotten-password": ("/forgotten-password", "Forgotten password", "Password dimenticata"),
    "reset-password": ("/reset-password#token=x", "Set a new password", "Scegli una nuova password"),
}
PRIVATE = {
    "scenarios": ("/", "Scenarios", "Scenari"),
    "scenario": ("/scenarios/{demo}", "The bill", "Il conto"),
    "logs": ("/scenarios/{demo}/logs", "Logs", "Log"),
    "rejected": ("/scenarios/{rival}/rejected", "Rejected records", "Record rifiutati"),
    "send": ("/scenarios/{demo}/send", "Send logs", "Invia log"),
    "edit": ("/scenarios/{demo}/edit", "Edit the scenario", "Modifica lo scenario"),
    "new": ("/scenarios/new", "New scenario", "Nuovo scenario"),
    "compare": ("/compare?ids={demo},{rival}", "Line by line", "Riga per riga"),
    "scenario-reports": ("/scenarios/{demo}/reports", "Reports", "Report"),
    "reports": ("/reports", "Reports", "Report"),
    "schedules": ("/reports/schedules", "Schedules", "Pianificazioni"),
    "new-schedule": ("/reports/schedules/new", "New schedule", "Nuova pianificazione"),
    "keys": ("/keys", "API keys", "Chiavi API"),
    "prices": ("/prices", "Prices", "Prezzi"),
    "account": ("/account", "Your account", "Il tuo account"),
    "no-page": ("/nowhere", "There is no such page", "Questa pagina non esiste"),
}

LookAt = Callable[[Page, str, str, str], None]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_page_before_signing_in(name: str, open_page: OpenPage, look_at: LookAt) -> None:
    path, heading, in_italian = PUBLIC[name]
    look_at(open_page(path, viewport=DESKTOP), name, heading, in_italian)


@pytest.mark.usefixtures("filed")
@pytest.mark.parametrize("name", PRIVATE)
def test_a_page_of_somebody_signed_in(name: str, open_demo: OpenPage, look_at: LookAt) -> None:
    path, heading, in_italian = PRIVATE[name]
    look_at(open_demo(path, viewport=DESKTOP), name, heading, in_italian)


def test_the_page_of_a_superuser(
    open_page: OpenPage, look_at: LookAt, newcomer_tokens: Tokens, promoted: Callable[[Tokens, str], str]
) -> None:
    promoted(newcomer_tokens, "superuser")
    look_at(open_page("/users", newcomer_tokens, viewport=DESKTOP), "users", "Users", "Utenti")


@pytest.fixture
def open_demo(open_page: OpenPage, tokens: Tokens, demo: Demo, rival: str) -> OpenPage:
    """Give what opens a page as the demo's user; `{demo}` and `{rival}` in its path are their two scenarios."""

    def opened(path: str, **options: Any) -> Page:
        return open_page(path.format(demo=demo.scenario_id, rival=rival), tokens, **options)

    return opened


@pytest.fixture
def look_at(pytestconfig: pytest.Config) -> LookAt:
    """Give what looks at a page as everybody would, and keeps a picture of each look where that is asked for."""
    keep = pytestconfig.getoption("--screenshots")

    def picture(page: Page, name: str) -> None:
        if keep:
            page.evaluate("scrollTo(0, 0)")
            shown = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
            # A page has few colours: a palette of them makes a third of the bytes.
            shown.quantize(dither=Image.Dither.NONE).save(SHOTS / f"{name}.png", optimize=True)

    def look(page: Page, name: str, heading: str, in_italian: str) -> None:
        expect(page.get_by_role("heading", name=heading, exact=True).first).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert sum(shift[0] for shift in shifts(page)) < MOST_SHIFT, shifts(page)
        assert violations(page) == []
        picture(page, f"{name}-light")
        page.emulate_media(color_scheme="dark")
        assert violations(page, "of the theme") == []
        picture(page, f"{name}-dark")
        page.set_viewport_size(PHONE)
        assert overflow(page) <= 0
        assert violations(page, "of the layout") == []
        picture(page, f"{name}-phone")
        page.evaluate("localStorage.setItem('mockupaws.locale', 'it'); dispatchEvent(new Event('storage'))")
        expect(page.get_by_role("heading", name=in_italian, exact=True).first).to_be_visible()
        assert page.evaluate("document.documentElement.lang") == "it"
        assert overflow(page) <= 0

    return look
