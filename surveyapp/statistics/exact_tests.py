"""Exact two-sided tests of two counts. scipy wants the groups as the columns of the table, never as rows."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

POINTS_OF_THE_NUISANCE_SHARE = 64


def boschloo_p_value(k_late: int, n_late: int, k_early: int, n_early: int) -> float:
    """Boschloo's p-value, twice the smaller one-sided one. Boschloo 1970."""
    from scipy.stats import boschloo_exact

    return _exact_p_value(boschloo_exact, k_late, n_late, k_early, n_early)


def barnard_pooled_p_value(k_late: int, n_late: int, k_early: int, n_early: int) -> float:
    """Barnard's p-value on the pooled z statistic. Barnard 1947; Suissa & Shuster 1985. For comparison only."""
    from scipy.stats import barnard_exact

    return _exact_p_value(barnard_exact, k_late, n_late, k_early, n_early)


def fisher_p_value(k_late: int, n_late: int, k_early: int, n_early: int) -> float:
    """Fisher's conditional p-value, the sum of tables no likelier than this one. Fisher 1935. For comparison only."""
    from scipy.stats import fisher_exact

    return float(fisher_exact(_groups_as_columns(k_late, n_late, k_early, n_early)).pvalue)


def boschloo_minimum_likelihood_p_value(k_late: int, n_late: int, k_early: int, n_early: int) -> float:
    """Boschloo's p-value with tables ordered by the two-sided Fisher p-value. For comparison only.

    Another definition of "two-sided" than :func:`boschloo_p_value`, and not the one that verdicts are made of.
    """
    from scipy.stats import binom

    fisher = _fisher_p_values(n_late, n_early)
    at_least_as_far = fisher <= fisher[k_late, k_early] * (1 + 1e-7)
    shares = np.linspace(0, 1, 1001)[1:-1]
    late = binom.pmf(np.arange(n_late + 1)[:, None], n_late, shares)
    early = binom.pmf(np.arange(n_early + 1)[:, None], n_early, shares)
    return float(np.einsum("is,ij,js->s", late, at_least_as_far.astype(np.float64), early).max())


def _fisher_p_values(n_late: int, n_early: int) -> NDArray[np.float64]:
    """Two-sided p-values of every table with these two group sizes; tables of one total stand on one diagonal."""
    from scipy.stats import hypergeom

    late, early = np.indices((n_late + 1, n_early + 1))
    total = late + early
    probability = np.asarray(hypergeom.pmf(late, n_late + n_early, total, n_late))
    p_values = np.empty_like(probability)
    for positive in range(n_late + n_early + 1):
        diagonal = total == positive
        tables = probability[diagonal]
        p_values[diagonal] = [tables[tables <= table * (1 + 1e-7)].sum() for table in tables]
    return p_values


def _groups_as_columns(k_late: int, n_late: int, k_early: int, n_early: int) -> NDArray[np.int64]:
    return np.array([[k_late, k_early], [n_late - k_late, n_early - k_early]], dtype=np.int64)


def _exact_p_value(test: Callable[..., Any], k_late: int, n_late: int, k_early: int, n_early: int) -> float:
    if k_late + k_early in (0, n_late + n_early):
        # Both waves agree wholly, which is the likeliest outcome of no change; scipy would give NaN or warn.
        return 1.0
    table = _groups_as_columns(k_late, n_late, k_early, n_early)
    return min(1.0, float(test(table, n=POINTS_OF_THE_NUISANCE_SHARE).pvalue))
