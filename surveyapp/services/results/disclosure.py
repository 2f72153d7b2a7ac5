"""What a wave's document and its earlier versions give away together about small groups, indicator by indicator.

Run once, before anything is frozen. Where the recovery check finds something, the release is cut down step by step,
the least needed first, until nothing more can be found.

Modelled are the numbers that speak of groups or could be subtracted from each other: how many answered from each
group, the share of the whole wave (or that it is coded), those of the groups and those without careless respondents,
and the weighted percentage. Everything else follows from these or goes out by the release rules alone; docs/method.md,
Disclosure, says of each why that is enough. Earlier waves aren't modelled: they count other answers, which no number
ties to these. A change goes out only between two shares that are both published exactly, so it follows from them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from surveyapp import statistics
from surveyapp.errors import WouldReveal
from surveyapp.services.questionnaires import Document
from surveyapp.services.results.composition import BY_WAY_OF_ANSWERING
from surveyapp.services.results.depth import Measured, Respondents, group_answers, rake_to_area
from surveyapp.services.results.dimensions import LANGUAGE, MODE, PLACE_KIND, Dimension
from surveyapp.statistics import Coding, FigureKind, LetOut, ReleaseSet, WaveResponses

Weights = NDArray[np.float64] | None
COST_OF_WEIGHTING = ("design_effect", "max_deviation_points", "offer_unweighted")
WITHHELD = {"status": "withheld", "n": None, "percent": None, "low": None, "high": None, "interval_assumption": None}


def cut_to_safe(document: Document, versions: Sequence[Document], people: Respondents) -> Document:
    """The document with everything withheld that could be used to work out a small group.

    `versions` are the wave's earlier documents, which are out already. Raises WouldReveal where even the bare figures
    give something away together with those.
    """
    at_risk = [measured for measured in people.measured if _needs_check(measured, people)]
    earlier = [_weights_of(version, people) for version in versions]
    for candidate in _ever_less(document):
        documents = [*versions, candidate]
        release = ReleaseSet()
        for measured in at_risk:
            release += _release(measured, documents, [*earlier, people.raking.weights], people)
        if statistics.check_release(release).safe:
            return candidate
    raise WouldReveal


def _needs_check(measured: Measured, people: Respondents) -> bool:
    """Whether any group is small; where every category may be shown by itself there is nothing to protect."""
    return not all(
        statistics.may_be_shown(group)
        for dimension in people.dimensions.values()
        for group in group_answers(measured, dimension)
    )


def _weights_of(version: Document, people: Respondents) -> Weights:
    """The weights behind an earlier version: the same people, but perhaps other margins of the area."""
    rows = {margin["dimension"]: margin["categories"] for margin in version["composition"]["margins"]}
    targets = {
        key: {row["category"]: row["persons"] / sum(each["persons"] for each in rows[key]) for row in rows[key]}
        for key in version["weighting"]["margins"]
    }
    return rake_to_area(people.dimensions, targets).weights


def _release(
    measured: Measured, documents: Sequence[Document], weights: Sequence[Weights], people: Respondents
) -> ReleaseSet:
    """Everything that these documents let out about one indicator's respondents.

    Each weighted figure needs a model with its own weights; everything else is the same knowledge in all of them.
    """
    said = {each: None for document in documents for each in _let_out(document, measured.key, people.dimensions)}
    raked_on = sorted({key for document in documents for key in document["weighting"]["margins"]})
    shown: list[Weights] = [
        each
        for document, each in zip(documents, weights, strict=True)
        if each is not None and _entry(document, measured.key)["weighted"]["status"] == "ok"
    ]
    release = ReleaseSet()
    for each in shown or [None]:
        let_out = [*said] if each is None else [*said, LetOut(FigureKind.WEIGHTED_SHARE)]
        release += statistics.release_set(_responses(documents[-1], measured, each, raked_on, people), let_out)
    return release


def _responses(
    document: Document, measured: Measured, weights: Weights, raked_on: Sequence[str], people: Respondents
) -> WaveResponses:
    """One indicator's answers as the check takes them: what an attacker knows together stands together."""
    together = [[key for key in raked_on if key in people.dimensions], [PLACE_KIND, MODE], [LANGUAGE]]
    together += [[key] for key in people.dimensions if not any(key in keys for keys in together)]
    return WaveResponses(
        f"wave {document['wave']['number']} {measured.key}",
        measured.scores,
        [{key: people.dimensions[key].values for key in keys} for keys in together if keys],
        {kind: flags for kind, (_, flags) in people.careless.items() if flags is not None},
        weights,
    )


def _let_out(document: Document, indicator: str, found: Mapping[str, Dimension]) -> Iterator[LetOut]:
    """Every number of one document that says something about this indicator's respondents."""
    yield LetOut(FigureKind.RESPONDENTS)
    for dimension, counts in _counts(document):
        for count in counts:
            if dimension in found and count["responses"]:
                yield LetOut(FigureKind.RESPONDENTS, dimension, (count["category"],))
    yield from _shares(_entry(document, indicator))


def _entry(document: Document, indicator: str) -> Document:
    found: Document = next(entry for entry in document["indicators"] if entry["key"] == indicator)
    return found


def _shares(entry: Document) -> Iterator[LetOut]:
    own = entry["figures"][-1]
    if own["coding"] is not None:
        yield LetOut(FigureKind.SHARE, coding=Coding(own["coding"]))
    for breakdown in entry["breakdowns"]:
        for group in breakdown["groups"]:
            yield LetOut(FigureKind.SHARE, breakdown["dimension"], tuple(group["categories"]))
    for each in entry["sensitivity"]:
        if each["status"] == "ok":
            yield LetOut(FigureKind.SHARE, without=each["without"])


def _counts(document: Document) -> Iterator[tuple[str, list[Document]]]:
    for margin in document["composition"]["margins"]:
        yield margin["dimension"], [*margin["categories"], *margin["without_target"]]
    for name, dimension in BY_WAY_OF_ANSWERING.items():
        yield dimension, document["responses"][name]


def _ever_less(document: Document) -> Iterator[Document]:
    """The whole document, then without weighted figures, sensitivity and one breakdown after the other.

    What the weights cost goes with the weighted figures, before any count does that it would give back.
    """
    yield document
    document = _each(document, weighted=lambda _: dict(WITHHELD))
    document |= {"weighting": document["weighting"] | dict.fromkeys(COST_OF_WEIGHTING)}
    yield document
    document = _each(document, sensitivity=lambda all_: [each | WITHHELD for each in all_])
    yield document
    broken_down = [each["dimension"] for entry in document["indicators"] for each in entry["breakdowns"]]
    for key in dict.fromkeys(broken_down):
        document = _each(document, breakdowns=partial(_without_groups, key))
        yield document
    counted = [dimension for dimension, _ in _counts(document)]  # where no share is exact, nothing is broken down
    for key in dict.fromkeys((*broken_down, *counted)):
        document = _without_counts(document, key)
        yield document


def _each(document: Document, **changed: Callable[[Any], Any]) -> Document:
    return document | {
        "indicators": [
            entry | {name: change(entry[name]) for name, change in changed.items() if entry[name]}
            for entry in document["indicators"]
        ]
    }


def _without_groups(dimension: str, breakdowns: list[Document]) -> list[Document]:
    return [
        each | {"status": "withheld", "groups": []} if each["dimension"] == dimension else each for each in breakdowns
    ]


def _without_counts(document: Document, dimension: str) -> Document:
    """Withhold who answered from each category; the word for representativeness stays."""
    margins = [
        _bare_margin(margin) if margin["dimension"] == dimension else margin
        for margin in document["composition"]["margins"]
    ]
    ways = {
        name: [count | {"responses": None} for count in document["responses"][name]]
        for name, key in BY_WAY_OF_ANSWERING.items()
        if key == dimension
    }
    return document | {
        "composition": document["composition"] | {"margins": margins},
        "responses": document["responses"] | ways,
    }


def _bare_margin(margin: Document) -> Document:
    bare = {"responses": None, "expected": None, "shortfall": None}
    return margin | {
        "categories": [category | bare for category in margin["categories"]],
        "without_target": [category | {"responses": None} for category in margin["without_target"]],
        "check": dict.fromkeys(margin["check"]) | {"status": "withheld"},
    }
