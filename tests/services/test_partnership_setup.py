"""Setting up a partnership, its members and its survey."""

from functools import partial

import pytest
from sqlalchemy.orm import Session

from surveyapp.errors import ChangedMeanwhile, NotFound
from surveyapp.models import Area, Organisation, Partnership
from surveyapp.services.partnership_setup import (
    SurveyPlan,
    change_partnership,
    comparisons_for,
    create_partnership,
    partnership_version,
)
from tests.builders import World, make_world

PLAN = SurveyPlan("Egeparken Nord", "da", ["da", "ar"], ["trust", "safety"])


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def set_up(session: Session, world: World, *members: str) -> Partnership:
    partnership = create_partnership(
        session,
        world.lead,
        None,
        name=" Partnerskab  Nord",
        area=world.partnership.area,
        members=members,
        survey=PLAN,
    )
    session.commit()
    session.expire_all()
    return partnership


def test_a_partnership_begins_with_a_survey_ready_for_its_first_measurement(session: Session, world: World) -> None:
    partnership = set_up(session, world)
    (survey,) = partnership.surveys
    assert (partnership.name, partnership.lead, partnership.members) == ("Partnerskab Nord", world.lead, [])
    assert (survey.name, survey.default_language, survey.languages) == ("Egeparken Nord", "da", ["da", "ar"])
    assert [row.key for row in survey.indicators] == ["trust", "safety"]
    assert survey.waves == []


def test_an_indicator_the_organisation_has_already_is_the_same_one(session: Session, world: World) -> None:
    own = next(row for row in world.survey.indicators if row.key == "trust")
    assert own in set_up(session, world).surveys[0].indicators


def test_members_are_found_by_name_or_made_once(session: Session, world: World) -> None:
    names = ("Supermarkedet  Solsikken", "Åens Bageri", "Åens Bageri", "", world.lead.name)
    partnership = set_up(session, world, *names)
    assert {member.name for member in partnership.members} == {"Supermarkedet Solsikken", "Åens Bageri"}
    assert world.member in partnership.members
    assert session.query(Organisation).filter_by(name="Åens Bageri").one().slug == "aaens-bageri"


def test_two_names_with_the_same_address_get_addresses_of_their_own(session: Session, world: World) -> None:
    partnership = set_up(session, world, "Skum & Co", "Skum Co", "Egebo")
    assert {member.slug for member in partnership.members} == {"skum-co", "skum-co-2", "egebo-2"}


def test_of_two_who_change_a_partnership_the_second_is_stopped(session: Session, world: World) -> None:
    seen = partnership_version(world.partnership)
    change = partial(change_partnership, session, world.partnership, None, comparison=None, seen=seen)
    change(name="Nyt navn", members=["Åens Bageri"])
    session.commit()
    with pytest.raises(ChangedMeanwhile):
        change(name="Andet", members=[])
    session.rollback()
    assert world.partnership.name == "Nyt navn"
    assert [member.name for member in world.partnership.members] == ["Åens Bageri"]


def test_only_another_area_of_the_same_lead_is_compared_with(session: Session, world: World) -> None:
    theirs = Area(organisation=world.foreign, name="Birkeparken", adults=900)
    ours = Area(organisation=world.lead, name="Egeskoven", adults=700)
    foreign = Partnership(lead=world.foreign, area=theirs, name="Partnerskab Birkeparken")
    other = Partnership(lead=world.lead, area=ours, name="Partnerskab Egeskoven")
    session.add_all([foreign, other])
    session.flush()
    assert comparisons_for(session, world.partnership) == [other]
    change = partial(change_partnership, session, world.partnership, None, name="Partnerskab", members=[])
    change(comparison=other, seen=partnership_version(world.partnership))
    assert world.partnership.comparison is other
    for refused in (foreign, world.partnership):
        with pytest.raises(NotFound):
            change(comparison=refused, seen=partnership_version(world.partnership))
