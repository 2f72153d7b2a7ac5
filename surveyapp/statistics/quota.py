"""Did the wave fill its quotas? A test per margin, and beside it always the differences themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from surveyapp.statistics.change import holm_adjustment
from surveyapp.statistics.checks import Vector, as_vector, is_count
from surveyapp.statistics.chi_square import chi_square_tail
from surveyapp.statistics.status import Status

SMALLEST_EXPECTED = 5
LARGEST_ENUMERATION = 2_000_000
CELLS_FOR_EXACT = 4
RESAMPLES = 9999
SEED = 20240229
TIE = 1e-9


class QuotaTest(StrEnum):
    """How the p-value was found."""

    CHI_SQUARE = "chi_square"
    EXACT = "exact"
    MONTE_CARLO = "monte_carlo"


@dataclass(frozen=True, slots=True)
class QuotaFit:
    """Observed answers in the categories of one margin against what the area's composition calls for.

    ``shortfall`` is expected minus observed (negative: surplus), ``deviation_points`` observed minus target in
    percentage points, ``total_variation`` half the sum of absolute deviations as a fraction. ``p_value`` is the one to
    report; ``test`` says how it was found, ``p_asymptotic`` is chi-square's.
    """

    status: Status
    n: int
    expected: tuple[float, ...] = ()
    shortfall: tuple[float, ...] = ()
    deviation_points: tuple[float, ...] = ()
    max_abs_deviation_points: float | None = None
    total_variation: float | None = None
    min_expected: float | None = None
    chi_square: float | None = None
    g_statistic: float | None = None
    degrees_of_freedom: int | None = None
    p_asymptotic: float | None = None
    use_exact: bool | None = None
    test: QuotaTest | None = None
    p_value: float | None = None


@dataclass(frozen=True, slots=True)
class ExactMultinomial:
    """Exact p-values over all tables of n answers: ordered by chi-square, and by probability."""

    status: Status
    n: int
    p_chi_square_order: float | None = None
    p_probability_order: float | None = None


@dataclass(frozen=True, slots=True)
class MarginCheck:
    """One margin's fit, its p-value adjusted over all margins, and how many answers said nothing about it."""

    fit: QuotaFit
    adjusted_p: float | None
    missing: int


def quota_goodness_of_fit(observed: Sequence[int], target_shares: Sequence[float]) -> QuotaFit:
    """Compare ``observed`` answers per category with the ``target_shares`` (fractions, in the same order).

    Pearson's chi-square (1900); where an expected count lies below 5, exact by full enumeration for up to four
    categories, else Monte Carlo with a fixed seed. The test says whether the quota was filled, not whether the
    sample is representative. ``invalid_targets`` unless the shares are ≥ 0 and sum to 1 within 1e-6;
    ``observed_in_zero_target_cell``, ``no_answers``, ``invalid_input`` (negative or broken counts, unequal lengths);
    ``single_category`` (differences, no test) if only one category has a target.
    """
    o, shares = as_vector(observed), as_vector(target_shares)
    problem, targets = _checked(o, shares)
    n = int(o.sum()) if problem != Status.INVALID_INPUT else 0
    if problem is not None:
        return QuotaFit(problem, n)
    expected, deviation = n * targets, o / n - targets
    kept = targets > 0
    fit = QuotaFit(
        Status.SINGLE_CATEGORY,
        n,
        expected=_plain(expected),
        shortfall=_plain(expected - o),
        deviation_points=_plain(100 * deviation),
        max_abs_deviation_points=float(100 * np.abs(deviation).max()),
        total_variation=float(np.abs(deviation).sum() / 2),
        min_expected=float(expected[kept].min()),
    )
    return fit if np.count_nonzero(kept) == 1 else _tested(fit, o[kept], targets[kept])


def exact_multinomial_test(observed: Sequence[int], target_shares: Sequence[float]) -> ExactMultinomial:
    """Exact test by enumerating every table of n answers; statuses as in :func:`quota_goodness_of_fit`.

    ``too_large_for_exact`` beyond two million tables. The two orders are two accepted definitions and differ.
    """
    o, shares = as_vector(observed), as_vector(target_shares)
    problem, targets = _checked(o, shares)
    if problem is not None:
        return ExactMultinomial(problem, 0 if problem == Status.INVALID_INPUT else int(o.sum()))
    o, targets = o[targets > 0], targets[targets > 0]
    n = int(o.sum())
    if _tables(n, o.size) > LARGEST_ENUMERATION:
        return ExactMultinomial(Status.TOO_LARGE_FOR_EXACT, n)
    return ExactMultinomial(Status.OK, n, *_exact_p_values(o, targets))


def quota_check(
    observed: Mapping[str, Mapping[str, int]],
    target_shares: Mapping[str, Mapping[str, float]],
    missing: Mapping[str, int] | None = None,
) -> dict[str, MarginCheck]:
    """Check several margins, with Holm's adjustment over them.

    ``observed[margin][category]`` counts answers, without those that ``missing[margin]`` counts; a category without
    an observed count has none. An observed category that has no target makes its margin ``invalid_input``.
    """
    fits = {}
    for margin, targets in target_shares.items():
        counts = observed.get(margin, {})
        unknown = counts.keys() - targets.keys()
        fits[margin] = (
            QuotaFit(Status.INVALID_INPUT, 0)
            if unknown
            else quota_goodness_of_fit([counts.get(category, 0) for category in targets], list(targets.values()))
        )
    adjusted = holm_adjustment([fit.p_value for fit in fits.values()]).adjusted
    return {
        margin: MarginCheck(fit, p, (missing or {}).get(margin, 0))
        for (margin, fit), p in zip(fits.items(), adjusted, strict=True)
    }


def _checked(o: Vector, shares: Vector) -> tuple[Status | None, Vector]:
    """The first thing wrong with counts and targets, or None, and the targets scaled to sum to 1 exactly."""
    if o.size != shares.size or o.size == 0 or not all(is_count(count) for count in o):
        return Status.INVALID_INPUT, shares
    if not (np.all(shares >= 0) and abs(shares.sum() - 1) <= 1e-6):
        return Status.INVALID_TARGETS, shares
    if np.any((shares == 0) & (o > 0)):
        return Status.OBSERVED_IN_ZERO_TARGET_CELL, shares
    return (Status.NO_ANSWERS if o.sum() == 0 else None), shares / shares.sum()


def _tested(fit: QuotaFit, o: Vector, targets: Vector) -> QuotaFit:
    expected = fit.n * targets
    chi_square = float(((o - expected) ** 2 / expected).sum())
    use_exact = bool(expected.min() < SMALLEST_EXPECTED)
    asymptotic = chi_square_tail(chi_square, o.size - 1)
    answered = o > 0
    test, p_value = _small_sample(o, targets) if use_exact else (QuotaTest.CHI_SQUARE, asymptotic)
    return replace(
        fit,
        status=Status.OK,
        chi_square=chi_square,
        g_statistic=2 * float((o * np.log(o / expected, where=answered, out=np.zeros_like(o))).sum()),
        degrees_of_freedom=o.size - 1,
        p_asymptotic=asymptotic,
        use_exact=use_exact,
        test=test,
        p_value=p_value,
    )


def _small_sample(o: Vector, targets: Vector) -> tuple[QuotaTest, float]:
    n = int(o.sum())
    if o.size <= CELLS_FOR_EXACT and _tables(n, o.size) <= LARGEST_ENUMERATION:
        return QuotaTest.EXACT, _exact_p_values(o, targets)[0]
    return QuotaTest.MONTE_CARLO, _monte_carlo_p_value(o, targets)


def _tables(n: int, cells: int) -> int:
    return comb(n + cells - 1, cells - 1)


def _exact_p_values(o: Vector, targets: Vector) -> tuple[float, float]:
    from scipy.stats import multinomial

    n = int(o.sum())
    tables = _all_tables(n, o.size)
    probability = np.asarray(multinomial(n, targets).pmf(tables))
    statistic = _chi_square(tables, n * targets)
    observed_probability = multinomial(n, targets).pmf(o.astype(np.int64))
    at_least_as_far = statistic >= _chi_square(o, n * targets) - TIE
    no_likelier = probability <= observed_probability * (1 + 1e-7)
    return min(1.0, float(probability[at_least_as_far].sum())), min(1.0, float(probability[no_likelier].sum()))


def _all_tables(n: int, cells: int) -> NDArray[np.int64]:
    """Every way to spread n answers over the cells, one per row: where the bars stand between n stars."""
    bars = np.fromiter(
        (place for chosen in combinations(range(n + cells - 1), cells - 1) for place in chosen), dtype=np.int64
    ).reshape(-1, cells - 1)
    edges = np.pad(bars, ((0, 0), (1, 1)), constant_values=((0, 0), (-1, n + cells - 1)))
    return np.diff(edges, axis=1) - 1


def _monte_carlo_p_value(o: Vector, targets: Vector) -> float:
    from scipy.stats import monte_carlo_test

    n = int(o.sum())
    generator = np.random.default_rng(SEED)

    def drawn(*, size: tuple[int, ...]) -> Vector:
        return generator.multinomial(n, targets, size=size[:-1]).astype(np.float64)

    result = monte_carlo_test(
        o,
        drawn,
        lambda counts, axis: _chi_square(np.moveaxis(counts, axis, -1), n * targets),
        alternative="greater",
        n_resamples=RESAMPLES,
        vectorized=True,
    )
    return float(result.pvalue)


def _chi_square(counts: NDArray[np.float64] | NDArray[np.int64], expected: Vector) -> Vector:
    # Rounded, so that tables that are equally far away also compare as equal in the Monte Carlo test.
    return np.asarray(np.round(((counts - expected) ** 2 / expected).sum(axis=-1), 9))


def _plain(values: Vector) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
