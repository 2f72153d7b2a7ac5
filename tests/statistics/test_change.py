"""A change is claimed only where the interval and the adjusted test both bear it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.statistics.change import (
    Difference,
    TwoWaveTest,
    Verdict,
    change_between_waves,
    difference_between,
    effective_n_test,
    exact_two_wave_test,
    holm_adjustment,
    newcombe_difference,
    newcombe_difference_effective_n,
    verdict,
)
from surveyapp.statistics.indicators import Indicator, multi_item_indicator
from surveyapp.statistics.intervals import wilson_interval, wilson_interval_effective_n, wilson_interval_fpc
from surveyapp.statistics.status import Status

WAVE = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
SHARE = st.floats(0, 1)


def wave(positive: int, n: int, items: int = 1) -> Indicator:
    return multi_item_indicator(np.repeat([5] * positive + [1] * (n - positive), items).reshape(n, items))


@given(WAVE, WAVE)
def test_the_interval_holds_the_change_and_turns_round_with_it(late: tuple[int, int], early: tuple[int, int]) -> None:
    there, back = newcombe_difference(*late, *early), newcombe_difference(*early, *late)
    assert there.low is not None
    assert there.difference is not None
    assert there.high is not None
    assert back.low is not None
    assert -1 <= there.low <= there.difference <= there.high <= 1
    assert there.high == pytest.approx(-back.low)


@given(SHARE, st.floats(1, 1000), SHARE, st.floats(1, 1000))
def test_effective_n_gives_an_interval_around_the_change(late: float, m: float, early: float, n: float) -> None:
    found = newcombe_difference_effective_n(late, m, early, n)
    assert found.low is not None
    assert found.difference is not None
    assert found.high is not None
    assert -1 <= found.low <= found.difference <= found.high <= 1


@pytest.mark.parametrize(
    ("late", "early", "others", "expected"),
    [
        pytest.param(43, 41, 0, Verdict.CANNOT_TELL, id="the guide's example"),
        pytest.param(70, 41, 1, Verdict.RISE, id="a large rise"),
        pytest.param(20, 60, 1, Verdict.FALL, id="a large fall"),
        pytest.param(56, 41, 0, Verdict.RISE, id="a rise alone"),
        pytest.param(56, 41, 4, Verdict.CANNOT_TELL, id="the same rise among many indicators"),
    ],
)
def test_what_is_told_of_a_hundred_answers_a_year(late: int, early: int, others: int, expected: Verdict) -> None:
    change = change_between_waves(wave(late, 100), wave(early, 100))
    adjusted = holm_adjustment([change.test.p_value, *[1.0] * others]).adjusted[0]
    assert verdict(change.difference.low, change.difference.high, adjusted) == expected


@pytest.mark.parametrize(
    ("low", "high", "p", "expected"),
    [
        (0.01, 0.2, 0.049, Verdict.RISE),
        (-0.2, -0.01, 0.049, Verdict.FALL),
        (0.01, 0.2, 0.05, Verdict.CANNOT_TELL),
        (-0.01, 0.2, 0.001, Verdict.CANNOT_TELL),
        (0.0, 0.2, 0.001, Verdict.CANNOT_TELL),
        (0.01, 0.2, None, Verdict.CANNOT_TELL),
        (None, None, 0.001, Verdict.CANNOT_TELL),
        (0.01, 0.2, float("nan"), Verdict.CANNOT_TELL),
    ],
)
def test_a_verdict_needs_both_the_interval_and_the_test(
    low: float | None, high: float | None, p: float | None, expected: Verdict
) -> None:
    assert verdict(low, high, p) == expected


def test_a_stricter_level_tells_less() -> None:
    assert verdict(0.1, 0.8, 0.01) == Verdict.RISE
    assert verdict(0.1, 0.8, 0.01, alpha=0.005) == Verdict.CANNOT_TELL


def test_an_unmeasured_wave_passes_its_status_on_and_is_not_counted_by_holm() -> None:
    missing = change_between_waves(wave(41, 100), multi_item_indicator(np.empty((0, 1))))
    assert missing.difference == Difference(Status.NO_ANSWERS, 100, 0)
    assert missing.test.p_value is None
    assert holm_adjustment([0.03, missing.test.p_value]).adjusted == (0.03, None)
    assert verdict(missing.difference.low, missing.difference.high, None) == Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("late", "early", "test"),
    [
        (wave(50, 100), wave(41, 100), "boschloo"),
        (wave(50, 100, items=2), wave(41, 100, items=2), "effective_n"),
        (wave(150, 300), wave(41, 300), "effective_n"),
        (multi_item_indicator(np.array([5, 1, 1]), weights=[1, 2, 1]), wave(41, 100), "effective_n"),
    ],
)
def test_the_exact_test_is_for_unweighted_single_items_of_ordinary_size(
    late: Indicator, early: Indicator, test: str
) -> None:
    assert change_between_waves(late, early).test.test == test


def test_the_exact_test_refuses_what_would_take_minutes() -> None:
    assert exact_two_wave_test(100, 201, 90, 200) == TwoWaveTest(Status.TOO_LARGE_FOR_EXACT, 201, 200, "boschloo")


@settings(max_examples=20)
@given(st.integers(0, 40), st.integers(0, 40))
def test_swapping_the_waves_does_not_change_the_test(k: int, m: int) -> None:
    one, other = exact_two_wave_test(k, 40, m, 40).p_value, exact_two_wave_test(m, 40, k, 40).p_value
    assert one is not None
    assert other == pytest.approx(one, abs=1e-3)
    assert 0 <= one <= 1


def test_the_test_on_effective_n_is_the_pooled_z_test() -> None:
    # 50 of 100 against 35 of 100: z = 0.15 / sqrt(0.425 · 0.575 · 0.02) = 2.1455
    found = effective_n_test(wilson_interval(50, 100), wilson_interval(35, 100))
    assert found.p_value == pytest.approx(0.0319, abs=1e-4)


def test_waves_that_agree_wholly_show_no_change() -> None:
    assert exact_two_wave_test(0, 50, 0, 60).p_value == 1
    assert exact_two_wave_test(50, 50, 60, 60).p_value == 1
    assert effective_n_test(wilson_interval(0, 50), wilson_interval(0, 60)).p_value == 1


def test_bad_input_has_a_name_and_no_number() -> None:
    assert newcombe_difference(1, 0, 1, 2) == Difference(Status.INVALID_INPUT, 0, 2)
    assert newcombe_difference(0, 0, 1, 2) == Difference(Status.NO_ANSWERS, 0, 2)
    assert newcombe_difference_effective_n(0.5, -1, 0.5, 10).status == Status.INVALID_INPUT
    assert exact_two_wave_test(3, 2, 1, 2) == TwoWaveTest(Status.INVALID_INPUT, 2, 2, "boschloo")
    assert exact_two_wave_test(0, 0, 1, 2) == TwoWaveTest(Status.NO_ANSWERS, 0, 2, "boschloo")
    census = wilson_interval_fpc(5, 10, 10)
    assert effective_n_test(census, wilson_interval(5, 10)).status == Status.INVALID_INPUT
    assert effective_n_test(wilson_interval(0, 0), census).status == Status.NO_ANSWERS


def test_a_census_in_both_waves_has_no_uncertainty_about_its_residents() -> None:
    found = difference_between(wilson_interval_fpc(6, 10, 10), wilson_interval_fpc(4, 10, 10))
    assert (found.low, found.high) == pytest.approx((0.2, 0.2))


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=12))
def test_holm_never_makes_a_result_surer_and_keeps_the_order(p_values: list[float | None]) -> None:
    found = holm_adjustment(p_values)
    pairs = sorted(
        (p, adjusted)
        for p, adjusted in zip(p_values, found.adjusted, strict=True)
        if p is not None and adjusted is not None
    )
    assert len(pairs) == found.n == sum(p is not None for p in p_values)
    assert all(p <= adjusted <= 1 for p, adjusted in pairs)
    assert [adjusted for _, adjusted in pairs] == sorted(adjusted for _, adjusted in pairs)


def test_holm_refuses_what_is_no_probability() -> None:
    assert holm_adjustment([0.1, 1.2]).status == Status.INVALID_INPUT
    assert holm_adjustment([0.1, float("nan")]).adjusted == ()
    assert holm_adjustment([None, None]).status == Status.NO_ANSWERS


def test_an_effective_n_of_its_own_carries_the_number_of_answers_beside_it() -> None:
    found = wilson_interval_effective_n(0.5, 40.0, n=60)
    assert (found.n, found.n_effective, found.design_effect) == (60, 40.0, 1.5)
