"""A coordinator builds a baseline, rehearses it, opens it and copies it; with the keyboard, and without JavaScript."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.models import PlaceKind, Role, Survey, WaveState
from surveyapp.services.placements import add_placement
from surveyapp.services.waves import today_in
from tests.browser.conftest import LAPTOP, OpenBrowser, axe_findings
from tests.builders import PASSWORD, make_world, user

MOST_PEOPLE = "De fleste i mit nabolag er til at stole på"
TODAY = today_in("Europe/Copenhagen")


@pytest.fixture
def survey(session: Session) -> Survey:
    world = make_world(session)
    user(session, world.lead, Role.COORDINATOR, "anna@egebo.example")
    survey = Survey(
        partnership=world.partnership,
        name="Ny",
        default_language="da",
        languages=["da", "ar"],
        indicators=world.survey.indicators,
    )
    session.add(survey)
    session.commit()
    return survey


def sign_in(page: Page, live: str) -> None:
    page.goto(f"{live}/login")
    page.locator("input[type=email]").fill("anna@egebo.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/o/egebo**")


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_measurement_is_built_rehearsed_opened_and_copied(
    open_browser: OpenBrowser, live: str, session: Session, survey: Survey, scripted: bool
) -> None:
    page = open_browser(viewport=LAPTOP, java_script_enabled=scripted)
    sign_in(page, live)
    page.goto(f"{live}/o/egebo/partnerships/1/surveys/{survey.id}/waves/new")
    page.get_by_label("Første dag").fill(TODAY.isoformat())
    page.get_by_label("Sidste dag").fill((TODAY + dt.timedelta(days=20)).isoformat())
    page.get_by_role("button", name="Lav kladden").click()
    expect(page.locator(".statement")).to_have_count(2)

    page.get_by_role("link", name="Tilføj fra biblioteket").click()
    page.locator(".statements .card", has_text=MOST_PEOPLE).get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Tilbage til kladden").click()
    page.get_by_role("button", name=f"Flyt op: {MOST_PEOPLE}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".statement").nth(1)).to_have_text(MOST_PEOPLE)

    page.get_by_role("link", name="Baggrundsspørgsmål").click()
    page.locator(".offered li", has_text="Hvor gammel er du?").get_by_role("button").click()
    page.get_by_role("link", name="Se det igennem").first.click()
    expect(page.get_by_text("Intet. Alle tekster er der, på alle sprog.")).to_be_visible()

    session.rollback()
    wave = survey.waves[0]
    code = add_placement(session, wave, None, "Gården", PlaceKind.COURTYARD).code
    session.commit()
    phone = open_browser()
    phone.goto(f"{live}/{code}")
    expect(phone.get_by_text("TEST", exact=False).first).to_be_visible()

    page.goto(f"{live}/o/egebo/waves/{wave.id}/open")
    page.locator("main form button").click()
    session.rollback()
    assert survey.waves[0].state is WaveState.OPEN

    page.goto(f"{live}/o/egebo/partnerships/1/surveys/{survey.id}/waves/new")
    page.get_by_role("button", name="Lav kladden").click()
    expect(page.get_by_text("samme ord som før")).to_have_count(3)
    session.rollback()
    first, copy = survey.waves
    assert [item.key for item in copy.items] == [item.key for item in first.items]


def test_the_phone_shows_a_statement_while_it_is_written(open_browser: OpenBrowser, live: str, survey: Survey) -> None:
    page = open_browser(viewport=LAPTOP, bypass_csp=True)  # axe brings a style of its own
    sign_in(page, live)
    page.goto(f"{live}/o/egebo/waves/1/build/items/new")
    page.get_by_label("Udsagn", exact=True).fill("Jeg kan lide {place}")
    expect(page.locator(".phone-heading")).to_have_text("Jeg kan lide Egeparken")
    assert axe_findings(page) == []
