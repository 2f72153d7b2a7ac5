"""Everybody reads the results as their role may, on phone and laptop: lead, member, residents without script."""

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from surveyapp.models import Role
from tests.answered import mixed, published_wave, say_what_happens_now
from tests.browser.conftest import LAPTOP, PHONE, OpenBrowser
from tests.browser.pages import ANNA, FITS, check, sign_in
from tests.builders import World, make_world, user

OWN, MEMBERS = "o/egebo/partnerships/1/results", "o/solsikken/partnerships/1/results"
ARABIC = "نضع مقاعد في الفناء"


@pytest.fixture
def world(session: Session) -> World:
    """Two published waves that only the lead sees, and somebody in every role that reads results."""
    made = make_world(session)
    user(session, made.lead, Role.COORDINATOR, ANNA)
    user(session, made.lead, Role.READER, "lena@egebo.example")
    user(session, made.member, Role.READER, "mads@solsikken.example")
    session.commit()
    for number, positive in enumerate((41, 43)):
        published_wave(session, made, number, {"belonging": mixed(positive, 100), "trust": mixed(54, 100)})
    say_what_happens_now(session, made.survey.waves[1], ar=ARABIC)
    session.commit()
    return made


def test_results_go_from_the_lead_to_the_members_to_the_residents(
    live: str, world: World, open_browser: OpenBrowser
) -> None:
    lead, reader, member = (open_browser(viewport=size) for size in (LAPTOP, PHONE, PHONE))
    sign_in(lead, live)
    lead.goto(f"{live}/{OWN}/give-back")
    lead.get_by_label("Dansk", exact=True).fill("Bænkene kommer op i maj.")
    check(lead)
    lead.get_by_role("button", name="Gem").click()
    lead.get_by_role("button", name="Frigiv til medlemmerne").click()
    lead.get_by_role("button", name="Vis dem for beboerne").click()
    expect(lead.get_by_role("status")).to_contain_text("Beboerne kan nu se resultaterne.")
    check(lead)
    lead.goto(f"{live}/o/egebo/audit")
    expect(lead.get_by_role("row").nth(1)).to_contain_text("anna")
    check(lead)

    sign_in(reader, live, "lena@egebo.example")
    sign_in(member, live, "mads@solsikken.example")
    for page, address in ((reader, OWN), (member, MEMBERS)):
        page.goto(f"{live}/{address}")
        expect(page.get_by_role("row", name="Tilhørsforhold").first).to_contain_text("43\u00a0%")
        expect(page.get_by_role("heading", name="Hvem ser disse resultater")).to_have_count(0)
        assert page.evaluate(FITS)

    code = world.survey.waves[1].placements[0].code
    for language, said in (("da", "Bænkene kommer op i maj."), ("ar", ARABIC)):
        resident = open_browser(java_script_enabled=False)
        resident.goto(f"{live}/{code}/results?lang={language}")
        expect(resident.get_by_text(said)).to_be_visible()
        expect(resident.locator("svg.ten")).to_have_count(2)
        expect(resident.locator("svg.ten").first.locator("path[fill]")).to_have_count(4)
        assert resident.context.cookies() == []
    phone = open_browser()
    phone.goto(f"{live}/{code}/results?lang=ar")
    check(phone)
