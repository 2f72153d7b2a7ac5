"""Below the table: who answered, the initiatives, groups and method, said in the reader's language."""

from collections.abc import Iterator
from dataclasses import dataclass

from surveyapp import i18n
from surveyapp.content.agreement_scale import languages
from surveyapp.exports.estimates import Estimate, estimates
from surveyapp.exports.labels import (
    COUNTED_BESIDE,
    WAYS_OF_ANSWERING,
    Document,
    Labels,
    category_name,
    dimension_name,
    text_status,
    wholly_withheld,
)
from surveyapp.web.partner.page import base_words, figure_words, interval_words
from surveyapp.web.words import p_value_words, text_status_words


@dataclass(frozen=True)
class Quota:
    """One category of a margin: who answered against what the area's composition calls for."""

    name: str
    responses: str
    expected: str


@dataclass(frozen=True)
class MarginTable:
    """One margin with its word, how far it is from the area, and the test behind it; both are empty where not known.

    Without rows it is withheld.
    """

    name: str
    word: str
    rows: tuple[Quota, ...]
    distance: str
    test: str
    source: str


@dataclass(frozen=True)
class Said:
    """One statement about an initiative, among those who know of it or took part."""

    statement: str
    figure: str
    note: str


@dataclass(frozen=True)
class InitiativeTable:
    """One initiative: how many know of it, and what they say."""

    partner: str
    question: str
    exposed: str
    rows: tuple[Said, ...]


@dataclass(frozen=True)
class GroupRow:
    """One group of respondents: its share for every indicator, each with its base and interval."""

    name: str
    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class GroupTable:
    """One way of dividing respondents; without rows it is withheld."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True)
class Wording:
    """One statement as it was asked, in one language."""

    language: str
    name: str
    text: str
    status: str


@dataclass(frozen=True)
class Answering:
    """How people answered, and what was counted beside the answers."""

    ways: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    counted: tuple[tuple[str, str], ...]
    representativeness: str


def answering(document: Document, labels: Labels) -> Answering:
    """Answers by mode, kind of place and language; who wasn't counted; whom those who answered resemble."""
    counted = document["responses"]
    ways = tuple(
        (
            labels.words[f"dimension.{key}"],
            tuple(
                (category_name(key, each["category"], document, labels), _count(each["responses"], labels))
                for each in counted[name]
            ),
        )
        for name, key in WAYS_OF_ANSWERING.items()
    )
    word = document["composition"]["representativeness"]
    said = labels.words[f"represents.{word}"] if word else ""
    beside = tuple((name, labels.number(count, 0)) for name, count in counted_beside(document, labels))
    return Answering(ways, beside, said)


def counted_beside(document: Document, labels: Labels) -> tuple[tuple[str, int], ...]:
    """What is counted beside the answers, with its words: not residents, withdrawn answers, withdrawn codes."""
    counted = document["responses"]
    return tuple((labels.words[f"column.{key}"], counted[key]) for key in COUNTED_BESIDE if key in counted)


def margin_tables(document: Document, labels: Labels) -> list[MarginTable]:
    """Every margin of the area."""
    return [_margin(margin, document, labels) for margin in document["composition"]["margins"]]


def initiative_tables(document: Document, labels: Labels) -> list[InitiativeTable]:
    """Every initiative that residents were asked about."""
    return [
        InitiativeTable(
            initiative["partner"],
            labels.spoken(initiative["texts"]),
            _exposed(initiative, labels),
            tuple(_said(item, labels) for item in initiative["items"]),
        )
        for initiative in document["initiatives"]
    ]


def _exposed(initiative: Document, labels: Labels) -> str:
    figure, notes = figure_words(initiative["exposed"], labels)
    said = f"{figure} {labels.words['exposure.' + initiative['exposure']]}"
    return f"{said} ({' · '.join(notes)})" if notes else said


def _said(item: Document, labels: Labels) -> Said:
    figure, notes = figure_words(item["figure"], labels)
    return Said(labels.spoken(item["texts"]), figure, " · ".join(notes))


def group_tables(document: Document, labels: Labels) -> list[GroupTable]:
    """Every breakdown: one dimension at a time, the same groups for all indicators."""
    divided = [entry for entry in document["indicators"] if entry["breakdowns"]]
    columns = tuple(labels.spoken(entry["names"]) for entry in divided)
    if not divided:
        return []
    return [
        GroupTable(
            dimension_name(breakdown["dimension"], document, labels),
            columns,
            tuple(_group_rows(divided, place, document, labels)),
        )
        for place, breakdown in enumerate(divided[0]["breakdowns"])
    ]


def wordings(asked: Document) -> list[list[Wording]]:
    """Every statement of an indicator or about an initiative in every language, with how far each text is trusted."""
    return [
        [
            Wording(language, i18n.own_name(language), text["text"], status_words(text))
            for language, text in item["texts"].items()
            if language in languages()
        ]
        for item in asked["items"]
    ]


def status_words(text: Document) -> str:
    """How far a frozen text can be trusted, in words."""
    return text_status_words(text_status(text))


def other_estimates(entry: Document, labels: Labels) -> list[str]:
    """The weighted figure and those without careless respondents, or why they aren't shown."""
    return [f"{each.name}: {estimate_words(each, labels)}" for each in estimates(entry, labels)]


def estimate_words(estimate: Estimate, labels: Labels) -> str:
    """Its figure with interval and base, or why there is none."""
    return estimate.why_not or _percent_with_interval(estimate.figure, labels)


def quotas(margin: Document, document: Document, labels: Labels) -> Iterator[Quota]:
    """How many answered in every category beside what the area corresponds to.

    One withheld count withholds what the whole margin corresponds to, which would give it back; – means not known.
    """
    withheld = any(category["responses"] is None for category in margin["categories"])
    for category in (*margin["categories"], *margin["without_target"]):
        unknown = not withheld or category.get("target_share") is None
        expected = category.get("expected")
        yield Quota(
            category_name(margin["dimension"], category["category"], document, labels),
            _count(category["responses"], labels),
            "–" if expected is None and unknown else _count(expected, labels),
        )


def _margin(margin: Document, document: Document, labels: Labels) -> MarginTable:
    return MarginTable(
        dimension_name(margin["dimension"], document, labels),
        labels.words.get(f"fit.{margin['representativeness']}", "–"),
        () if wholly_withheld(margin) else tuple(quotas(margin, document, labels)),
        _distance(margin, labels),
        _test(margin["check"], labels),
        f"{margin['source']}, {margin['year']}",
    )


def _distance(margin: Document, labels: Labels) -> str:
    """Said whether or not there is a test: with one category there is none."""
    check = margin["check"]
    if check["max_deviation_points"] is None:
        is_withheld = any(category["responses"] is None for category in margin["categories"])
        return labels.words["distance.withheld"] if is_withheld else ""
    points, share = check["max_deviation_points"], 100 * check["total_variation"]
    return labels.words["distance"] % {"points": labels.number(points, 1), "share": labels.number(share, 0)}


def _test(check: Document, labels: Labels) -> str:
    if check["adjusted_p_value"] is None:
        return ""
    test = labels.words[f"test.{check['test']}"]
    return f"{test}, {p_value_words(check['adjusted_p_value'])}"


def _count(count: float | None, labels: Labels) -> str:
    return labels.words["withheld"] if count is None else labels.number(count, 0)


def _group_rows(divided: list[Document], place: int, document: Document, labels: Labels) -> Iterator[GroupRow]:
    first = divided[0]["breakdowns"][place]
    for number, group in enumerate(first["groups"]):
        names = [category_name(first["dimension"], each, document, labels) for each in group["categories"]]
        figures = [entry["breakdowns"][place]["groups"][number] for entry in divided]
        yield GroupRow(" + ".join(names), tuple(_cell(figure, labels) for figure in figures))


def _cell(figure: Document, labels: Labels) -> tuple[str, str, str]:
    return labels.percent(figure["percent"]), base_words(figure, labels), interval_words(figure, labels)


def _percent_with_interval(figure: Document, labels: Labels) -> str:
    return f"{labels.percent(figure['percent'])} ({interval_words(figure, labels)}), {base_words(figure, labels)}"
