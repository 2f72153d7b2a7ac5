"""Answer codes: how stored answers become a matrix that the measurement can work on.

A response stores 5 = strongly agree … 1 = strongly disagree, ``na`` not relevant, ``dk`` don't know; a skipped
statement is absent. In the matrix, one row per respondent and one column per item, the last three are the negative
codes below. All three are *not answered*: outside every base, and counted beside it. NaN is taken as skipped.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveyapp.statistics.status import BadInput

SKIPPED = -1
NOT_RELEVANT = -2
DONT_KNOW = -3

_WORDS = {None: SKIPPED, "na": NOT_RELEVANT, "not_relevant": NOT_RELEVANT, "dk": DONT_KNOW, "dont_know": DONT_KNOW}

Answers = NDArray[np.float64] | NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """What one item was answered: ``steps`` from the lowest code to the highest, and the three kinds of no answer."""

    n: int
    steps: tuple[int, ...]
    not_relevant: int
    dont_know: int
    skipped: int


def answer_matrix(rows: Sequence[Sequence[int | str | None]]) -> NDArray[np.int8]:
    """Turn stored answers, one sequence per respondent, into the matrix of codes.

    An answer is a step (0 or more), ``"na"``, ``"dk"`` or None. Raises :class:`BadInput` for any other word and for
    respondents with different numbers of items.
    """
    if len({len(row) for row in rows}) > 1:
        raise BadInput("Every respondent needs one entry per item, also for skipped ones.")
    try:
        codes = [[answer if isinstance(answer, int) else _WORDS[answer] for answer in row] for row in rows]
        return np.array(codes, dtype=np.int8).reshape(len(rows), -1 if rows and rows[0] else 0)
    except (KeyError, OverflowError) as unknown:
        raise BadInput(f"{unknown} is not an answer: use a step, 'na', 'dk' or nothing.") from unknown


def as_answers(answers: ArrayLike) -> Answers:
    """Give ``answers`` as a matrix of respondents by items; one dimension is taken as one item."""
    matrix = np.asarray(answers)
    if matrix.dtype.kind not in "iuf":
        matrix = matrix.astype(np.float64)
    if matrix.ndim == 1:
        matrix = matrix.reshape(matrix.size, -1 if matrix.size else 0)
    if matrix.ndim != 2:
        raise BadInput("Answers are a matrix: one row per respondent, one column per item.")
    return matrix


def are_answers(matrix: Answers, scale: tuple[int, int]) -> bool:
    """Whether every entry is a whole step of the ``scale`` or one of the codes for no answer."""
    low, high = scale
    if matrix.dtype.kind in "iu":
        return bool(((matrix >= DONT_KNOW) & (matrix <= high) & ((matrix >= low) | (matrix < 0))).all())
    known = matrix[~np.isnan(matrix)]
    inside = (known >= DONT_KNOW) & (known <= high) & ((known >= low) | (known < 0))
    return bool((inside & (known == np.floor(known))).all())


def answered(matrix: Answers) -> NDArray[np.bool_]:
    """Which entries are valid answers."""
    return np.asarray(matrix >= 0)


def count_answers(item: ArrayLike, scale: tuple[int, int] = (1, 5)) -> AnswerCounts:
    """Count one item's answers per step, and those outside the base per kind.

    Raises :class:`BadInput` if an entry is neither a step of the ``scale`` nor a code for no answer.
    """
    codes = as_answers(item)
    if not are_answers(codes, scale):
        raise BadInput(f"An answer lies outside the scale from {scale[0]} to {scale[1]}.")
    steps = tuple(int(np.count_nonzero(codes == step)) for step in range(scale[0], scale[1] + 1))
    not_relevant = int(np.count_nonzero(codes == NOT_RELEVANT))
    dont_know = int(np.count_nonzero(codes == DONT_KNOW))
    n = sum(steps)
    return AnswerCounts(n, steps, not_relevant, dont_know, codes.size - n - not_relevant - dont_know)
