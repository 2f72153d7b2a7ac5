"""Areas, their margins and what to know before relying on them."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.errors import AreaRefused, ChangedMeanwhile
from surveyapp.models import Area, AuditEvent
from surveyapp.services.areas import (
    AreaFacts,
    Counts,
    Doubt,
    add_area,
    change_area,
    dimensions_of,
    facts_of,
    findings_in,
    margin_of,
    margin_version,
    possible_parents,
    remove_margin,
    save_margin,
    version_of,
)
from tests.builders import World, make_world

COPENHAGEN = "Europe/Copenhagen"


@pytest.fixture
def world(session: Session) -> World:
    world = make_world(session)
    session.commit()
    return world


def save(session: Session, area: Area, counts: Counts, seen: str) -> None:
    save_margin(session, area, None, "gender", counts, source="BL", year=2026, seen=seen)
    session.commit()


def test_an_area_is_kept_as_it_was_typed(session: Session, world: World) -> None:
    area = add_area(
        session, world.lead, None, AreaFacts("  Birkevang   Nord ", 430, COPENHAGEN, world.partnership.area_id)
    )
    session.commit()
    session.expire_all()
    assert facts_of(area) == AreaFacts("Birkevang Nord", 430, COPENHAGEN, world.partnership.area_id)
    assert session.query(AuditEvent).filter_by(action="area.added").one().subject == f"area {area.id}"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (AreaFacts("  ", 10, COPENHAGEN), "name"),
        (AreaFacts("Øst", 0, COPENHAGEN), "adults"),
        (AreaFacts("Øst", 10**9, COPENHAGEN), "adults"),
        (AreaFacts("Øst", 10, "Mars/Olympus"), "time_zone"),
        (AreaFacts("Øst", 10, COPENHAGEN, 999), "parent_id"),
    ],
)
def test_an_area_that_makes_no_sense_is_refused(session: Session, world: World, facts: AreaFacts, field: str) -> None:
    with pytest.raises(AreaRefused) as refused:
        add_area(session, world.lead, None, facts)
    assert refused.value.details["field"] == field


def test_an_area_lies_neither_in_itself_nor_in_somebody_elses(session: Session, world: World) -> None:
    outer = world.partnership.area
    middle = add_area(session, world.lead, None, AreaFacts("Midt", 100, COPENHAGEN, outer.id))
    inner = add_area(session, world.lead, None, AreaFacts("Inderst", 10, COPENHAGEN, middle.id))
    theirs = add_area(session, world.foreign, None, AreaFacts("Fremmed", 10, COPENHAGEN))
    assert possible_parents(session, world.lead, outer) == []
    assert set(possible_parents(session, world.lead, inner)) == {outer, middle}
    for parent in (outer, middle, inner, theirs):
        facts = AreaFacts("Egeparken", 1_200, COPENHAGEN, parent.id)
        with pytest.raises(AreaRefused):
            change_area(session, outer, None, facts, version_of(facts_of(outer)))
        session.rollback()
        assert outer.parent_id is None


def test_of_two_who_change_an_area_the_second_is_stopped(session: Session, world: World) -> None:
    area = world.partnership.area
    seen = version_of(facts_of(area))
    change_area(session, area, None, AreaFacts("Egeparken", 1_250, COPENHAGEN), seen)
    session.commit()
    with pytest.raises(ChangedMeanwhile):
        change_area(session, area, None, AreaFacts("Egehegnet", 1_200, COPENHAGEN), seen)
    session.rollback()
    assert facts_of(area) == AreaFacts("Egeparken", 1_250, COPENHAGEN)


def test_a_margin_is_replaced_as_a_whole(session: Session, world: World) -> None:
    area = world.partnership.area
    save(session, area, [("woman", 624), ("man", 576), ("other", None)], margin_version(area, "gender"))
    save(session, area, [("man", 570), ("woman", 630)], margin_version(area, "gender"))
    session.expire_all()
    assert [(row.category, row.persons, row.source, row.year) for row in margin_of(area, "gender")] == [
        ("man", 570, "BL", 2026),
        ("woman", 630, "BL", 2026),
    ]
    assert len(margin_of(area, "age")) == 3


def test_of_two_who_save_a_margin_the_second_is_stopped(session: Session, world: World) -> None:
    area = world.partnership.area
    empty = margin_version(area, "gender")
    save(session, area, [("woman", 624)], empty)
    with pytest.raises(ChangedMeanwhile):
        save(session, area, [("woman", 1)], empty)
    session.rollback()
    with pytest.raises(ChangedMeanwhile):
        remove_margin(session, area, None, "gender", empty)
    session.rollback()
    assert [row.persons for row in margin_of(area, "gender")] == [624]
    remove_margin(session, area, None, "gender", margin_version(area, "gender"))
    session.commit()
    assert margin_of(area, "gender") == []


def test_a_change_of_another_margin_stops_nobody(session: Session, world: World) -> None:
    area = world.partnership.area
    age = margin_version(area, "age")
    save(session, area, [("woman", 624)], margin_version(area, "gender"))
    assert margin_version(area, "age") == age


@pytest.mark.parametrize("counts", [[], [("woman", None)], [("woman", 0), ("man", 0)], [("woman", -1), ("man", 5)]])
def test_a_margin_of_nobody_is_refused(session: Session, world: World, counts: Counts) -> None:
    with pytest.raises(AreaRefused):
        save(session, world.partnership.area, counts, margin_version(world.partnership.area, "gender"))


def test_the_categories_are_those_that_residents_are_asked(session: Session, world: World) -> None:
    asked = dimensions_of(session, world.partnership.area)["age"]
    assert [category.key for category in asked.categories] == ["18-29", "30-59", "60+"]
    elsewhere = add_area(session, world.lead, None, AreaFacts("Øst", 10, COPENHAGEN))
    shipped = dimensions_of(session, elsewhere)
    assert [category.key for category in shipped["age"].categories] == ["18-29", "30-44", "45-59", "60plus"]
    assert shipped["gender"].texts["da"] == "Hvad er dit køn?"


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([("woman", 624), ("man", 576)], []),
        ([("woman", 612), ("man", 612)], []),  # 2 % more than 1,200
        ([("woman", 613), ("man", 612)], [(Doubt.DIFFERS_FROM_ADULTS, ())]),
        ([("woman", 588), ("man", 587)], [(Doubt.DIFFERS_FROM_ADULTS, ())]),
        ([("woman", 1_140), ("man", 60)], []),  # 5 of 100 answers
        ([("woman", 1_141), ("man", 59)], [(Doubt.TOO_SMALL, ("man",))]),
        ([("woman", 624), ("man", None)], [(Doubt.UNKNOWN, ("man",))]),
    ],
)
def test_what_weakens_a_margin_is_found(counts: Counts, expected: list[tuple[Doubt, tuple[str, ...]]]) -> None:
    assert [(finding.doubt, finding.categories) for finding in findings_in(counts, 1_200)] == expected
