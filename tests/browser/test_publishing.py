"""Pressing the button that publishes: it says that figures are being computed, and a second press does nothing."""

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from surveyapp.models import Role
from surveyapp.services.waves import close_wave
from tests.answered import answer, mixed, start
from tests.browser.conftest import PHONE, OpenBrowser
from tests.browser.pages import ANNA, check, sign_in
from tests.builders import World, make_world, user

COUNT_WHAT_IS_SENT = """() => {
  window.sent = 0
  document.querySelector("form:has([data-computing])").addEventListener("submit", event => {
    if (!event.defaultPrevented) window.sent += 1
    event.preventDefault()
  })
}"""


@pytest.fixture
def world(session: Session) -> World:
    """A closed wave that can be published, and a coordinator."""
    made = make_world(session)
    user(session, made.lead, Role.COORDINATOR, ANNA)
    start(session, made.wave)
    answer(session, made.wave, {"belonging": mixed(41, 100), "trust": mixed(54, 100)})
    close_wave(session, made.wave, None, made.wave.closes_on)
    session.commit()
    return made


def test_a_coordinator_sees_that_the_figures_are_computed_and_publishes_once(
    live: str, world: World, open_browser: OpenBrowser
) -> None:
    page = open_browser(viewport=PHONE)
    sign_in(page, live)
    page.goto(f"{live}/o/egebo/waves/1/publish")
    page.evaluate(COUNT_WHAT_IS_SENT)
    button, status = page.get_by_role("button", name="Udgiv og forsegl"), page.get_by_role("status").last
    button.click()
    expect(status).to_have_text("Tallene beregnes. Med mange tusinde svar kan det tage et minut.")
    check(page)
    button.click()
    assert page.evaluate("sent") == 1
    page.reload()
    expect(status).to_be_empty()
    button.click()
    expect(page.get_by_role("status").first).to_contain_text("Målingen er udgivet.")
