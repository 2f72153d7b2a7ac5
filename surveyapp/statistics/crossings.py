"""One indicator's responses in one wave, counted by the finest groups that somebody may tell apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveyapp.statistics.checks import Vector, as_vector
from surveyapp.statistics.status import BadInput

NOT_STATED = "not_stated"
EVERYBODY = "everybody"

Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class WaveResponses:
    """One indicator's responses in one wave, one entry per respondent everywhere.

    ``name`` must tell wave and indicator apart from all others. ``scores`` are the shares of positive answers, masked
    or NaN outside the base. ``crossings`` lists mappings of dimension to categories (None: not stated); dimensions
    that are known together (margins that carry weights, place kind and mode) stand in one mapping, all others in one
    of their own. ``flags`` marks respondents, ``weights`` belong to the first crossing.
    """

    name: str
    scores: ArrayLike
    crossings: Sequence[Mapping[str, Sequence[str | None]]] = ()
    flags: Mapping[str, ArrayLike] = field(default_factory=dict)
    weights: ArrayLike | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Crossing:
    """Respondents counted by finest cell (rows) and by which flags they carry (columns)."""

    name: str
    dimensions: tuple[str, ...]
    cells: tuple[Cell, ...]
    people: Vector
    base: Vector
    positive: Vector
    weights: Vector

    def rows(self, dimension: str | None = None, categories: Iterable[str] = ()) -> list[int]:
        """The cells that belong to the ``categories`` of a ``dimension``; all of them without one."""
        if dimension is None:
            return list(range(len(self.cells)))
        place, wanted = self.dimensions.index(dimension), set(categories)
        return [row for row, cell in enumerate(self.cells) if cell[place] in wanted]

    def categories(self, dimension: str) -> list[str]:
        """The categories in which somebody is."""
        return sorted({cell[self.dimensions.index(dimension)] for cell in self.cells})


def count_crossings(responses: WaveResponses) -> list[Crossing]:
    """Count everybody as one cell, then every crossing of the responses; the sorted flags are the columns' bits."""
    scores = np.ma.masked_invalid(np.ma.asarray(responses.scores, dtype=np.float64))
    pattern = np.zeros(scores.size, dtype=np.int64)
    for bit, flag in enumerate(sorted(responses.flags)):
        pattern += _one_each(responses.flags[flag], scores.size).astype(bool).astype(np.int64) << bit
    given = responses.weights if responses.weights is not None else np.ones(scores.size)
    weights = _one_each(given, scores.size)
    whole: Mapping[str, Sequence[str | None]] = {EVERYBODY: [EVERYBODY] * scores.size}
    return [
        _counted(name, crossing, scores, weights, (pattern, 2 ** len(responses.flags)))
        for name, crossing in [(EVERYBODY, whole), *((" × ".join(each), each) for each in responses.crossings)]
    ]


def _one_each(values: ArrayLike, n: int) -> Vector:
    given = as_vector(values)
    if given.size != n:
        raise BadInput("Flags and weights need one entry per respondent.")
    return given


def _counted(
    name: str,
    crossing: Mapping[str, Sequence[str | None]],
    scores: "np.ma.MaskedArray[tuple[int], np.dtype[np.float64]]",
    weights: Vector,
    patterns: tuple[NDArray[np.int64], int],
) -> Crossing:
    if any(len(categories) != scores.size for categories in crossing.values()):
        raise BadInput("Every dimension needs one category per respondent.")
    stated = ([NOT_STATED if each is None else each for each in categories] for categories in crossing.values())
    numbers: dict[Cell, int] = {}
    code = np.array([numbers.setdefault(cell, len(numbers)) for cell in zip(*stated, strict=True)], dtype=np.int64)
    pattern, columns = patterns
    place, shape = code * columns + pattern, (len(numbers), columns)

    def total(values: Vector | NDArray[np.bool_]) -> Vector:
        return np.bincount(place, values, shape[0] * columns).astype(np.float64).reshape(shape)

    in_base = ~np.ma.getmaskarray(scores)
    people = total(np.ones(scores.size))
    return Crossing(
        name,
        tuple(crossing),
        tuple(numbers),
        people,
        total(in_base),
        total(np.asarray(scores.filled(0.0))),
        total(weights).sum(axis=1) / np.maximum(people.sum(axis=1), 1),
    )
