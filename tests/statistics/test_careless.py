"""Careless answers are flagged, never deleted; and honest ones are not flagged by mistake."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.statistics.answers import answer_matrix
from surveyapp.statistics.careless import careless_longstring, duplicate_patterns, speeding, straight_lining
from surveyapp.statistics.status import BadInput, Status

ROWS = st.integers(2, 8).flatmap(
    lambda items: st.lists(
        st.lists(st.sampled_from([1, 3, 5, "na", None]), min_size=items, max_size=items), min_size=1, max_size=12
    )
)


def longest_run_of(row: list[int | str | None]) -> int:
    longest = run = 1
    for before, after in pairwise(row):
        run = run + 1 if isinstance(after, int) and before == after else 1
        longest = max(longest, run)
    return longest


@given(ROWS)
def test_runs_and_matches_are_those_one_counts_by_hand(rows: list[list[int | str | None]]) -> None:
    matrix = answer_matrix(rows)
    runs, duplicates = careless_longstring(matrix), duplicate_patterns(matrix)
    assert runs.longest_run is not None
    assert runs.longest_run.tolist() == [longest_run_of(row) for row in rows]
    answers = [[code if isinstance(code, int) else None for code in row] for row in rows]
    assert duplicates.in_duplicate_group is not None
    assert duplicates.in_duplicate_group.tolist() == [answers.count(row) > 1 for row in answers]
    assert duplicates.max_percent_match is not None
    for person, match in enumerate(duplicates.max_percent_match.tolist()):
        both = [
            [one == other for one, other in zip(answers[person], row, strict=True) if None not in (one, other)]
            for place, row in enumerate(answers)
            if place != person
        ]
        shares = [sum(same) / len(same) for same in both if same]
        assert match == (pytest.approx(max(shares)) if shares else None)


def test_the_spread_of_one_answer_is_unknown_not_zero() -> None:
    found = careless_longstring(answer_matrix([[5, "na", None], [5, 5, 5], [1, 3, 5]]))
    assert found.within_person_sd is not None
    assert found.within_person_sd.tolist() == [None, 0, 2]


def test_a_straight_line_is_flagged_only_across_both_directions() -> None:
    block = answer_matrix([[4] * 6, [4, 4, 4, 4, 4, 2], [4, 4, 4, 4, 4, "na"], ["na"] * 6])
    found = straight_lining(block, reverse_items=[1])
    assert found.flagged is not None
    assert found.flagged.tolist() == [True, False, False, False]


@pytest.mark.parametrize(("items", "reverse"), [(6, []), (6, range(6)), (5, [1])])
def test_an_honest_straight_line_is_not_flagged(items: int, reverse: list[int]) -> None:
    found = straight_lining(np.full((3, items), 4), reverse_items=reverse)
    assert (found.status, found.flagged) == (Status.BLOCK_NOT_SUITED, None)


def test_a_reversed_item_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadInput, match="outside the block"):
        straight_lining(np.full((3, 6), 4), reverse_items=[6])


def test_a_time_rounded_to_nothing_is_fast_and_an_unknown_time_is_not() -> None:
    found = speeding([0, 60, 60, None], items=10)
    assert found.relative_speed is not None
    assert found.flag_relative is not None
    assert found.flag_two_seconds_per_item is not None
    assert found.median_seconds == 60
    assert found.relative_speed.tolist() == [None, 1, 1, None]
    assert found.flag_relative.tolist() == [True, False, False, False]
    assert found.flag_two_seconds_per_item.tolist() == [True, False, False, False]


def test_half_the_median_exactly_is_not_yet_fast() -> None:
    found = speeding([30, 60, 90], items=1)
    assert found.flag_relative is not None
    assert found.flag_relative.tolist() == [False, False, False]


def test_matches_of_85_percent_are_flagged() -> None:
    rows = np.array([[1] * 20, [1] * 17 + [2] * 3, [3] * 20])
    found = duplicate_patterns(rows)
    assert found.flag_match is not None
    assert found.flag_match.tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (careless_longstring(np.empty((0, 5))).status, Status.NO_ANSWERS),
        (duplicate_patterns(np.empty((0, 5))).status, Status.NO_ANSWERS),
        (duplicate_patterns(np.ones((2001, 2))).status, Status.TOO_MANY_ROWS),
        (straight_lining(np.empty((0, 6)), [0]).status, Status.NO_ANSWERS),
        (speeding([], 5).status, Status.NO_ANSWERS),
        (speeding([None, None], 5).status, Status.NO_ANSWERS),
        (speeding([10, -1], 5).status, Status.INVALID_INPUT),
        (speeding([10, float("inf")], 5).status, Status.INVALID_INPUT),
        (speeding([10, 20], 0).status, Status.INVALID_INPUT),
    ],
)
def test_bad_input_has_a_name(status: Status, expected: Status) -> None:
    assert status == expected


def test_one_respondent_resembles_nobody() -> None:
    found = duplicate_patterns(np.array([[1, 2, 3]]))
    assert found.in_duplicate_group is not None
    assert found.max_percent_match is not None
    assert found.in_duplicate_group.tolist() == [False]
    assert found.max_percent_match.tolist() == [None]
