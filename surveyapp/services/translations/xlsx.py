"""Texts as a spreadsheet, for those who translate without a translator's program."""

import io
from collections.abc import Sequence
from typing import Any

from surveyapp import i18n
from surveyapp.content.agreement_scale import languages
from surveyapp.errors import FileRefused
from surveyapp.services.translations.files import (
    FileText,
    TextFile,
    check_keys_once,
    from_record,
    read_record,
    record_lines,
)
from surveyapp.services.uploads import open_spreadsheet

TEXTS, ABOUT = "Texts", "About"
WIDTHS = (24, 48, 32, 48, 18, 24)
MOST_ROWS = 2_000
RIGHT_TO_LEFT = 2


def write_xlsx(file: TextFile, headings: Sequence[str], status_words: dict[str, str]) -> bytes:
    """Columns key, source, notes, text, status in words, record; headed in the reader's language.

    Every cell is text: what looks like a formula stays what it is. A second sheet says which survey and language it is.
    """
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(TEXTS)
    plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    quiet = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "font_color": "#566164"})
    own = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "bg_color": "#e6f0ee"})
    if i18n.direction(file.language) == "rtl":
        own.set_reading_order(RIGHT_TO_LEFT)
    head = book.add_format({"bold": True, "valign": "top", "bottom": 1})
    for column, (width, heading) in enumerate(zip(WIDTHS, headings, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, head)
    for row, text in enumerate(file.texts, start=1):
        cells = (text.key, text.source, "\n".join(text.notes), text.text, status_words.get(text.status, ""))
        for column, (cell, look) in enumerate(zip(cells, (quiet, plain, quiet, own, quiet), strict=True)):
            sheet.write_string(row, column, cell, look)
        sheet.write_string(row, len(cells), "\n".join(record_lines(text)), quiet)
    sheet.freeze_panes(1, 1)
    about = book.add_worksheet(ABOUT)
    for row, fact in enumerate((file.survey_name, file.survey_key, file.language)):
        about.write_string(row, 0, fact)
    book.close()
    return buffer.getvalue()


def read_xlsx(data: bytes) -> TextFile:
    """The texts of a spreadsheet that write_xlsx() made.

    Raises FileRefused: what open_spreadsheet() raises, "not_texts", "unknown_language", "key_twice".
    """
    book = open_spreadsheet(data)
    try:
        if {TEXTS, ABOUT} - set(book.sheetnames):
            raise FileRefused(reason="not_texts")
        name, key, language = (_rows(book[ABOUT], 3, 1) + [[""]] * 3)[:3]
        rows = _rows(book[TEXTS], MOST_ROWS, len(WIDTHS))
    except FileRefused:
        raise
    except Exception as broken:  # a damaged sheet shows only when it is read, with any exception
        raise FileRefused(reason="not_xlsx") from broken
    if language[0] not in languages():
        raise FileRefused(reason="unknown_language", name=language[0])
    texts = tuple(_read(row) for row in rows[1:] if row and row[0].strip())
    check_keys_once(texts)
    return TextFile(key[0], name[0], language[0], texts)


def _read(row: list[str]) -> FileText:
    key, source, _notes, text, _status, record = (row + [""] * len(WIDTHS))[: len(WIDTHS)]
    return from_record(key.strip(), source, text, read_record(record.splitlines()))


def _rows(sheet: Any, most: int, columns: int) -> list[list[str]]:  # noqa: ANN401 - openpyxl's read-only sheet
    sheet.reset_dimensions()  # they are only what the file claims
    return [[_text(cell) for cell in row] for row in sheet.iter_rows(max_row=most, max_col=columns, values_only=True)]


def _text(cell: Any) -> str:  # noqa: ANN401 - whatever a cell may hold
    """A cell as text; a formula as it is written, a whole number without its decimals."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(getattr(cell, "text", cell))
