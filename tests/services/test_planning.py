"""What a number of answers can show, told before anybody is asked."""

import json

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Result, Wave, WaveState
from surveyapp.services.planning import plan_of
from tests.builders import TODAY, World, make_wave, make_world


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def publish(session: Session, wave: Wave, **shares: float | None) -> None:
    """Freeze a result with these shares, told as briefly as the plan reads it."""
    document = {
        "wave": {"number": wave.number, "label": wave.label},
        "indicators": [
            {"key": key, "names": {"da": key}, "figures": [{"wave": wave.number, "share": share}]}
            for key, share in shares.items()
        ],
    }
    wave.state = WaveState.PUBLISHED
    wave.results.append(
        Result(version=1, document=json.dumps(document), checksum="x", method_version="1", published_on=TODAY)
    )
    session.flush()


def test_before_any_result_the_plan_reckons_with_one_half(session: Session, world: World) -> None:
    """With 80 % power (Fleiss): 388 a year for ten points from 50 %, and with 100 a year 19.3 points."""
    plan = plan_of(world.partnership)
    assert (plan.answers, plan.points, plan.small, plan.needed, plan.guide) == (100, 20, 10, 390, (50, 100))
    assert plan.basis is None
    assert not plan.more_than_live_here


def test_the_last_published_share_nearest_to_one_half_is_what_the_plan_reckons_with(
    session: Session, world: World
) -> None:
    publish(session, world.wave, belonging=0.41, trust=0.45)
    publish(session, make_wave(session, world.survey, 1), belonging=0.20, trust=0.31, internships=None)
    plan = plan_of(world.partnership)
    assert plan.basis is not None
    assert (plan.basis.names["da"], plan.basis.percent, plan.basis.wave) == ("trust", 31.0, "År 1")


def test_in_a_small_area_the_plan_says_that_too_few_live_there(session: Session, world: World) -> None:
    world.partnership.area.adults = 150
    assert plan_of(world.partnership).more_than_live_here


@pytest.mark.parametrize("share", [0.0, 0.02, 0.98, 1.0])
def test_a_share_at_the_edge_still_gives_a_plan(session: Session, world: World, share: float) -> None:
    publish(session, world.wave, trust=share)
    plan = plan_of(world.partnership)
    assert plan.points is not None
    assert 0 < plan.points < 20
    assert plan.needed
