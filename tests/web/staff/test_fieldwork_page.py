"""The fieldwork page: totals move with every answer, and nothing else does."""

import json
import re

import pytest
from sqlalchemy.orm import Session

from surveyapp.db import begin_writing
from surveyapp.models import Placement, PlacementDay, User
from surveyapp.services.waves import today_in
from tests.builders import World, open_with_placement
from tests.services.test_composition import answer
from tests.web.checking_client import CheckingClient

TODAY = today_in("Europe/Copenhagen")
# The totals, their columns, and the form token of each page.
MOVING = re.compile(
    r'\d+(?=</)|\d+(?= answers are lacking)|(?<=height=")[\d.]+|(?<= y=")[\d.]+|(?<=name="csrf_token" value=")[^"]+'
)
PAGE = "/o/egebo/waves/1/fieldwork"


@pytest.fixture
def placement(session: Session, world: World) -> Placement:
    placement = open_with_placement(session, world.wave)
    world.wave.opens_on = world.wave.closes_on = TODAY
    placement.days = [PlacementDay(day=TODAY)]
    session.commit()
    return placement


def one_more(session: Session, placement: Placement, age: str, language: str = "da") -> None:
    session.rollback()
    begin_writing(session)
    answer(session, placement.wave, [age], language)
    placement.days[0].completed += 1
    session.commit()


def who(page: str) -> str:
    """The part of the page that tells who answered."""
    return page[page.index('id="who"') :]


def test_around_every_single_answer_nothing_but_totals_moves(
    client: CheckingClient, session: Session, coordinator: User, placement: Placement
) -> None:
    for age in ["60+"] * 9 + ["30-59"] * 6 + ["18-29"] * 4:
        one_more(session, placement, age)
    client.sign_in(coordinator)
    before = client.get(PAGE).text
    totals = json.loads(client.get(f"{PAGE}.json").text)
    for number, (age, language) in enumerate([("18-29", "ar"), ("60+", "en"), ("18-29", "da"), ("30-59", "ar")] * 2, 1):
        one_more(session, placement, age, language)
        after = client.get(PAGE).text
        assert who(after) == who(before)
        moved = json.loads(client.get(f"{PAGE}.json").text)
        assert moved == {
            "responses": totals["responses"] + number,
            "places": {str(placement.id): {"answers": totals["responses"] + number, "opened": 0, "not_resident": 0}},
            "days": {TODAY.isoformat(): totals["responses"] + number},
            "withdrawn": 0,
        }
        assert MOVING.sub("", after) == MOVING.sub("", before)


def test_until_the_first_answer_the_page_leads_to_the_posters(
    client: CheckingClient, session: Session, coordinator: User, placement: Placement
) -> None:
    client.sign_in(coordinator)
    leads = '<a href="/o/egebo/waves/1/placements">Print posters</a>'
    assert leads in client.get(PAGE).text
    one_more(session, placement, "60+")
    assert leads not in client.get(PAGE).text


def test_before_five_have_answered_nobody_is_described(
    client: CheckingClient, session: Session, coordinator: User, placement: Placement
) -> None:
    for age in ["60+"] * 4:
        one_more(session, placement, age)
    client.sign_in(coordinator)
    page = client.get(PAGE).text
    assert "once five or more have" in page
    assert "60+" not in page
    assert '<strong data-count="responses">4</strong>' in page


def test_the_page_says_who_is_missing_and_never_a_rate(
    client: CheckingClient, session: Session, coordinator: User, placement: Placement
) -> None:
    answer(session, placement.wave, ["60+"] * 26 + ["30-59"] * 24 + ["18-29"] * 2)
    session.commit()
    client.sign_in(coordinator)
    page = client.get(PAGE).text
    assert re.search(r"18-29: under 5 answers\. The area corresponds to \d+\.", page)
    assert "Too few of them have answered at one kind of place" in page
    assert "Nobody is turned away" in page
    assert "1,200 adults live here" in page
    assert "%" not in who(page).replace("Share that would have to move to fit", "", 1).split("Method")[0]
    assert "52 of" not in page
    session.rollback()
    coordinator.language = "da"
    session.commit()
    danish = client.get(PAGE).text
    assert re.search(r"18-29: under 5 svar\. Området svarer til \d+\.", danish)
    assert "1.200 voksne bor her" in danish


def test_a_wave_without_margins_still_works_and_says_what_it_cannot(
    client: CheckingClient, session: Session, world: World, coordinator: User, placement: Placement
) -> None:
    for row in list(world.partnership.area.margins):
        session.delete(row)
    answer(session, placement.wave, ["60+"] * 9 + ["30-59"] * 12 + ["18-29"] * 10)
    session.commit()
    client.sign_in(coordinator)
    page = client.get(PAGE).text
    assert "can't say who is missing" in page
    assert "The area's composition isn't known here" in page.replace("&#39;", "'")


def test_a_draft_has_no_fieldwork_yet(client: CheckingClient, world: World, coordinator: User) -> None:
    client.sign_in(coordinator)
    assert "has not begun" in client.get(PAGE).text


def test_the_totals_are_for_those_signed_in(client: CheckingClient, placement: Placement) -> None:
    assert client.get(f"{PAGE}.json").status_code == 401
    assert client.get(PAGE).status_code == 303
