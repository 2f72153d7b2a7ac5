"""What a partnership aims for."""

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from surveyapp.errors import ChangedMeanwhile, NotFound, TargetRefused
from surveyapp.models import Indicator, IndicatorKind, TargetKind
from surveyapp.services.targets import Aim, aim_of, save_target, target_for, target_version
from tests.builders import World, make_world


@pytest.fixture
def world(session: Session) -> World:
    world = make_world(session)
    count = Indicator(
        organisation_id=world.lead.id, key="internships", kind=IndicatorKind.COUNT, names={"da": "Unge i praktik"}
    )
    told = Indicator(organisation_id=world.lead.id, key="story", kind=IndicatorKind.TEXT, names={"da": "Fortælling"})
    world.survey.indicators += [count, told]
    session.commit()
    return world


def indicator(world: World, key: str) -> Indicator:
    return next(row for row in world.survey.indicators if row.key == key)


def save(session: Session, world: World, key: str, aim: Aim | None) -> Aim | None:
    row = indicator(world, key)
    seen = target_version(target_for(world.partnership, row))
    save_target(session, world.partnership, None, row, aim, seen)
    session.commit()
    session.expire_all()
    return aim_of(target_for(world.partnership, row))


@pytest.mark.parametrize(
    ("key", "aim"),
    [
        ("trust", Aim(TargetKind.AT_LEAST, Decimal("62.5"), year=2028)),
        ("trust", Aim(TargetKind.RANGE, Decimal(60), Decimal(70))),
        ("trust", Aim(TargetKind.AT_MOST, Decimal(0))),
        ("trust", Aim(TargetKind.POINT, Decimal(100))),
        ("trust", Aim(TargetKind.INCREASING, year=2030)),
        ("trust", Aim(TargetKind.DECREASING)),
        ("trust", Aim(TargetKind.NONE, text="Så godt som naboområdet")),
        ("internships", Aim(TargetKind.AT_LEAST, Decimal(120))),
        ("story", Aim(TargetKind.NONE, text="Flere kender hinanden")),
    ],
)
def test_a_target_of_every_kind_is_kept(session: Session, world: World, key: str, aim: Aim) -> None:
    assert save(session, world, key, aim) == aim


@pytest.mark.parametrize(
    ("key", "aim", "reason"),
    [
        ("trust", Aim(TargetKind.AT_LEAST), "number_missing"),
        ("trust", Aim(TargetKind.AT_LEAST, Decimal(-1)), "negative"),
        ("trust", Aim(TargetKind.AT_LEAST, Decimal("NaN")), "negative"),
        ("trust", Aim(TargetKind.AT_LEAST, Decimal("100.5")), "over_100_percent"),
        ("trust", Aim(TargetKind.AT_LEAST, Decimal("62.5001")), "too_many_decimals"),
        ("trust", Aim(TargetKind.RANGE, Decimal(60)), "number_missing"),
        ("trust", Aim(TargetKind.RANGE, Decimal(60), Decimal(60)), "upper_not_above"),
        ("trust", Aim(TargetKind.NONE, text=" "), "text_missing"),
        ("trust", Aim(TargetKind.INCREASING, year=28), "year_out_of_range"),
        ("internships", Aim(TargetKind.AT_LEAST, Decimal("12.5")), "not_whole"),
        ("story", Aim(TargetKind.AT_LEAST, Decimal(5)), "no_number_possible"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused(
    session: Session, world: World, key: str, aim: Aim, reason: str
) -> None:
    with pytest.raises(TargetRefused) as refused:
        save(session, world, key, aim)
    assert refused.value.details["reason"] == reason


def test_a_target_can_be_dropped(session: Session, world: World) -> None:
    assert target_for(world.partnership, indicator(world, "belonging"))
    assert save(session, world, "belonging", None) is None
    assert save(session, world, "belonging", None) is None


def test_of_two_who_set_a_target_the_second_is_stopped(session: Session, world: World) -> None:
    row = indicator(world, "belonging")
    seen = target_version(target_for(world.partnership, row))
    save(session, world, "belonging", Aim(TargetKind.AT_LEAST, Decimal(90)))
    for aim in (Aim(TargetKind.AT_LEAST, Decimal(70)), None):
        with pytest.raises(ChangedMeanwhile):
            save_target(session, world.partnership, None, row, aim, seen)
        session.rollback()
    kept = aim_of(target_for(world.partnership, row))
    assert kept is not None
    assert kept.value == 90


def test_somebody_elses_indicator_has_no_target_here(session: Session, world: World) -> None:
    foreign = Indicator(organisation_id=world.foreign.id, key="trust", kind=IndicatorKind.SHARE, names={"da": "Tillid"})
    session.add(foreign)
    session.flush()
    with pytest.raises(NotFound):
        save_target(session, world.partnership, None, foreign, Aim(TargetKind.INCREASING), target_version(None))
