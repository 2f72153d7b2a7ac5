"""Change between two waves of independent respondents: interval, test, Holm's adjustment and the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from math import sqrt

from surveyapp.statistics.checks import is_confidence, is_share
from surveyapp.statistics.chi_square import chi_square_tail
from surveyapp.statistics.exact_tests import boschloo_p_value
from surveyapp.statistics.indicators import Indicator
from surveyapp.statistics.intervals import ShareInterval, wilson_interval, wilson_interval_effective_n
from surveyapp.statistics.status import Status

LARGEST_EXACT_PRODUCT = 40_000


class Verdict(StrEnum):
    """What can be said about a change. Leads everywhere; ``cannot_tell`` never gets an arrow."""

    RISE = "rise"
    FALL = "fall"
    CANNOT_TELL = "cannot_tell"


class Direction(StrEnum):
    """Which way is better, or which change is looked for."""

    INCREASE = "increase"
    DECREASE = "decrease"


@dataclass(frozen=True, slots=True)
class Difference:
    """Late share minus early share with its interval, as fractions."""

    status: Status
    n_late: float
    n_early: float
    difference: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class TwoWaveTest:
    """A two-sided test of no change. ``test`` is ``boschloo`` or ``effective_n``."""

    status: Status
    n_late: float
    n_early: float
    test: str
    p_value: float | None = None


@dataclass(frozen=True, slots=True)
class WaveChange:
    """One indicator's change: the interval, and the p-value before Holm's adjustment."""

    difference: Difference
    test: TwoWaveTest


@dataclass(frozen=True, slots=True)
class HolmAdjustment:
    """Adjusted p-values in the order given; None stays None and is not counted in the ``n`` tests of the family."""

    status: Status
    n: int
    adjusted: tuple[float | None, ...] = ()
    bonferroni: tuple[float | None, ...] = ()
    rejected: tuple[bool | None, ...] = ()


def difference_between(late: ShareInterval, early: ShareInterval) -> Difference:
    """Square-and-add interval of the difference of two shares that already have intervals of the same confidence.

    Newcombe 1998, method 10; on effective n: Zou & Donner 2008. A share without a number passes its status on,
    the early wave's first.
    """
    for wave in (early, late):
        if wave.status != Status.OK:
            return Difference(wave.status, late.n, early.n)
    p_late, low_late, high_late = _ends(late)
    p_early, low_early, high_early = _ends(early)
    change = p_late - p_early
    low = change - sqrt((p_late - low_late) ** 2 + (high_early - p_early) ** 2)
    high = change + sqrt((high_late - p_late) ** 2 + (p_early - low_early) ** 2)
    return Difference(Status.OK, late.n, early.n, change, max(-1.0, low), min(1.0, high))


def newcombe_difference(k_late: int, n_late: int, k_early: int, n_early: int, confidence: float = 0.95) -> Difference:
    """Interval for the change from ``k_early`` of ``n_early`` to ``k_late`` of ``n_late`` answers.

    Newcombe 1998, method 10. ``no_answers`` if a wave has none, ``invalid_input`` for impossible counts.
    """
    return difference_between(
        wilson_interval(k_late, n_late, confidence), wilson_interval(k_early, n_early, confidence)
    )


def newcombe_difference_effective_n(
    share_late: float,
    n_effective_late: float,
    share_early: float,
    n_effective_early: float,
    confidence: float = 0.95,
) -> Difference:
    """The same interval for shares that carry an effective n (weights, several items). Statuses as there."""
    return difference_between(
        wilson_interval_effective_n(share_late, n_effective_late, confidence),
        wilson_interval_effective_n(share_early, n_effective_early, confidence),
    )


def exact_two_wave_test(k_late: int, n_late: int, k_early: int, n_early: int) -> TwoWaveTest:
    """Boschloo's exact test of no change, two-sided as twice the smaller one-sided p. Boschloo 1970.

    ``too_large_for_exact`` when n_late · n_early exceeds 40,000 (it would take seconds to minutes), ``no_answers``
    if a wave has none, ``invalid_input`` for impossible counts. Where all answers agree, p is 1.
    """
    late, early = wilson_interval(k_late, n_late), wilson_interval(k_early, n_early)
    for wave in (early, late):
        if wave.status != Status.OK:
            return TwoWaveTest(wave.status, n_late, n_early, "boschloo")
    if n_late * n_early > LARGEST_EXACT_PRODUCT:
        return TwoWaveTest(Status.TOO_LARGE_FOR_EXACT, n_late, n_early, "boschloo")
    return TwoWaveTest(Status.OK, n_late, n_early, "boschloo", boschloo_p_value(k_late, n_late, k_early, n_early))


def effective_n_test(late: ShareInterval, early: ShareInterval) -> TwoWaveTest:
    """z-test of no change on effective n, with the pooled share under the hypothesis; for weights or several items.

    A share without a number passes its status on, the early wave's first; where all answers agree, p is 1.
    ``invalid_input`` for a census, which has no effective n.
    """
    for wave in (early, late):
        if wave.status != Status.OK:
            return TwoWaveTest(wave.status, late.n, early.n, "effective_n")
    if late.share is None or early.share is None or not late.n_effective or not early.n_effective:
        return TwoWaveTest(Status.INVALID_INPUT, late.n, early.n, "effective_n")
    answers = late.n_effective + early.n_effective
    pooled = (late.n_effective * late.share + early.n_effective * early.share) / answers
    variance = pooled * (1 - pooled) * (1 / late.n_effective + 1 / early.n_effective)
    if late.share == early.share or variance <= 0:
        return TwoWaveTest(Status.OK, late.n, early.n, "effective_n", 1.0)
    z_square = (late.share - early.share) ** 2 / variance
    return TwoWaveTest(Status.OK, late.n, early.n, "effective_n", chi_square_tail(z_square, 1))


def change_between_waves(late: Indicator, early: Indicator) -> WaveChange:
    """Interval and test for one indicator in two waves.

    Boschloo's test for unweighted single items while it is quick enough, else the z-test on effective n.
    """
    difference = difference_between(late.interval, early.interval)
    if late.positive_answers is not None and early.positive_answers is not None:
        exact = exact_two_wave_test(late.positive_answers, late.n, early.positive_answers, early.n)
        if exact.status != Status.TOO_LARGE_FOR_EXACT:
            return WaveChange(difference, exact)
    return WaveChange(difference, effective_n_test(late.interval, early.interval))


def holm_adjustment(p_values: Sequence[float | None], alpha: float = 0.05) -> HolmAdjustment:
    """Adjust p-values for testing several indicators, or margins, in one report. Holm 1979.

    A missing p-value (None) stays missing and does not count. ``invalid_input`` if one lies outside 0 to 1.
    Bonferroni's values stand beside for readers who know those.
    """
    given = {index: p for index, p in enumerate(p_values) if p is not None}
    n = len(given)
    if not (all(is_share(p) for p in given.values()) and is_confidence(alpha)):
        return HolmAdjustment(Status.INVALID_INPUT, n)
    order = sorted(given, key=lambda index: given[index])
    stepped = accumulate((given[index] * (n - rank) for rank, index in enumerate(order)), max)
    adjusted = {index: min(1.0, p) for index, p in zip(order, stepped, strict=True)}
    positions = range(len(p_values))
    return HolmAdjustment(
        Status.OK if n else Status.NO_ANSWERS,
        n,
        tuple(adjusted.get(index) for index in positions),
        tuple(min(1.0, given[index] * n) if index in given else None for index in positions),
        tuple(adjusted[index] <= alpha if index in given else None for index in positions),
    )


def verdict(low: float | None, high: float | None, adjusted_p: float | None, alpha: float = 0.05) -> Verdict:
    """Say rise or fall only if the unadjusted interval excludes 0 and the Holm-adjusted p lies below ``alpha``.

    ``low`` and ``high`` are the ends of the change's interval. Anything missing gives ``cannot_tell``.
    """
    if low is None or high is None or adjusted_p is None or not adjusted_p < alpha:
        return Verdict.CANNOT_TELL
    if low > 0:
        return Verdict.RISE
    return Verdict.FALL if high < 0 else Verdict.CANNOT_TELL


def _ends(wave: ShareInterval) -> tuple[float, float, float]:
    assert wave.share is not None
    assert wave.low is not None
    assert wave.high is not None
    return wave.share, wave.low, wave.high
