"""What tests do on any page, and to see one as somebody who works here."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, axe_findings, axe_findings_by_day_and_night
from tests.builders import PASSWORD

ANNA = "anna@egebo.example"
# Nothing has to be scrolled sideways
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def sign_in(page: Page, live: str, email: str = ANNA) -> None:
    """Sign in by keyboard, and wait for the page that follows: one that is left too early leaves nobody signed in."""
    page.goto(f"{live}/login")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_label("Adgangskode").press("Enter")
    expect(page).not_to_have_url(f"{live}/login")


def check(page: Page) -> None:
    """No finding of axe, and nothing that has to be scrolled sideways."""
    assert axe_findings(page) == [], page.url
    assert page.evaluate(FITS), page.url


def check_by_day_and_night(page: Page) -> None:
    """The same in both colour schemes."""
    assert axe_findings_by_day_and_night(page) == [], page.url
    assert page.evaluate(FITS), page.url


def on_every_screen(page: Page, look: Callable[[Page], None]) -> None:
    """Look at the page on a laptop and on a phone, which goes on. It is fetched once: no script asks for the width."""
    for screen in (LAPTOP, PHONE):
        page.set_viewport_size(screen)
        look(page)


def eventually(page: Page, expression: str) -> Any:
    """What a JavaScript expression or function gives as soon as it gives something true.

    Playwright's own `wait_for_function` evaluates its text in the page from the second look on, which the content
    security policy forbids: it works only where nothing has to be waited for.
    """
    for _ in range(400):
        if found := page.evaluate(expression):
            return found
        page.wait_for_timeout(50)
    raise AssertionError(f"Never true on {page.url}: {expression}")
