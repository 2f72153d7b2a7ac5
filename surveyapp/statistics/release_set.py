"""What an attacker learns from one wave's figures about one indicator, as a :class:`ReleaseSet` to be checked.

Three things are unknown about every cell of respondents: its base, the positive answers in it, and how many stayed
outside the base. Crossings are tied together only by the whole wave, because no table of two dimensions goes out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, combinations
from math import floor

import numpy as np

from surveyapp.statistics.crossings import Crossing, WaveResponses, count_crossings
from surveyapp.statistics.recovery import THRESHOLD, Figure, Protected, ReleaseSet
from surveyapp.statistics.release import SMALLEST_FLAGGED_GROUP, SMALLEST_SIDE, Coding, GroupAnswers, may_be_shown
from surveyapp.statistics.status import BadInput

MOST_CATEGORIES = 10
SLACK = 1e-9

Terms = dict[str, float]


class FigureKind(StrEnum):
    """What a published number counts.

    ``share``: a base with its top-two share, which gives the exact count back whatever the rounding; three groups and
    five-step distributions say the same. ``respondents``: how many people, answered or not (quota fill).
    ``weighted_share``: a share with the responses' weights, as a whole percentage.
    """

    SHARE = "share"
    RESPONDENTS = "respondents"
    WEIGHTED_SHARE = "weighted_share"


@dataclass(frozen=True, slots=True)
class LetOut:
    """One published number: of everybody, or of the ``categories`` of one ``dimension`` taken together.

    ``without`` names the flagged group left out. ``coding`` says that a share was only given as "under 3 of".
    """

    kind: FigureKind = FigureKind.SHARE
    dimension: str | None = None
    categories: tuple[str, ...] = ()
    without: str | None = None
    coding: Coding = Coding.EXACT


def release_set(responses: WaveResponses, let_out: Sequence[LetOut]) -> ReleaseSet:
    """Model what was ``let_out`` about these responses: figures of all versions in one list.

    Add the sets of other indicators with ``+`` and give the sum to
    :func:`~surveyapp.statistics.recovery.check_release`. Protected are, per dimension, every union of categories that
    may not be shown by itself, with its size and its answers either way; flagged groups under five; and the whole.
    Raises :class:`BadInput` for unknown dimensions or flags and for more than ten categories in a dimension.
    """
    model = _Model(responses, let_out)
    figures = (*model.ties(), *chain.from_iterable(map(model.figures, let_out)))
    return ReleaseSet(figures, tuple(model.protected()), model.fractional())


class _Model:
    """The unknown cells of one set of responses, and how figures speak about them."""

    def __init__(self, responses: WaveResponses, let_out: Sequence[LetOut]) -> None:
        self._name = responses.name
        self._flags = sorted(responses.flags)
        scores = np.ma.masked_invalid(np.ma.asarray(responses.scores, dtype=np.float64)).compressed()
        self._whole = bool(np.all((scores == 0) | (scores == 1)))
        self.everybody, *crossings = count_crossings(responses)
        weighted = any(figure.kind == FigureKind.WEIGHTED_SHARE for figure in let_out)
        if weighted and (responses.weights is None or not crossings):
            raise BadInput("A weighted share needs weights and the crossing that they belong to.")
        asked = {figure.dimension for figure in let_out}
        self._weighting = crossings[0] if weighted else self.everybody
        self._crossings = [each for each in crossings if asked & set(each.dimensions) or each is self._weighting]
        self._of = {dimension: each for each in self._crossings for dimension in each.dimensions}

    def terms(
        self, what: str, crossing: Crossing, rows: Sequence[int] | None = None, without: str | None = None
    ) -> Terms:
        return {
            f"{self._name}|{crossing.name}|{'/'.join(crossing.cells[row])}|{column}|{what}": 1.0
            for row in (crossing.rows() if rows is None else rows)
            for column in self._columns(without)
        }

    def answers(
        self, crossing: Crossing, rows: Sequence[int] | None = None, without: str | None = None
    ) -> tuple[int, float]:
        """The base and the positive answers of some cells."""
        part = np.ix_(crossing.rows() if rows is None else rows, self._columns(without))
        return int(crossing.base[part].sum()), float(crossing.positive[part].sum())

    def fractional(self) -> frozenset[str]:
        """Sums of scores are not whole numbers once an indicator has several items."""
        if self._whole:
            return frozenset()
        return frozenset(cell for each in self._parts() for cell in self.terms("positive", each))

    def ties(self) -> Iterator[Figure]:
        """What is true whatever is published: nobody is positive outside the base, and every crossing adds up."""
        for crossing in self._parts():
            bases, positives = self.terms("base", crossing), self.terms("positive", crossing)
            for base, positive in zip(bases, positives, strict=True):
                yield Figure({base: 1.0, positive: -1.0}, 0, None)
        for crossing in self._crossings:
            for what in ("base", "positive", "outside"):
                for column, whole in zip(self._columns(None), self.terms(what, self.everybody), strict=True):
                    cells = list(self.terms(what, crossing))[column :: len(self._columns(None))]
                    yield Figure(dict.fromkeys(cells, 1.0) | {whole: -1.0}, 0, 0)

    def figures(self, figure: LetOut) -> Iterator[Figure]:
        """Turn one published number into what it says about the cells."""
        if figure.kind == FigureKind.WEIGHTED_SHARE:
            yield from self._weighted(figure)
            return
        crossing = self._crossing(figure.dimension)
        rows = crossing.rows(figure.dimension, figure.categories)
        base = self.terms("base", crossing, rows, figure.without)
        if figure.kind == FigureKind.RESPONDENTS:
            people = float(crossing.people[np.ix_(rows, self._columns(figure.without))].sum())
            yield Figure(base | self.terms("outside", crossing, rows, figure.without), people, people)
            return
        n, positive = self.answers(crossing, rows, figure.without)
        yield Figure(base, n, n)
        yield Figure(self.terms("positive", crossing, rows, figure.without), *self._said(figure.coding, n, positive))

    def protected(self) -> Iterator[Protected]:
        """Every number that must stay in doubt."""
        yield from self._small(self.everybody.name, self.everybody, self.everybody.rows())
        for flag in self._flags:
            yield from self._small_flagged(flag)
        for dimension, crossing in self._of.items():
            for union in _unions(crossing, dimension):
                label = f"{dimension} {' + '.join(union)}"
                yield from self._small(label, crossing, crossing.rows(dimension, union))

    def _small(self, label: str, crossing: Crossing, rows: Sequence[int]) -> Iterator[Protected]:
        base, agreeing = self.terms("base", crossing, rows), self.terms("positive", crossing, rows)
        others = base | dict.fromkeys(agreeing, -1.0)
        people = int(crossing.people[rows].sum())
        if 0 < people < THRESHOLD and crossing is not self.everybody:
            everyone = base | self.terms("outside", crossing, rows)
            yield Protected(f"{self._name}, {label}: respondents", everyone, people, THRESHOLD)
        n, positive = self.answers(crossing, rows)
        if n == 0 or may_be_shown(GroupAnswers(n, min(positive, n))):
            return
        yield Protected(f"{self._name}, {label}: positive", agreeing, positive, SMALLEST_SIDE)
        yield Protected(f"{self._name}, {label}: not positive", others, n - positive, SMALLEST_SIDE)

    def _small_flagged(self, flag: str) -> Iterator[Protected]:
        whole, kept = self.terms("base", self.everybody), self.terms("base", self.everybody, None, flag)
        count = self.answers(self.everybody)[0] - self.answers(self.everybody, None, flag)[0]
        if 0 < count < SMALLEST_FLAGGED_GROUP:
            flagged = {cell: 1.0 for cell in whole if cell not in kept}
            yield Protected(f"{self._name}, {flag}: base", flagged, count, THRESHOLD)

    def _weighted(self, figure: LetOut) -> Iterator[Figure]:
        """Σ w·positive lies between low and high times Σ w·base; the attacker is taken to know every weight."""
        crossing, columns = self._weighting, self._columns(figure.without)
        positive, base = (
            crossing.weights @ each[:, columns].sum(axis=1) for each in (crossing.positive, crossing.base)
        )
        low, high = _printed_as(float(positive / base))
        for end, sign in ((low, 1.0), (high, -1.0)):
            terms: Terms = {}
            for row, weight in enumerate(crossing.weights):
                terms |= dict.fromkeys(self.terms("positive", crossing, [row], figure.without), sign * float(weight))
                terms |= dict.fromkeys(self.terms("base", crossing, [row], figure.without), -sign * end * float(weight))
            yield Figure(terms, 0, None)

    def _said(self, coding: Coding, n: int, positive: float) -> tuple[float, float]:
        """What a published share says about the positive answers behind it."""
        hidden = SMALLEST_SIDE - 1 if self._whole else SMALLEST_SIDE
        if coding == Coding.EXACT:
            return (positive, positive) if self._whole else (positive - SLACK, positive + SLACK)
        return (0.0, float(hidden)) if coding == Coding.BOTTOM_CODED else (float(n - hidden), float(n))

    def _parts(self) -> list[Crossing]:
        return [self.everybody, *self._crossings]

    def _crossing(self, dimension: str | None) -> Crossing:
        if dimension is not None and dimension not in self._of:
            raise BadInput(f"There is no dimension {dimension!r}.")
        return self.everybody if dimension is None else self._of[dimension]

    def _columns(self, without: str | None) -> list[int]:
        """The columns of respondents to count: one per combination of flags, those with ``without`` left out."""
        if without is not None and without not in self._flags:
            raise BadInput(f"Nobody was looked at for the flag {without!r}.")
        bit = 0 if without is None else 1 << self._flags.index(without)
        return [pattern for pattern in range(1 << len(self._flags)) if not pattern & bit]


def _unions(crossing: Crossing, dimension: str) -> Iterator[tuple[str, ...]]:
    categories = crossing.categories(dimension)
    if len(categories) > MOST_CATEGORIES:
        raise BadInput(f"The dimension {dimension!r} has too many categories to be checked; merge some.")
    return chain.from_iterable(combinations(categories, size) for size in range(1, len(categories)))


def _printed_as(share: float) -> tuple[float, float]:
    """The shares that would be printed as the same whole percentage, both ends included."""
    # Halves upwards, as they are published, also where a binary number is a hair below: 57.49999999999999 is 57.5.
    printed = floor(round(100 * share, 4) + 0.5)
    return (printed - 0.5) / 100 - SLACK, (printed + 0.5) / 100 + SLACK
