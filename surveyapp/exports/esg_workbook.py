"""The ESG sheet as a spreadsheet, with a second sheet of the same shape that holds the origins."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from itertools import product

from surveyapp.exports.esg_sheet import FIGURES, Cell, Part, Sheet, text_of
from surveyapp.exports.workbook.layout import AS_TEXT

WIDE, NARROW = 36, 14
A4, PAGES_WIDE = 9, 3
NUMBERS = {"percent": '0" %"', "count": "#,##0"}
MAY_BE_NARROW = FIGURES | {"base", "baseline_year"}


def esg_workbook(sheet: Sheet, columns: Sequence[str], checksum: str, notes: Sequence[str]) -> bytes:
    """The sheet, and behind it one of the same shape that says of every cell where it comes from."""
    from xlsxwriter import Workbook

    content, words, rows = io.BytesIO(), sheet.labels.words, sheet.rows(columns)
    invented = [words["synthetic"]] if sheet.document["synthetic"] else []
    document = sheet.document
    about = " · ".join((document["partnership"], document["area"]["name"], document["wave"]["label"]))
    below = [about, *notes, *invented, f"{words['column.checksum']}: {checksum}"]
    with Workbook(content, AS_TEXT) as book:
        book.set_properties({"created": dt.datetime.fromisoformat(sheet.document["version_published_on"])})
        looks = {unit: book.add_format({"num_format": form, "valign": "top"}) for unit, form in NUMBERS.items()}
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for name in ("esg.sheet", "esg.origins"):
            page = book.add_worksheet(words[name])
            for place, column in enumerate(columns):
                page.set_column(place, place, NARROW if column in MAY_BE_NARROW else WIDE)
                page.write_string(0, place, words[f"esg.{column}"], bold)
            for (number, row), (place, column) in product(enumerate(rows, 1), enumerate(columns)):
                cell = row.cells[place]
                value = text_of(cell) if name == "esg.sheet" else origins_of(cell, words)
                if isinstance(value, str):
                    page.write_string(number, place, value, wrapped)
                elif value is not None:
                    page.write_number(
                        number, place, value, looks.get(row.unit, wrapped) if column in FIGURES else wrapped
                    )
            for number, sentence in enumerate(below, len(rows) + 2):
                page.write_string(number, 0, sentence)
            page.freeze_panes(1, 0)
            page.set_landscape()
            page.set_paper(A4)
            page.fit_to_pages(PAGES_WIDE, 0)
            page.repeat_rows(0)
            page.repeat_columns(0, columns.index("indicator"))
            page.set_footer(f"&L&8 {checksum}&R&8 &P / &N")
    return content.getvalue()


def origins_of(cell: Cell, words: Mapping[str, str]) -> str:
    """Where everything in a cell comes from."""
    return "; ".join(origin_of(part, words) for part in cell)


def origin_of(part: Part, words: Mapping[str, str]) -> str:
    """Where a part of a cell comes from, in words."""
    said = words[f"origin.{part.origin}"]
    return f"{said}: {part.place}" if part.place else said
