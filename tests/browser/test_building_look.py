"""Every page on which a measurement is built, translated or reviewed: on a phone and a laptop, in light and in dark."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from surveyapp.models import Role
from surveyapp.services.building.surveys import create_survey
from surveyapp.services.building.templates import copy_template
from surveyapp.services.building.waves import WaveFacts, create_wave
from surveyapp.services.building.writing import Author
from surveyapp.services.partnership_setup import SurveyPlan
from surveyapp.services.waves import open_wave, today_in
from tests.browser.conftest import PHONE, OpenBrowser, axe_findings_by_day_and_night
from tests.browser.pages import FITS, on_every_screen, sign_in
from tests.browser.test_translations import COORDINATOR
from tests.builders import World, make_world, user

TODAY = today_in("Europe/Copenhagen")
BUILD = "waves/2/build"
PARTNERSHIP = "partnerships/1"
PAGES = [
    PARTNERSHIP,
    f"{PARTNERSHIP}/surveys/new",
    f"{PARTNERSHIP}/surveys/1",
    f"{PARTNERSHIP}/surveys/2/waves/new",
    f"{PARTNERSHIP}/initiatives/new",
    f"{PARTNERSHIP}/initiatives/dinners",
    f"{BUILD}/facts",
    BUILD,
    f"{BUILD}/library",
    f"{BUILD}/items/new",
    f"{BUILD}/items/trust",
    f"{BUILD}/items/trust/remove",
    f"{BUILD}/initiatives",
    f"{BUILD}/background",
    f"{BUILD}/background/new",
    f"{BUILD}/background/age",
    f"{BUILD}/check",
    "waves/2/preview",
    "waves/1/corrections",
    "waves/1/corrections/item.trust",
    "library?text=tillid",
    "library/own/trust_2",
    "library/indicators/new",
    "waves/2/translations",
    "waves/2/translations/ar",
    "waves/2/translations/ar/files",
    "waves/2/translations/ar/review-links",
]


@pytest.fixture
def world(session: Session) -> World:
    """An open baseline and a draft that follows it, with something wrong in it."""
    world = make_world(session)
    author = Author(user(session, world.lead, Role.COORDINATOR, COORDINATOR), "coordinator", TODAY)
    open_wave(session, world.wave, None, TODAY, TODAY)
    draft = create_wave(session, world.survey, author, WaveFacts("År 1", TODAY, TODAY))
    draft.items[1].wording.texts["ar"].text = ""
    copy_template(session, world.lead, author, "trust")
    create_survey(session, world.partnership, author, SurveyPlan("Uden måling", "da", ["da"], ["trust"]))
    session.commit()
    return world


def look(page: Page, path: str) -> list[str]:
    """What axe finds on either screen by day and night, and what has to be scrolled sideways."""
    found: list[str] = []

    def look_once(page: Page) -> None:
        found.extend(f"{path}: {finding}" for finding in axe_findings_by_day_and_night(page))
        if not page.evaluate(FITS):
            found.append(f"{path} is wider than {page.viewport_size}")

    on_every_screen(page, look_once)
    return found


@pytest.mark.slow
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    live: str, world: World, open_browser: OpenBrowser
) -> None:
    page = open_browser()
    sign_in(page, live, COORDINATOR)
    found = []
    for path in PAGES:
        answer = page.goto(f"{live}/o/egebo/{path}")
        assert answer
        assert answer.status == 200, path
        for summary in page.locator("summary").all():
            summary.click()
        found += look(page, path)
    page.get_by_role("button", name="Lav et link").click()
    address = page.get_by_role("textbox", name="Link").input_value()
    found += look(page, "a new link")
    page.goto(address)
    found += look(page, "the first page of a link")
    page.get_by_role("button", name="Begynd").click()
    page.get_by_role("heading", name=re.compile("Sætning 1 af")).wait_for()
    found += look(page, "a sentence of a link")
    page.goto(f"{live}/review/nothing")
    found += look(page, "a link that isn't one")
    assert found == []


def test_what_is_pressed_while_building_is_large_enough_for_a_thumb(
    live: str, world: World, open_browser: OpenBrowser
) -> None:
    page = open_browser(viewport=PHONE)
    sign_in(page, live, COORDINATOR)
    small = []
    for path in (BUILD, f"{BUILD}/library", f"{BUILD}/items/trust", f"{BUILD}/background", "library/own/trust_2"):
        page.goto(f"{live}/o/egebo/{path}")
        controls = page.locator("main button:visible, main .btn:visible, main select:visible, .building-steps a").all()
        small += [
            control.evaluate("each => each.outerHTML") for control in controls if height(control.bounding_box()) < 44
        ]
    assert small == []


def height(box: Any) -> float:
    """How high a control is; 0 where it isn't shown."""
    return float(box["height"]) if box else 0.0
