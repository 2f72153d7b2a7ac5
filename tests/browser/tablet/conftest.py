"""A survey with a shared tablet, and a device that has become it."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.models import Mode, PlaceKind, Placement
from surveyapp.services.placements import add_placement
from surveyapp.services.waves import open_wave
from surveyapp.web.resident.tokens import tablet_key
from tests.browser.conftest import OpenBrowser
from tests.browser.tablet.device import LAST_DAY, TABLET, TODAY
from tests.builders import make_world


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
