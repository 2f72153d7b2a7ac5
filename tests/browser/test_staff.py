"""Staff's pages in a real browser: the way through a wave, live totals, and what axe finds on the way."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from surveyapp.models import PlacementDay, Role
from surveyapp.services.first_visit import first_visit_code
from surveyapp.services.waves import today_in
from tests.browser.conftest import LAPTOP, OpenBrowser
from tests.browser.pages import ANNA, check, check_by_day_and_night, on_every_screen, sign_in
from tests.builders import World, make_world, open_with_placement, user
from tests.services.test_composition import answer

TODAY = today_in("Europe/Copenhagen")


@pytest.fixture
def world(session: Session) -> World:
    world = make_world(session)
    world.survey.synthetic = True
    user(session, world.lead, Role.COORDINATOR, ANNA)
    session.commit()
    return world


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_coordinator_takes_a_wave_from_draft_to_closed_by_keyboard(
    live: str, world: World, open_browser: OpenBrowser, scripts: bool
) -> None:
    page = open_browser(viewport=LAPTOP, java_script_enabled=scripts)
    sign_in(page, live)
    page.get_by_role("link", name="Tilføj placeringer").press("Enter")
    page.get_by_label("Stedets navn").fill("Vaskeriet")
    page.get_by_label("Slags").select_option(label="Vaskeri")
    page.get_by_role("button", name="Tilføj").press("Enter")
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"Vaskeriet har koden \w{3} \w{3}"))

    page.get_by_role("link", name="Spørgsmål").press("Enter")
    page.get_by_role("link", name="Åbn målingen").press("Enter")
    page.get_by_label("Sidste dag").fill(TODAY.isoformat())
    page.get_by_role("button", name="Lås og åbn").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Målingen er åben")
    expect(page.get_by_text(re.compile("^[0-9a-f]{64}$"))).to_be_visible()

    page.get_by_role("link", name="Luk før tid").press("Enter")
    page.get_by_role("button", name="Luk").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Målingen er lukket")
    page.get_by_role("link", name="Åbn igen").press("Enter")
    page.get_by_role("button", name="Åbn igen").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("åben igen")


def test_the_total_rises_within_seconds_of_an_answer(
    live: str, session: Session, world: World, open_browser: OpenBrowser
) -> None:
    placement = open_with_placement(session, world.wave)
    world.wave.opens_on = world.wave.closes_on = TODAY
    placement.days = [PlacementDay(day=TODAY)]
    session.commit()
    page = open_browser(viewport=LAPTOP)
    page.clock.install()
    sign_in(page, live)
    page.get_by_role("link", name="Følg feltarbejdet").click()
    total = page.locator('[data-count="responses"]')
    expect(total).to_have_text("0")
    nobody_yet = page.get_by_text("Ingen har svaret endnu.")
    expect(nobody_yet).to_be_visible()
    page.wait_for_load_state()  # the page's script runs from here on

    answer(session, world.wave, ["60+"])
    placement.days[0].completed = 1
    session.commit()
    page.clock.fast_forward(10_000)
    expect(total).to_have_text("1")
    expect(nobody_yet).to_be_hidden()
    expect(page.get_by_role("row", name="Gården")).to_contain_text("1")
    expect(page.locator(f'[data-column="{TODAY.isoformat()}"]')).to_have_attribute("height", "100")


def test_axe_finds_nothing_on_any_page_and_screen_by_day_or_night(
    live: str, session: Session, world: World, open_browser: OpenBrowser
) -> None:
    open_with_placement(session, world.wave)
    world.wave.closes_on = TODAY
    answer(session, world.wave, ["60+"] * 26 + ["30-59"] * 24 + ["18-29"] * 2)
    session.commit()
    page = open_browser()
    page.goto(f"{live}/login")
    page.get_by_role("button", name="Log ind").click()
    on_every_screen(page, check_by_day_and_night)
    sign_in(page, live)
    for path in (
        "account",
        "o/egebo/",
        "o/egebo/partnerships/1",
        "o/egebo/partnerships/1/observations",
        "o/egebo/waves/1?language=ar",
        "o/egebo/waves/1/placements",
        "o/egebo/waves/1/fieldwork",
        "o/egebo/waves/1/close",
    ):
        page.goto(f"{live}/{path}")
        for summary in page.locator("summary").all():
            summary.click()
        on_every_screen(page, check_by_day_and_night)


def test_every_control_is_large_enough_for_a_thumb(
    live: str, session: Session, world: World, open_browser: OpenBrowser
) -> None:
    open_with_placement(session, world.wave)
    page = open_browser()
    sign_in(page, live)
    for path in ("account", "o/egebo/", "o/egebo/waves/1", "o/egebo/waves/1/placements", "o/egebo/waves/1/close"):
        page.goto(f"{live}/{path}")
        for control in page.locator("main button, main .btn, main input:visible:not([readonly]), main select").all():
            box = control.bounding_box()
            assert box
            assert box["height"] >= 44, (path, control.evaluate("each => each.outerHTML"))


def test_the_first_visitor_founds_an_organisation(
    live: str, session: Session, open_browser: OpenBrowser, tmp_path: Path
) -> None:
    page = open_browser()
    page.goto(f"{live}/login")
    expect(page.get_by_role("heading", level=1)).to_have_text("Det første besøg")
    check(page)
    page.get_by_label("Engangskode").fill(first_visit_code(tmp_path))
    page.get_by_label("Organisationens fulde navn").fill("Boligforeningen Åhaven")
    page.get_by_label("Kort navn").fill("Åhaven")
    page.get_by_label("Dit navn").fill("Åse")
    page.get_by_label("Din e-mail").fill("aase@aahaven.example")
    page.get_by_label("Vælg en adgangskode").fill("kort")
    page.get_by_role("button", name="Begynd").click()
    expect(page.get_by_role("alert")).to_contain_text("12 til 200 tegn")
    check(page)
    expect(page.get_by_label("Kort navn")).to_have_value("Åhaven")
    page.get_by_label("Vælg en adgangskode").fill("en lang og god sætning")
    page.get_by_role("button", name="Begynd").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Boligforeningen Åhaven")
    assert page.url == f"{live}/o/aahaven/"
