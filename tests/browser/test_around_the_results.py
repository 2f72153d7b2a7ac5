"""The ESG sheet, tokens for other systems and the check of a file, on a phone: used, and read by axe."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from surveyapp.models import ObservationKind, Role
from surveyapp.services.observations import add_observation
from tests.answered import mixed, published_wave
from tests.browser.conftest import OpenBrowser
from tests.browser.pages import ANNA, check, sign_in
from tests.builders import World, make_world, user

OWN = "o/egebo/partnerships/1"
LINES_OF_ITS_NAME = """each => {
  const name = document.createRange()
  name.selectNodeContents(each.firstChild)
  return name.getClientRects().length
}"""


@pytest.fixture
def world(session: Session) -> World:
    """Two published waves, and an administrator of the lead."""
    world = make_world(session)
    user(session, world.lead, Role.ADMIN, ANNA)
    session.commit()
    for number, positive in enumerate((41, 43)):
        published_wave(session, world, number, {"belonging": mixed(positive, 100), "trust": mixed(54, 100)})
    return world


def test_a_web_address_noted_beside_the_results_stays_in_its_cell_on_a_phone(
    live: str, world: World, session: Session, open_browser: OpenBrowser
) -> None:
    add_observation(
        session,
        world.partnership,
        None,
        indicator=world.survey.indicators[0],
        wave=world.wave,
        kind=ObservationKind.COMMENT,
        text="https://egebo.example/" + "beboermoede-om-belysning-og-stier/" * 8,
    )
    session.commit()
    page = open_browser()
    sign_in(page, live)
    page.goto(f"{live}/{OWN}")
    check(page)
    assert page.locator(".noted tbody th").evaluate(LINES_OF_ITS_NAME) == 1


def test_the_pages_around_the_results_work_on_a_phone(
    live: str, world: World, open_browser: OpenBrowser, tmp_path: Path
) -> None:
    page = open_browser()
    sign_in(page, live)

    page.goto(f"{live}/{OWN}/esg")
    check(page)
    page.goto(f"{live}/{OWN}/esg/esrs-2023/belonging")
    page.get_by_label("Kommentar").fill("Vi bruger tallet i bilaget.")
    check(page)
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("status")).to_contain_text("Gemt.")
    expect(page.get_by_text("Vi bruger tallet i bilaget.").first).to_be_visible()

    page.goto(f"{live}/o/egebo/api-tokens")
    page.get_by_label("Hvilket system er den til?").fill("ESG-rapport")
    page.get_by_role("button", name="Lav en adgangsnøgle").click()
    expect(page.get_by_role("row", name="ESG-rapport")).to_be_visible()
    check(page)

    page.goto(f"{live}/{OWN}/results")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Alle tal (CSV)").click()
    file = tmp_path / "figures.csv"
    waiting.value.save_as(file)
    page.goto(f"{live}/verify")
    for content, found in ((file.read_bytes(), "Filens indhold er uændret."), (b"1;2;3", "Vi kender ikke filen.")):
        page.locator("input[type=file]").set_input_files(
            {"name": "figures.csv", "mimeType": "text/csv", "buffer": content}
        )
        page.get_by_role("button", name="Tjek filen").click()
        expect(page.get_by_role("status", name=found)).to_be_visible()
        check(page)
