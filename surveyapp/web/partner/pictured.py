"""Every picture's title and the table that says the same in numbers, for the page and the report alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from surveyapp.exports.labels import STEPS, Document, Labels, dimension_name, step_name
from surveyapp.exports.pictures import PICTURES, pictures_of
from surveyapp.exports.report import Table
from surveyapp.web.partner import page
from surveyapp.web.partner.depth import quotas
from surveyapp.web.translating import gettext

Rows = Iterator[tuple[str, ...]]


@dataclass(frozen=True)
class Pictured:
    """A picture as it stands on the page: its name in addresses, its title, what it shows, and its numbers."""

    name: str
    title: str
    alternative: str
    table: Table


def pictured(document: Document, labels: Labels) -> list[Pictured]:
    """Every picture that there are figures for."""
    return [
        Pictured(
            name,
            picture_title(name, labels),
            labels.words[f"picture.{name}.alt"],
            picture_table(name, document, labels),
        )
        for name in pictures_of(document, labels)
    ]


def picture_title(name: str, labels: Labels) -> str:
    """What a picture is called, as a heading."""
    title = labels.words[f"picture.{name}"]
    return title[:1].upper() + title[1:]


def picture_table(name: str, document: Document, labels: Labels) -> Table:
    """The picture's numbers."""
    return _TABLES[name](document, labels)


def _measurements(document: Document, labels: Labels) -> Table:
    words = labels.words
    heads = (words["column.indicator"], words["column.wave"], words["column.percent"], gettext("Uncertainty"), "n")
    return Table(gettext("All measurements"), heads, tuple(_measured(document, labels)), (1.6, 1.8, 1, 1.2, 0.6), 2)


def _measured(document: Document, labels: Labels) -> Rows:
    for entry in document["indicators"]:
        for shown in entry["figures"]:
            text, notes = page.figure_words(shown, labels)
            base = "" if shown["n"] is None else labels.number(shown["n"], 0)
            breaks = "" if shown["comparable"] else "; ".join(notes[1 if base else 0 :])
            wave = f"{shown['wave_label']} ({breaks})" if breaks else shown["wave_label"]
            yield (
                labels.spoken(entry["names"]),
                wave,
                text,
                "–" if shown["percent"] is None else page.interval_words(shown, labels),
                base,
            )


def _on_the_way(document: Document, labels: Labels) -> Table:
    words = labels.words
    heads = (words["column.indicator"], gettext("Baseline"), document["wave"]["label"], words["column.target"])
    return Table(gettext("Between baseline and target"), heads, tuple(_ways(document, labels)), (2, 1, 1, 1))


def _ways(document: Document, labels: Labels) -> Rows:
    for entry in document["indicators"]:
        if entry["figures"] and entry["target"]:
            baseline = next((shown for shown in entry["figures"] if shown["wave"] == entry["baseline_wave"]), None)
            then = "–" if baseline is None else page.figure_words(baseline, labels)[0]
            now = page.figure_words(entry["figures"][-1], labels)[0]
            yield labels.spoken(entry["names"]), then, now, labels.target(entry["target"], entry["unit"])


def _answers(document: Document, labels: Labels) -> Table:
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
    return Table(gettext("The answers to every statement"), heads, tuple(_answered(document, labels)), (3.4, *[1] * 9))


def _answered(document: Document, labels: Labels) -> Rows:
    for entry in document["indicators"]:
        for item in entry["items"]:
            figure = item["figure"]
            counts = [(figure["distribution"] or {}).get(step) for step in STEPS]
            outside = [figure[kind] and figure[kind]["count"] for kind in ("not_relevant", "dont_know")]
            numbers = ("–" if each is None else labels.number(each, 0) for each in (*counts, figure["n"], *outside))
            yield labels.spoken(item["texts"]), *numbers, page.figure_words(figure, labels)[0]


def _groups(document: Document, labels: Labels) -> Table:
    words = labels.words
    heads = (words["column.dimension"], words["column.group"], words["column.responses"], words["column.expected"])
    return Table(words["withheld.reading"], heads, tuple(_grouped(document, labels)), (1.2, 2, 1, 1.2), 2)


def _grouped(document: Document, labels: Labels) -> Rows:
    for margin in document["composition"]["margins"]:
        name = dimension_name(margin["dimension"], document, labels)
        for row in quotas(margin, document, labels):
            yield name, row.name, row.responses, row.expected


_TABLES: dict[str, Callable[[Document, Labels], Table]] = dict(
    zip(PICTURES, (_measurements, _on_the_way, _answers, _groups), strict=True)
)
