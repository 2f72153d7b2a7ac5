"""The ESG sheet as a spreadsheet: the figures, a sheet of the same shape with the origins, and what to know of both."""

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from surveyapp.exports.esg_cells import rows_of
from surveyapp.exports.esg_sheet import FIGURES, Cell, Part, Row, Sheet, Value, text_of
from surveyapp.exports.workbook.layout import A4, AS_TEXT, HAIRLINE, HUNDREDTHS, LINE, lines_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

WIDEST, WIDE, NARROW, NOTE = 64, 32, 14, 120
"""Characters across: of a column of sentences, of one of words, of one of numbers, and of what is said of the sheet."""
PAGES_WIDE = 3
NUMBERS = {"percent": "0%", "count": "#,##0", "": "0"}
MAY_BE_NARROW = FIGURES | {"base", "baseline_year"}
Shown = tuple[Value | None, str]
"""What stands in a cell, with its unit where it is a figure."""
SENTENCES = frozenset({"methodology", "limitations"})


def esg_workbook(sheet: Sheet, columns: Sequence[str], checksum: str, notes: Sequence[str]) -> bytes:
    """The sheet, behind it one of the same shape that says of every cell where it comes from, and the notes."""
    from xlsxwriter import Workbook

    content, words, rows = io.BytesIO(), sheet.labels.words, rows_of(sheet, columns)
    document = sheet.document
    invented = [words["synthetic"]] if document["synthetic"] else []
    whose = " · ".join((document["partnership"], document["area"]["name"], document["wave"]["label"]))
    about = [whose, *invented, f"{words['column.checksum']}: {checksum}"]
    with Workbook(content, AS_TEXT) as book:
        book.set_properties({"created": dt.datetime.fromisoformat(document["version_published_on"])})
        widths = [NARROW if column in MAY_BE_NARROW else WIDEST if column in SENTENCES else WIDE for column in columns]
        for name, values, across in (
            ("esg.sheet", _values, widths),
            ("esg.origins", _origins, [WIDE] * len(columns)),
        ):
            page = book.add_worksheet(words[name])
            heads = [words[f"esg.{column}"] for column in columns]
            _fill(book, page, heads, across, [list(values(row, columns, words)) for row in rows])
            for number, sentence in enumerate(about, len(rows) + 2):
                page.write_string(number, 0, sentence)
            page.freeze_panes(1, columns.index("indicator") + 1)
            page.fit_to_pages(PAGES_WIDE, 0)
            page.repeat_rows(0)
            page.repeat_columns(0, columns.index("indicator"))
            _print(page, checksum)
        page = book.add_worksheet(words["esg.about"])
        page.set_column(0, 0, NOTE)
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for number, sentence in enumerate([*about, *notes]):
            page.write_string(number, 0, sentence, wrapped)
            page.set_row(number, LINE * lines_of(sentence, NOTE))
        page.fit_to_pages(1, 0)
        _print(page, checksum)
    return content.getvalue()


def _values(row: Row, columns: Sequence[str], _words: Mapping[str, str]) -> Iterator[Shown]:
    """What stands in the cells; a percentage in hundredths, as the other spreadsheet has it."""
    for column, cell in zip(columns, row.cells, strict=True):
        value, unit = text_of(cell), row.unit if column in FIGURES else ""
        yield (value / HUNDREDTHS if unit == "percent" and isinstance(value, int | float) else value), unit


def _origins(row: Row, columns: Sequence[str], words: Mapping[str, str]) -> Iterator[Shown]:
    """Where the cells come from; the indicator is named, so that the row says what it is about."""
    for column, cell in zip(columns, row.cells, strict=True):
        yield (row.name if column == "indicator" else origins_of(cell, words)), ""


def _fill(
    book: "Workbook", page: "Worksheet", heads: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[Shown]]
) -> None:
    """A head and a row for each indicator, as high as its longest text."""
    plain = {"valign": "top", "bottom": 1, "bottom_color": HAIRLINE, "indent": 1}
    texts = book.add_format({**plain, "text_wrap": True})
    numbers = {unit: book.add_format({**plain, "num_format": form, "align": "right"}) for unit, form in NUMBERS.items()}
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, "indent": 1})
    for place, (name, width) in enumerate(zip(heads, widths, strict=True)):
        page.set_column(place, place, width)
        page.write_string(0, place, name, head)
    page.set_row(0, LINE * max(map(lines_of, heads, widths)))
    for number, row in enumerate(rows, 1):
        page.set_row(number, LINE * max(lines_of(value, width) for (value, _), width in zip(row, widths, strict=True)))
        for place, (value, unit) in enumerate(row):
            if isinstance(value, str):
                page.write_string(number, place, value, texts)
            elif value is None:
                page.write_blank(number, place, None, texts)
            else:
                page.write_number(number, place, value, numbers[unit])


def _print(page: "Worksheet", checksum: str) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.set_footer(f"&L&8 {checksum}&R&8 &P / &N")


def origins_of(cell: Cell, words: Mapping[str, str]) -> str:
    """Where everything in a cell comes from."""
    return "; ".join(origin_of(part, words) for part in cell)


def origin_of(part: Part, words: Mapping[str, str]) -> str:
    """Where a part of a cell comes from, in words."""
    said = words[f"origin.{part.origin}"]
    return f"{said}: {part.place}" if part.place else said
