"""Every placement has a code of its own that people can read and type."""

import datetime as dt

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from surveyapp.errors import PlacementRefused, WrongState
from surveyapp.models import AuditEvent, Mode, PlaceKind, Placement, Wave, WaveState
from surveyapp.services import placements
from surveyapp.services.codes import grouped, is_placement_code, normalise
from surveyapp.services.placements import (
    Days,
    Households,
    add_placement,
    change_placement,
    places_of,
    places_to_use_again,
    replace_placement,
    revoke_placement,
    use_places_again,
)
from tests.builders import TODAY, make_wave, make_world


def test_a_placement_gets_a_code_that_can_be_typed_as_it_is_read(session: Session) -> None:
    placement = add_placement(session, make_world(session).wave, None, "  Gården ", PlaceKind.COURTYARD)
    assert placement.name == "Gården"
    assert is_placement_code(placement.code)
    assert normalise(grouped(placement.code, 3).lower()) == placement.code


def test_a_code_in_use_is_not_given_again(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    wave = make_world(session).wave
    codes = iter(["K7M4QX", "K7M4QX", "K7M4QY"])
    monkeypatch.setattr(placements, "new_placement_code", lambda: next(codes))
    assert add_placement(session, wave, None, "Gården", PlaceKind.COURTYARD).code == "K7M4QX"
    assert add_placement(session, wave, None, "Vaskeriet", PlaceKind.LAUNDRY).code == "K7M4QY"


@pytest.mark.parametrize(
    ("kind", "mode"),
    [(PlaceKind.TABLET, Mode.KIOSK), (PlaceKind.PAPER, Mode.PAPER), (PlaceKind.EVENT, Mode.SELF)],
)
def test_the_kind_of_place_says_how_people_answer_there(session: Session, kind: PlaceKind, mode: Mode) -> None:
    assert add_placement(session, make_world(session).wave, None, "Her", kind).mode is mode


@pytest.mark.parametrize("state", [WaveState.CLOSED, WaveState.PUBLISHED])
def test_a_wave_that_is_over_gets_no_more_placements(session: Session, state: WaveState) -> None:
    wave = make_world(session).wave
    wave.state = state
    with pytest.raises(WrongState):
        add_placement(session, wave, None, "Gården", PlaceKind.COURTYARD)
    with pytest.raises(WrongState):
        replace_placement(session, add_closed(session, wave), None, TODAY)


def add_closed(session: Session, wave: Wave) -> Placement:
    state, wave.state = wave.state, WaveState.OPEN
    placement = add_placement(session, wave, None, "Gården", PlaceKind.COURTYARD)
    wave.state = state
    return placement


def test_the_coordinator_may_say_otherwise_how_people_answer(session: Session) -> None:
    wave = make_world(session).wave
    assert add_placement(session, wave, None, "Fest", PlaceKind.EVENT, Mode.INTERVIEWER).mode is Mode.INTERVIEWER


@pytest.mark.parametrize(
    ("households", "field"),
    [
        (None, "households"),
        (Households(29, several_stairwells=True), "households"),
        (Households(30, several_stairwells=False), "several_stairwells"),
    ],
)
def test_a_letters_code_that_would_point_at_few_people_is_refused(
    session: Session, households: Households | None, field: str
) -> None:
    wave = make_world(session).wave
    with pytest.raises(PlacementRefused) as refused:
        add_placement(session, wave, None, "Blok 3", PlaceKind.LETTER, households=households)
    assert refused.value.details["field"] == field
    session.rollback()


def test_a_letter_keeps_how_many_households_share_its_code(session: Session) -> None:
    enough = Households(30, several_stairwells=True)
    letter = add_placement(session, make_world(session).wave, None, "Blok 3", PlaceKind.LETTER, households=enough)
    assert (letter.households, letter.mode) == (30, Mode.SELF)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(-1, None, "starts_on"), (30, None, "starts_on"), (None, 30, "ends_on"), (3, 2, "ends_on"), (None, -1, "ends_on")],
)
def test_a_placements_days_lie_within_the_wave(
    session: Session, first: int | None, last: int | None, field: str
) -> None:
    wave = make_world(session).wave  # it runs for 30 days
    days = Days(*(None if day is None else wave.opens_on + dt.timedelta(days=day) for day in (first, last)))
    with pytest.raises(PlacementRefused) as refused:
        add_placement(session, wave, None, "Fest", PlaceKind.EVENT, days=days)
    assert refused.value.details["field"] == field


def test_a_place_keeps_a_last_day_that_the_measurement_no_longer_reaches_and_can_be_called_otherwise(
    session: Session,
) -> None:
    wave = make_world(session).wave
    later = Days(None, wave.closes_on)
    placement = add_placement(session, wave, None, "Fets", PlaceKind.EVENT, days=later)
    wave.closes_on -= dt.timedelta(days=7)
    change_placement(session, placement, None, "Fest", later)
    assert (placement.name, placement.ends_on) == ("Fest", later.last)
    with pytest.raises(PlacementRefused):
        change_placement(session, placement, None, "Fest", Days(None, wave.closes_on + dt.timedelta(days=1)))


def test_name_and_days_can_be_changed_and_that_is_on_record(session: Session) -> None:
    wave = make_world(session).wave
    placement = add_placement(session, wave, None, "Fets", PlaceKind.EVENT)
    change_placement(session, placement, None, " Fest ", Days(wave.opens_on, wave.opens_on))
    assert (placement.name, placement.starts_on, placement.ends_on) == ("Fest", wave.opens_on, wave.opens_on)
    assert happened(session) == ["placement.added", "placement.changed"]


def test_a_withdrawn_code_is_withdrawn_once(session: Session) -> None:
    placement = add_placement(session, make_world(session).wave, None, "Gården", PlaceKind.COURTYARD)
    revoke_placement(session, placement, None, TODAY)
    revoke_placement(session, placement, None, TODAY + dt.timedelta(days=1))
    assert placement.revoked_on == TODAY
    assert happened(session) == ["placement.added", "placement.revoked"]


def test_a_replacement_carries_on_with_a_new_code(session: Session) -> None:
    wave = make_world(session).wave
    enough = Households(40, several_stairwells=True)
    first = add_placement(session, wave, None, "Blok 3", PlaceKind.LETTER, Mode.INTERVIEWER, households=enough)
    second = replace_placement(session, first, None, TODAY)
    assert second.code != first.code
    assert (first.revoked_on, second.revoked_on) == (TODAY, None)
    assert (second.name, second.kind, second.mode, second.households) == (first.name, first.kind, first.mode, 40)
    assert replace_placement(session, first, None, TODAY) is second, "two people at once make one replacement"
    third = replace_placement(session, second, None, TODAY)
    assert third.codes == [third, second, first]
    assert places_of(wave) == [third]
    assert happened(session).count("placement.replaced") == 2


def happened(session: Session) -> list[str]:
    return [event.action for event in session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id))]


def test_next_years_wave_takes_the_places_that_are_still_in_use_with_codes_of_their_own(session: Session) -> None:
    world = make_world(session)
    courtyard = add_placement(session, world.wave, None, "Gården", PlaceKind.COURTYARD, days=Days(TODAY, TODAY))
    laundry = add_placement(session, world.wave, None, "Vaskeriet", PlaceKind.LAUNDRY, Mode.INTERVIEWER)
    letter = add_placement(session, world.wave, None, "Brev", PlaceKind.LETTER, households=Households(40, True))
    revoke_placement(session, add_placement(session, world.wave, None, "Væk", PlaceKind.EVENT), None, TODAY)
    replaced = replace_placement(session, laundry, None, TODAY)
    wave = make_wave(session, world.survey, number=1)
    session.flush()
    new = use_places_again(session, wave, None)
    assert [(place.name, place.kind, place.mode, place.households) for place in new] == [
        ("Gården", PlaceKind.COURTYARD, Mode.SELF, None),
        ("Vaskeriet", PlaceKind.LAUNDRY, Mode.INTERVIEWER, None),
        ("Brev", PlaceKind.LETTER, Mode.SELF, letter.households),
    ]
    assert {place.code for place in new}.isdisjoint({courtyard.code, laundry.code, replaced.code, letter.code})
    assert {(place.starts_on, place.ends_on) for place in new} == {(None, None)}
    assert places_to_use_again(wave) == []
    assert use_places_again(session, wave, None) == []
    assert len(wave.placements) == 3


def test_a_wave_with_a_place_of_its_own_is_offered_no_others(session: Session) -> None:
    world = make_world(session)
    add_placement(session, world.wave, None, "Gården", PlaceKind.COURTYARD)
    assert places_to_use_again(world.wave) == []
    wave = make_wave(session, world.survey, number=1)
    session.flush()
    assert [place.name for place in places_to_use_again(wave)] == ["Gården"]
    add_placement(session, wave, None, "Vaskeriet", PlaceKind.LAUNDRY)
    assert places_to_use_again(wave) == []
