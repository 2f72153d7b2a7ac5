"""Whatever the network, the phone or a second tab does: nothing is lost, and one person is exactly one row."""

from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from playwright.sync_api import Route, expect
from sqlalchemy.orm import Session

from surveyapp.db import begin_writing
from surveyapp.models import Placement
from surveyapp.services.waves import close_wave
from tests.browser.bad_network import (
    database_away,
    half_a_reply,
    hotspot_wants_a_login,
    lose_reply,
    lose_request,
    trip_over,
)
from tests.browser.conftest import OpenBrowser
from tests.browser.pages import eventually
from tests.browser.resident_phone import (
    STORAGE,
    answer_first,
    begin,
    one_answer_to_review,
    press_next,
    receipt,
    rows,
    tap,
    to_review,
)
from tests.everyday_survey import open_everyday_survey

KEPT = "Object.values(localStorage).map(JSON.parse)"
KEPT_ELSEWHERE = """async () => [
  document.cookie, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length
]"""
NO_STORAGE = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('off', 'SecurityError') }})"


@pytest.fixture
def placement(session: Session) -> Placement:
    return open_everyday_survey(session, languages=["da", "ar"])


@pytest.fixture
def address(live: str, placement: Placement) -> str:
    return f"{live}/{placement.code}"


@pytest.mark.parametrize("fault", [lose_request, lose_reply, half_a_reply, database_away, hotspot_wants_a_login])
def test_a_fault_while_sending_is_tried_again_until_confirmed(
    open_browser: OpenBrowser, address: str, session: Session, fault: Callable[[Route], None]
) -> None:
    page = open_browser()
    one_answer_to_review(page, address)
    faults = trip_over(page.context, address, fault, times=2)
    press_next(page)
    receipt(page)
    assert len(faults) == 2
    assert len(rows(session)) == 1
    assert page.evaluate(STORAGE) == "{}"


def test_a_phone_that_is_offline_for_a_while_sends_when_it_is_back(
    open_browser: OpenBrowser, address: str, session: Session
) -> None:
    page = open_browser()
    one_answer_to_review(page, address)
    page.context.set_offline(True)
    press_next(page)
    expect(page.get_by_text("Der er ingen forbindelse lige nu.")).to_be_visible()
    assert rows(session) == []
    page.context.set_offline(False)
    receipt(page)
    assert len(rows(session)) == 1


def test_a_phone_switched_off_before_the_reply_sends_the_next_time_it_opens_the_page(
    open_browser: OpenBrowser, address: str, session: Session
) -> None:
    page = open_browser()
    one_answer_to_review(page, address)
    trip_over(page.context, address, lose_reply)
    press_next(page)
    expect(page.get_by_text("Der er ingen forbindelse lige nu.")).to_be_visible()
    context = page.context
    page.close()
    context.unroute_all(behavior="wait")
    later = context.new_page()
    later.goto(address)
    receipt(later)
    assert len(rows(session)) == 1
    assert later.evaluate(STORAGE) == "{}"


def test_what_waits_on_the_phone_is_never_shown_and_names_nobody(open_browser: OpenBrowser, address: str) -> None:
    page = open_browser()
    one_answer_to_review(page, address)
    trip_over(page.context, address, lose_request)
    press_next(page)
    expect(page.get_by_text("Der er ingen forbindelse lige nu.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Sender dine svar …")).to_be_visible()
    assert "Helt enig" not in page.locator("main").inner_text()


def test_what_the_phone_keeps_holds_no_moment_but_its_expiry_and_nothing_of_the_phone(
    open_browser: OpenBrowser, address: str
) -> None:
    page = open_browser(user_agent="Marsrover/7.0")
    begin(page, address)
    answer_first(page, "5")
    [draft] = page.evaluate(KEPT)
    assert set(draft) == {"until", "receipt", "used", "place", "given"}
    to_review(page)
    trip_over(page.context, address, lose_request)
    press_next(page)
    expect(page.get_by_text("Der er ingen forbindelse lige nu.")).to_be_visible()
    [letter] = page.evaluate(KEPT)
    assert set(letter) == {"until", "to", "receipt", "body"}
    fields = {name for name, _ in parse_qsl(letter["body"])}
    assert fields == {"page", "lives_here", "i.belonging", "receipt", "seconds", "part"}
    assert draft["used"] < 1_000_000  # how long it took, no moment
    assert "Marsrover" not in str([draft, letter])
    assert page.evaluate(KEPT_ELSEWHERE) == ["", 0, 0, 0]


def test_answers_waiting_when_the_wave_closes_are_told_that_they_were_not_counted(
    open_browser: OpenBrowser, address: str, session: Session, placement: Placement
) -> None:
    page = open_browser()
    one_answer_to_review(page, address)
    trip_over(page.context, address, lose_request)
    press_next(page)
    expect(page.get_by_text("Der er ingen forbindelse lige nu.")).to_be_visible()
    session.rollback()
    begin_writing(session)
    close_wave(session, placement.wave, None, placement.wave.closes_on)
    session.commit()
    page.wait_for_timeout(2_100)  # a worker's memory is at most two seconds old
    page.context.unroute_all(behavior="wait")
    page.goto(address)
    expect(page.get_by_text("Dine svar kom, efter at den lukkede, og er ikke talt med.")).to_be_visible()
    assert rows(session) == []
    assert page.evaluate(STORAGE) == "{}"


def test_two_taps_on_send_are_one_row(open_browser: OpenBrowser, address: str, session: Session) -> None:
    page = open_browser()
    one_answer_to_review(page, address)
    page.locator("#next").dblclick(no_wait_after=True)
    receipt(page)
    assert len(rows(session)) == 1


def test_two_quick_taps_on_an_answer_do_not_answer_the_next_statement(open_browser: OpenBrowser, address: str) -> None:
    page = open_browser()
    begin(page, address)
    page.wait_for_timeout(310)
    tap(page, "i.belonging", "4")
    assert page.evaluate(TAP_AS_SOON_AS_IT_SHOWS) is False
    page.wait_for_timeout(310)
    tap(page, "i.trust", "4")
    expect(page.locator('[name="i.co_creation"]').first).to_be_visible()


TAP_AS_SOON_AS_IT_SHOWS = """() => new Promise(answer => {
  const look = () => {
    const next = document.querySelector('.step:not([hidden]) [name="i.trust"][value="4"]')
    if (!next) return requestAnimationFrame(look)
    next.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}))
    next.click()
    answer(next.checked)
  }
  look()
})"""


@pytest.mark.parametrize("now", [0, 4_000_000_000_000])
def test_a_wrong_clock_changes_nothing(open_browser: OpenBrowser, address: str, session: Session, now: int) -> None:
    page = open_browser()
    page.add_init_script(f"Date.now = () => {now}")
    one_answer_to_review(page, address)
    trip_over(page.context, address, lose_reply, times=1)
    press_next(page)
    receipt(page)
    assert len(rows(session)) == 1


def test_without_storage_everything_but_the_draft_works(
    open_browser: OpenBrowser, address: str, session: Session
) -> None:
    page = open_browser()
    page.add_init_script(NO_STORAGE)
    one_answer_to_review(page, address)
    trip_over(page.context, address, lose_reply, times=1)
    press_next(page)
    receipt(page)
    assert len(rows(session)) == 1


def test_the_same_person_in_two_tabs_is_one_row(open_browser: OpenBrowser, address: str, session: Session) -> None:
    one = open_browser()
    two = one.context.new_page()
    two.goto(address)
    begin(one, address)
    answer_first(one, "5")
    two.bring_to_front()
    two.locator("#begin").click()
    two.get_by_role("button", name="Fortsæt").click()
    to_review(two)
    press_next(two)
    receipt(two)
    one.bring_to_front()
    expect(one.locator("#begin")).to_be_visible()
    assert one.locator("[type=radio]:checked").count() == 0
    assert len(rows(session)) == 1


def test_two_people_on_one_phone_are_two_rows_and_the_second_sees_nothing_of_the_first(
    open_browser: OpenBrowser, address: str, session: Session
) -> None:
    page = open_browser()
    one_answer_to_review(page, address)
    press_next(page)
    first = receipt(page)
    page.locator("#another").last.click()
    expect(page.locator("#begin")).to_be_visible()
    assert page.locator("[type=radio]:checked").count() == 0
    assert first not in page.content()
    page.locator("#begin").click()
    answer_first(page, "1")
    to_review(page)
    press_next(page)
    assert receipt(page) != first
    assert sorted(row.answers["belonging"] for row in rows(session)) == ["1", "5"]


def test_the_next_person_may_answer_while_the_first_ones_answers_still_wait(
    open_browser: OpenBrowser, address: str, session: Session
) -> None:
    page = open_browser()
    one_answer_to_review(page, address)
    page.context.set_offline(True)
    press_next(page)
    page.get_by_role("button", name="En anden her vil svare").click()
    page.locator("#begin").click()
    answer_first(page, "1")
    to_review(page)
    press_next(page)
    expect(page.get_by_text("Der er ingen forbindelse lige nu.")).to_be_visible()
    page.context.set_offline(False)
    receipt(page)
    eventually(page, f"{STORAGE} === '{{}}'")
    assert sorted(row.answers["belonging"] for row in rows(session)) == ["1", "5"]


def test_going_back_without_javascript_and_sending_again_is_one_row(
    open_browser: OpenBrowser, address: str, session: Session
) -> None:
    page = open_browser(java_script_enabled=False)
    page.goto(address)
    tap(page, "lives_here", "yes")
    tap(page, "i.belonging", "5")
    press_next(page)
    send = page.locator("form button").last
    send.click()
    first = receipt(page)
    page.go_back()
    send.click()
    assert receipt(page) == first
    page.get_by_role("link", name="En anden her vil svare").click()
    assert page.locator("[type=radio]:checked").count() == 0
    tap(page, "lives_here", "yes")
    tap(page, "i.belonging", "1")
    press_next(page)
    send.click()
    assert receipt(page) != first
    assert sorted(row.answers["belonging"] for row in rows(session)) == ["1", "5"]


def test_a_page_that_the_server_no_longer_knows_comes_back_to_the_review_with_its_answers(
    open_browser: OpenBrowser, address: str, session: Session, app: Flask
) -> None:
    page = open_browser()
    one_answer_to_review(page, address)
    page.locator("[name=page]").evaluate("field => { field.value = 'forged' }")
    press_next(page)
    expect(page.get_by_role("alert")).to_contain_text("Siden er ændret")
    press_next(page)
    receipt(page)
    assert [row.answers["belonging"] for row in rows(session)] == ["5"]


def test_sending_without_any_answer_says_what_to_do(open_browser: OpenBrowser, address: str, session: Session) -> None:
    page = open_browser()
    begin(page, address)
    to_review(page)
    press_next(page)
    expect(page.get_by_role("alert")).to_contain_text("Du har ikke svaret endnu.")
    assert rows(session) == []


def test_a_change_of_language_keeps_the_answers(open_browser: OpenBrowser, address: str, session: Session) -> None:
    page = open_browser()
    begin(page, address)
    answer_first(page, "5")
    page.locator("summary").click()
    page.get_by_role("link", name="العربية").click()
    expect(page.get_by_text("2 من 14")).to_be_visible()
    assert page.locator('[name="i.belonging"][value="5"]').is_checked()
    assert "#" not in page.url
    to_review(page)
    press_next(page)
    receipt(page)
    assert [(row.language, row.answers["belonging"]) for row in rows(session)] == [("ar", "5")]


def test_the_phones_back_button_leads_to_the_statement_before(open_browser: OpenBrowser, address: str) -> None:
    page = open_browser()
    begin(page, address)
    answer_first(page, "5")
    page.go_back()
    expect(page.locator('[name="i.belonging"][value="5"]')).to_be_checked()
    page.go_back()
    expect(page.locator("#begin")).to_be_visible()
