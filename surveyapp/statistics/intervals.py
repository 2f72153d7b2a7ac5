"""Intervals for one share: Wilson's score interval for any real n, and an exact one for a known population.

Shares are fractions. ``n`` is the number of valid answers, ``population`` the number of eligible residents.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from math import isfinite, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from surveyapp.statistics.checks import Vector, are_shares, are_weights, as_vector, is_confidence, is_count, is_share
from surveyapp.statistics.status import Status


@dataclass(frozen=True, slots=True)
class ShareInterval:
    """A share with its interval.

    ``n_effective`` is the n that the interval was computed with; None for a census, whose interval is the point.
    ``design_effect`` is n divided by Kish's effective size, 1 without weights.
    """

    status: Status
    n: float
    share: float | None = None
    low: float | None = None
    high: float | None = None
    n_effective: float | None = None
    design_effect: float | None = None


@dataclass(frozen=True, slots=True)
class CountInterval:
    """An interval for how many of the ``population`` hold a view, and the same as shares of the population."""

    status: Status
    n: float
    low_count: int | None = None
    high_count: int | None = None
    low: float | None = None
    high: float | None = None


def normal_quantile(confidence: float) -> float:
    """Give z for a two-sided interval: 1.96 for a confidence of 0.95."""
    return -NormalDist().inv_cdf((1 - confidence) / 2)


def wilson_bounds(share: float, n: float, z: float) -> tuple[float, float]:
    """Wilson's formula, written once, for real ``n`` > 0; ``z`` may also be a t quantile.

    Exactly 0 at a share of 0 and exactly 1 at a share of 1. Wilson 1927; Newcombe 1998, method 3.
    """
    shrink = 1 + z * z / n
    centre = (share + z * z / (2 * n)) / shrink
    half = z / shrink * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = 0.0 if share == 0 else max(0.0, min(share, centre - half))
    high = 1.0 if share == 1 else min(1.0, max(share, centre + half))
    return low, high


def finite_population_effective_n(n_effective: float, n: float, population: float) -> float | None:
    """Enlarge an effective n for a sample of ``n`` out of ``population`` residents; None for a census."""
    return None if n == population else n_effective * (population - 1) / (population - n)


def wilson_interval_effective_n(
    share: float, n_effective: float, confidence: float = 0.95, *, n: float | None = None
) -> ShareInterval:
    """Wilson interval around a ``share`` that carries the information of ``n_effective`` answers (any real number).

    ``n`` is only carried along as the number of answers; without it ``n_effective`` is reported.
    ``no_answers`` if ``n_effective`` is 0, ``invalid_input`` for a share outside 0 to 1 or a negative n.
    """
    base = n_effective if n is None else n
    if n_effective == 0:
        return ShareInterval(Status.NO_ANSWERS, base)
    if not (is_share(share) and isfinite(n_effective) and n_effective > 0 and is_confidence(confidence)):
        return ShareInterval(Status.INVALID_INPUT, base)
    low, high = wilson_bounds(share, n_effective, normal_quantile(confidence))
    return ShareInterval(Status.OK, base, share, low, high, n_effective, base / n_effective)


def wilson_interval(k: int, n: int, confidence: float = 0.95) -> ShareInterval:
    """Wilson score interval for ``k`` of ``n`` answers, without continuity correction.

    ``no_answers`` if n is 0; ``invalid_input`` unless 0 ≤ k ≤ n are whole numbers.
    Wilson 1927; Newcombe 1998, method 3; Brown, Cai & DasGupta 2001.
    """
    problem = _count_problem(k, n, confidence)
    if problem is not None:
        return ShareInterval(problem, n)
    return wilson_interval_effective_n(k / n, n, confidence)


def wilson_interval_fpc(k: int, n: int, population: int, confidence: float = 0.95) -> ShareInterval:
    """Wilson interval with finite-population correction: n* = n(N−1)/(N−n), N the ``population`` of residents.

    Assumes random sampling and speaks of this year's residents only, so it is never used for change over time.
    A census (n = N) has the point as its interval and no effective n. ``invalid_input`` also if n > N.
    Cochran 1977, chapter 3.
    """
    problem = _population_problem(k, n, population, confidence)
    if problem is not None:
        return ShareInterval(problem, n)
    return interval_in_population(k / n, n, n, population, confidence, design_effect=1.0)


def kish_effective_size(weights: Vector) -> float:
    """Kish's effective size (Σw)²/Σw² of weights that are not all zero. Kish 1965."""
    # Scaling by the largest weight first keeps the squares of extreme weights from overflowing or vanishing.
    scaled = weights / weights.max()
    return float(scaled.sum() ** 2 / (scaled @ scaled))


def wilson_interval_kish(
    values: ArrayLike, weights: ArrayLike, confidence: float = 0.95, population: int | None = None
) -> ShareInterval:
    """Wilson interval around a weighted share, on Kish's effective size.

    ``values`` (0 to 1) and ``weights`` (0 or more) have one entry per respondent. With a ``population`` the
    effective size is also corrected for it. ``no_answers`` without a respondent of positive weight;
    ``invalid_input`` for unequal lengths, negative or missing weights, values outside 0 to 1.
    """
    y, w = as_vector(values), as_vector(weights)
    n = y.size
    if y.size != w.size or not (are_shares(y) and are_weights(w) and is_confidence(confidence)):
        return ShareInterval(Status.INVALID_INPUT, n)
    if not w.any():
        return ShareInterval(Status.NO_ANSWERS, n)
    if population is not None and not (is_count(population) and n <= population):
        return ShareInterval(Status.INVALID_INPUT, n)
    n_effective = kish_effective_size(w)
    share = min(1.0, float(np.average(y, weights=w)))
    return interval_in_population(share, n_effective, n, population, confidence, design_effect=n / n_effective)


def hypergeometric_exact_interval(k: int, n: int, population: int, confidence: float = 0.95) -> CountInterval:
    """Every count K in the ``population`` that ``k`` of ``n`` does not contradict, with its lowest and highest.

    K belongs to the interval if P(X ≥ k | K) and P(X ≤ k | K) both exceed α/2 (Buonaccorsi 1987).
    Statuses as in :func:`wilson_interval_fpc`. Both tails are monotone in K, so the ends are found by halving.
    """
    problem = _population_problem(k, n, population, confidence)
    if problem is not None:
        return CountInterval(problem, n)
    from scipy.stats import hypergeom

    tail = (1 - confidence) / 2
    counts = range(k, population - n + k + 1)
    low = counts[bisect_left(counts, True, key=lambda count: hypergeom.sf(k - 1, population, count, n) > tail)]
    high = counts[bisect_right(counts, False, key=lambda count: hypergeom.cdf(k, population, count, n) <= tail) - 1]
    return CountInterval(Status.OK, n, low, high, low / population, high / population)


def interval_in_population(
    share: float, n_effective: float, n: float, population: int | None, confidence: float, design_effect: float
) -> ShareInterval:
    """Wilson interval of checked numbers, corrected for the ``population`` if one is given."""
    corrected = n_effective if population is None else finite_population_effective_n(n_effective, n, population)
    if corrected is None:
        return ShareInterval(Status.OK, n, share, share, share, None, design_effect)
    low, high = wilson_bounds(share, corrected, normal_quantile(confidence))
    return ShareInterval(Status.OK, n, share, low, high, corrected, design_effect)


def _count_problem(k: int, n: int, confidence: float) -> Status | None:
    if not (is_count(k) and is_count(n) and k <= n and is_confidence(confidence)):
        return Status.INVALID_INPUT
    return Status.NO_ANSWERS if n == 0 else None


def _population_problem(k: int, n: int, population: int, confidence: float) -> Status | None:
    if not (is_count(population) and n <= population):
        return Status.INVALID_INPUT
    return _count_problem(k, n, confidence)
