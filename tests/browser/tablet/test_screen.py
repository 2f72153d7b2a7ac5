"""What a shared tablet shows: nobody's answers are seen by the next, and nothing is kept by mistake."""

from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.models import Placement, WaveState
from tests.browser.conftest import OpenBrowser, axe_findings
from tests.browser.resident_phone import press_next, rows, tap, to_review
from tests.browser.tablet.device import (
    EVERYTHING_KEPT,
    TABLET,
    answer,
    change,
    fresh_start,
    kept_by,
    walk_away,
    watch_what_is_sent,
)


def test_whoever_walks_away_is_asked_first_and_then_leaves_nothing_to_the_next(tablet: Page) -> None:
    tablet.locator("nav a[lang=ar]").click()
    expect(tablet.locator("html.ready[lang=ar]")).to_be_attached()
    tablet.locator("#begin").click()
    tablet.clock.run_for(400)
    tap(tablet, "i.belonging", "4")
    tablet.clock.run_for(400)
    expect(tablet.locator('[name="i.trust"]').first).to_be_attached()
    tablet.clock.fast_forward("00:55")
    tablet.clock.run_for(1_000)
    assert not tablet.locator("dialog").is_visible()
    tablet.clock.fast_forward("00:05")
    dialog = tablet.get_by_role("dialog", name="هل ما زلت هنا؟")
    expect(dialog).to_be_visible()
    seconds = int("".join(letter for letter in dialog.locator("p").first.inner_text() if letter.isdigit()))
    assert 20 <= seconds <= 30
    assert axe_findings(tablet) == []
    tablet.locator("#here").click()
    expect(dialog).to_be_hidden()
    assert tablet.locator('[name="i.belonging"]:checked').count() == 1

    walk_away(tablet)
    fresh_start(tablet)
    assert tablet.locator("[type=radio]:checked").count() == 0
    tablet.go_back()
    expect(tablet.locator("html.ready")).to_be_attached()
    assert tablet.locator("[type=radio]:checked").count() == 0


def test_a_receipt_shows_on_request_and_goes_with_the_screen(tablet: Page, session: Session) -> None:
    assert axe_findings(tablet) == []
    tablet.locator("#begin").click()
    to_review(tablet)
    press_next(tablet)
    expect(tablet.locator("#alert")).to_have_text("Du har ikke svaret endnu. Vælg et svar til mindst ét udsagn.")
    tablet.locator("#tablet .afresh").click()
    answer(tablet, "5", "4", "da")
    tablet.get_by_role("button", name="Vis min kvittering").click()
    receipt = tablet.locator("#receipt").inner_text()
    expect(tablet.locator("#receipt")).to_have_text(receipt)
    assert len(receipt.replace(" ", "")) == 12
    assert axe_findings(tablet) == []
    expect(tablet.locator("#queue")).to_be_hidden()
    assert len(rows(session)) == 1
    tablet.locator("#another").click()
    fresh_start(tablet)
    assert receipt not in tablet.content()
    assert receipt.replace(" ", "") not in tablet.evaluate(EVERYTHING_KEPT)


def test_a_rehearsal_says_so_and_neither_keeps_nor_sends_anything(
    open_browser: OpenBrowser, session: Session, kiosk: Placement, address: str
) -> None:
    change(session, lambda: setattr(kiosk.wave, "state", WaveState.DRAFT))
    page = open_browser(viewport=TABLET)
    page.clock.install()
    page.goto(address)
    page.get_by_role("button", name="Brug denne enhed").click()
    expect(page.get_by_text("TEST · Intet bliver gemt.")).to_be_visible()
    sent = watch_what_is_sent(page)
    answer(page, "5", "4", "da")
    expect(page.get_by_role("heading", name="Tak.", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Vis min kvittering")).to_be_hidden()
    expect(page.locator("#waiting")).to_contain_text("Intet bliver gemt.")
    page.locator("#another").click()
    fresh_start(page)
    assert sent == []
    assert kept_by(page) == [0, 0, 1]  # only that this device is the tablet
    assert rows(session) == []


def test_a_phone_is_no_tablet_until_somebody_says_so(open_browser: OpenBrowser, address: str) -> None:
    phone = open_browser()
    phone.goto(address)
    expect(phone.get_by_role("button", name="Brug denne enhed")).to_be_visible()
    assert axe_findings(phone) == []
    assert kept_by(phone) == [0, 0, 0]
    phone.get_by_role("link", name="Svar for dig selv i stedet").click()
    expect(phone.locator("html.ready #begin")).to_be_visible()
    assert kept_by(phone) == [0, 0, 0]
