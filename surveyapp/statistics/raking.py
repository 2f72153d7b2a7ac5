"""Raking: weights that make the sample's margins equal to the area's. scipy has none.

Works on the cells in which all margins cross, never on single respondents, so 100,000 answers cost as much as 100.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveyapp.statistics.checks import Vector, are_shares, are_weights, as_vector
from surveyapp.statistics.intervals import kish_effective_size
from surveyapp.statistics.linearized import linearized_share
from surveyapp.statistics.status import BadInput, Status

CONVERGED = 1e-10
MOST_ROUNDS = 500
HIGH_DESIGN_EFFECT = 2.0
HIGH_WEIGHT = 5.0

Categories = Sequence[str | None]
Targets = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Raking:
    """Weights with a mean of 1, one per respondent, and what they cost.

    ``dropped_margins`` were answered by nobody. ``max_deviation`` is the largest remaining distance between a weighted
    share and its target (fraction): zero up to rounding, unless weights were trimmed. ``offer_unweighted`` says that
    the design effect exceeds 2 or a weight exceeded 5 before it was trimmed, so that unweighted results belong beside.
    """

    status: Status
    n: int
    weights: Vector | None = None
    design_effect: float | None = None
    kish_n_effective: float | None = None
    min_weight: float | None = None
    max_weight: float | None = None
    max_deviation: float | None = None
    rounds: int = 0
    dropped_margins: tuple[str, ...] = ()
    offer_unweighted: bool | None = None


@dataclass(frozen=True, slots=True, eq=False)
class RakedShare:
    """A share before and after raking. ``standard_error`` takes the weights as fixed and is the one to use;
    ``standard_error_calibration`` (residuals from the margins) is usually smaller and for information."""

    status: Status
    n: int
    raking: Raking
    unweighted_share: float | None = None
    weighted_share: float | None = None
    standard_error: float | None = None
    n_effective_linearized: float | None = None
    standard_error_calibration: float | None = None


@dataclass(frozen=True, slots=True)
class _Margin:
    """One margin: every respondent's category as a number, and the share that each category shall have."""

    codes: NDArray[np.intp]
    shares: Vector


def rake(margins: Mapping[str, Categories], targets: Targets, weight_cap: float | None = None) -> Raking:
    """Rake respondents to the ``targets`` (Deming & Stephan 1940).

    ``margins[margin]`` holds one category per respondent, None where unknown; ``targets[margin][category]`` are
    fractions. Unknown is a category of its own that keeps its share of the sample, the targets filling the rest.
    ``weight_cap`` (3 to 5 is sensible) trims afterwards, see :func:`trim_weights`.

    ``no_answers``; ``invalid_input`` for unequal lengths or a cap of 1 or less; ``invalid_targets`` unless each
    margin's shares are ≥ 0 and sum to 1 within 1e-6; ``empty_margin_category`` for a target that nobody can meet
    (merge categories); ``observed_in_zero_target_cell`` for respondents in a category without a target;
    ``no_margins`` if none was answered; ``not_converged`` after 500 rounds.
    """
    n = max((len(categories) for categories in margins.values()), default=0)
    problem = _problem(n, margins, targets, weight_cap)
    if problem is not None:
        return Raking(problem, n)
    dropped = tuple(margin for margin in targets if all(category is None for category in margins[margin]))
    kept = [_coded(margins[margin], shares) for margin, shares in targets.items() if margin not in dropped]
    if not kept:
        return Raking(Status.NO_MARGINS, n, dropped_margins=dropped)
    problem = next((found for found in map(_unmet, kept) if found is not None), None)
    if problem is not None:
        return Raking(problem, n, dropped_margins=dropped)
    weights, rounds = _rake(kept, n)
    if weights is None:
        return Raking(Status.NOT_CONVERGED, n, rounds=rounds, dropped_margins=dropped)
    trimmed = weights if weight_cap is None else trim_weights(weights, weight_cap)
    found = Raking(Status.OK, n, rounds=rounds, dropped_margins=dropped)
    return _described(found, trimmed, kept, heaviest=float(weights.max()))


def rake_weighted_share(
    values: ArrayLike, margins: Mapping[str, Categories], targets: Targets, weight_cap: float | None = None
) -> RakedShare:
    """Rake, and give the share of ``values`` (0 to 1, one per respondent) with and without the weights.

    Statuses as in :func:`rake`; ``invalid_input`` also for values outside 0 to 1. An indicator with items that some
    did not answer takes ``rake(...).weights`` into ``multi_item_indicator`` instead.
    """
    y = as_vector(values)
    raking = rake(margins, targets, weight_cap)
    if raking.weights is None:
        return RakedShare(raking.status, raking.n, raking)
    if y.size != raking.n or not are_shares(y):
        return RakedShare(Status.INVALID_INPUT, raking.n, replace(raking, weights=None))
    found = linearized_share(y, raking.weights)
    kept = [
        _coded(margins[margin], shares) for margin, shares in targets.items() if margin not in raking.dropped_margins
    ]
    return RakedShare(
        Status.OK,
        raking.n,
        raking,
        float(y.mean()),
        found.share,
        found.standard_error,
        found.n_effective,
        _calibration_error(y, raking.weights, kept),
    )


def trim_weights(weights: ArrayLike, cap: float) -> Vector:
    """Cut weights above ``cap`` and share the excess equally among those never cut; the sum stays.

    Repeats until none is above the cap. The margins are then no longer met exactly.
    As survey::trimWeights with strict=TRUE. Raises :class:`BadInput` unless the cap exceeds the mean weight.
    """
    w = as_vector(weights).copy()
    if not (w.size and are_weights(w) and cap > w.mean()):
        raise BadInput("Weights can be cut only at a cap above their mean.")
    uncut = np.ones(w.size, dtype=bool)
    while (w > cap).any():
        excess = np.sum(w[w > cap] - cap)
        uncut &= w <= cap
        w[~uncut] = cap
        w[uncut] += excess / np.count_nonzero(uncut)
    return w


def _problem(n: int, margins: Mapping[str, Categories], targets: Targets, weight_cap: float | None) -> Status | None:
    if any(len(margins.get(margin, ())) != n for margin in targets) or not targets:
        return Status.INVALID_INPUT if n else Status.NO_ANSWERS
    if weight_cap is not None and not weight_cap > 1:
        return Status.INVALID_INPUT
    for shares in targets.values():
        given = as_vector(list(shares.values()))
        if not (np.all(given >= 0) and abs(given.sum() - 1) <= 1e-6):
            return Status.INVALID_TARGETS
    return None if n else Status.NO_ANSWERS


def _coded(categories: Categories, shares: Mapping[str, float]) -> _Margin:
    """Number the categories in the order of the targets; then unknown, then whatever has no target."""
    numbers: dict[str | None, int] = {category: number for number, category in enumerate(shares)}
    numbers[None] = len(shares)
    stray = len(shares) + 1
    codes = np.fromiter((numbers.get(category, stray) for category in categories), dtype=np.intp, count=len(categories))
    unknown = np.count_nonzero(codes == numbers[None]) / codes.size
    given = as_vector(list(shares.values()))
    return _Margin(codes, np.concatenate([given / given.sum() * (1 - unknown), [unknown, 0.0]]))


def _unmet(margin: _Margin) -> Status | None:
    observed = np.bincount(margin.codes, minlength=margin.shares.size)
    if np.any((margin.shares == 0) & (observed > 0)):
        return Status.OBSERVED_IN_ZERO_TARGET_CELL
    return Status.EMPTY_MARGIN_CATEGORY if np.any((margin.shares > 0) & (observed == 0)) else None


def _rake(margins: list[_Margin], n: int) -> tuple[Vector | None, int]:
    """Give the weights and the number of rounds; no weights if 500 rounds do not settle them."""
    sizes = [margin.shares.size for margin in margins]
    cells, cell_of, counts = np.unique(
        np.ravel_multi_index([margin.codes for margin in margins], sizes), return_inverse=True, return_counts=True
    )
    codes = np.unravel_index(cells, sizes)
    mass = counts / n
    for rounds in range(1, MOST_ROUNDS + 1):
        for code, margin in zip(codes, margins, strict=True):
            current = np.bincount(code, mass, margin.shares.size)
            mass *= np.divide(margin.shares, current, out=np.zeros_like(current), where=current > 0)[code]
        if _largest_deviation(codes, mass, margins) < CONVERGED:
            weights = mass * n / counts
            return (weights / (mass.sum()))[cell_of.reshape(-1)], rounds
    return None, MOST_ROUNDS


def _largest_deviation(codes: Sequence[NDArray[np.intp]], mass: Vector, margins: list[_Margin]) -> float:
    total = mass.sum()
    return max(
        float(np.abs(np.bincount(code, mass, margin.shares.size) / total - margin.shares).max())
        for code, margin in zip(codes, margins, strict=True)
    )


def _described(raking: Raking, weights: Vector, margins: list[_Margin], heaviest: float) -> Raking:
    """What the weights cost; `heaviest` is the largest of them before trimming."""
    n_effective = kish_effective_size(weights)
    design_effect = raking.n / n_effective
    return replace(
        raking,
        weights=weights,
        design_effect=design_effect,
        kish_n_effective=n_effective,
        min_weight=float(weights.min()),
        max_weight=float(weights.max()),
        max_deviation=_largest_deviation([margin.codes for margin in margins], weights, margins),
        offer_unweighted=design_effect > HIGH_DESIGN_EFFECT or heaviest > HIGH_WEIGHT,
    )


def _calibration_error(y: Vector, weights: Vector, margins: list[_Margin]) -> float | None:
    """Standard error from what the margins leave unexplained, as survey::rake has it. Deville & Särndal 1992.

    The regression on the margins is unweighted; its residuals carry the final weights.
    """
    if y.size == 1:
        return None
    indicators = np.hstack([np.eye(margin.shares.size)[margin.codes] for margin in margins])
    fitted = indicators @ (np.linalg.pinv(indicators.T @ indicators) @ (indicators.T @ y))
    residuals = weights * (y - fitted) / weights.sum()
    residuals -= residuals.mean()
    return float(np.sqrt(y.size / (y.size - 1) * (residuals @ residuals)))
