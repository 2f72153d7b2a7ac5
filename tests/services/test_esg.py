"""Where a report uses an indicator: every edit a new version with who and when, each organisation for itself."""

from itertools import count

import pytest
from sqlalchemy.orm import Session

from surveyapp.content.esg_standards import esg_standards
from surveyapp.errors import ChangedMeanwhile, NotFound
from surveyapp.models import EsgMapping, Indicator, IndicatorKind, Organisation, Partnership, Role
from surveyapp.services.esg import FIRST, Choice, mappings_of, save_mapping, seen_as
from tests.builders import World, make_world, user
from tests.postgresql import at_once

_people = count()
ESRS = esg_standards()["esrs-2023"]


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def save(session: Session, world: World, organisation: Organisation, choice: Choice, seen: str = FIRST) -> EsgMapping:
    person = user(session, organisation, Role.COORDINATOR, f"{next(_people)}@{organisation.slug}.example")
    trust = world.survey.indicators[1]
    return save_mapping(
        session, organisation, world.partnership, person, standard=ESRS, indicator=trust, choice=choice, seen=seen
    )


def test_an_edit_is_a_new_version_and_the_earlier_stays(session: Session, world: World) -> None:
    first = save(session, world, world.lead, Choice(("S4-5", "S4-2"), comment=" Se bilag "))
    second = save(session, world, world.lead, Choice(()), str(first.id))
    versions = mappings_of(session, world.lead, world.partnership, ESRS)["trust"]
    assert versions == [first, second]
    assert (first.requirements, first.comment) == (["S4-2", "S4-5"], "Se bilag")
    assert first.noted_by is not None
    assert second.noted_at >= first.noted_at
    assert seen_as(versions) == str(second.id)


def test_whoever_saves_second_overwrites_nothing_unseen(session: Session, world: World) -> None:
    first = save(session, world, world.lead, Choice(("S4-5",)))
    with pytest.raises(ChangedMeanwhile) as refusal:
        save(session, world, world.lead, Choice(("S4-4",)))
    assert refusal.value.details == {"theirs": str(first.id)}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_of_two_who_save_at_once_the_second_is_told(session: Session, world: World) -> None:
    session.commit()
    lead, partnership, trust = world.lead.id, world.partnership.id, world.survey.indicators[1].id

    def save_by(by: Session) -> int:
        row = save_mapping(
            by,
            by.get_one(Organisation, lead),
            by.get_one(Partnership, partnership),
            None,
            standard=ESRS,
            indicator=by.get_one(Indicator, trust),
            choice=Choice(("S4-5",)),
            seen=FIRST,
        )
        return row.id

    first = save_by(session)
    with pytest.raises(ChangedMeanwhile) as refusal:
        at_once(session, save_by)
    assert refusal.value.details == {"theirs": str(first)}
    assert [row.id for row in mappings_of(session, world.lead, world.partnership, ESRS)["trust"]] == [first]


def test_a_members_report_is_its_own(session: Session, world: World) -> None:
    save(session, world, world.lead, Choice(("S4-5",)))
    assert mappings_of(session, world.member, world.partnership, ESRS) == {}
    save(session, world, world.member, Choice(("S3-5",)))
    assert [row.requirements for row in mappings_of(session, world.lead, world.partnership, ESRS)["trust"]] == [
        ["S4-5"]
    ]


def test_what_the_standard_or_the_survey_does_not_know_is_refused(session: Session, world: World) -> None:
    with pytest.raises(NotFound):
        save(session, world, world.lead, Choice(("S1-1",)))
    other = Indicator(organisation_id=world.lead.id, key="pride", kind=IndicatorKind.SHARE, names={"da": "Stolthed"})
    session.add(other)
    session.flush()
    with pytest.raises(NotFound):
        save_mapping(
            session, world.lead, world.partnership, None, standard=ESRS, indicator=other, choice=Choice(()), seen=FIRST
        )
