"""What an initiative's area changed beyond a comparison area, and the assumption that stands beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.statistics.comparison import difference_in_differences_mover
from surveyapp.statistics.status import Status

WAVE = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(WAVE, WAVE, WAVE, WAVE)
def test_the_interval_holds_the_difference_and_turns_round_with_the_areas(
    a: tuple[int, int], b: tuple[int, int], c: tuple[int, int], d: tuple[int, int]
) -> None:
    found, swapped = difference_in_differences_mover(a, b, c, d), difference_in_differences_mover(c, d, a, b)
    assert found.low is not None
    assert found.difference_in_differences is not None
    assert found.high is not None
    assert swapped.low is not None
    assert -2 <= found.low <= found.difference_in_differences <= found.high <= 2
    assert found.high == pytest.approx(-swapped.low)


def test_the_assumption_always_stands_beside_the_number() -> None:
    assert difference_in_differences_mover((1, 10), (5, 10), (1, 10), (2, 10)).assumption == "parallel_trends"


@pytest.mark.parametrize(
    ("wave", "status"), [((0, 0), Status.NO_ANSWERS), ((5, 4), Status.INVALID_INPUT), ((-1, 4), Status.INVALID_INPUT)]
)
@pytest.mark.parametrize("place", range(4))
def test_a_wave_that_cannot_be_measured_leaves_no_number(wave: tuple[int, int], status: Status, place: int) -> None:
    waves = [(3, 10)] * 4
    waves[place] = wave
    found = difference_in_differences_mover(waves[0], waves[1], waves[2], waves[3])
    assert (found.status, found.difference_in_differences, found.low, found.high) == (status, None, None, None)
