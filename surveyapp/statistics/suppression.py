"""Complementary suppression: which further cells of a table must be withheld so that the small ones stay hidden.

All totals of the table are published. Small and complementary cells get the same mark; a withheld group loses its
n, its share, its interval and its change.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveyapp.statistics.checks import is_count
from surveyapp.statistics.recovery import THRESHOLD, Attacker, Figure, hides_small_count
from surveyapp.statistics.status import BadInput, Status

MOST_CELLS_SEARCHED = 12

Cell = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Suppression:
    """Which cells to withhold, as positions in the table: ``primary`` are small, ``extra`` protect them.

    ``not_protectable``: no pattern helps, so merge categories or withhold the table. ``n`` counts respondents.
    """

    status: Status
    n: int
    primary: tuple[Cell, ...] = ()
    extra: tuple[Cell, ...] | None = None

    @property
    def possible(self) -> bool:
        """Whether withholding cells is enough."""
        return self.extra is not None

    @property
    def extra_cells(self) -> int | None:
        """How many cells are withheld only to protect others."""
        return None if self.extra is None else len(self.extra)


def complementary_suppression(table: ArrayLike, threshold: int = THRESHOLD) -> Suppression:
    """Choose cells to withhold in a ``table`` of respondents, one row of groups or groups crossed with groups.

    Primary cells hold 1 to threshold − 1 respondents; zeros are published unless chosen. The fewest extra cells are
    sought, the smallest total first: every pattern among up to 12 cells, beyond that cell by cell from the smallest
    (safe, but perhaps one cell more than needed). Safe means safe by
    :func:`surveyapp.statistics.recovery.suppression_recovery_intervals`.
    Raises :class:`BadInput` for anything but counts in one or two dimensions.
    """
    counts = _counts(table)
    n = int(counts.sum())
    small = [cell for cell in np.ndindex(counts.shape) if 0 < counts[cell] < threshold]
    others = sorted(
        (cell for cell in np.ndindex(counts.shape) if cell not in small), key=lambda cell: int(counts[cell])
    )
    patterns = _every_pattern(counts, others) if len(others) <= MOST_CELLS_SEARCHED else _growing_patterns(others)
    for extra in patterns:
        if is_safe(counts, small, (*small, *extra), threshold):
            return Suppression(Status.OK, n, tuple(small), _without_needless(counts, small, extra, threshold))
    return Suppression(Status.NOT_PROTECTABLE, n, tuple(small))


def is_safe(
    counts: NDArray[np.int64], small: Sequence[Cell], withheld: Sequence[Cell], threshold: int = THRESHOLD
) -> bool:
    """Whether withholding these cells of a table with published totals hides the ``small`` ones."""
    if any(_is_alone(cell, withheld, axis) for cell in small for axis in range(counts.ndim)):
        return False
    if not small:
        return True
    attacker = Attacker([str(cell) for cell in np.ndindex(counts.shape)], list(_published(counts, withheld)))
    return all(hides_small_count(attacker.reach({str(cell): 1.0}), threshold) for cell in small)


def _is_alone(cell: Cell, withheld: Sequence[Cell], axis: int) -> bool:
    """Whether a cell is the only one withheld in its line: the line's total then gives it away."""
    return sum(other[:axis] + other[axis + 1 :] == cell[:axis] + cell[axis + 1 :] for other in withheld) == 1


def _published(counts: NDArray[np.int64], withheld: Sequence[Cell]) -> Iterator[Figure]:
    cells = list(np.ndindex(counts.shape))
    for cell in cells:
        if cell not in withheld:
            yield Figure({str(cell): 1.0}, int(counts[cell]), int(counts[cell]))
    lines = {(axis, cell[axis]) for cell in cells for axis in range(counts.ndim)} if counts.ndim > 1 else set()
    for axis, position in sorted(lines):
        total = int(counts.take(position, axis=axis).sum())
        yield Figure({str(cell): 1.0 for cell in cells if cell[axis] == position}, total, total)
    yield Figure({str(cell): 1.0 for cell in cells}, int(counts.sum()), int(counts.sum()))


def _every_pattern(counts: NDArray[np.int64], others: Sequence[Cell]) -> Iterator[tuple[Cell, ...]]:
    for size in range(len(others) + 1):
        yield from sorted(combinations(others, size), key=lambda extra: sum(int(counts[cell]) for cell in extra))


def _growing_patterns(others: Sequence[Cell]) -> Iterator[tuple[Cell, ...]]:
    for size in range(len(others) + 1):
        yield tuple(others[:size])


def _without_needless(
    counts: NDArray[np.int64], small: Sequence[Cell], extra: tuple[Cell, ...], threshold: int
) -> tuple[Cell, ...]:
    """Give back the largest cells that turn out not to be needed."""
    for cell in reversed(extra):
        fewer = tuple(kept for kept in extra if kept != cell)
        if is_safe(counts, small, (*small, *fewer), threshold):
            extra = fewer
    return extra


def _counts(table: ArrayLike) -> NDArray[np.int64]:
    given = np.asarray(table, dtype=np.float64)
    if given.ndim not in (1, 2) or given.size == 0 or not all(is_count(count) for count in given.ravel()):
        raise BadInput("A table for suppression holds counts of respondents in one or two dimensions.")
    return given.astype(np.int64)
