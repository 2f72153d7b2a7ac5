"""Below the indicators: every statement with its answers, and every division of those who answered."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from surveyapp.exports.estimates import estimates, weighting_sentences
from surveyapp.exports.labels import (
    STEPS,
    Document,
    category_name,
    dimension_name,
    instead_of_percent,
    statement_text,
    step_name,
)
from surveyapp.exports.pictures.distribution import SHADES
from surveyapp.exports.tidy_table import Cell
from surveyapp.exports.workbook.layout import INK, Book, Column, reference

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIRST_STEP = 3
ROW_HEIGHT, AROUND = 42, 150
"""Pixels that a bar takes in the chart, and its title, axis and legend together."""


def distributions_sheet(book: Book) -> None:
    """One row a statement, and a bar for each whose answers may be shown."""
    words, document, labels = book.labels.words, book.document, book.labels
    columns = [
        Column(words["column.indicator"], 24),
        Column(words["column.statement"], 60),
        Column(words["column.asked"], 22),
        *(Column(f"{step}: {step_name(document, labels, step)}", 12, "count") for step in STEPS),
        Column("n", 8, "count"),
        *(Column(words[f"column.{key}"], 12, "count") for key in ("not_relevant", "dont_know", "no_valid_answer")),
        Column(words["column.percent"], 11, "percent"),
        Column(words["column.low"], 10, "percent"),
        Column(words["column.high"], 10, "percent"),
        Column(words["column.note"], 40),
    ]
    sheet, top = book.sheet("distributions", columns, words["sheet.distributions"], [words["assumption"]])
    rows = list(_statements(book))
    bottom = book.table(sheet, top, "distributions", columns, rows)
    _bars(book, sheet, top, [row for row in rows if row[FIRST_STEP] is not None], bottom + 1)


def _statements(book: Book) -> Iterator[list[Cell]]:
    """Level statements first; those that may be drawn stand before those that may not."""
    document, labels = book.document, book.labels
    names = {entry["key"]: labels.spoken(entry["names"]) for entry in document["indicators"]}
    asked = [
        (names[entry["key"]], item, labels.words["asked.all"])
        for entry in document["indicators"]
        for item in entry["items"]
    ]
    for initiative in document["initiatives"]:
        exposed = f"{initiative['partner']}: {labels.words['exposure.' + initiative['exposure']]}"
        asked += [(names.get(item["indicator"], item["indicator"]), item, exposed) for item in initiative["items"]]
    for indicator, item, whom in sorted(asked, key=lambda each: each[1]["figure"]["distribution"] is None):
        yield [indicator, statement_text(item, labels), whom, *_counts(item["figure"]), _note(book, item["figure"])]


def _counts(figure: Document) -> list[Cell]:
    counts = figure["distribution"] or dict.fromkeys(STEPS)
    outside = [figure[kind] and figure[kind]["count"] for kind in ("not_relevant", "dont_know")]
    shown = [figure["percent"], figure["low"], figure["high"]]
    return [*(counts[step] for step in STEPS), figure["n"], *outside, figure["without_valid_answer"], *shown]


def _note(book: Book, figure: Document) -> str:
    reason = book.labels.words[f"reason.{figure['reason']}"] if figure["reason"] else ""
    return "; ".join(filter(None, (instead_of_percent(figure, book.labels), reason)))


def _bars(book: Book, sheet: "Worksheet", top: int, rows: list[list[Cell]], place: int) -> None:
    if not rows:
        return
    words = book.labels.words
    chart = book.made.add_chart({"type": "bar", "subtype": "percent_stacked"})
    first, last = top + 1, top + len(rows)
    for number, step in enumerate(STEPS):
        chart.add_series(
            {
                "name": [sheet.get_name(), top, FIRST_STEP + number],
                "categories": reference(sheet, first, last, 1),
                "values": reference(sheet, first, last, FIRST_STEP + number),
                "fill": {"color": SHADES[step]},
                "border": {"color": INK},
                "gap": 40,
                "data_labels": {"value": True, "font": {"color": "#ffffff" if step == STEPS[0] else INK}},
            }
        )
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis({"num_format": "0%"})
    chart.set_title({"name": words["sheet.distributions"], "name_font": {"size": 13, "color": INK}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 1000, "height": AROUND + ROW_HEIGHT * len(rows)})
    sheet.insert_chart(place, 0, chart, {"description": words["picture.distribution.alt"]})


def breakdowns_sheet(book: Book) -> None:
    """One row a group and indicator; then the other ways of estimating."""
    words = book.labels.words
    columns = [
        Column(words["column.indicator"], 30),
        Column(words["column.dimension"], 22),
        Column(words["column.group"], 44),
        Column(words["column.percent"], 11, "percent"),
        Column(words["column.low"], 11, "percent"),
        Column(words["column.high"], 11, "percent"),
        Column("n", 9, "count"),
    ]
    below = [words["groups.reading"], words["assumption"], *weighting_sentences(book.document, book.labels)]
    sheet, top = book.sheet("breakdowns", columns, words["sheet.breakdowns"], below, long=True)
    rows = [row for entry in book.document["indicators"] for row in _groups(entry, book)]
    book.table(sheet, top, "breakdowns", columns, rows)


def _groups(entry: Document, book: Book) -> Iterator[list[Cell]]:
    labels, document = book.labels, book.document
    name = labels.spoken(entry["names"])
    for breakdown in entry["breakdowns"]:
        dimension = dimension_name(breakdown["dimension"], document, labels)
        for group in breakdown["groups"]:
            categories = [category_name(breakdown["dimension"], each, document, labels) for each in group["categories"]]
            yield [name, dimension, " + ".join(categories), *_short(group)]
        if not breakdown["groups"]:
            yield [name, dimension, labels.words["withheld"], None, None, None, None]
    for each in estimates(entry, labels):
        said = f"{each.name}: {each.why_not}" if each.why_not else each.name
        yield [name, labels.words["estimates"], said, *_short(each.figure)]


def _short(figure: dict[str, Any]) -> list[Cell]:
    return [figure["percent"], figure["low"], figure["high"], figure["n"]]
