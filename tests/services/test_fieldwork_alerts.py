"""What a coordinator is told to look into, from counters and the daily picture alone."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import CompositionPicture, Mode, PlaceKind, Placement, PlacementDay, Wave, WaveState
from surveyapp.services.composition import LANGUAGE
from surveyapp.services.fieldwork import fieldwork_totals
from surveyapp.services.fieldwork_alerts import Alert, Kind, alerts
from surveyapp.services.placements import add_placement, replace_placement, revoke_placement
from tests.builders import TODAY, make_world, open_with_placement
from tests.services.test_composition import answer


@pytest.fixture
def place(session: Session) -> Placement:
    """The one place of a wave that has run for ten days and has ten to go."""
    placement = open_with_placement(session, make_world(session).wave)
    placement.wave.opens_on = TODAY - dt.timedelta(days=10)
    placement.wave.closes_on = TODAY + dt.timedelta(days=10)
    return placement


def counted(place: Placement, **per_day: int) -> None:
    """Counters of the days before today: `d0=4` is four answers today, `d3=4` three days ago."""
    for day, completed in per_day.items():
        on = TODAY - dt.timedelta(days=int(day[1:]))
        place.days.append(PlacementDay(day=on, opened=completed + 1, completed=completed))


def found(session: Session, wave: Wave, picture: CompositionPicture | None = None) -> list[Alert]:
    session.flush()
    return alerts(wave, fieldwork_totals(session, wave, TODAY), picture, TODAY)


def test_a_lively_place_raises_nothing(session: Session, place: Placement) -> None:
    counted(place, d0=3, d1=4, d2=5, d5=2)
    assert found(session, place.wave) == []


@pytest.mark.parametrize(("today", "alarming"), [(9, False), (10, True), (14, True)])
def test_far_more_answers_on_a_day_than_is_usual_at_a_place_are_pointed_out(
    session: Session, place: Placement, today: int, alarming: bool
) -> None:
    counted(place, d0=today, d1=3, d2=2, d3=4)
    assert found(session, place.wave) == ([Alert(Kind.BURST, place, number=today, day=TODAY)] if alarming else [])


def test_ten_answers_where_ten_are_usual_are_no_burst(session: Session, place: Placement) -> None:
    counted(place, d0=15, d1=9, d2=11)
    assert found(session, place.wave) == []


def test_many_answers_on_a_tablet_are_a_good_day(session: Session, place: Placement) -> None:
    place.mode = Mode.KIOSK
    counted(place, d0=30, d1=3, d2=2)
    assert found(session, place.wave) == []


def test_a_place_that_nobody_opens_any_more_has_gone_quiet(session: Session, place: Placement) -> None:
    counted(place, d4=3, d6=5)
    assert found(session, place.wave) == [Alert(Kind.QUIET, place, number=4)]
    place.days.append(PlacementDay(day=TODAY - dt.timedelta(days=3), opened=1))
    assert found(session, place.wave) == []


def test_a_place_that_nobody_has_ever_opened_may_have_lost_its_poster(session: Session, place: Placement) -> None:
    assert found(session, place.wave) == [Alert(Kind.NEVER_OPENED, place, number=10)]
    place.starts_on = TODAY - dt.timedelta(days=3)
    assert found(session, place.wave) == []


def test_nothing_is_expected_of_a_place_outside_its_days_on_paper_or_withdrawn(
    session: Session, place: Placement
) -> None:
    place.ends_on = TODAY - dt.timedelta(days=1)
    add_placement(session, place.wave, None, "Papir", PlaceKind.PAPER)
    revoke_placement(session, add_placement(session, place.wave, None, "Fest", PlaceKind.EVENT), None, TODAY)
    assert found(session, place.wave) == []


def test_a_replaced_code_is_no_quiet_place(session: Session, place: Placement) -> None:
    counted(place, d1=3)
    replace_placement(session, place, None, TODAY)
    assert found(session, place.wave) == []


@pytest.mark.parametrize(
    ("left", "answers", "lacking"), [(3, 49, 1), (0, 20, 30), (4, 20, None), (3, 50, None), (-1, 20, None)]
)
def test_three_days_before_the_end_fewer_than_fifty_answers_are_pointed_out(
    session: Session, place: Placement, left: int, answers: int, lacking: int | None
) -> None:
    counted(place, d0=3, d1=3)
    place.wave.closes_on = TODAY + dt.timedelta(days=left)
    answer(session, place.wave, ["60+"] * answers)
    expected = [] if lacking is None else [Alert(Kind.CLOSING_SHORT, number=lacking)]
    assert found(session, place.wave) == expected


def test_languages_that_next_to_nobody_answers_are_named_once_twenty_have_answered(
    session: Session, place: Placement
) -> None:
    counted(place, d0=3)
    picture = CompositionPicture(responses=20, counts={LANGUAGE: {"da": [12, 20], "en": [0, 4], "ar": [0, 4]}})
    assert found(session, place.wave, picture) == [Alert(Kind.LANGUAGES, languages=("en", "ar"))]
    picture.responses = 19
    assert found(session, place.wave, picture) == []
    picture.responses, picture.counts = 30, {LANGUAGE: None}
    assert found(session, place.wave, picture) == [], "a withheld picture tells nothing"


def test_a_closed_wave_has_nothing_to_look_into(session: Session, place: Placement) -> None:
    place.wave.state = WaveState.CLOSED
    assert found(session, place.wave) == []
