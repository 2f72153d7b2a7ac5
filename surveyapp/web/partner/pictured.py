"""Every picture's title and the tables that say the same in numbers, for the page and the report alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from surveyapp.exports.labels import (
    STEPS,
    Document,
    Labels,
    dimension_name,
    statement_text,
    step_name,
    waves_of,
    wholly_withheld,
)
from surveyapp.exports.pictures import pictures_of
from surveyapp.exports.report import Table
from surveyapp.web.partner import page
from surveyapp.web.partner.depth import quotas
from surveyapp.web.partner.over_time import trend_words
from surveyapp.web.partner.wide_tables import wide_tables
from surveyapp.web.translating import gettext

Rows = Iterator[tuple[str, ...]]


@dataclass(frozen=True)
class Pictured:
    """A picture as it stands on the page: its name in addresses, its title, what it shows, and its numbers."""

    name: str
    title: str
    alternative: str
    tables: tuple[Table, ...]


def pictured(document: Document, labels: Labels) -> list[Pictured]:
    """Every picture that there are figures for."""
    return [
        Pictured(
            name,
            picture_title(name, labels),
            labels.words[f"picture.{name}.alt"],
            picture_tables(name, document, labels),
        )
        for name in pictures_of(document, labels)
    ]


def picture_title(name: str, labels: Labels) -> str:
    """What a picture is called, as a heading."""
    title = labels.words[f"picture.{name}"]
    return title[:1].upper() + title[1:]


def picture_tables(name: str, document: Document, labels: Labels) -> tuple[Table, ...]:
    """The picture's numbers."""
    return _TABLES[name](document, labels)


def _measurements(document: Document, labels: Labels) -> tuple[Table, ...]:
    """Every measurement of every indicator, and below them whether there is a trend."""
    measured = [entry for entry in document["indicators"] if entry["figures"]]
    rows = [((label,), _measured(measured, wave, labels)) for wave, label in waves_of(document).items()]
    tested = [trend_words(entry["trend"], labels) for entry in measured]
    if any(tested):
        rows.append(((gettext("Trend, adjusted for all indicators"),), [(said or "–",) for said in tested]))
    names = [labels.spoken(entry["names"]) for entry in measured]
    return wide_tables(gettext("All measurements"), (labels.words["column.wave"],), names, rows)


def _measured(entries: list[Document], wave: int, labels: Labels) -> list[tuple[str, ...]]:
    found = [next((shown for shown in entry["figures"] if shown["wave"] == wave), None) for entry in entries]
    return [("–",) if shown is None else _figure_and_notes(shown, labels) for shown in found]


def _figure_and_notes(shown: Document, labels: Labels) -> tuple[str, ...]:
    figure, notes = page.figure_words(shown, labels)
    return figure, *notes


def _on_the_way(document: Document, labels: Labels) -> tuple[Table, ...]:
    words = labels.words
    heads = (words["column.indicator"], gettext("Baseline"), document["wave"]["label"], words["column.target"])
    return (Table(gettext("Between baseline and target"), heads, tuple(_ways(document, labels)), (2, 1, 1, 1)),)


def _ways(document: Document, labels: Labels) -> Rows:
    for entry in document["indicators"]:
        if entry["figures"] and entry["target"]:
            before = entry["figures"][:-1]
            baseline = next((shown for shown in before if shown["wave"] == entry["baseline_wave"]), None)
            then = "–" if baseline is None else page.figure_words(baseline, labels)[0]
            now = page.figure_words(entry["figures"][-1], labels)[0]
            yield labels.spoken(entry["names"]), then, now, labels.target(entry["target"], entry["unit"])


def _answers(document: Document, labels: Labels) -> tuple[Table, ...]:
    words = labels.words
    steps = (step_name(document, labels, step) for step in STEPS)
    heads = (
        words["column.statement"],
        *steps,
        "n",
        words["column.not_relevant"],
        words["column.dont_know"],
        words["column.percent"],
    )
    rows = tuple(_answered(document, labels))
    return (Table(gettext("The answers to every statement"), heads, rows, (3.4, *[1] * 9)),)


def _answered(document: Document, labels: Labels) -> Rows:
    for entry in document["indicators"]:
        for item in entry["items"]:
            figure = item["figure"]
            counts = [(figure["distribution"] or {}).get(step) for step in STEPS]
            outside = [figure[kind] and figure[kind]["count"] for kind in ("not_relevant", "dont_know")]
            numbers = ("–" if each is None else labels.number(each, 0) for each in (*counts, figure["n"], *outside))
            yield statement_text(item, labels), *numbers, page.figure_words(figure, labels)[0]


def _groups(document: Document, labels: Labels) -> tuple[Table, ...]:
    words = labels.words
    heads = (words["column.dimension"], words["column.group"], words["column.responses"], words["column.expected"])
    rows = tuple(_grouped(document, labels))
    return (Table(words["withheld.reading"], heads, rows, (1.2, 2, 1, 1.3), 2, halved=True),)


def _grouped(document: Document, labels: Labels) -> Rows:
    for margin in document["composition"]["margins"]:
        if wholly_withheld(margin):
            continue
        name = dimension_name(margin["dimension"], document, labels)
        for row in quotas(margin, document, labels):
            yield name, row.name, row.responses, row.expected


_TABLES: dict[str, Callable[[Document, Labels], tuple[Table, ...]]] = {
    "targets": _on_the_way,
    "trend": _measurements,
    "distribution": _answers,
    "quotas": _groups,
}
