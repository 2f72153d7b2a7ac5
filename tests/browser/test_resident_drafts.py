"""Answers that somebody began and left: offered again without being shown, and forgotten after half an hour."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.browser.conftest import OpenBrowser
from tests.browser.resident_phone import STORAGE, answer_first, begin, press_next, receipt, rows, to_review
from tests.everyday_survey import open_everyday_survey


@pytest.fixture
def address(live: str, session: Session) -> str:
    return f"{live}/{open_everyday_survey(session, languages=['da', 'ar']).code}"


def test_a_reload_offers_to_continue_without_showing_any_answer(
    open_browser: OpenBrowser, address: str, session: Session
) -> None:
    page = open_browser()
    begin(page, address)
    answer_first(page, "5")
    page.reload()
    expect(page.get_by_text("Nogen begyndte at svare på denne telefon for lidt siden.")).to_be_visible()
    assert page.locator(".step:visible, #review:visible").count() == 0
    page.get_by_role("button", name="Fortsæt").click()
    expect(page.get_by_text("2 af 14")).to_be_visible()
    to_review(page)
    press_next(page)
    receipt(page)
    assert [row.answers["belonging"] for row in rows(session)] == ["5"]


def test_starting_over_forgets_what_was_answered(open_browser: OpenBrowser, address: str) -> None:
    page = open_browser()
    begin(page, address)
    answer_first(page, "5")
    page.reload()
    page.get_by_role("button", name="Begynd forfra").click()
    expect(page.locator("#begin")).to_be_visible()
    assert page.evaluate(STORAGE) == "{}"
    page.locator("#begin").click()
    assert page.locator("[type=radio]:checked:not([name=lives_here])").count() == 0


@pytest.mark.parametrize("shift", [31 * 60_000, -365 * 24 * 3_600_000])
def test_a_draft_is_forgotten_after_half_an_hour_or_when_the_clock_was_wrong(
    open_browser: OpenBrowser, address: str, shift: int
) -> None:
    page = open_browser()
    begin(page, address)
    answer_first(page, "5")
    move_clock(page, shift)
    page.reload()
    expect(page.locator("#begin")).to_be_visible()
    assert page.evaluate(STORAGE) == "{}"


def test_a_tab_left_open_for_more_than_half_an_hour_starts_clean(open_browser: OpenBrowser, address: str) -> None:
    page = open_browser()
    begin(page, address)
    answer_first(page, "5")
    page.evaluate("Date.now = (now => () => now() + 31 * 60000)(Date.now)")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#begin")).to_be_visible()
    assert page.locator("[type=radio]:checked").count() == 0


def move_clock(page: Page, milliseconds: int) -> None:
    """Let the phone's clock be that much later from the next page on."""
    page.add_init_script(f"Date.now = (now => () => now() + {milliseconds})(Date.now)")
