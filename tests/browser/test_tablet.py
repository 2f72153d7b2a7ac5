"""A shared tablet in a place without signal: nobody's answers are lost, counted twice, shown to the next or kept."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from itertools import product
from urllib.parse import parse_qs

import pytest
from flask import Flask
from playwright.sync_api import Page, Request, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.db import begin_writing
from surveyapp.models import Mode, PlaceKind, Placement, PlacementDay, Tablet, WaveState
from surveyapp.services.placements import add_placement
from surveyapp.services.waves import close_wave, open_wave, reopen_wave, today_in
from surveyapp.web.resident.tokens import tablet_key
from tests.browser.bad_network import hotspot_wants_a_login, lose_reply, trip_over
from tests.browser.conftest import OpenBrowser, axe_findings
from tests.browser.resident_phone import press_next, rows, tap, to_review
from tests.builders import make_world

TABLET = {"width": 800, "height": 1280}
TODAY = today_in("Europe/Copenhagen")
LAST_DAY = TODAY + dt.timedelta(days=20)
PEOPLE = [
    (belonging, trust, language)
    for (belonging, trust), language in zip(
        product("54321", ["5", "4", "2", "dk"]), ["da", "ar", "en", "ar"] * 5, strict=True
    )
]
EVERYTHING_KEPT = """async () => JSON.stringify({
    ...localStorage, ...sessionStorage, databases: await indexedDB.databases(),
    pages: (await (await caches.open((await caches.keys())[0])).keys()).map(page => page.url.split('/').pop()).sort()
})"""

SPOIL_ONE = """() => {
    const key = Object.keys(localStorage).find(key => key.includes(' waiting '))
    const whole = localStorage[key]
    localStorage[key] = whole.replace('i.belonging=5', 'i.belonging=9')
    return whole
}"""
MEND = """whole => {
    localStorage[Object.keys(localStorage).find(key => key.includes(' aside '))] = whole
}"""


@pytest.fixture
def kiosk(session: Session) -> Placement:
    wave = make_world(session).wave
    placement = add_placement(session, wave, None, "Centret", PlaceKind.TABLET)
    placement.mode = Mode.KIOSK
    open_wave(session, wave, None, TODAY, LAST_DAY)
    session.commit()
    return placement


@pytest.fixture
def address(app: Flask, live: str, kiosk: Placement) -> str:
    with app.app_context():
        return f"{live}/{kiosk.code}/tablet/{tablet_key(kiosk.code)}"


@pytest.fixture
def tablet(open_browser: OpenBrowser, address: str) -> Page:
    """A device that somebody has just made the placement's tablet; its clock obeys the test."""
    page = open_browser(viewport=TABLET)
    page.clock.install()
    page.goto(address)
    page.get_by_role("button", name="Brug denne enhed").click()
    expect(page.locator("#begin")).to_be_visible()
    return page


def test_an_hour_without_signal_and_twenty_people_is_twenty_rows_and_nothing_left_on_the_tablet(
    tablet: Page, session: Session, kiosk: Placement
) -> None:
    sent = watch_what_is_sent(tablet)
    tablet.context.set_offline(True)
    for number, person in enumerate(PEOPLE):
        answer(tablet, *person)
        expect(tablet.locator("#waiting h2")).to_be_visible()
        assert tablet.locator("#receipt").is_hidden()
        if number % 4:
            tablet.locator("#another").click()
        else:
            walk_away(tablet)
        fresh_start(tablet)
        tablet.clock.fast_forward("02:30")
    tablet.locator("#no").click()
    tablet.locator("#elsewhere button").click()
    fresh_start(tablet)
    expect(tablet.locator("#queue")).to_have_text("Venter på at blive sendt: 21")
    assert rows(session) == []
    sent.clear()

    tablet.context.set_offline(False)
    expect(tablet.locator("#queue")).to_be_hidden()
    stored = rows(session)
    assert Counter((row.answers["belonging"], row.answers["trust"], row.language) for row in stored) == Counter(PEOPLE)
    assert {(row.mode, row.placement_id) for row in stored} == {(Mode.KIOSK, kiosk.id)}
    assert [row.not_resident for row in session.scalars(select(PlacementDay))] == [1]
    assert sorted(sent) == sorted(f"{belonging}{trust}" for belonging, trust, _language in PEOPLE)
    assert sent != [f"{belonging}{trust}" for belonging, trust, _language in PEOPLE]
    becomes(tablet, lambda: reported(session), [0])
    kept = tablet.evaluate(EVERYTHING_KEPT)
    assert "belonging" not in kept
    assert '"databases":[]' in kept
    assert kept.count("?lang=") == 3
    assert sorted(tablet.evaluate("Object.keys(localStorage)")) == [
        f"tablet {kiosk.code} counted",
        f"tablet {kiosk.code} name",
    ]


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


def test_a_tablet_that_comes_back_after_closing_says_what_was_not_counted_and_sends_it_once_open_again(
    tablet: Page, session: Session, kiosk: Placement
) -> None:
    trip_over(tablet.context, kiosk.code, lose_reply)
    answer(tablet, "5", "4", "da")  # stored, but the tablet doesn't hear of it
    expect(tablet.locator("#queue")).to_have_text("Venter på at blive sendt: 1")
    becomes(tablet, lambda: len(rows(session)), 1)
    tablet.context.set_offline(True)
    tablet.context.unroute_all(behavior="ignoreErrors")
    tablet.locator("#another").click()
    answer(tablet, "1", "2", "ar")
    tablet.locator("#another").click()
    fresh_start(tablet)
    change(session, lambda: close_wave(session, kiosk.wave, None, kiosk.wave.closes_on))

    tablet.context.set_offline(False)
    shut = tablet.locator("#shut")
    expect(shut).to_contain_text("Svar fra denne tablet, der er talt med: 1")
    expect(shut).to_contain_text("Svar, der kom, efter at den lukkede, og ikke er talt med: 1")
    expect(shut.get_by_role("button", name="Slet dem fra denne tablet")).to_be_visible()
    assert axe_findings(tablet) == []
    assert len(rows(session)) == 1
    becomes(tablet, lambda: reported(session), [1])

    change(session, lambda: reopen_wave(session, kiosk.wave, None, TODAY, LAST_DAY))
    shut.get_by_role("button", name="Prøv igen").click()
    fresh_start(tablet)
    expect(tablet.locator("#queue")).to_be_hidden()
    assert sorted(row.answers["belonging"] for row in rows(session)) == ["1", "5"]
    becomes(tablet, lambda: reported(session), [0])


@pytest.mark.parametrize(
    ("why", "said"), [("published", "Undersøgelsen er lukket."), ("withdrawn", "Koden er ikke i brug længere.")]
)
def test_what_a_tablet_still_holds_when_nothing_counts_any_more_is_deleted_and_said(
    tablet: Page, session: Session, kiosk: Placement, why: str, said: str
) -> None:
    tablet.context.set_offline(True)
    answer(tablet, "1", "2", "da")
    tablet.locator("#another").click()
    fresh_start(tablet)
    if why == "published":
        change(session, lambda: setattr(kiosk.wave, "state", WaveState.PUBLISHED))
    else:
        change(session, lambda: setattr(kiosk, "revoked_on", TODAY))
    tablet.context.set_offline(False)
    shut = tablet.locator("#shut")
    expect(shut.get_by_role("heading")).to_have_text(said)
    expect(shut).to_contain_text("ikke er talt med: 1")
    expect(shut.get_by_text("De er slettet fra denne tablet.")).to_be_visible()
    expect(shut.get_by_role("button")).to_have_count(0)
    assert "belonging" not in tablet.evaluate(EVERYTHING_KEPT)
    assert rows(session) == []


def test_what_the_server_cannot_use_is_set_aside_told_and_holds_up_nobody(
    tablet: Page, session: Session, kiosk: Placement
) -> None:
    tablet.context.set_offline(True)
    for person in PEOPLE[:2]:
        answer(tablet, *person)
        tablet.locator("#another").click()
        fresh_start(tablet)
    whole = tablet.evaluate(SPOIL_ONE)
    tablet.context.set_offline(False)
    aside = tablet.get_by_role("button", name="Lagt til side: 1")
    expect(aside).to_be_visible()
    expect(tablet.locator("#queue")).to_be_hidden()
    assert len(rows(session)) == 1
    becomes(tablet, lambda: reported(session), [1])

    aside.click()
    care = tablet.locator("#care")
    expect(care).to_contain_text("Svar, som serveren ikke kunne bruge: 1")
    expect(care).to_contain_text("Sig det til den, der står for undersøgelsen")
    assert axe_findings(tablet) == []
    care.get_by_role("button", name="Stop brugen af denne tablet").click()
    expect(care.get_by_role("alert")).to_contain_text("Tabletten er stadig i brug")
    tablet.evaluate(MEND, whole)
    care.get_by_role("button", name="Prøv igen").click()
    expect(tablet.locator("#queue")).to_be_hidden()
    expect(care.get_by_text("Svar, som serveren ikke kunne bruge")).to_be_hidden()
    assert len(rows(session)) == 2
    becomes(tablet, lambda: reported(session), [0])


def test_a_tablet_whose_use_ends_sends_first_and_then_knows_nothing_more(
    tablet: Page, session: Session, kiosk: Placement
) -> None:
    tablet.context.set_offline(True)
    answer(tablet, "5", "4", "da")
    tablet.locator("#another").click()
    fresh_start(tablet)
    tablet.get_by_role("button", name="Venter på at blive sendt: 1").click()
    end = tablet.get_by_role("button", name="Stop brugen af denne tablet")
    end.click()
    expect(tablet.locator("#care").get_by_role("alert")).to_contain_text("Tabletten er stadig i brug")
    assert "belonging" in tablet.evaluate(EVERYTHING_KEPT)

    tablet.context.set_offline(False)
    expect(tablet.locator("#queue")).to_be_hidden()
    end.click()
    expect(tablet.get_by_role("heading", name="Denne tablet er ikke længere i brug.")).to_be_visible()
    assert axe_findings(tablet) == []
    assert kept_by(tablet) == [0, 0, 0]
    assert len(rows(session)) == 1
    assert reported(session) == [], "nobody looks for it any more"
    tablet.clock.fast_forward("15:00")
    expect(tablet.get_by_role("dialog")).to_be_hidden()
    assert reported(session) == []
    assert tablet.url.endswith(f"/{kiosk.code}")


def test_a_hotspots_own_page_is_no_confirmation(tablet: Page, session: Session, kiosk: Placement) -> None:
    trip_over(tablet.context, kiosk.code, hotspot_wants_a_login)
    answer(tablet, "5", "4", "da")
    expect(tablet.locator("#queue")).to_have_text("Venter på at blive sendt: 1")
    tablet.context.unroute_all(behavior="ignoreErrors")
    tablet.clock.fast_forward("01:00")
    expect(tablet.locator("#queue")).to_be_hidden()
    assert len(rows(session)) == 1


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


def kept_by(page: Page) -> list[int]:
    """How many service workers, caches and values the device has."""
    counted: list[int] = page.evaluate(
        "async () => [await navigator.serviceWorker.getRegistrations(), await caches.keys(), Object.keys(localStorage)]"
        ".map(kept => kept.length)"
    )
    return counted


def answer(page: Page, belonging: str, trust: str, language: str) -> None:
    """One person's whole turn, up to the thanks."""
    if language != "da":
        page.locator(f"nav a[lang={language}]").click()
    expect(page.locator(f"html.ready[lang={language}] #begin")).to_be_visible()
    page.locator("#begin").click()
    for key, code in {"belonging": belonging, "trust": trust}.items():
        expect(page.locator(f'fieldset:not([hidden]) [name="i.{key}"]').first).to_be_attached()
        page.clock.run_for(310)  # a second tap of two is ignored that long
        tap(page, f"i.{key}", code)
        page.clock.run_for(400)  # and the page goes on by itself
    to_review(page)
    press_next(page)
    expect(page.locator("#waiting")).to_be_visible()


def walk_away(page: Page) -> None:
    """Touch nothing until the page has asked, and then cleared itself."""
    page.clock.fast_forward("01:05")
    expect(page.locator("dialog")).to_be_visible()
    page.clock.fast_forward("00:30")


def fresh_start(page: Page) -> None:
    """The start shows in the survey's own language, as nobody has touched it."""
    expect(page.locator("html.ready[lang=da] #begin")).to_be_visible()
    expect(page.locator("dialog")).to_be_hidden()


def watch_what_is_sent(page: Page) -> list[str]:
    """Each person's two answers, in the order in which the tablet sends them."""
    sent: list[str] = []

    def look(request: Request) -> None:
        fields = parse_qs(request.post_data or "")
        if "i.belonging" in fields:
            sent.append(fields["i.belonging"][0] + fields["i.trust"][0])

    page.context.on("request", look)
    return sent


def reported(session: Session) -> list[int]:
    """How many answers wait on each tablet, as far as the server has heard."""
    session.rollback()
    return list(session.scalars(select(Tablet.waiting)))


def becomes(page: Page, look: Callable[[], object], wanted: object) -> None:
    """Wait until the server has heard of it."""
    for _attempt in range(200):
        if look() == wanted:
            return
        page.wait_for_timeout(50)
    raise AssertionError(look())


def change(session: Session, step: object) -> None:
    """Take a step of the wave while the tablet isn't looking; no worker remembers what was before."""
    session.rollback()
    begin_writing(session)
    step()  # type: ignore[operator]
    session.commit()
