"""What a resident does on their phone, step by step, with and without JavaScript."""

from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Response
from tests.everyday_survey import LEVEL, TEXTS

LEVEL_CODES = dict(zip(LEVEL, ("5", "4", "3", "2", "1", "na", "dk"), strict=False))  # the last statement is skipped
ANSWERS = {**LEVEL_CODES, "dinners.knows": "yes", "dinners_trust": "4"}
STORAGE = "JSON.stringify({...localStorage})"
BACKGROUND = {"age": "30-44", "household": "family"}


def begin(page: Page, address: str) -> None:
    """Open the page and say yes."""
    page.goto(address)
    page.locator("#begin").click()


def tap(page: Page, field: str, code: str) -> None:
    """Tap an answer, as a finger does."""
    page.locator(f'label:has(input[name="{field}"][value="{code}"])').click()


def tap_through(page: Page) -> None:
    """Answer the whole survey one screen at a time, to the review."""
    for key in LEVEL:
        _answer_or_skip(page, key, f"i.{key}", LEVEL_CODES.get(key))
    _answer_or_skip(page, "knows", "g.dinners.knows", "yes")
    _answer_or_skip(page, "dinners_trust", "i.dinners_trust", "4")
    _answer_or_skip(page, "dinners_proud", "i.dinners_proud", None)
    _answer_or_skip(page, "age", "b.age", "30-44")
    _answer_or_skip(page, "gender", "b.gender", "skip")
    _answer_or_skip(page, "household", "b.household", "family")
    expect(page.locator("#review h2")).to_be_visible()


def answer_first(page: Page, code: str) -> None:
    """Answer the first statement and arrive at the second."""
    expect(page.locator('[name="i.belonging"]').first).to_be_visible()
    page.wait_for_timeout(310)
    tap(page, "i.belonging", code)
    expect(page.locator('[name="i.trust"]').first).to_be_visible()


def one_answer_to_review(page: Page, address: str, code: str = "5") -> None:
    """Answer the first statement, skip the rest, and be about to send."""
    begin(page, address)
    answer_first(page, code)
    to_review(page)


def to_review(page: Page) -> None:
    """Skip whatever isn't answered yet, up to the review."""
    while not page.locator("#review").is_visible():
        press_next(page)


def fill_in(page: Page) -> None:
    """Answer the whole survey on the one page there is without JavaScript."""
    tap(page, "lives_here", "yes")
    for key, code in LEVEL_CODES.items():
        tap(page, f"i.{key}", code)
    for field, code in {
        "g.dinners.knows": "yes",
        "i.dinners_trust": "4",
        "b.age": "30-44",
        "b.gender": "skip",
        "b.household": "family",
    }.items():
        tap(page, field, code)


def press_next(page: Page) -> None:
    """Next, or on the review: send."""
    page.locator("#next").click()


def receipt(page: Page) -> str:
    """The receipt that the thanks show."""
    shown = page.locator("[data-receipt]")
    expect(shown).to_be_visible()
    return str(shown.get_attribute("data-receipt"))


def rows(session: Session) -> list[Response]:
    """Every response as the database has it now."""
    session.rollback()
    return list(session.scalars(select(Response).execution_options(populate_existing=True)))


def _answer_or_skip(page: Page, key: str, field: str, code: str | None) -> None:
    language = page.locator("html").get_attribute("lang") or ""
    statement = TEXTS[language][key].replace("{partner}", "Supermarkedet Solsikken")
    expect(page.get_by_role("group", name=statement, exact=True)).to_be_visible()
    page.wait_for_timeout(310)  # a second tap of two is ignored that long
    if code:
        tap(page, field, code)
    else:
        press_next(page)
