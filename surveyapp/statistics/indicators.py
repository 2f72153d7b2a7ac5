"""An indicator: the share of positive answers over one or several items per respondent.

Every respondent counts once: the score is the share of positive answers among the items that he or she answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveyapp.statistics.answers import Answers, answered, are_answers, as_answers
from surveyapp.statistics.checks import Vector, are_weights, as_vector, is_confidence, is_count
from surveyapp.statistics.intervals import ShareInterval, interval_in_population
from surveyapp.statistics.linearized import LinearizedShare, linearized_share
from surveyapp.statistics.status import BadInput, Status


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator with its base. ``n`` respondents were scored, out of ``respondents``.

    ``positive_answers`` is the exact count behind an unweighted single item, else None. ``interval`` holds the share,
    its ends, the effective n and the status again, so that two waves can be compared by their intervals.
    """

    status: Status
    respondents: int
    n: int
    item_answers: int
    interval: ShareInterval
    standard_error: float | None = None
    kish_n_effective: float | None = None
    positive_answers: int | None = None

    @property
    def share(self) -> float | None:
        """The top-two share as a fraction."""
        return self.interval.share


@dataclass(frozen=True, slots=True)
class PooledShare:
    """The share of positive answers among all answers, whoever gave them: another estimand than an indicator."""

    status: Status
    n: int
    share: float | None = None
    standard_error: float | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """Which steps count: the ``scale``'s ends, how many at the top are positive, and which columns are reversed."""

    scale: tuple[int, int] = (1, 5)
    positive_steps: int = 2
    reverse_items: tuple[int, ...] = ()


def multi_item_indicator(
    answers: ArrayLike,
    *,
    reverse_items: Sequence[int] = (),
    weights: ArrayLike | None = None,
    scale: tuple[int, int] = (1, 5),
    positive_steps: int = 2,
    confidence: float = 0.95,
    population: int | None = None,
) -> Indicator:
    """Measure an indicator from ``answers``, a matrix of respondents by items holding codes of the ``scale``.

    Not answered is NaN or one of the negative codes of :mod:`surveyapp.statistics.answers` (skipped, not relevant,
    don't know); :func:`~surveyapp.statistics.answers.answer_matrix` makes the matrix from stored answers.
    ``reverse_items`` are the column numbers (from 0) of negatively worded items; they are turned round here and
    only here. ``weights`` has one entry per respondent. ``population`` switches the finite-population correction on.

    The interval is Wilson's on the effective n of the linearized variance with the respondent as cluster, capped at
    Kish's size times the mean number of answered items, and Kish's size where nothing varies
    (Cochran 1977; Kish 1965; Korn & Graubard 1998). ``no_answers`` if nobody can be scored;
    ``invalid_input`` for codes off the scale, negative weights, a population smaller than the base.
    """
    matrix, w = as_answers(answers), _weights(answers, weights)
    steps = Steps(scale, positive_steps, tuple(reverse_items))
    if not (_are_usable(matrix, w, steps) and is_confidence(confidence)):
        return _without_number(Status.INVALID_INPUT, matrix.shape[0])
    positive, valid = _positive_and_valid(matrix, steps)
    scored = (valid > 0) & (w > 0)
    n, item_answers = int(np.count_nonzero(scored)), int(valid.sum())
    if n == 0:
        return _without_number(Status.NO_ANSWERS, matrix.shape[0])
    if population is not None and not (is_count(population) and n <= population):
        return _without_number(Status.INVALID_INPUT, matrix.shape[0])
    found = linearized_share(positive[scored] / valid[scored], w[scored])
    size = _effective_size(found, float(valid[scored].mean()))
    design_effect = n / found.kish_n_effective
    interval = interval_in_population(found.share, size, n, population, confidence, design_effect)
    count = int(positive.sum()) if weights is None and matrix.shape[1] == 1 else None
    return Indicator(
        Status.OK, matrix.shape[0], n, item_answers, interval, found.standard_error, found.kish_n_effective, count
    )


def respondent_scores(
    answers: ArrayLike,
    *,
    reverse_items: Sequence[int] = (),
    scale: tuple[int, int] = (1, 5),
    positive_steps: int = 2,
) -> "np.ma.MaskedArray[tuple[int], np.dtype[np.float64]]":
    """Give every respondent's score; respondents without a valid answer are masked.

    For tables and checks inside the house: single scores are never published. Takes what
    :func:`multi_item_indicator` takes and raises :class:`BadInput` where that gives ``invalid_input``.
    """
    matrix = as_answers(answers)
    steps = Steps(scale, positive_steps, tuple(reverse_items))
    if not _are_usable(matrix, np.ones(matrix.shape[0]), steps):
        raise BadInput("The answers do not fit the scale and the items.")
    positive, valid = _positive_and_valid(matrix, steps)
    return np.ma.masked_array(positive / np.maximum(valid, 1), mask=valid == 0)


def pooled_item_share(
    answers: ArrayLike,
    *,
    reverse_items: Sequence[int] = (),
    weights: ArrayLike | None = None,
    scale: tuple[int, int] = (1, 5),
    positive_steps: int = 2,
) -> PooledShare:
    """Ratio of positive answers to all answers, Σwk/Σwm, with its linearized standard error.

    Respondents who answer more items count more, so show either this or the indicator. Statuses as there.
    ``n`` counts the respondents with a valid answer.
    """
    matrix, w = as_answers(answers), _weights(answers, weights)
    steps = Steps(scale, positive_steps, tuple(reverse_items))
    if not _are_usable(matrix, w, steps):
        return PooledShare(Status.INVALID_INPUT, 0)
    positive, valid = _positive_and_valid(matrix, steps)
    total, n = float(w @ valid), int(np.count_nonzero((valid > 0) & (w > 0)))
    if total == 0:
        return PooledShare(Status.NO_ANSWERS, n)
    share = float(w @ positive) / total
    if n == 1:
        return PooledShare(Status.OK, n, share)
    residuals = w * (positive - share * valid) / total
    return PooledShare(Status.OK, n, share, (n / (n - 1) * float(residuals @ residuals)) ** 0.5)


def _weights(answers: ArrayLike, weights: ArrayLike | None) -> Vector:
    return np.ones(len(as_answers(answers))) if weights is None else as_vector(weights)


def _are_usable(matrix: Answers, weights: Vector, steps: Steps) -> bool:
    low, high = steps.scale
    return (
        0 <= low < high
        and 1 <= steps.positive_steps <= high - low
        and all(0 <= column < matrix.shape[1] for column in steps.reverse_items)
        and weights.size == matrix.shape[0]
        and are_weights(weights)
        and are_answers(matrix, steps.scale)
    )


def _positive_and_valid(matrix: Answers, steps: Steps) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many positive and how many valid answers every respondent gave, column by column to stay small in memory."""
    low, high = steps.scale
    positive = np.zeros(matrix.shape[0], dtype=np.int64)
    valid = np.zeros(matrix.shape[0], dtype=np.int64)
    for column in range(matrix.shape[1]):
        codes = matrix[:, column]
        is_valid = answered(codes)
        reverse = column in steps.reverse_items
        agrees = codes < low + steps.positive_steps if reverse else codes > high - steps.positive_steps
        positive += is_valid & agrees
        valid += is_valid
    return positive, valid


def _effective_size(found: LinearizedShare, mean_items: float) -> float:
    if found.n_effective is None:
        return found.kish_n_effective
    return min(found.n_effective, found.kish_n_effective * mean_items)


def _without_number(status: Status, respondents: int) -> Indicator:
    return Indicator(status, respondents, 0, 0, ShareInterval(status, 0))
