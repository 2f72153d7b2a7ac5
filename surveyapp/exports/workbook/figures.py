"""The first sheets: the table a report takes its figures from, every wave with its interval, the comparison area."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from surveyapp.comparability import was_asked
from surveyapp.exports.areas import AreaBeside, areas_compared, why_no_more
from surveyapp.exports.guide_table import Kind, guide_columns, guide_rows
from surveyapp.exports.labels import Document, Labels, figure_notes, instead_of_percent
from surveyapp.exports.observations import Observed
from surveyapp.exports.said import Said
from surveyapp.exports.tidy_table import Cell
from surveyapp.exports.workbook.layout import ACCENT, HAIRLINE, INK, MUTED, Book, Column, reference

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

WIDTHS: dict[Kind, float] = {"text": 15, "percent": 10, "points": 12, "count": 9, "decimal": 10, "probability": 10}
FIRST_WIDTHS = (26, 34, 28, 14, 16)
COMMENT_WIDTH = 30
PERCENT, LOW, HIGH = 2, 3, 4
CHART_WIDTH, CHART_HEIGHT, CHART_GAP = 460, 240, 16
"""Pixels of one indicator's chart, and between two."""
END = {"type": "short_dash", "size": 7, "border": {"color": MUTED}, "fill": {"color": MUTED}}
GRID = {"color": HAIRLINE}


def summary_sheet(book: Book, observed: Sequence[Observed], said: Said) -> None:
    """The answer, the guide's table, and the limits."""
    words, document = book.labels.words, book.document
    heads = guide_columns(document, book.labels)
    widths = [*FIRST_WIDTHS, *(WIDTHS[kind] for _, kind in heads[len(FIRST_WIDTHS) : -1]), COMMENT_WIDTH]
    columns = [Column(name, width, kind) for (name, kind), width in zip(heads, widths, strict=True)]
    sheet, top = book.sheet("summary", columns, said.question, said.answer)
    rows = list(guide_rows(document, observed, book.labels))
    row = book.table(sheet, top, "summary", columns, rows)
    _counts_are_no_percentages(book, sheet, top, rows)
    below = [words["column.reading"], words["assumption"], *_in_the_main_language(book), *said.limits]
    for line in ("", *below, f"{words['column.checksum']}: {book.checksum}"):
        sheet.write_string(row, 0, line)
        row += 1


def _in_the_main_language(book: Book) -> Iterator[str]:
    """In which language stands what nobody wrote in the file's own."""
    if book.labels.language != book.document["default_language"]:
        yield book.labels.words["main_language"]


def _counts_are_no_percentages(book: Book, sheet: "Worksheet", top: int, rows: Sequence[Sequence[Cell]]) -> None:
    """What is counted in pieces is written as such, in the same columns."""
    kinds = [kind for _, kind in guide_columns(book.document, book.labels)]
    for number, (entry, cells) in enumerate(zip(book.document["indicators"], rows, strict=True), top + 1):
        for place, (kind, cell) in enumerate(zip(kinds, cells, strict=True)):
            if kind == "percent" and entry["unit"] != "percent":
                book.write(sheet, number, place, cell, "count")


def trend_sheet(book: Book) -> None:
    """One row an indicator and wave, and a chart of dots with their intervals."""
    words = book.labels.words
    columns = [
        Column(words["column.indicator"], 30),
        Column(words["column.wave"], 16),
        Column(words["column.percent"], 11, "percent"),
        Column(words["column.low"], 11, "percent"),
        Column(words["column.high"], 11, "percent"),
        Column("n", 9, "count"),
        Column(words["column.target"], 12),
        Column(words["column.comparable"], 44),
        Column(words["column.trend"], 14, "probability"),
    ]
    below = [words["column.reading"], words["assumption"], words["trend.reading"]]
    sheet, top = book.sheet("trend", columns, words["sheet.trend"], below)
    rows = list(_figures(book))
    bottom = book.table(sheet, top, "trend", columns, rows)
    if rows:
        _charts(book, sheet, top + 1, bottom + 1)


def _figures(book: Book) -> Iterator[list[Cell]]:
    labels = book.labels
    for entry in book.document["indicators"]:
        for shown in entry["figures"]:
            named = [labels.spoken(entry["names"]), shown["wave_label"]]
            figure = [shown["percent"], shown["low"], shown["high"], shown["n"]]
            target = labels.target(entry["target"], entry["unit"])
            tested = entry["trend"]["adjusted_p_value"] if entry["trend"] and shown is entry["figures"][-1] else None
            yield [*named, *figure, target, _comparable(shown, labels), tested]


def _comparable(shown: Document, labels: Labels) -> str:
    """Whether it was measured as the newest figure, what stands instead of a percentage, and why."""
    said = [] if shown["percent"] is not None else [instead_of_percent(shown, labels)]
    said += figure_notes(shown, labels) if was_asked(shown) else [labels.words["status.not_asked"]]
    answer = labels.words["yes" if shown["comparable"] else "no"]
    reasons = ", ".join(filter(None, said))
    return f"{answer}: {reasons}" if reasons else answer


def comparison_sheet(book: Book) -> None:
    """How much more every indicator changed here than in the comparison area; no sheet where none was named."""
    words, document = book.labels.words, book.document
    found = [(entry, entry.get("difference_in_differences")) for entry in document["indicators"]]
    compared = [(book.labels.spoken(entry["names"]), each) for entry, each in found if each]
    if not compared:
        return
    columns = [
        Column(words["column.indicator"], 30),
        Column(document["area"]["name"], 16, "points"),
        Column(compared[0][1]["area"], 16, "points"),
        Column(words["column.difference"], 12, "points"),
        Column(words["column.low"], 11, "points"),
        Column(words["column.high"], 11, "points"),
        Column(words["column.note"], 44),
    ]
    below = [words["comparison.reading"], words["assumption"], words["assumption.parallel_trends"]]
    sheet, top = book.sheet("comparison", columns, words["sheet.comparison"], below)
    numbers = ("change_here", "change_there", "difference", "low", "high")
    rows: list[list[Cell]] = [
        [name, *(each[key] for key in numbers), words.get(f"compared.{each['status']}", "")] for name, each in compared
    ]
    book.table(sheet, top, "comparison", columns, rows)


def areas_sheet(book: Book, beside: Sequence[AreaBeside]) -> None:
    """Every indicator in this area and in those within and around it; no sheet where it stands alone."""
    if not beside:
        return
    words = book.labels.words
    columns = [
        Column(words["column.indicator"], 30),
        Column(words["column.area"], 26),
        Column(words["column.wave"], 16),
        Column(words["column.percent"], 11, "percent"),
        Column(words["column.low"], 11, "percent"),
        Column(words["column.high"], 11, "percent"),
        Column("n", 9, "count"),
        Column(words["column.note"], 40),
        Column(words["column.checksum"], 40),
    ]
    below = [words["areas.reading"], words["assumption"]]
    sheet, top = book.sheet("areas", columns, words["sheet.areas"], below, long=True)
    book.table(sheet, top, "areas", columns, list(_areas(book, beside)))


def _areas(book: Book, beside: Sequence[AreaBeside]) -> Iterator[list[Cell]]:
    for entry in book.document["indicators"]:
        for area in areas_compared(book.document, book.checksum, beside) if entry["figures"] else ():
            shown = area.figure(entry["key"]) or {}
            yield [
                book.labels.spoken(entry["names"]),
                area.document["area"]["name"],
                area.document["wave"]["label"],
                *(shown.get(key) for key in ("percent", "low", "high", "n")),
                "; ".join(why_no_more(area, entry["key"], book.labels)),
                area.checksum,
            ]


def _charts(book: Book, sheet: "Worksheet", first: int, place: int) -> None:
    """A chart for each indicator, two beside each other."""
    for number, (name, begin, end) in enumerate(_drawn(book, first)):
        row, beside = divmod(number, 2)
        at = {"x_offset": beside * (CHART_WIDTH + CHART_GAP), "y_offset": row * (CHART_HEIGHT + CHART_GAP)}
        alternative = {"description": f"{name}: {book.labels.words['picture.trend.alt']}"}
        sheet.insert_chart(place, 0, _dots(book, sheet, name, begin, end), at | alternative)


def _drawn(book: Book, first: int) -> Iterator[tuple[str, int, int]]:
    """Every indicator of which any percentage may be shown, with its first and last row."""
    for entry in book.document["indicators"]:
        last = first + len(entry["figures"]) - 1
        if any(shown["percent"] is not None for shown in entry["figures"]):
            yield book.labels.spoken(entry["names"]), first, last
        first = last + 1


def _dots(book: Book, sheet: "Worksheet", name: str, first: int, last: int) -> "Chart":
    """A dot and a line from low to high for every measurement; nothing joins them that may have been measured apart."""
    chart = book.made.add_chart({"type": "stock"})
    dot = {"type": "circle", "size": 9, "fill": {"color": ACCENT}, "border": {"color": INK}}
    for column, marker in ((HIGH, END), (LOW, END), (PERCENT, dot)):
        chart.add_series(
            {
                "name": [sheet.get_name(), first - 1, column],
                "categories": reference(sheet, first, last, 1),
                "values": reference(sheet, first, last, column),
                "marker": marker,
                "data_labels": {"value": True, "position": "right"} if column == PERCENT else {},
            }
        )
    chart.set_high_low_lines({"line": {"color": MUTED, "width": 2.5}})
    chart.set_x_axis({"text_axis": True})  # a measurement called 2025 is no day of a calendar
    chart.set_y_axis(
        {
            "min": 0,
            "max": 1,
            "major_unit": 0.25,
            "num_format": "0%",
            "name": book.labels.words["chart.axis"],
            "name_font": {"bold": False, "color": MUTED},
            "major_gridlines": {"visible": True, "line": GRID},
        }
    )
    chart.set_title({"name": name, "name_font": {"size": 13, "color": INK}})
    chart.set_legend({"none": True})
    chart.set_size({"width": CHART_WIDTH, "height": CHART_HEIGHT})
    return chart
