"""Stored answers become codes, and everything that is no answer stays outside the base."""

import numpy as np
import pytest

from surveyapp.statistics.answers import DONT_KNOW, NOT_RELEVANT, SKIPPED, answer_matrix, as_answers, count_answers
from surveyapp.statistics.status import BadInput


def test_stored_answers_become_codes() -> None:
    assert answer_matrix([[5, "na"], ["dk", None]]).tolist() == [[5, NOT_RELEVANT], [DONT_KNOW, SKIPPED]]


def test_counts_every_step_and_every_kind_of_no_answer() -> None:
    item = answer_matrix([[5], [5], [1], ["na"], ["dk"], ["dk"], [None]])
    counts = count_answers(item)
    assert (counts.n, counts.steps) == (3, (1, 0, 0, 0, 2))
    assert (counts.not_relevant, counts.dont_know, counts.skipped) == (1, 2, 1)


def test_nan_counts_as_skipped() -> None:
    counts = count_answers(np.array([4.0, np.nan]))
    assert (counts.n, counts.skipped) == (1, 1)


@pytest.mark.parametrize("rows", [[["agree"]], [[5, 4], [5]], [[900]]])
def test_words_that_are_no_answers_are_refused(rows: list[list[int | str | None]]) -> None:
    with pytest.raises(BadInput):
        answer_matrix(rows)


def test_an_answer_off_the_scale_is_refused() -> None:
    with pytest.raises(BadInput, match="outside the scale"):
        count_answers(np.array([6]))


def test_a_cube_is_no_matrix_of_answers() -> None:
    with pytest.raises(BadInput):
        as_answers(np.zeros((2, 2, 2)))
