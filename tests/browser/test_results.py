"""The results page in a real browser: read, released and downloaded, on a phone and on a laptop."""

import csv
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.models import Role
from surveyapp.services.example import EMAIL
from tests.answered import ages, mixed, published_wave
from tests.browser.conftest import LAPTOP, OpenBrowser
from tests.browser.pages import ANNA, check, check_by_day_and_night, eventually, on_every_screen, sign_in
from tests.builders import World, make_world, user
from tests.large_example import load_large_example

OWN, MEMBERS = "o/egebo/partnerships/1/results", "o/solsikken/partnerships/1/results"
CARD = "document.querySelector('.results-card')"
LEAVES_ITS_CELL = "each => each.scrollWidth > each.clientWidth"


@pytest.fixture
def world(session: Session) -> World:
    """Two published waves with the guide's shares, seen by the lead only; a reader there and one of a member."""
    world = make_world(session)
    world.survey.synthetic = True
    user(session, world.lead, Role.COORDINATOR, ANNA)
    user(session, world.member, Role.READER, "mads@solsikken.example")
    session.commit()
    published_wave(session, world, 0, {"belonging": mixed(41, 100), "trust": mixed(45, 100)}, {"age": ages(30, 40, 30)})
    knows: list[str | None] = [*["yes"] * 40, *["no"] * 60]
    columns = {"belonging": mixed(43, 100), "trust": mixed(54, 100), "dinners.knows": knows}
    published_wave(session, world, 1, columns, {"age": ages(15, 45, 40)})
    return world


def test_the_page_reads_well_on_any_screen_by_day_and_night(live: str, world: World, open_browser: OpenBrowser) -> None:
    page = open_browser()
    sign_in(page, live)
    page.goto(f"{live}/{OWN}")
    for summary in page.locator("summary").all():
        summary.click()
    expect(page.locator("details:not([open])")).to_have_count(0)
    on_every_screen(page, reads_well)


@pytest.mark.parametrize("contents", [load_large_example], ids=["large example"])
@pytest.mark.xdist_group("large example")
def test_five_measurements_of_eleven_indicators_fit_on_a_laptop(live: str, open_browser: OpenBrowser) -> None:
    page = open_browser(viewport=LAPTOP)
    sign_in(page, live, EMAIL)
    page.goto(f"{live}/{OWN}")
    expect(page.locator(".results-table").get_by_role("row")).to_have_count(12)
    check(page)
    assert page.evaluate(f"document.querySelector('.results-table').offsetWidth <= {CARD}.clientWidth")
    assert not page.evaluate(
        f"[...{CARD}.querySelectorAll('td')].filter({LEAVES_ITS_CELL}).map(each => each.innerText)"
    )


def reads_well(page: Page) -> None:
    check_by_day_and_night(page)
    belonging = page.get_by_role("row", name="Tilhørsforhold").first
    for said in ("41 %", "43 %", "−12 til +15", "kan ikke afgøres", "positiv tendens"):
        expect(belonging).to_contain_text(said.replace(" %", "\u00a0%"))
    for picture in page.locator("img.picture").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_be_visible()
    eventually(page, "[...document.querySelectorAll('img.picture')].every(each => each.naturalWidth > 0)")


def test_a_member_reads_and_downloads_once_the_lead_has_released(
    live: str, world: World, open_browser: OpenBrowser, tmp_path: Path
) -> None:
    member, lead = open_browser(viewport=LAPTOP), open_browser(viewport=LAPTOP)
    sign_in(member, live, "mads@solsikken.example")
    answer = member.goto(f"{live}/{MEMBERS}")
    assert answer is not None
    assert answer.status == 404
    sign_in(lead, live)
    lead.goto(f"{live}/{OWN}")
    lead.get_by_role("button", name="Frigiv til medlemmerne").click()
    expect(lead.get_by_role("status")).to_contain_text("Medlemsorganisationerne kan nu se resultaterne")
    member.goto(f"{live}/{MEMBERS}")
    expect(member.get_by_role("heading", level=1)).to_have_text("Er det blevet bedre at bo i Egeparken?")
    for link, suffix in (("Dokumentet (JSON)", ".json"), ("Tabellen (CSV)", "-guide.csv"), ("Rapporten (PDF)", ".pdf")):
        with member.expect_download() as waiting:
            member.get_by_role("link", name=link).click()
        assert waiting.value.suggested_filename == f"Egeparken-Aar-1-da{suffix}"
        waiting.value.save_as(tmp_path / f"file{suffix}")
    document = json.loads((tmp_path / "file.json").read_text(encoding="utf-8"))["document"]
    assert [figure["percent"] for figure in document["indicators"][0]["figures"]] == [41, 43]
    rows = list(csv.reader((tmp_path / "file-guide.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert rows[1][rows[0].index("År 1")] == "43"
