"""Who answered, how and where, against the area's composition."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from surveyapp.exports.labels import COUNTED_BESIDE, WAYS_OF_ANSWERING, Document, Labels, category_name, dimension_name
from surveyapp.exports.tidy_table import Cell
from surveyapp.exports.workbook.layout import ACCENT, INK, Book, Column, reference

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NO_MARGIN: tuple[Cell, ...] = ("", "", None, None)


def answered_sheet(book: Book) -> None:
    """One row a group, and bars of every division that the area's numbers are known of; what is withheld has none."""
    words = book.labels.words
    columns = [
        Column(words["column.group"], 34),
        Column(words["column.dimension"], 22),
        Column(words["column.responses"], 12, "count"),
        Column(words["column.expected"], 18, "decimal"),
        Column(words["column.persons"], 14, "count"),
        Column(words["column.fit"], 18),
        Column(words["column.source"], 34),
        Column(words["column.max_deviation"], 16, "decimal"),
        Column(words["column.total_variation"], 16, "percent"),
    ]
    sheet, top = book.sheet("answered", columns, words["sheet.answered"], [words["withheld.reading"]])
    margins = list(_margins(book))
    bottom = book.table(sheet, top, "answered", columns, [*margins, *_ways(book)])
    _bars(book, sheet, top, len(margins), bottom + 1)


def _margins(book: Book) -> Iterator[list[Cell]]:
    document, labels = book.document, book.labels
    for margin in document["composition"]["margins"]:
        name = dimension_name(margin["dimension"], document, labels)
        about = [labels.words.get(f"fit.{margin['representativeness']}", ""), f"{margin['source']}, {margin['year']}"]
        distance = _distance(margin["check"])
        outside = [category | {"expected": None, "persons": None} for category in margin["without_target"]]
        for category in (*margin["categories"], *outside):
            group = category_name(margin["dimension"], category["category"], document, labels)
            is_withheld = category["responses"] is None and category in margin["categories"]
            expected = labels.words["withheld"] if is_withheld else category["expected"]
            yield [group, name, _answered(category, labels), expected, category["persons"], *about, *distance]


def _distance(check: Document) -> list[Cell]:
    """How far the margin is from the area, in points and as the percentage that would have to move."""
    share = check["total_variation"]
    return [check["max_deviation_points"], None if share is None else 100 * share]


def _ways(book: Book) -> Iterator[list[Cell]]:
    counts, labels = book.document["responses"], book.labels
    yield [labels.words["column.all"], "", counts["all"], None, book.document["area"]["adults"], *NO_MARGIN]
    for name, dimension in WAYS_OF_ANSWERING.items():
        for count in counts[name]:
            group = category_name(dimension, count["category"], book.document, labels)
            yield [group, labels.words[f"dimension.{dimension}"], _answered(count, labels), None, None, *NO_MARGIN]
    for key in COUNTED_BESIDE:
        if key in counts:
            yield [labels.words[f"column.{key}"], "", counts[key], None, None, *NO_MARGIN]


def _answered(count: Document, labels: Labels) -> Cell:
    return labels.words["withheld"] if count["responses"] is None else int(count["responses"])


def _bars(book: Book, sheet: "Worksheet", top: int, count: int, place: int) -> None:
    if not count:
        return
    words = book.labels.words
    chart = book.made.add_chart({"type": "bar"})
    fills: dict[int, dict[str, object]] = {
        2: {"fill": {"color": ACCENT}},
        3: {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": INK, "bg_color": "#ffffff"}},
    }
    for column, fill in fills.items():
        chart.add_series(
            {
                "name": [sheet.get_name(), top, column],
                "categories": reference(sheet, top + 1, top + count, 0),
                "values": reference(sheet, top + 1, top + count, column),
                "border": {"color": INK},
                "data_labels": {"value": True},
                **fill,
            }
        )
    chart.set_y_axis({"reverse": True})
    chart.set_title({"name": words["sheet.answered"], "name_font": {"size": 13, "color": INK}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 820, "height": 150 + 44 * count})
    sheet.insert_chart(place, 0, chart, {"description": words["picture.quotas.alt"]})
