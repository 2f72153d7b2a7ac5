"""What a coordinator follows live, and how those who answered are held against the area."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import CompositionPicture, PlaceKind, PlacementDay, Wave, WaveState
from surveyapp.services.fieldwork import Counts, counts_per_day, fieldwork_totals, response_total
from surveyapp.services.placements import add_placement, replace_placement
from surveyapp.services.quotas import Unknown, most_missing, quotas
from surveyapp.services.representativeness import Representativeness
from tests.builders import TODAY, make_world, open_with_placement
from tests.services.test_composition import answer

YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def wave(session: Session) -> Wave:
    wave = make_world(session).wave
    open_with_placement(session, wave)
    return wave


def picture(wave: Wave, **counts: dict[str, list[int]] | None) -> CompositionPicture:
    return CompositionPicture(
        wave_id=wave.id, taken_on=TODAY, considered_on=TODAY, responses=50, counts=counts, met_at={}
    )


def test_totals_add_up_over_placements_and_days(session: Session, wave: Wave) -> None:
    wave.opens_on = YESTERDAY
    laundry = add_placement(session, wave, None, "Vaskeriet", PlaceKind.LAUNDRY)
    courtyard = wave.placements[0]
    courtyard.days = [
        PlacementDay(day=YESTERDAY, opened=9, completed=3),
        PlacementDay(day=TODAY, opened=4, completed=2, withdrawn=1),
    ]
    laundry.days = [PlacementDay(day=TODAY, opened=7, not_resident=2, completed=4)]
    answer(session, wave, ["60+"] * 8)
    totals = fieldwork_totals(session, wave, TODAY)
    assert totals.responses == 8
    assert totals.places == {courtyard.id: Counts(13, 0, 5, 1), laundry.id: Counts(7, 2, 4, 0)}
    assert {place: counts.answers for place, counts in totals.places.items()} == {courtyard.id: 4, laundry.id: 4}
    assert totals.days == {YESTERDAY: 3, TODAY: 6}
    assert totals.withdrawn == 1


def test_a_replaced_code_keeps_its_counts_and_its_place_shows_both_together(session: Session, wave: Wave) -> None:
    old = wave.placements[0]
    new = replace_placement(session, old, None, TODAY)
    newest = replace_placement(session, new, None, TODAY)
    old.days = [PlacementDay(day=YESTERDAY, opened=9, completed=3), PlacementDay(day=TODAY, opened=2, completed=1)]
    new.days = [PlacementDay(day=TODAY, opened=1, not_resident=1)]
    newest.days = [PlacementDay(day=TODAY, opened=4, completed=2, withdrawn=1)]
    session.flush()
    assert fieldwork_totals(session, wave, TODAY).places == {newest.id: Counts(16, 1, 6, 1)}
    assert counts_per_day(newest) == {TODAY: Counts(7, 1, 3, 1), YESTERDAY: Counts(9, 0, 3, 0)}


def test_days_without_answers_are_shown_as_such(session: Session, wave: Wave) -> None:
    wave.opens_on = TODAY - dt.timedelta(days=3)
    assert list(fieldwork_totals(session, wave, TODAY).days.values()) == [0, 0, 0, 0]


def test_the_total_outlives_the_responses(session: Session, wave: Wave) -> None:
    wave.placements[0].days = [PlacementDay(day=TODAY, opened=9, completed=6, withdrawn=1)]
    wave.state = WaveState.PUBLISHED
    assert response_total(session, wave) == 5


def test_answers_stand_beside_what_the_area_corresponds_to(wave: Wave) -> None:
    (quota,) = quotas(wave, picture(wave, age={"18-29": [5, 5], "30-59": [25, 25], "60+": [18, 18], "": [0, 4]}))
    # Of 1,200 adults 250, 600 and 350 are in the three age bands; 48 said which one is theirs.
    assert [group.expected for group in quota.groups] == pytest.approx([10, 24, 14])
    assert quota.stated == 48
    assert quota.check
    assert quota.check.fit.max_abs_deviation_points == pytest.approx(100 * (10 - 5) / 48)


def test_a_group_that_lacks_ten_points_beyond_chance_makes_the_margin_skewed(wave: Wave) -> None:
    (quota,) = quotas(wave, picture(wave, age={"18-29": [0, 4], "30-59": [40, 40], "60+": [54, 54], "": [0, 4]}))
    assert quota.word is Representativeness.SKEWED
    assert [group.key for group in most_missing([quota])] == ["18-29", "30-59"]


def test_a_hidden_count_is_taken_at_its_highest_before_a_group_is_called_missing(wave: Wave) -> None:
    (quota,) = quotas(wave, picture(wave, age={"18-29": [0, 4], "30-59": [11, 15], "60+": [7, 7], "": [0, 4]}))
    assert most_missing([quota]) == []


def test_a_wave_without_margins_shows_answers_and_says_what_it_cannot(session: Session, wave: Wave) -> None:
    for row in list(wave.survey.partnership.area.margins):
        session.delete(row)
    session.flush()
    session.refresh(wave.survey.partnership.area)
    (quota,) = quotas(wave, picture(wave, age={"18-29": [9, 9], "30-59": [20, 20], "60+": [16, 16], "": [5, 5]}))
    assert (quota.unknown, quota.check, quota.word) == (Unknown.NO_MARGIN, None, None)
    assert [group.answers and group.answers.low for group in quota.groups] == [9, 20, 16]
    assert most_missing([quota]) == []


def test_a_margin_with_an_unknown_count_is_not_compared(wave: Wave) -> None:
    wave.survey.partnership.area.margins[0].persons = None
    (quota,) = quotas(wave, picture(wave, age={"18-29": [9, 9], "30-59": [20, 20], "60+": [16, 16], "": [5, 5]}))
    assert quota.unknown is Unknown.PERSONS_UNKNOWN


def test_a_withheld_dimension_shows_nothing(wave: Wave) -> None:
    (quota,) = quotas(wave, picture(wave, age=None))
    assert quota.unknown is Unknown.WITHHELD
    assert {group.answers for group in quota.groups} == {None}


def test_a_category_nobody_answered_is_among_the_small_ones(wave: Wave) -> None:
    (quota,) = quotas(wave, picture(wave, age={"18-29": [0, 4], "30-59": [22, 30], "60+": [20, 20], "": [0, 4]}))
    assert quota.groups[0].answers
    assert quota.groups[0].answers.is_small
    assert quota.check
    assert quota.check.fit.p_value is not None
