"""Beyond the headline: breakdowns, weighted figures and sensitivity, each only as the release rules allow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from surveyapp import statistics
from surveyapp.services.questionnaires import Document
from surveyapp.services.results.answers import Codes, Flags, WaveAnswers
from surveyapp.services.results.composition import Shares, released_counts
from surveyapp.services.results.dimensions import Dimension
from surveyapp.services.results.figures import ASSUMPTION, figure, is_exact
from surveyapp.services.results.rounding import points, tenths, whole_percent
from surveyapp.statistics import GroupAnswers, Raking, Status

WEIGHT_CAP = 5.0
STRAIGHT_LINERS, SPEEDERS = "straight_liners", "speeders"
Scores = np.ma.MaskedArray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True)
class Measured:
    """One share indicator's answers, with its own figure."""

    key: str
    codes: Codes
    reverse_items: tuple[int, ...]
    shown: Document

    @cached_property
    def scores(self) -> Scores:
        """Every respondent's share of positive answers, masked outside the base; never published."""
        return statistics.respondent_scores(self.codes, reverse_items=self.reverse_items)


@dataclass(frozen=True)
class Respondents:
    """Everybody who answered: their indicators, the groups they are in, who was careless, and their weights."""

    measured: list[Measured]
    dimensions: dict[str, Dimension]
    careless: dict[str, tuple[str, Flags | None]]
    raking: Raking
    raked_on: list[str]


def group_answers(measured: Measured, dimension: Dimension) -> list[GroupAnswers]:
    """Base and positive answers in every category of a dimension."""
    scores = measured.scores
    size = len(dimension.counts)
    inside = ~np.ma.getmaskarray(scores)
    positions = dimension.positions
    n = np.bincount(positions[inside], minlength=size)
    positive = np.bincount(positions, weights=scores.filled(0.0), minlength=size)
    return [GroupAnswers(int(base), min(float(base), round(float(k), 6))) for base, k in zip(n, positive, strict=True)]


def deepen(entries: list[Document], people: Respondents) -> list[Document]:
    """The indicators with breakdowns, weighted figures and sensitivity; those without figures get none."""
    divided = breakdowns(people)
    deeper: dict[str, Document] = {
        measured.key: {
            "breakdowns": divided[measured.key],
            "weighted": weighted(measured, people.raking),
            "sensitivity": sensitivity(measured, people.careless),
        }
        for measured in people.measured
    }
    none: Document = {"breakdowns": [], "weighted": None, "sensitivity": []}
    return [entry | deeper.get(entry["key"], none) for entry in entries]


def breakdowns(people: Respondents) -> dict[str, list[Document]]:
    """By indicator, every dimension that divides them; all indicators share the groups of a dimension.

    Small groups are merged with their neighbours. Where that leaves a single group the dimension is withheld.
    """
    exact = [measured for measured in people.measured if is_exact(measured.shown)]
    made: dict[str, list[Document]] = {measured.key: [] for measured in people.measured}
    for dimension in people.dimensions.values():
        if len(dimension.counts) < 2:
            continue
        columns = [group_answers(measured, dimension) for measured in exact]
        groups = statistics.merge_small_groups(list(dimension.counts), columns) if exact else ()
        members = [dimension.members(group) for group in groups]
        for measured in exact:
            made[measured.key].append(
                {
                    "dimension": dimension.key,
                    "status": "shown" if groups else "withheld",
                    "groups": [
                        {"categories": list(group), **_group_figure(measured, inside)}
                        for group, inside in zip(groups, members, strict=True)
                    ],
                }
            )
    return made


def weighing_targets(found: Mapping[str, Dimension], targets: Mapping[str, Mapping[str, float]]) -> dict[str, Shares]:
    """The margins to weigh by: those that somebody answered and whose counts are all shown.

    What the weights cost, and the weights themselves, would otherwise give a withheld count back.
    """
    counts = {key: released_counts(found[key]) for key in targets}
    answered = {key: [counts[key].get(category, 0) for category in shares] for key, shares in targets.items()}
    return {key: dict(targets[key]) for key, each in answered.items() if None not in each and any(each)}


def rake_to_area(found: Mapping[str, Dimension], targets: Mapping[str, Mapping[str, float]]) -> Raking:
    """Weights that give the respondents the area's composition, cut at 5.

    A category nobody answered from joins its neighbour; somebody in no known category counts as not stated.
    """
    reachable = {key: _without_empty(targets[key], found[key].values) for key in targets}
    answered = {key: shares for key, shares in reachable.items() if shares}
    if not answered:
        return Raking(Status.NO_MARGINS, 0)
    categories = {
        key: [value if value in shares else None for value in found[key].values] for key, shares in answered.items()
    }
    return statistics.rake(categories, answered, weight_cap=WEIGHT_CAP)


def weighting(people: Respondents) -> Document:
    """How the weights were made and what they cost: how much the figures lose, and how far from the area they stay.

    Coarsely: exact weights would give small groups back. `offer_unweighted` says that the cost is too high to lean on
    the weighted figures.
    """
    raking = people.raking
    return {
        "status": raking.status.value,
        "margins": people.raked_on,
        "weight_cap": WEIGHT_CAP,
        "design_effect": _design_effect(raking),
        "max_deviation_points": None if raking.max_deviation is None else points(raking.max_deviation),
        "offer_unweighted": raking.offer_unweighted,
    }


def weighted(measured: Measured, raking: Raking) -> Document:
    """The share with the area's composition, in whole percent: more digits would give small groups back.

    So would an interval computed from the answers. This one follows from what is published anyway: the percentage, and
    the figure's own effective number divided by the design effect.
    """
    design_effect = _design_effect(raking)
    if raking.weights is None or design_effect is None:
        return _nothing(raking.status.value)
    if not is_exact(measured.shown):
        return _nothing("withheld")
    share = statistics.multi_item_indicator(
        measured.codes, reverse_items=measured.reverse_items, weights=raking.weights
    ).share
    assert share is not None
    percent, n = whole_percent(share), measured.shown["n"]
    interval = statistics.wilson_interval_effective_n(percent / 100, measured.shown["n_effective"] / design_effect, n=n)
    assert interval.low is not None
    assert interval.high is not None
    return {
        "status": "ok",
        "n": n,
        "percent": percent,
        "low": whole_percent(interval.low),
        "high": whole_percent(interval.high),
        "interval_assumption": ASSUMPTION,
    }


def _design_effect(raking: Raking) -> float | None:
    """As it is published."""
    return None if raking.design_effect is None else tenths(raking.design_effect)


def careless(answers: WaveAnswers, items: list[Document]) -> dict[str, tuple[str, Flags | None]]:
    """Who answered carelessly, by kind, each with the check's status; flags are looked at, never deleted on."""
    matrix = answers.matrix([item["key"] for item in items])
    reverse = [position for position, item in enumerate(items) if item["polarity"] == "negative"]
    lining = statistics.straight_lining(matrix, reverse)
    # 0 is stored for paper and for a page without its script: how long they took isn't known
    fast = statistics.speeding(np.where(answers.seconds > 0, answers.seconds, np.nan), max(1, len(items)))
    speeders = None
    if fast.flag_relative is not None and fast.flag_two_seconds_per_item is not None:
        speeders = fast.flag_relative | fast.flag_two_seconds_per_item
    return {STRAIGHT_LINERS: (lining.status.value, lining.flagged), SPEEDERS: (fast.status.value, speeders)}


def sensitivity(measured: Measured, flagged: Mapping[str, tuple[str, Flags | None]]) -> list[Document]:
    """The figure without each kind of careless respondents, where they are so many that it shows nobody."""
    return [{"without": kind, **_without(measured, status, flags)} for kind, (status, flags) in flagged.items()]


def _without(measured: Measured, status: str, flags: Flags | None) -> Document:
    if flags is None:
        return _nothing(status)
    inside = ~np.ma.getmaskarray(measured.scores)
    count, base = int(np.count_nonzero(flags & inside)), int(np.count_nonzero(inside))
    if count == 0:
        return _nothing("none_flagged")
    rest = figure(measured.codes[~flags], measured.reverse_items)
    if not (statistics.may_show_without(count, base) and is_exact(measured.shown) and is_exact(rest)):
        return _nothing("withheld")
    return {key: rest[key] for key in ("n", "percent", "low", "high", "interval_assumption")} | {"status": "ok"}


def _nothing(status: str) -> Document:
    empty: Document = dict.fromkeys(("n", "percent", "low", "high", "interval_assumption"))
    return empty | {"status": status}


def _group_figure(measured: Measured, inside: NDArray[np.bool_]) -> Document:
    interval = statistics.multi_item_indicator(measured.codes[inside], reverse_items=measured.reverse_items).interval
    assert interval.share is not None
    assert interval.low is not None
    assert interval.high is not None
    return {
        "n": int(interval.n),
        "percent": whole_percent(interval.share),
        "low": points(interval.low),
        "high": points(interval.high),
        "interval_assumption": ASSUMPTION,
    }


def _without_empty(shares: Mapping[str, float], values: Sequence[str | None]) -> dict[str, float]:
    """Targets of the categories that somebody is in; an empty one adds its share to the one before, or after."""
    present = set(values)
    reachable: dict[str, float] = {}
    carried = 0.0
    for category, share in shares.items():
        if category in present:
            reachable[category] = share + carried
            carried = 0.0
        elif reachable:
            reachable[list(reachable)[-1]] += share
        else:
            carried += share
    return reachable
