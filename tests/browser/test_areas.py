"""A coordinator gives an area its composition in a real browser, without JavaScript, on a laptop and a phone."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.models import Margin, Role
from tests.browser.conftest import LAPTOP, OpenBrowser
from tests.browser.pages import ANNA, check, on_every_screen, sign_in
from tests.builders import make_world, user

BEBOERDATA = (
    "Beboere fordelt på alder\t\t\t\nAfdeling\tAlder\t2025\t2026\n"
    "12 Egeparken\t0-17 år\t410\t402\n\t18-29 år\t248\t252\n\t30-59 år\t591\t588\n\t60 år og derover\t355\t360\n"
    "\tI alt\t1.604\t1.602\n13 Birkevang\t0-17 år\t1\t1\n\t18-29 år\t1\t1\n\t30-59 år\t1\t1\n\t60 år og derover\t1\t1\n"
    "Kilde: Landsbyggefonden, Beboerdata\t\t\t\n"
)


@pytest.fixture
def signed_in(open_browser: OpenBrowser, live: str, session: Session) -> Page:
    return _sign_in(open_browser(viewport=LAPTOP, java_script_enabled=False), live, session)


def _sign_in(page: Page, live: str, session: Session) -> Page:
    world = make_world(session)
    person = user(session, world.lead, Role.COORDINATOR, ANNA)
    person.language = "da"
    session.commit()
    sign_in(page, live)
    return page


def test_a_table_is_pasted_mapped_looked_at_and_saved(signed_in: Page, session: Session) -> None:
    page = signed_in
    page.get_by_role("link", name="Boligområder").click()
    page.get_by_role("link", name="Egeparken").click()
    page.get_by_role("link", name=re.compile("Indlæs en tabel.*Alder")).click()
    page.get_by_label("Sæt tabellen ind").fill(BEBOERDATA)
    page.get_by_role("button", name="Læs tabellen").click()

    expect(page.get_by_label("Kolonne A · Afdeling")).to_have_value("12 Egeparken")
    expect(page.get_by_label("Række 2")).to_have_value("2026")
    expect(page.get_by_label("År")).to_have_value("2026")
    page.get_by_label("Det tæller tallene").select_option("Husstande eller boliger")
    page.get_by_role("button", name="Vis fordelingen").click()
    expect(page.get_by_role("alert")).to_contain_text("Tallene tæller husstande eller boliger.")

    page.get_by_label("Det tæller tallene").select_option("Personer i alle aldre")
    page.get_by_label("Kilde").fill("Landsbyggefonden")
    page.get_by_role("button", name="Vis fordelingen").click()
    expect(page.get_by_text("402 børn er taget fra.")).to_be_visible()
    expect(page.get_by_text("Tabellens total passer med rækkerne.")).to_be_visible()

    page.get_by_role("button", name="Tilbage").click()
    expect(page.get_by_label("Kilde")).to_have_value("Landsbyggefonden")
    page.get_by_role("button", name="Vis fordelingen").click()
    page.get_by_role("button", name="Gem fordelingen").click()
    expect(page.get_by_text("Gemt.")).to_be_visible()

    session.rollback()
    rows = session.query(Margin).filter_by(dimension="age").order_by(Margin.position)
    assert [(row.category, row.persons, row.source, row.year) for row in rows] == [
        ("18-29", 252, "Landsbyggefonden", 2026),
        ("30-59", 588, "Landsbyggefonden", 2026),
        ("60+", 360, "Landsbyggefonden", 2026),
    ]


def test_every_page_can_be_read_by_anybody(open_browser: OpenBrowser, live: str, session: Session) -> None:
    page = _sign_in(open_browser(), live, session)
    paths = (
        "areas",
        "areas/new",
        "areas/1",
        "areas/1/margins/gender",
        "areas/1/margins",
        "partnerships/1/targets/trust",
    )
    for path in (*paths, "partnerships/1/targets", "partnerships/1"):
        page.goto(f"{live}/o/egebo/{path}")
        on_every_screen(page, check)
    page.goto(f"{live}/o/egebo/areas/1/margins")
    page.get_by_label("Sæt tabellen ind").fill(BEBOERDATA)
    page.get_by_role("button", name="Læs tabellen").click()
    expect(page.get_by_label("Række 2")).to_be_visible()
    on_every_screen(page, check)
    page.get_by_role("button", name="Vis fordelingen").click()
    expect(page.get_by_role("button", name="Gem fordelingen")).to_be_visible()
    on_every_screen(page, check)
