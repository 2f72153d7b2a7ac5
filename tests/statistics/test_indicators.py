"""An indicator counts residents, not forms: no order, label, don't-know or scale of weights may move it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from surveyapp.statistics.answers import answer_matrix
from surveyapp.statistics.indicators import Indicator, multi_item_indicator, pooled_item_share, respondent_scores
from surveyapp.statistics.intervals import wilson_interval
from surveyapp.statistics.linearized import weighted_share_design_based
from surveyapp.statistics.status import BadInput, Status

ANSWER = st.sampled_from([1, 2, 3, 4, 5, "na", "dk", None])
Rows = list[list[int | str | None]]


@st.composite
def waves(draw: st.DrawFn) -> Rows:
    items = draw(st.integers(1, 5))
    return draw(st.lists(st.lists(ANSWER, min_size=items, max_size=items), min_size=1, max_size=40))


def numbers(found: Indicator) -> tuple[float | None, ...]:
    return found.share, found.interval.low, found.interval.high


@given(waves())
def test_shares_and_intervals_stay_between_nothing_and_everything(rows: Rows) -> None:
    found = multi_item_indicator(answer_matrix(rows))
    share, low, high = numbers(found)
    if share is None:
        assert found.status == Status.NO_ANSWERS
        assert (low, high, found.standard_error) == (None, None, None)
    else:
        assert low is not None
        assert high is not None
        assert 0 <= low <= share <= high <= 1


@given(waves(), st.sampled_from(["dk", "na", None]))
def test_a_person_who_does_not_know_changes_no_share(rows: Rows, said: str | None) -> None:
    silent: list[int | str | None] = [said] * len(rows[0])
    with_one_more = multi_item_indicator(answer_matrix([*rows, silent]))
    assert numbers(with_one_more) == numbers(multi_item_indicator(answer_matrix(rows)))


@given(waves(), st.integers(0, 1000))
def test_the_order_of_responses_and_of_items_changes_nothing(rows: Rows, seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = answer_matrix(rows)
    shuffled = matrix[rng.permutation(len(rows))][:, rng.permutation(matrix.shape[1])]
    assert numbers(multi_item_indicator(shuffled)) == pytest.approx(numbers(multi_item_indicator(matrix)))


@given(waves(), st.floats(0.01, 100))
def test_weights_count_only_against_each_other(rows: Rows, weight: float) -> None:
    matrix = answer_matrix(rows)
    same = multi_item_indicator(matrix, weights=np.full(len(rows), weight))
    assert numbers(same) == pytest.approx(numbers(multi_item_indicator(matrix)), abs=1e-9)


@given(waves())
def test_a_negatively_worded_item_is_the_same_as_its_mirror_image(rows: Rows) -> None:
    mirrored: Rows = [[6 - row[0] if isinstance(row[0], int) else row[0], *row[1:]] for row in rows]
    turned = multi_item_indicator(answer_matrix(mirrored), reverse_items=[0])
    assert numbers(turned) == numbers(multi_item_indicator(answer_matrix(rows)))


@given(st.lists(st.integers(1, 5), min_size=2, max_size=60))
def test_one_item_without_weights_is_wilsons_interval(codes: list[int]) -> None:
    found = multi_item_indicator(np.array(codes))
    positive = sum(code >= 4 for code in codes)
    wilson = wilson_interval(positive, len(codes))
    assert found.positive_answers == positive
    assert numbers(found) == pytest.approx((wilson.share, wilson.low, wilson.high))


def test_only_the_two_most_positive_steps_are_positive() -> None:
    scores = respondent_scores(np.array([[1], [2], [3], [4], [5]]))
    assert scores.tolist() == [0, 0, 0, 1, 1]
    reverse = respondent_scores(np.array([[1], [2], [3], [4], [5]]), reverse_items=[0])
    assert reverse.tolist() == [1, 1, 0, 0, 0]


def test_every_resident_counts_once_however_many_items_were_relevant() -> None:
    rows: Rows = [[5, 5, 5, 5], [1, "na", "dk", None]]
    assert multi_item_indicator(answer_matrix(rows)).share == 0.5
    assert pooled_item_share(answer_matrix(rows)).share == 0.8


def test_a_census_of_the_area_has_the_share_as_its_interval() -> None:
    found = multi_item_indicator(np.array([[5], [1], [1], [1]]), population=4)
    assert numbers(found) == (0.25, 0.25, 0.25)
    assert found.interval.n_effective is None


def test_one_respondent_has_no_standard_error_but_a_wide_interval() -> None:
    found = multi_item_indicator(np.array([[5, 1]]))
    share, low, high = numbers(found)
    assert (share, found.standard_error, found.n) == (0.5, None, 1)
    assert low is not None
    assert high is not None
    assert high - low > 0.8
    assert pooled_item_share(np.array([[5, 1]])).standard_error is None


def bad(**changes: object) -> Indicator:
    given: dict[str, object] = {"answers": np.array([[5, 4], [1, 2], [3, 3]])} | changes
    return multi_item_indicator(given.pop("answers"), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (bad(answers=np.empty((0, 3))), Status.NO_ANSWERS),
        (bad(answers=answer_matrix([["na", "dk"], [None, "na"]])), Status.NO_ANSWERS),
        (bad(weights=[0, 0, 0]), Status.NO_ANSWERS),
        (bad(weights=[1, -1, 1]), Status.INVALID_INPUT),
        (bad(weights=[1, float("nan"), 1]), Status.INVALID_INPUT),
        (bad(weights=[1, 1]), Status.INVALID_INPUT),
        (bad(answers=np.array([[6, 1]])), Status.INVALID_INPUT),
        (bad(answers=np.array([[0, 1]])), Status.INVALID_INPUT),
        (bad(answers=np.array([[2.5, 1]])), Status.INVALID_INPUT),
        (bad(answers=np.array([[float("inf"), 1]])), Status.INVALID_INPUT),
        (bad(reverse_items=[2]), Status.INVALID_INPUT),
        (bad(scale=(5, 1)), Status.INVALID_INPUT),
        (bad(positive_steps=5), Status.INVALID_INPUT),
        (bad(confidence=0), Status.INVALID_INPUT),
        (bad(population=2), Status.INVALID_INPUT),
    ],
)
def test_bad_input_has_a_name_and_no_number(found: Indicator, status: Status) -> None:
    assert (found.status, found.interval.status) == (status, status)
    assert (found.n, found.share, found.interval.low, found.standard_error, found.positive_answers) == (
        0,
        None,
        None,
        None,
        None,
    )


def test_bad_input_for_the_other_estimands() -> None:
    assert pooled_item_share(np.array([[9]])).status == Status.INVALID_INPUT
    assert pooled_item_share(answer_matrix([["na"]])).status == Status.NO_ANSWERS
    with pytest.raises(BadInput, match="do not fit"):
        respondent_scores(np.array([[9]]))


def test_a_respondent_without_answers_has_no_score_rather_than_zero() -> None:
    assert respondent_scores(answer_matrix([["na", "dk"], [5, "na"]])).tolist() == [None, 1]


@pytest.mark.parametrize(
    ("values", "weights", "status"),
    [
        ([], [], Status.NO_ANSWERS),
        ([1, 0], [1, -1], Status.INVALID_INPUT),
        ([1, 2], [1, 1], Status.INVALID_INPUT),
        ([1, 1], [1, 1], Status.NO_VARIATION),
        ([1], [1], Status.NO_VARIATION),
    ],
)
def test_design_based_intervals_need_variation(values: list[float], weights: list[float], status: Status) -> None:
    found = weighted_share_design_based(values, weights)
    assert found.status == status
    assert (found.wilson_z, found.wilson_t, found.korn_graubard, found.logit_t) == (None, None, None, None)


def test_floats_with_nan_and_codes_mean_the_same() -> None:
    codes: NDArray[np.int8] = answer_matrix([[5, "na"], [2, 4], [None, 1]])
    floats = np.array([[5, np.nan], [2, 4], [np.nan, 1]])
    assert numbers(multi_item_indicator(codes)) == numbers(multi_item_indicator(floats))


def test_several_items_never_count_for_more_than_that_many_answers() -> None:
    nearly_alike = np.array([[5, 1]] * 9 + [[5, 5]])
    found = multi_item_indicator(nearly_alike)
    assert found.interval.n_effective == pytest.approx(20)
