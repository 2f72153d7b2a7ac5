"""What a number of answers can show, said before fieldwork."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.statistics.change import Direction
from surveyapp.statistics.intervals import wilson_interval_effective_n
from surveyapp.statistics.planning import (
    minimal_detectable_change,
    power_two_waves,
    sample_size_margin_of_error,
)
from surveyapp.statistics.status import Status


def test_about_390_answers_a_wave_show_ten_points() -> None:
    assert power_two_waves(0.41, 0.51, 100).n_per_wave_normal_ceiling in range(385, 395)


def test_a_hundred_answers_a_wave_show_about_twenty_points() -> None:
    assert minimal_detectable_change(0.41, 100).points == pytest.approx(20, abs=1)


@given(st.floats(0.05, 0.95), st.integers(20, 2000), st.sampled_from(Direction))
def test_the_smallest_detectable_change_has_just_the_power(share: float, n: int, direction: Direction) -> None:
    found = minimal_detectable_change(share, n, direction=direction)
    if found.share_late is None:
        assert (found.status, found.points) == (Status.NOT_DETECTABLE, None)
        return
    assert power_two_waves(share, found.share_late, n).power_at_n_normal == pytest.approx(0.8, abs=1e-6)
    assert (found.share_late > share) == (direction == Direction.INCREASE)


@given(st.floats(0.02, 0.98), st.floats(0.02, 0.98))
def test_the_answers_needed_have_just_the_power(early: float, late: float) -> None:
    found = power_two_waves(early, late, 100)
    if found.n_per_wave_normal is None or found.n_per_wave_normal_ceiling is None or abs(early - late) < 0.01:
        return
    again = power_two_waves(early, late, found.n_per_wave_normal_ceiling)
    assert again.power_at_n_normal is not None
    assert again.power_at_n_normal >= 0.8 - 1e-9
    assert found.n_per_wave_normal <= found.n_per_wave_normal_ceiling < found.n_per_wave_normal + 1


@given(st.floats(0.02, 0.2), st.floats(0.3, 0.7))
def test_the_wilson_size_gives_an_interval_of_that_half_width(margin: float, share: float) -> None:
    found = sample_size_margin_of_error(margin, share).n_wilson_half_width_no_fpc
    assert found is not None
    interval = wilson_interval_effective_n(share, found)
    assert interval.high is not None
    assert interval.low is not None
    assert (interval.high - interval.low) / 2 == pytest.approx(margin)


@given(st.floats(0.01, 0.3), st.integers(1, 10_000))
def test_never_more_answers_are_needed_than_people_live_there(margin: float, population: int) -> None:
    found = sample_size_margin_of_error(margin, population=population)
    assert found.n_required is not None
    assert 1 <= found.n_required <= population
    assert found.n == found.n_required


def test_a_design_effect_needs_that_many_times_the_answers() -> None:
    plain, doubled = sample_size_margin_of_error(0.1), sample_size_margin_of_error(0.1, design_effect=2)
    assert plain.n_exact is not None
    assert doubled.n_exact == pytest.approx(2 * plain.n_exact)


@pytest.mark.parametrize(
    "changes",
    [
        {"margin": 0},
        {"margin": 1.5},
        {"share": 0},
        {"share": float("nan")},
        {"population": 0},
        {"population": -5},
        {"confidence": 1},
        {"design_effect": 0},
        {"design_effect": float("nan")},
    ],
)
def test_an_impossible_plan_has_no_number(changes: dict[str, Any]) -> None:
    found = sample_size_margin_of_error(**{"margin": 0.1} | changes)
    assert (found.status, found.n_required, found.n_exact) == (Status.INVALID_INPUT, None, None)


@pytest.mark.parametrize(
    ("early", "late", "n", "status"),
    [
        (0.5, 0.5, 100, Status.NO_DIFFERENCE),
        (0.5, 0.6, 0, Status.NO_ANSWERS),
        (0.5, 0.6, -1, Status.INVALID_INPUT),
        (1.5, 0.6, 100, Status.INVALID_INPUT),
        (0.5, float("nan"), 100, Status.INVALID_INPUT),
    ],
)
def test_power_without_a_question_has_no_number(early: float, late: float, n: int, status: Status) -> None:
    found = power_two_waves(early, late, n)
    assert (found.status, found.n_per_wave_normal, found.power_at_n_arcsine) == (status, None, None)


def test_the_largest_possible_change_is_seen_by_a_handful() -> None:
    assert power_two_waves(0, 1, 10).power_at_n_normal == 1
    assert power_two_waves(0, 1, 1).power_at_n_normal == 0


@pytest.mark.parametrize(
    ("share", "n", "direction", "status"),
    [
        (1.0, 100, Direction.INCREASE, Status.NOT_DETECTABLE),
        (0.0, 100, Direction.DECREASE, Status.NOT_DETECTABLE),
        (0.5, 2, Direction.INCREASE, Status.NOT_DETECTABLE),
        (0.5, 0, Direction.INCREASE, Status.NO_ANSWERS),
        (-0.5, 100, Direction.INCREASE, Status.INVALID_INPUT),
    ],
)
def test_a_change_that_cannot_be_seen_has_no_size(share: float, n: int, direction: Direction, status: Status) -> None:
    found = minimal_detectable_change(share, n, direction=direction)
    assert (found.status, found.share_late, found.points) == (status, None, None)
