"""The tail of the chi-square distribution: equal to scipy's, for every number of categories a margin can have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from surveyapp.statistics.chi_square import chi_square_tail


@given(st.floats(0, 1e4), st.integers(1, 60))
def test_the_tail_equals_scipys(chi_square: float, degrees_of_freedom: int) -> None:
    expected = float(chi2.sf(chi_square, degrees_of_freedom))
    assert chi_square_tail(chi_square, degrees_of_freedom) == pytest.approx(expected, rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("degrees_of_freedom", [1, 2, 7])
def test_nothing_observed_is_certain_and_a_vast_statistic_is_impossible(degrees_of_freedom: int) -> None:
    assert chi_square_tail(0.0, degrees_of_freedom) == 1.0
    assert chi_square_tail(1e9, degrees_of_freedom) == 0.0
