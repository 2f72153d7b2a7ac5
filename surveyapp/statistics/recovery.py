"""What an attacker can work out: the lowest and highest value a group can have, given everything published.

Unknown are the inner cells; every published figure is a constraint on them. Whole persons are counted, so the integer
interval decides: whole-percent shares often fix a count although the linear interval is wide.
Hundepool et al. 2012; Fischetti & Salazar 2001.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from surveyapp.statistics.checks import Vector
from surveyapp.statistics.status import BadInput, Status

THRESHOLD = 5
SLACK = 1e-6

INFEASIBLE = 2

Interval = tuple[float, float | None]
"""Lowest and highest value; a highest of None means that nothing limits it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Something the attacker knows: ``low`` ≤ Σ coefficient · cell ≤ ``high``; None leaves an end open."""

    terms: Mapping[str, float]
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Protected:
    """A number nobody may work out. ``actual`` is its true value, ``threshold`` what makes it small."""

    name: str
    terms: Mapping[str, float]
    actual: float
    threshold: int


@dataclass(frozen=True, slots=True)
class ReleaseSet:
    """Everything let out about the same people, and what must stay hidden. Sets are added with ``+``.

    Cells are counts of persons, except those in ``fractional``, which hold sums of scores.
    """

    figures: tuple[Figure, ...] = ()
    protected: tuple[Protected, ...] = ()
    fractional: frozenset[str] = frozenset()

    def __add__(self, other: "ReleaseSet") -> "ReleaseSet":
        return ReleaseSet(
            self.figures + other.figures, self.protected + other.protected, self.fractional | other.fractional
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """A protected number that the attacker can narrow down too far, and to which interval."""

    name: str
    low: float
    high: float | None


@dataclass(frozen=True, slots=True)
class ReleaseCheck:
    """Whether a release set may go out: it may if nothing was found among the ``n`` protected numbers."""

    n: int
    findings: tuple[Finding, ...]

    @property
    def safe(self) -> bool:
        """Whether nothing protected can be worked out."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Recovery:
    """What can be worked out about every cell; ``recovered`` exactly, ``unsafe`` too closely. ``n`` counts cells."""

    status: Status
    n: int
    lp_interval: Mapping[str, Interval] = field(default_factory=dict)
    integer_interval: Mapping[str, Interval] = field(default_factory=dict)
    recovered: tuple[str, ...] = ()
    unsafe: tuple[str, ...] = ()


class Attacker:
    """Somebody who knows the figures and solves for the cells."""

    def __init__(
        self, cells: Iterable[str], figures: Sequence[Figure], fractional: frozenset[str] = frozenset()
    ) -> None:
        from scipy.optimize import LinearConstraint

        self._number = {cell: number for number, cell in enumerate(cells)}
        self._whole = np.array([cell not in fractional for cell in self._number], dtype=np.int64)
        rows = np.array([self._row(figure.terms) for figure in figures]).reshape(-1, len(self._number))
        lows = [-np.inf if figure.low is None else figure.low for figure in figures]
        highs = [np.inf if figure.high is None else figure.high for figure in figures]
        self._constraints = LinearConstraint(rows, lows, highs)
        self._seen: list[Vector] = []

    def reach(self, terms: Mapping[str, float], *, whole: bool = True) -> Interval:
        """Lowest and highest possible value of Σ coefficient · cell; ``whole`` counts persons in whole numbers.

        Raises :class:`BadInput` if the figures contradict each other.
        """
        if not self._seen and self._extreme(np.zeros(len(self._number)), self._whole) is None:
            raise BadInput("The published figures contradict each other.")
        row = self._row(terms)
        integrality = self._whole if whole else np.zeros_like(self._whole)
        low = self._extreme(row, integrality)
        high = self._extreme(-row, integrality)
        return -np.inf if low is None else _tidy(low), None if high is None else _tidy(-high)

    def look(self, terms: Mapping[str, float]) -> None:
        """See a table with a low value and one with a high value, quickly; there may be lower and higher ones."""
        row = self._row(terms)
        for objective in (row, -row):
            self._extreme(objective, self._whole, presolve=True)

    def seen(self, terms: Mapping[str, float]) -> tuple[float, float]:
        """Lowest and highest value among the tables seen so far; each is possible, so what they hide is hidden."""
        values = np.array(self._seen).reshape(-1, len(self._number)) @ self._row(terms)
        return float(values.min(initial=np.inf)), float(values.max(initial=-np.inf))

    def _row(self, terms: Mapping[str, float]) -> Vector:
        row = np.zeros(len(self._number))
        for cell, coefficient in terms.items():
            if cell not in self._number:
                raise BadInput(f"A figure speaks of the cell {cell!r}, which is not among the cells.")
            row[self._number[cell]] += coefficient
        return row

    def _extreme(self, objective: Vector, integrality: NDArray[np.int64], *, presolve: bool = False) -> float | None:
        """The smallest value of the objective; None if nothing limits it, or if no table fits at all.

        With ``presolve`` it takes a third of the time and only finds a table, if at all: HiGHS 1.12 then calls some
        small integer tables infeasible that are not.
        """
        from scipy.optimize import milp

        found = milp(
            objective,
            integrality=integrality,
            constraints=self._constraints,
            options={"mip_rel_gap": 0.0, "presolve": presolve},
        )
        if found.x is None:
            if found.status == INFEASIBLE and self._seen and not presolve:
                raise ArithmeticError("The solver lost a table that it had found before.")
            return None
        table = np.where(integrality > 0, np.round(found.x), found.x)
        shortage, surplus = self._constraints.residual(table)
        if min(shortage.min(initial=0), surplus.min(initial=0), table.min()) < -SLACK:
            if presolve:
                return None
            raise ArithmeticError("The solver gave a table that does not fit the published figures.")
        if integrality is self._whole:
            self._seen.append(table)
        return float(objective @ table)


def suppression_recovery_intervals(
    cells: Sequence[str], published: Sequence[Figure], protect: Sequence[str], threshold: int = THRESHOLD
) -> Recovery:
    """Interval of every inner cell (counts ≥ 0), linear and in whole numbers, given the ``published`` figures.

    A cell of ``protect`` is unsafe unless its integer interval reaches from at most 1 to at least threshold − 1.
    Provable only against the figures given; somebody who knows his own answer has one figure more.
    ``invalid_input`` for a threshold below 1 or a protected cell that does not exist. Raises :class:`BadInput` for
    figures about unknown cells and figures that contradict each other.
    """
    if threshold < 1 or not set(protect) <= set(cells) or len(set(cells)) < len(cells):
        return Recovery(Status.INVALID_INPUT, len(cells))
    attacker = Attacker(cells, published)
    linear = {cell: attacker.reach({cell: 1.0}, whole=False) for cell in cells}
    whole = {cell: attacker.reach({cell: 1.0}) for cell in cells}
    return Recovery(
        Status.OK,
        len(cells),
        linear,
        whole,
        tuple(cell for cell in protect if whole[cell][0] == whole[cell][1]),
        tuple(cell for cell in protect if not hides_small_count(whole[cell], threshold)),
    )


def hides_small_count(interval: Interval, threshold: int) -> bool:
    """Whether an interval leaves a small count in doubt: from at most 1 to at least threshold − 1."""
    low, high = interval
    return low <= 1 + SLACK and (high is None or high >= threshold - 1 - SLACK)


def check_release(release: ReleaseSet) -> ReleaseCheck:
    """Say which protected numbers of the whole ``release`` can be worked out. Run once, before publication.

    A number that is truly below its threshold must stay possible from 1 to threshold − 1; a larger one must keep
    a doubt of threshold − 2. Raises :class:`BadInput` for figures that contradict each other.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # the solver works without the interpreter: parts run side by side
        found = list(pool.map(_findings, _independent_parts(release)))
    return ReleaseCheck(len(release.protected), tuple(chain.from_iterable(found)))


def _findings(part: ReleaseSet) -> list[Finding]:
    cells = dict.fromkeys(cell for known in _all_of(part) for cell in known.terms)
    attacker = Attacker(cells, part.figures, part.fractional)
    findings = []
    for number in part.protected:
        if _hidden(number, attacker.seen(number.terms)):
            continue
        attacker.look(number.terms)
        if _hidden(number, attacker.seen(number.terms)):
            continue
        interval = attacker.reach(number.terms)
        if not _hidden(number, interval):
            findings.append(Finding(number.name, *interval))
    return findings


def _hidden(number: Protected, interval: Interval) -> bool:
    low, high = interval
    if high is not None and high - low < number.threshold - 2 - SLACK:
        return False
    return number.actual >= number.threshold or hides_small_count(interval, number.threshold)


def _all_of(release: ReleaseSet) -> list[Figure | Protected]:
    return [*release.figures, *release.protected]


def _independent_parts(release: ReleaseSet) -> list[ReleaseSet]:
    """Split into sets that share no cell: indicators are solved one by one, which is much faster."""
    parts: list[tuple[set[str], list[Figure | Protected]]] = []
    for known in _all_of(release):
        apart, cells, joined = [], set(known.terms), [known]
        for part in parts:
            if part[0].isdisjoint(known.terms):
                apart.append(part)
            else:
                cells |= part[0]
                joined = part[1] + joined
        parts = [*apart, (cells, joined)]
    return [
        ReleaseSet(tuple(each for each in joined if isinstance(each, Figure)), protected, release.fractional)
        for _, joined in parts
        if (protected := tuple(each for each in joined if isinstance(each, Protected)))
    ]


def _tidy(value: float) -> float:
    """A solver's 2.9999999 is a 3."""
    nearest = round(value)
    return float(nearest) if abs(value - nearest) < SLACK else value
