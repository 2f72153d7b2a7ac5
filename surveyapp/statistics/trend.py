"""A trend over three or more waves. Two waves are a change, never a trend."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from surveyapp.statistics.checks import as_vector, is_count
from surveyapp.statistics.chi_square import chi_square_tail
from surveyapp.statistics.status import Status


@dataclass(frozen=True, slots=True)
class Trend:
    """Cochran–Armitage test of a linear trend over ``waves``, two-sided, on ``n`` answers in all.

    ``linear_by_linear_chi_square`` is the N−1 form, X²(N−1)/N.
    """

    status: Status
    n: int
    waves: int
    chi_square: float | None = None
    p_value: float | None = None
    linear_by_linear_chi_square: float | None = None


def cochran_armitage_trend(k: Sequence[int], n: Sequence[int], scores: Sequence[float] | None = None) -> Trend:
    """Test for a trend in ``k`` positive of ``n`` valid answers per wave. Cochran 1954; Armitage 1955.

    ``scores`` are the waves' times, 0, 1, … by default; calendar years where the distances are unequal.
    ``no_variation`` where all answers agree or all scores are equal, ``no_answers`` for a wave without any,
    ``invalid_input`` for unequal lengths, fewer than two waves or impossible counts.
    """
    positive, bases = as_vector(k), as_vector(n)
    times = np.arange(bases.size, dtype=np.float64) if scores is None else as_vector(scores)
    if not (positive.size == bases.size == times.size >= 2 and np.isfinite(times).all()):
        return Trend(Status.INVALID_INPUT, 0, bases.size)
    if not (all(is_count(count) for count in (*positive, *bases)) and np.all(positive <= bases)):
        return Trend(Status.INVALID_INPUT, 0, bases.size)
    total = int(bases.sum())
    if not bases.all():
        return Trend(Status.NO_ANSWERS, total, bases.size)
    share = positive.sum() / total
    centred = times - bases @ times / total
    variance = share * (1 - share) * (bases @ centred**2)
    if variance == 0 or np.ptp(times) == 0:
        return Trend(Status.NO_VARIATION, total, bases.size)
    chi_square = float(centred @ (positive - bases * share)) ** 2 / float(variance)
    return Trend(
        Status.OK, total, bases.size, chi_square, chi_square_tail(chi_square, 1), chi_square * (total - 1) / total
    )
