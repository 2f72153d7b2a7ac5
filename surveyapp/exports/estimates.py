"""Beside a figure: the same with the area's composition, and without careless answers; and what weighting costs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from surveyapp.exports.labels import Document, Labels, category_name, dimension_name, within_sentence

IMPOSSIBLE = {"weighting": "not_converged", "sensitivity": "block_not_suited"}
"""What is said of every status that has no words of its own: the figure can't be computed."""


@dataclass(frozen=True)
class Estimate:
    """Another way of estimating an indicator; `why_not` is empty where its figure is shown."""

    name: str
    figure: Document
    why_not: str


def estimates(entry: Document, labels: Labels) -> Iterator[Estimate]:
    """The weighted figure of an indicator and those without careless respondents, or why they aren't shown."""
    words = labels.words
    if entry["weighted"]:
        yield _estimate(words["weighted.ok"], entry["weighted"], "weighting", words)
    for each in entry["sensitivity"]:
        yield _estimate(words[f"sensitivity.{each['without']}"], each, "sensitivity", words)


def weighting_sentences(document: Document, labels: Labels) -> Iterator[str]:
    """What the weighted figures are weighted by and what that costs; nothing where no figure is weighted."""
    if not any(entry["weighted"] and entry["weighted"]["status"] == "ok" for entry in document["indicators"]):
        return
    cost, words = document["weighting"], labels.words
    yield words["weights.by"] % {"dimensions": _names(cost["margins"], document, labels)}
    if withheld := [margin["dimension"] for margin in document["composition"]["margins"] if _is_withheld(margin)]:
        yield words["weights.not_by"] % {"dimensions": _names(withheld, document, labels)}
    if empty := list(_empty_groups(document, labels)):
        yield words["weights.merged"] % {"groups": ", ".join(empty)}
    yield words["weights.design_effect"] % {"design_effect": labels.number(cost["design_effect"], 1)}
    if cost.get("max_deviation_points") is not None:
        yield words["weights.deviation"] % {"points": labels.number(cost["max_deviation_points"], 1)}
    if cost["offer_unweighted"]:
        yield words["weights.heavy"] % {"cap": labels.number(cost["weight_cap"], 0)}


def _empty_groups(document: Document, labels: Labels) -> Iterator[str]:
    """Groups of the area that nobody answered from, where it is weighted by them: they joined their neighbours."""
    for margin in document["composition"]["margins"]:
        for category in margin["categories"] if margin["dimension"] in document["weighting"]["margins"] else ():
            if category["responses"] == 0 and category["persons"]:
                name = category_name(margin["dimension"], category["category"], document, labels)
                yield f"{within_sentence(dimension_name(margin['dimension'], document, labels))} {name}"


def _names(dimensions: Sequence[str], document: Document, labels: Labels) -> str:
    return ", ".join(within_sentence(dimension_name(key, document, labels)) for key in dimensions)


def _is_withheld(margin: Document) -> bool:
    """Whether any count of the margin is: it isn't weighted by, as weights would give it back."""
    return any(category["responses"] is None for category in margin["categories"])


def _estimate(name: str, figure: Document, kind: str, words: Mapping[str, str]) -> Estimate:
    if figure["status"] == "ok":
        return Estimate(name, figure, "")
    return Estimate(name, figure, words.get(f"{kind}.{figure['status']}") or words[f"{kind}.{IMPOSSIBLE[kind]}"])
