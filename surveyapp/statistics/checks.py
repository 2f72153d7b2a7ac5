"""What counts as a usable number, asked in one place."""

from collections.abc import Sequence
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.float64]


def is_count(value: float) -> bool:
    """Whether ``value`` is a whole number of zero or more."""
    return isfinite(value) and value >= 0 and value == int(value)


def is_share(value: float) -> bool:
    """Whether ``value`` lies between zero and one, both included."""
    return isfinite(value) and 0 <= value <= 1


def is_confidence(value: float) -> bool:
    """Whether ``value`` can be a confidence level, a significance level or a power."""
    return isfinite(value) and 0 < value < 1


def as_vector(values: ArrayLike | Sequence[float | None]) -> Vector:
    """Give ``values`` as a flat array of floats; ``None`` becomes NaN, which the callers refuse or leave out."""
    return np.asarray(values, dtype=np.float64).reshape(-1)


def are_shares(values: Vector) -> bool:
    """Whether every value lies between zero and one (NaN does not)."""
    return bool(np.all((values >= 0) & (values <= 1)))


def are_weights(weights: Vector) -> bool:
    """Whether every weight is finite and not negative."""
    return bool(np.all(np.isfinite(weights) & (weights >= 0)))
