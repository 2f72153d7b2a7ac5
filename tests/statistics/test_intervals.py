"""Intervals of one share: inside 0 to 1, around the point, equal to scipy's where scipy has one."""

from math import isclose, isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from surveyapp.statistics.intervals import (
    ShareInterval,
    hypergeometric_exact_interval,
    wilson_interval,
    wilson_interval_effective_n,
    wilson_interval_fpc,
    wilson_interval_kish,
)
from surveyapp.statistics.status import Status

CONFIDENCE = st.floats(0.5, 0.999)


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(st.integers(1, 5000))
    return draw(st.integers(0, n)), n


def assert_around_the_point(found: ShareInterval) -> None:
    assert found.status == Status.OK
    assert found.low is not None
    assert found.share is not None
    assert found.high is not None
    assert 0 <= found.low <= found.share <= found.high <= 1


@given(counts(), CONFIDENCE)
def test_wilson_equals_scipys_wilson(given_counts: tuple[int, int], confidence: float) -> None:
    k, n = given_counts
    found = wilson_interval(k, n, confidence)
    scipys = binomtest(k, n).proportion_ci(confidence, method="wilson")
    assert_around_the_point(found)
    assert found.low == pytest.approx(scipys.low, abs=1e-12)
    assert found.high == pytest.approx(scipys.high, abs=1e-12)


def test_nobody_and_everybody_give_an_exact_end() -> None:
    assert wilson_interval(0, 41).low == 0
    assert wilson_interval(41, 41).high == 1


@given(counts(), st.integers(0, 10_000), CONFIDENCE)
def test_a_known_population_only_narrows_the_interval(
    given_counts: tuple[int, int], unasked: int, confidence: float
) -> None:
    k, n = given_counts
    found, without = wilson_interval_fpc(k, n, n + unasked, confidence), wilson_interval(k, n, confidence)
    assert_around_the_point(found)
    assert found.low is not None
    assert without.low is not None
    assert found.high is not None
    assert without.high is not None
    assert without.low - 1e-12 <= found.low
    assert found.high <= without.high + 1e-12


@given(st.floats(0, 1), st.floats(0.01, 1e6), CONFIDENCE)
def test_any_real_effective_n_gives_an_interval_around_the_point(share: float, n: float, confidence: float) -> None:
    assert_around_the_point(wilson_interval_effective_n(share, n, confidence))


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.001, 1000)), min_size=1, max_size=50))
def test_weights_never_inform_more_than_the_answers(people: list[tuple[float, float]]) -> None:
    found = wilson_interval_kish([value for value, _ in people], [weight for _, weight in people])
    assert_around_the_point(found)
    assert found.n_effective is not None
    assert 1 - 1e-9 <= found.n_effective <= len(people) + 1e-9


def test_a_weighted_census_has_the_share_as_its_interval() -> None:
    found = wilson_interval_kish([1, 0, 0], [1, 2, 1], population=3)
    assert (found.low, found.high, found.n_effective) == (0.25, 0.25, None)


@given(counts(), st.integers(0, 400))
def test_the_exact_interval_holds_the_sample_and_its_complement_mirrors_it(
    given_counts: tuple[int, int], unasked: int
) -> None:
    k, n = given_counts
    found = hypergeometric_exact_interval(k, n, n + unasked)
    mirrored = hypergeometric_exact_interval(n - k, n, n + unasked)
    assert found.low_count is not None
    assert found.high_count is not None
    assert mirrored.low_count is not None
    assert k <= found.low_count <= found.high_count <= k + unasked
    assert found.high_count == n + unasked - mirrored.low_count


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (wilson_interval(0, 0), Status.NO_ANSWERS),
        (wilson_interval(3, 2), Status.INVALID_INPUT),
        (wilson_interval(-1, 2), Status.INVALID_INPUT),
        (wilson_interval(1, 2, 1.0), Status.INVALID_INPUT),
        (wilson_interval(float("nan"), 2), Status.INVALID_INPUT),  # type: ignore[arg-type]
        (wilson_interval_fpc(1, 5, 4), Status.INVALID_INPUT),
        (wilson_interval_fpc(0, 0, 4), Status.NO_ANSWERS),
        (wilson_interval_effective_n(0.5, 0), Status.NO_ANSWERS),
        (wilson_interval_effective_n(1.5, 10), Status.INVALID_INPUT),
        (wilson_interval_effective_n(0.5, float("inf")), Status.INVALID_INPUT),
        (wilson_interval_kish([], []), Status.NO_ANSWERS),
        (wilson_interval_kish([1, 0], [0, 0]), Status.NO_ANSWERS),
        (wilson_interval_kish([1, 0], [1, -1]), Status.INVALID_INPUT),
        (wilson_interval_kish([1, 0], [1]), Status.INVALID_INPUT),
        (wilson_interval_kish([1, float("nan")], [1, 1]), Status.INVALID_INPUT),
        (wilson_interval_kish([1, 0], [1, 1], population=1), Status.INVALID_INPUT),
    ],
)
def test_bad_input_has_a_name_and_no_number(found: ShareInterval, status: Status) -> None:
    assert found.status == status
    assert (found.share, found.low, found.high, found.n_effective) == (None, None, None, None)


def test_the_exact_interval_refuses_more_answers_than_residents() -> None:
    found = hypergeometric_exact_interval(2, 5, 4)
    assert (found.status, found.low_count, found.high) == (Status.INVALID_INPUT, None, None)
    assert hypergeometric_exact_interval(0, 0, 4).status == Status.NO_ANSWERS


def test_one_answer_is_an_answer() -> None:
    found = wilson_interval(1, 1)
    assert found.low is not None
    assert not isnan(found.low)
    assert isclose(found.low, 0.206549314377238, abs_tol=1e-12)  # R ratesci wilsonci(1, 1)
