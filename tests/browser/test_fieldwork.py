"""A coordinator prints, replaces and withdraws codes and follows them, on a laptop and on a phone."""

import io
import re

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.models import PlaceKind, Placement, PlacementDay, Role
from surveyapp.services.codes import grouped
from surveyapp.services.placements import add_placement
from tests.browser.conftest import LAPTOP, PHONE, OpenBrowser
from tests.browser.pages import ANNA, check, sign_in
from tests.browser.test_staff import TODAY
from tests.builders import make_world, open_with_placement, user
from tests.posters.reading import pymupdf


@pytest.fixture
def courtyard(session: Session) -> Placement:
    """The courtyard of an open wave, whose code has been answered six times."""
    world = make_world(session)
    user(session, world.lead, Role.ADMIN, ANNA)
    placement = open_with_placement(session, world.wave)
    world.wave.opens_on = world.wave.closes_on = TODAY
    placement.days = [PlacementDay(day=TODAY, opened=9, completed=6)]
    add_placement(session, world.wave, None, "Vaskeriet", PlaceKind.LAUNDRY)
    session.commit()
    return placement


def fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    assert page.viewport_size
    assert picture.width == page.viewport_size["width"]


def codes_on(pdf: bytes) -> set[str]:
    pages = [page.get_pixmap(dpi=100).tobytes("png") for page in pymupdf.open(stream=pdf)]
    return {
        code.text.rpartition("/")[2] for page in pages for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(page)))
    }


@pytest.mark.parametrize(("viewport", "scripts"), [(LAPTOP, True), (PHONE, False)], ids=["laptop", "phone-no-scripts"])
def test_a_covered_code_is_replaced_printed_and_its_answers_stay_with_the_place(
    live: str,
    session: Session,
    courtyard: Placement,
    open_browser: OpenBrowser,
    viewport: dict[str, int],
    scripts: bool,
) -> None:
    page = open_browser(viewport=viewport, java_script_enabled=scripts)
    look = check if scripts else fits  # axe needs scripts
    sign_in(page, live)
    page.goto(f"{live}/o/egebo/waves/1/placements")
    look(page)
    page.get_by_role("link", name=re.compile("Ret, træk tilbage eller erstat.*Gården")).click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("9")
    look(page)
    page.get_by_role("link", name="Erstat med en ny kode").click()
    expect(page.get_by_role("button", name="Erstat med en ny kode")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Erstat med en ny kode").click()
    expect(page.get_by_role("status")).to_contain_text("Gården har fået den nye kode")
    session.rollback()
    new = courtyard.replaced_by
    assert new
    expect(page.get_by_role("listitem").filter(has_text="Gården")).to_contain_text(grouped(new.code, 3))

    expect(page.get_by_role("button", name="Hent filen")).to_be_visible()
    file = page.context.request.get(f"{live}/o/egebo/waves/1/posters.pdf?product=a4")
    laundry = courtyard.wave.placements[1]
    assert codes_on(file.body()) == {new.code, laundry.code}

    page.goto(f"{live}/o/egebo/placements/{laundry.id}")
    page.get_by_role("link", name="Træk tilbage uden en ny kode").click()
    expect(page.get_by_role("button", name="Træk tilbage uden en ny kode")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Træk tilbage uden en ny kode").click()
    expect(page.get_by_role("status")).to_contain_text("Koden til Vaskeriet er trukket tilbage")
    page.goto(f"{live}/o/egebo/waves/1/fieldwork")
    expect(page.get_by_role("row", name=re.compile("^Gården"))).to_contain_text("med koden før")
    expect(page.get_by_role("row", name=re.compile("^Gården")).get_by_role("cell").first).to_have_text("6")
    page.goto(f"{live}/{courtyard.code}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Koden er ikke i brug længere.")
    expect(page.get_by_text("Der er en nyere plakat.")).to_be_visible()
