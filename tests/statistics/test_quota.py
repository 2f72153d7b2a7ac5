"""Quotas: who is missing, and whether chance alone would explain it."""

from itertools import product
from math import factorial, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.statistics.quota import QuotaTest, exact_multinomial_test, quota_check, quota_goodness_of_fit
from surveyapp.statistics.status import Status


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), min_size=2, max_size=5))
def test_what_is_missing_here_is_too_many_there(cells: list[tuple[int, int]]) -> None:
    observed, persons = [count for count, _ in cells], [size for _, size in cells]
    found = quota_goodness_of_fit(observed, [size / sum(persons) for size in persons])
    if sum(observed) == 0:
        assert found.status == Status.NO_ANSWERS
        return
    assert sum(found.shortfall) == pytest.approx(0, abs=1e-9)
    assert found.total_variation is not None
    assert found.p_value is not None
    assert 0 <= found.total_variation <= 1
    assert 0 <= found.p_value <= 1


def test_a_small_table_is_enumerated_by_hand_to_the_same_p() -> None:
    observed, targets, n = (0, 2, 4), (0.1, 0.5, 0.4), 6
    tables = [table for table in product(range(n + 1), repeat=3) if sum(table) == n]

    def distance(table: tuple[int, ...]) -> float:
        return sum((count - n * share) ** 2 / (n * share) for count, share in zip(table, targets, strict=True))

    def chance(table: tuple[int, ...]) -> float:
        ways = factorial(n) / prod(map(factorial, table))
        return ways * prod(share**count for count, share in zip(table, targets, strict=True))

    by_hand = sum(chance(table) for table in tables if distance(table) >= distance(observed) - 1e-9)
    found = quota_goodness_of_fit(observed, targets)
    assert (found.test, found.use_exact) == (QuotaTest.EXACT, True)
    assert found.p_value == pytest.approx(by_hand)


def test_many_small_cells_are_simulated_the_same_way_every_time() -> None:
    observed, targets = [1, 2, 2, 9, 6], [0.05, 0.15, 0.2, 0.3, 0.3]
    found, again = quota_goodness_of_fit(observed, targets), quota_goodness_of_fit(observed, targets)
    exact = exact_multinomial_test(observed, targets)
    assert found.test == QuotaTest.MONTE_CARLO
    assert found.p_value == again.p_value
    assert found.p_value == pytest.approx(exact.p_chi_square_order, abs=0.02)


def test_margins_are_adjusted_together_and_missing_answers_shown() -> None:
    targets = {"gender": {"woman": 0.5, "man": 0.5}, "age": {"young": 0.5, "old": 0.5}}
    found = quota_check({"gender": {"woman": 40, "man": 20}, "age": {"young": 30, "old": 29}}, targets, {"age": 1})
    gender = found["gender"]
    assert gender.fit.p_value is not None
    assert gender.adjusted_p == pytest.approx(2 * gender.fit.p_value)
    assert (gender.missing, found["age"].missing) == (0, 1)


def test_a_margin_that_nobody_answered_leaves_the_others_alone() -> None:
    targets = {"gender": {"woman": 0.5, "man": 0.5}, "age": {"young": 0.5, "old": 0.5}}
    found = quota_check({"gender": {"woman": 40, "man": 20}}, targets, {"age": 60})
    assert found["age"].fit.status == Status.NO_ANSWERS
    assert found["age"].adjusted_p is None
    assert found["gender"].adjusted_p == found["gender"].fit.p_value


def test_an_answer_in_a_category_that_the_area_does_not_have_is_refused() -> None:
    found = quota_check({"gender": {"woman": 40, "other": 1}}, {"gender": {"woman": 0.5, "man": 0.5}})
    assert found["gender"].fit.status == Status.INVALID_INPUT


def test_one_category_alone_shows_its_numbers_but_has_no_test() -> None:
    found = quota_goodness_of_fit([0, 20], [0, 1])
    assert (found.status, found.p_value, found.chi_square) == (Status.SINGLE_CATEGORY, None, None)
    assert found.expected == (0, 20)


@pytest.mark.parametrize(
    ("observed", "targets", "status"),
    [
        ([0, 0], [0.5, 0.5], Status.NO_ANSWERS),
        ([1, 2], [0.5, 0.4], Status.INVALID_TARGETS),
        ([1, 2], [1.2, -0.2], Status.INVALID_TARGETS),
        ([1, 2], [float("nan"), 1], Status.INVALID_TARGETS),
        ([1, 2], [0, 1], Status.OBSERVED_IN_ZERO_TARGET_CELL),
        ([1, -2], [0.5, 0.5], Status.INVALID_INPUT),
        ([1, 2.5], [0.5, 0.5], Status.INVALID_INPUT),
        ([1, float("nan")], [0.5, 0.5], Status.INVALID_INPUT),
        ([1, 2, 3], [0.5, 0.5], Status.INVALID_INPUT),
        ([], [], Status.INVALID_INPUT),
    ],
)
def test_bad_input_has_a_name_and_no_number(observed: list[int], targets: list[float], status: Status) -> None:
    found, exact = quota_goodness_of_fit(observed, targets), exact_multinomial_test(observed, targets)
    assert (found.status, found.expected, found.chi_square, found.p_value) == (status, (), None, None)
    assert (exact.status, exact.p_chi_square_order) == (status, None)


def test_targets_a_rounding_away_from_one_are_made_to_fit() -> None:
    assert quota_goodness_of_fit([10, 10, 10], [0.3333333, 0.3333333, 0.3333333]).status == Status.OK


def test_too_many_tables_are_not_enumerated() -> None:
    assert exact_multinomial_test([500] * 4, [0.25] * 4).status == Status.TOO_LARGE_FOR_EXACT


def test_the_enumeration_sees_every_table_once() -> None:
    # With all targets equal and nobody missing every table is at least as far away: the p-value is 1.
    assert exact_multinomial_test([4, 4, 4], [1 / 3] * 3).p_chi_square_order == pytest.approx(1)
