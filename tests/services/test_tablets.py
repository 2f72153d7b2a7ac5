"""Shared tablets: whoever closes a wave learns which of them may still hold answers."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import PlaceKind, Placement
from surveyapp.services.placements import add_placement
from surveyapp.services.tablets import Holding, forget_tablet, hear_from, tablets_at
from tests.builders import TODAY, make_wave, make_world

YESTERDAY = TODAY - dt.timedelta(days=1)
NAME, OTHER_NAME = "K7M4QX2P9TRW", "2P9TRWK7M4QX"


@pytest.fixture
def placement(session: Session) -> Placement:
    return add_placement(session, make_world(session).wave, None, "Centret", PlaceKind.TABLET)


@pytest.mark.parametrize(
    ("waiting", "heard_on", "holding"),
    [
        (3, TODAY, Holding.WAITING),
        (3, YESTERDAY, Holding.WAITING),
        (0, YESTERDAY, Holding.UNKNOWN),
        (0, TODAY, Holding.NOTHING),
    ],
)
def test_a_tablet_that_may_hold_answers_is_told_from_one_that_sent_all_today(
    session: Session, placement: Placement, waiting: int, heard_on: dt.date, holding: Holding
) -> None:
    hear_from(session, placement.id, NAME, waiting, heard_on)
    (tablet,) = tablets_at(session, placement.wave.placements, TODAY)
    assert (tablet.placement, tablet.holding, tablet.waiting, tablet.heard_on) == (
        placement,
        holding,
        waiting,
        heard_on,
    )


def test_the_last_word_of_a_tablet_counts(session: Session, placement: Placement) -> None:
    hear_from(session, placement.id, NAME, 7, YESTERDAY)
    hear_from(session, placement.id, OTHER_NAME, 2, TODAY)
    hear_from(session, placement.id, NAME, 0, TODAY)
    assert {tablet.name: tablet.waiting for tablet in tablets_at(session, placement.wave.placements, TODAY)} == {
        NAME: 0,
        OTHER_NAME: 2,
    }


def test_nobody_looks_for_a_tablet_whose_use_has_ended(session: Session, placement: Placement) -> None:
    hear_from(session, placement.id, NAME, 0, YESTERDAY)
    hear_from(session, placement.id, OTHER_NAME, 2, TODAY)
    for _word in range(2):
        forget_tablet(session, placement.id, NAME)
    assert [tablet.name for tablet in tablets_at(session, [placement], TODAY)] == [OTHER_NAME]


def test_another_places_tablets_are_not_this_ones(session: Session, placement: Placement) -> None:
    hear_from(session, placement.id, NAME, 7, TODAY)
    other = add_placement(session, placement.wave, None, "Beboerhuset", PlaceKind.TABLET)
    assert tablets_at(session, [other], TODAY) == []
    assert tablets_at(session, make_wave(session, placement.wave.survey, 1).placements, TODAY) == []
