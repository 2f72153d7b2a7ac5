"""Every statement with its five steps: the distribution behind each percentage, as far as it may be shown."""

from dataclasses import dataclass

from surveyapp.exports.labels import STEPS, Document, Labels, step_name
from surveyapp.web.partner.page import figure_words


@dataclass(frozen=True)
class Statement:
    """One statement: its figure, and how many chose each step or none, told of none of them where that isn't shown."""

    text: str
    figure: str
    notes: tuple[str, ...]
    counts: tuple[str, ...]


@dataclass(frozen=True)
class StatementTable:
    """The statements of one indicator, or about one initiative; `columns` name the counts, by the steps' own words."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Statement, ...]


def statement_tables(document: Document, labels: Labels) -> list[StatementTable]:
    """Every indicator's level statements, then what is said of each initiative by those who know it or took part."""
    outside = (labels.words["column.not_relevant"], labels.words["column.dont_know"])
    columns = (*(step_name(document, labels, step) for step in STEPS), *outside)
    measured = [
        (labels.spoken(entry["names"]), entry["items"]) for entry in document["indicators"] if entry["items"]
    ] + [(initiative["partner"], initiative["items"]) for initiative in document["initiatives"]]
    return [
        StatementTable(name, columns, tuple(_statement(item, labels) for item in items)) for name, items in measured
    ]


def _statement(item: Document, labels: Labels) -> Statement:
    shown = item["figure"]
    figure, notes = figure_words(shown, labels)
    steps = shown["distribution"] or {}
    return Statement(
        labels.spoken(item["texts"]),
        figure,
        notes,
        (
            *(labels.number(steps[step], 0) if steps else "–" for step in STEPS),
            *(_count(shown[kind], labels) for kind in ("not_relevant", "dont_know")),
        ),
    )


def _count(found: Document | None, labels: Labels) -> str:
    return "–" if found is None else f"{labels.number(found['count'], 0)} ({labels.percent(100 * found['share'])})"
