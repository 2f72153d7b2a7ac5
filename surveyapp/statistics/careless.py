"""Careless answering: flags for a person to look at, never a reason to delete. Figures are shown with and without.

Answers are the matrix of :mod:`surveyapp.statistics.answers`: raw codes, in the order in which the items were shown,
before any reversal. Arrays in the results have one entry per respondent; masked where there is nothing to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveyapp.statistics.answers import Answers, answered, as_answers
from surveyapp.statistics.checks import as_vector, is_count
from surveyapp.statistics.status import BadInput, Status

Flags = NDArray[np.bool_]
Numbers = np.ma.MaskedArray[tuple[int], np.dtype[np.float64]]

SMALLEST_BLOCK = 6
FASTER_THAN_MEDIAN = 2.0
SECONDS_PER_ITEM = 2.0
MATCH = 0.85
MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class LongString:
    """Runs of identical answers and the spread within each person (standard deviation, ddof 1)."""

    status: Status
    n: int
    longest_run: NDArray[np.int64] | None = None
    average_run: NDArray[np.float64] | None = None
    within_person_sd: Numbers | None = None


@dataclass(frozen=True, slots=True, eq=False)
class StraightLining:
    """Who gave one and the same answer to a whole block of items worded in both directions."""

    status: Status
    n: int
    flagged: Flags | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Speeding:
    """Who was fast. ``relative_speed`` is the median time divided by one's own."""

    status: Status
    n: int
    median_seconds: float | None = None
    relative_speed: Numbers | None = None
    flag_relative: Flags | None = None
    flag_two_seconds_per_item: Flags | None = None


@dataclass(frozen=True, slots=True, eq=False)
class DuplicatePatterns:
    """Who answered like someone else: identically, or in at least 85 % of the items that both answered.

    With fewer than ten items duplicates are expected.
    """

    status: Status
    n: int
    in_duplicate_group: Flags | None = None
    max_percent_match: Numbers | None = None
    flag_match: Flags | None = None


def careless_longstring(answers: ArrayLike) -> LongString:
    """Longest and average run of identical answers, and the within-person deviation. Johnson 2005; Dunn 2018.

    A missing answer breaks a run and is itself a run of one. The deviation is masked below two valid answers.
    ``no_answers`` without respondents or items.
    """
    matrix = as_answers(answers)
    n, items = matrix.shape
    if matrix.size == 0:
        return LongString(Status.NO_ANSWERS, n)
    valid = answered(matrix)
    run = longest = np.ones(n, dtype=np.int64)
    runs = np.ones(n, dtype=np.int64)
    for column in range(1, items):
        same = valid[:, column] & valid[:, column - 1] & (matrix[:, column] == matrix[:, column - 1])
        run = np.where(same, run + 1, 1)
        longest = np.maximum(longest, run)
        runs += ~same
    return LongString(Status.OK, n, longest, items / runs, _within_person_sd(matrix, valid))


def straight_lining(answers: ArrayLike, reverse_items: Sequence[int]) -> StraightLining:
    """Flag respondents who gave one answer to all items of the block ``answers``.

    ``block_not_suited`` unless the block has six items or more and holds both directions: without reversed items a
    straight line may be honest. ``reverse_items`` are the columns of negatively worded items.
    """
    matrix = as_answers(answers)
    n, items = matrix.shape
    reversed_columns = set(reverse_items)
    if not reversed_columns <= set(range(items)):
        raise BadInput("A reversed item lies outside the block.")
    if items < SMALLEST_BLOCK or not 0 < len(reversed_columns) < items:
        return StraightLining(Status.BLOCK_NOT_SUITED, n)
    if n == 0:
        return StraightLining(Status.NO_ANSWERS, n)
    same = (matrix == matrix[:, :1]).all(axis=1)
    return StraightLining(Status.OK, n, np.asarray(same & answered(matrix).all(axis=1)))


def speeding(seconds: ArrayLike | Sequence[float | None], items: int) -> Speeding:
    """Flag respondents who took under half the median time (Leiner 2019) or under 2 s per item (Huang et al. 2012).

    ``seconds`` has one entry per respondent, None or NaN where unknown: then there is no speed and no flag.
    A time of 0 is a very short one: it has no relative speed but both flags.
    ``no_answers`` without a known time, ``invalid_input`` for negative times or fewer than one item.
    """
    own = as_vector(seconds)
    known = ~np.isnan(own)
    if not (is_count(items) and items >= 1) or np.any(own[known] < 0) or np.isinf(own).any():
        return Speeding(Status.INVALID_INPUT, own.size)
    if not known.any():
        return Speeding(Status.NO_ANSWERS, own.size)
    median = float(np.median(own[known]))
    time = np.where(known, own, median)
    positive = known & (time > 0)
    relative = np.ma.masked_array(median / np.where(positive, time, 1.0), mask=~positive)
    return Speeding(
        Status.OK,
        own.size,
        median,
        relative,
        known & (median > FASTER_THAN_MEDIAN * time),
        known & (time < SECONDS_PER_ITEM * items),
    )


def duplicate_patterns(answers: ArrayLike) -> DuplicatePatterns:
    """Find identical rows (missing equals missing) and each row's closest match. Kuriakose & Robbins 2016.

    The match counts items that both answered and is masked where no other row shares one. Quadratic, so
    ``too_many_rows`` beyond 2,000 respondents; ``no_answers`` without respondents or items.
    """
    matrix = as_answers(answers)
    n = matrix.shape[0]
    if matrix.size == 0:
        return DuplicatePatterns(Status.NO_ANSWERS, n)
    if n > MOST_ROWS:
        return DuplicatePatterns(Status.TOO_MANY_ROWS, n)
    valid = answered(matrix)
    codes = np.where(valid, matrix, -1)
    _, group, sizes = np.unique(codes, axis=0, return_inverse=True, return_counts=True)
    match = _closest_match(codes, valid)
    close = np.asarray((match >= MATCH - 1e-12).filled(False))
    return DuplicatePatterns(Status.OK, n, sizes[group.reshape(-1)] > 1, match, close)


def _within_person_sd(matrix: Answers, valid: Flags) -> Numbers:
    count = valid.sum(axis=1)
    mean = np.where(valid, matrix, 0).sum(axis=1) / np.maximum(count, 1)
    squares = np.zeros(matrix.shape[0])
    for column in range(matrix.shape[1]):
        squares += np.where(valid[:, column], matrix[:, column] - mean, 0) ** 2
    return np.ma.masked_array(np.sqrt(squares / np.maximum(count - 1, 1)), mask=count < 2)


def _closest_match(codes: Answers, valid: Flags) -> Numbers:
    both = valid.astype(np.float32)
    joint = both @ both.T
    same = np.zeros_like(joint)
    for code in np.unique(codes[valid]):
        chosen = (codes == code).astype(np.float32)
        same += chosen @ chosen.T
    np.fill_diagonal(joint, 0)
    share = np.where(joint > 0, same.astype(np.float64) / np.maximum(joint, 1), -1.0)
    closest = share.max(axis=1)
    return np.ma.masked_array(np.maximum(closest, 0), mask=closest < 0)
