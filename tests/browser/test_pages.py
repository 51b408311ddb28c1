"""Every page: what it shows, in both themes, on a phone and in Italian, without a violation of WCAG 2.2 AA.

`pytest tests/browser/test_pages.py --screenshots` keeps what they look like in docs/screenshots.
"""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import MOST_SHIFT, ROOT, OpenPage, OpenPrivate, overflow, settled, shifts, violations
from tests.browser.pages import DESKTOP, PHONE, PRIVATE, PUBLIC

pytestmark = pytest.mark.xdist_group("e2e")

SHOTS = ROOT / "docs" / "screenshots"
LookAt = Callable[[Page, str, str, str], None]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_page_before_signing_in(name: str, open_page: OpenPage, look_at: LookAt) -> None:
    path, heading, in_italian = PUBLIC[name]
    look_at(open_page(path, viewport=DESKTOP), name, heading, in_italian)


@pytest.mark.parametrize("name", PRIVATE)
def test_a_page_of_somebody_signed_in(name: str, open_private: OpenPrivate, look_at: LookAt) -> None:
    _, heading, in_italian = PRIVATE[name]
    look_at(open_private(name, viewport=DESKTOP), name, heading, in_italian)


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
        settled(page)
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
