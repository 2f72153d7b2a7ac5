"""The linearized variance of a weighted share, and the effective n that follows from it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from surveyapp.statistics.checks import Vector, are_shares, are_weights, as_vector, is_confidence
from surveyapp.statistics.intervals import kish_effective_size, normal_quantile, wilson_bounds
from surveyapp.statistics.status import Status


@dataclass(frozen=True, slots=True)
class LinearizedShare:
    """A weighted share with its linearized standard error; the weights are taken as fixed.

    ``n_effective`` is p(1−p)/v · n/(n−1), which is n for equal weights and one item; it is None where the variance
    is zero or n is 1, and callers then fall back to ``kish_n_effective``.
    """

    n: int
    share: float
    standard_error: float | None
    n_effective: float | None
    kish_n_effective: float


@dataclass(frozen=True, slots=True)
class DesignBasedShare:
    """A weighted share with the intervals that other survey software prints, for comparison with it.

    ``n_effective_survey`` is p(1−p)/v without the factor n/(n−1). Each interval is (low, high).
    """

    status: Status
    n: int
    share: float | None = None
    standard_error: float | None = None
    degrees_of_freedom: int | None = None
    n_effective_survey: float | None = None
    wilson_z: tuple[float, float] | None = None
    wilson_t: tuple[float, float] | None = None
    korn_graubard: tuple[float, float] | None = None
    logit_t: tuple[float, float] | None = None


def linearized_share(scores: Vector, weights: Vector) -> LinearizedShare:
    """Weighted mean of ``scores`` (0 to 1), one per respondent, with the respondent as the sampling unit.

    v = n/(n−1) · Σw²(s−p)²/(Σw)² (Cochran 1977). Needs a respondent with a positive weight.
    """
    n = scores.size
    total = float(weights.sum())
    share = min(1.0, float(weights @ scores) / total)
    kish = kish_effective_size(weights)
    if n == 1:
        return LinearizedShare(n, share, None, None, kish)
    counted = scores[weights > 0]
    if counted.min() == counted.max():
        # Asked of the scores, because rounding leaves a variance of 1e-34 where all scores are two thirds.
        return LinearizedShare(n, share, 0.0, None, kish)
    variance = n / (n - 1) * float(np.sum(np.square(weights / total * (scores - share))))
    return LinearizedShare(n, share, variance**0.5, share * (1 - share) / variance * n / (n - 1), kish)


def weighted_share_design_based(values: ArrayLike, weights: ArrayLike, confidence: float = 0.95) -> DesignBasedShare:
    """Weighted share as survey packages report it: Wilson on z and t, Korn & Graubard's beta, logit.

    ``values`` (0 to 1) and ``weights`` (0 or more) have one entry per respondent. ``no_answers`` without a respondent
    of positive weight, ``invalid_input`` for unequal lengths, negative weights or values outside 0 to 1, and
    ``no_variation`` (share and standard error, no interval) where all values are equal.
    """
    y, w = as_vector(values), as_vector(weights)
    if y.size != w.size or not (are_shares(y) and are_weights(w) and is_confidence(confidence)):
        return DesignBasedShare(Status.INVALID_INPUT, y.size)
    if not w.any():
        return DesignBasedShare(Status.NO_ANSWERS, y.size)
    found = linearized_share(y, w)
    if not found.standard_error:
        return DesignBasedShare(Status.NO_VARIATION, y.size, found.share, found.standard_error, y.size - 1)
    return _with_intervals(found.n, found.share, found.standard_error, confidence)


def _with_intervals(n: int, share: float, standard_error: float, confidence: float) -> DesignBasedShare:
    from scipy.special import expit, logit
    from scipy.stats import beta, t

    tail = (1 - confidence) / 2
    t_quantile = float(t.isf(tail, n - 1))
    size = share * (1 - share) / standard_error**2
    spread = t_quantile * standard_error / (share * (1 - share))
    return DesignBasedShare(
        Status.OK,
        n,
        share,
        standard_error,
        n - 1,
        size,
        wilson_bounds(share, size, normal_quantile(confidence)),
        wilson_bounds(share, size, t_quantile),
        (
            float(beta.ppf(tail, size * share, size * (1 - share) + 1)),
            float(beta.isf(tail, size * share + 1, size * (1 - share))),
        ),
        (float(expit(logit(share) - spread)), float(expit(logit(share) + spread))),
    )
