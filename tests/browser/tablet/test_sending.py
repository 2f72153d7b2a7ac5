"""A shared tablet in a place without signal: nobody's answers are lost, counted twice or kept."""

from collections import Counter
from itertools import product

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Mode, Placement, PlacementDay, WaveState
from surveyapp.services.waves import close_wave, reopen_wave
from tests.browser.bad_network import hotspot_wants_a_login, lose_reply, trip_over
from tests.browser.conftest import axe_findings
from tests.browser.resident_phone import rows
from tests.browser.tablet.device import (
    EVERYTHING_KEPT,
    LAST_DAY,
    TODAY,
    answer,
    becomes,
    change,
    fresh_start,
    kept_by,
    reported,
    walk_away,
    watch_what_is_sent,
)

PEOPLE = [
    (belonging, trust, language)
    for (belonging, trust), language in zip(
        product("54321", ["5", "4", "2", "dk"]), ["da", "ar", "en", "ar"] * 5, strict=True
    )
]
SPOIL_ONE = """() => {
    const key = Object.keys(localStorage).find(key => key.includes(' waiting '))
    const whole = localStorage[key]
    localStorage[key] = whole.replace('i.belonging=5', 'i.belonging=9')
    return whole
}"""
MEND = """whole => {
    localStorage[Object.keys(localStorage).find(key => key.includes(' aside '))] = whole
}"""


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
