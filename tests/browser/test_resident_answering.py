"""A resident answers the whole survey on an ordinary phone, in Danish and in Arabic, with JavaScript and without."""

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from surveyapp.services.responses import receipt_hash
from tests.browser.conftest import OpenBrowser, axe_findings
from tests.browser.resident_phone import (
    ANSWERS,
    BACKGROUND,
    fill_in,
    press_next,
    receipt,
    rows,
    tap_through,
)
from tests.everyday_survey import open_everyday_survey

LOCALES = {"da": "da-DK", "ar": "ar-SY"}
THANKS = {"da": "Tak. Dine svar er gemt.", "ar": "شكرًا. تم حفظ إجاباتك."}


@pytest.fixture
def address(live: str, session: Session) -> str:
    return f"{live}/{open_everyday_survey(session).code}"


@pytest.mark.parametrize("language", LOCALES)
def test_the_whole_survey_one_statement_at_a_time(
    open_browser: OpenBrowser, address: str, session: Session, language: str
) -> None:
    page = open_browser(locale=LOCALES[language], has_touch=True)
    page.goto(address)
    assert axe_findings(page) == []
    page.locator("#begin").click()
    assert axe_findings(page) == []
    tap_through(page)
    assert axe_findings(page) == []
    press_next(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS[language])
    assert axe_findings(page) == []
    check_the_only_row(session, language, receipt(page))
    assert page.context.cookies() == []
    assert page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})") == "{}"


@pytest.mark.parametrize("language", LOCALES)
def test_the_whole_survey_without_javascript(
    open_browser: OpenBrowser, address: str, session: Session, language: str
) -> None:
    page = open_browser(locale=LOCALES[language], java_script_enabled=False)
    page.goto(address)
    fill_in(page)
    press_next(page)
    assert rows(session) == []
    page.locator("form button").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS[language])
    check_the_only_row(session, language, receipt(page))


def check_the_only_row(session: Session, language: str, shown: str) -> None:
    (row,) = rows(session)
    assert (row.answers, row.background, row.language) == (ANSWERS, BACKGROUND, language)
    assert row.receipt_hash == receipt_hash(shown)
