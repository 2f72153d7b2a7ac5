"""Text as tables: CSV files in any encoding and with any separator, and what was pasted from a spreadsheet."""

import codecs
import csv
import io
import re

from surveyapp.services.margin_files.problems import Reason, refuse
from surveyapp.services.margin_files.tables import Table, table_of

SEPARATORS = ("\t", ";", ",")
LINES_TO_LOOK_AT = 60
_NAMED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # Excel's own first line
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text_file(data: bytes, name: str) -> Table:
    """A CSV file as a table. Raises TableRefused where it is no text."""
    return read_text(_decoded(data), name)


def read_text(text: str, name: str = "") -> Table:
    """Text with columns separated by tabs, semicolons or commas as a table. Raises TableRefused where it is empty."""
    named = _NAMED.match(text)
    separator = named[1] if named else _separator(text)
    body = text[named.end() :] if named else text
    try:
        table = table_of(name, csv.reader(io.StringIO(body, newline=""), delimiter=separator))
    except csv.Error as broken:
        raise refuse(Reason.DAMAGED) from broken
    if not table.rows:
        raise refuse(Reason.EMPTY)
    return table


def write_text(table: Table) -> str:
    """The table with columns separated by tabs, every row on the line that it had, for read_text to read again."""
    rows = {row.number: row.cells for row in table.rows}
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerows(rows.get(number, ()) for number in range(1, max(rows, default=0) + 1))
    return text.getvalue()


def _decoded(data: bytes) -> str:
    """UTF-16 and UTF-8 say what they are; anything else from a spreadsheet here is Windows-1252."""
    encodings = ["utf-16"] if data.startswith(_UTF_16) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise refuse(Reason.NOT_A_TABLE)


def _separator(text: str) -> str:
    """The one that stands in most lines; of equals the first: decimal commas stand in every line too."""
    lines = [line for line in text.splitlines() if line.strip()][:LINES_TO_LOOK_AT]
    return max(SEPARATORS, key=lambda separator: sum(separator in line for line in lines))
