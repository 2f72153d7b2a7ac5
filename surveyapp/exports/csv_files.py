"""Comma-separated files for the spreadsheet as it is set up in Denmark and Sweden.

Semicolons between cells, decimal comma, UTF-8 with its mark: a double click opens them in columns with numbers as
numbers, whatever the language of the page. Other programs should take the JSON, which loses nothing.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from surveyapp.exports.areas import AreaBeside
from surveyapp.exports.codebook import CODEBOOK_COLUMNS, codebook_rows
from surveyapp.exports.esg_cells import rows_of
from surveyapp.exports.esg_sheet import FIGURES, Part, Row, Sheet
from surveyapp.exports.guide_table import guide_columns, guide_rows
from surveyapp.exports.labels import Document, Labels
from surveyapp.exports.observations import Observed
from surveyapp.exports.tidy_table import COLUMNS, Cell, tidy_rows, trace_of

UTF_8_WITH_MARK = "utf-8-sig"
DIGITS = 12
"""More than any number of a document has, and fewer than would show how computers keep decimals."""
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def tidy_csv(
    document: Document, checksum: str, observed: Sequence[Observed], beside: Sequence[AreaBeside], labels: Labels
) -> bytes:
    """Every number of the document, one row each; see tidy_table.py."""
    rows = tidy_rows(document, checksum, observed, beside, labels)
    return _file([COLUMNS, *([row[column] for column in COLUMNS] for row in rows)])


def codebook_csv(document: Document, checksum: str, labels: Labels) -> bytes:
    """What every code and key stands for; see codebook.py."""
    trace = trace_of(document, checksum, labels)
    rows = ([*(row[column] for column in CODEBOOK_COLUMNS), *trace.values()] for row in codebook_rows(document, labels))
    return _file([(*CODEBOOK_COLUMNS, *trace), *rows])


def guide_csv(document: Document, checksum: str, observed: Sequence[Observed], labels: Labels) -> bytes:
    """The guide's table; see guide_table.py."""
    head = [name for name, _ in guide_columns(document, labels)]
    return _file([head, *guide_rows(document, observed, labels), [], *_foot(document, checksum, labels)])


def esg_csv(sheet: Sheet, standard: str, columns: Sequence[str], checksum: str) -> bytes:
    """Every part of every cell of an ESG sheet, one row each, with where it comes from."""
    words, trace = sheet.labels.words, trace_of(sheet.document, checksum, sheet.labels)
    columns_of_a_part = ("indicator", "indicator_name", "column", "column_name", "value", "unit", "origin", "place")
    head: list[Cell] = ["standard", *columns_of_a_part, *trace]
    rows = [
        [
            standard,
            row.indicator,
            row.name,
            column,
            words[f"esg.{column}"],
            *_traced(part, row, column),
            *trace.values(),
        ]
        for row in rows_of(sheet, columns)
        for column, cell in zip(columns, row.cells, strict=True)
        for part in cell
    ]
    return _file([head, *rows])


def _traced(part: Part, row: Row, column: str) -> tuple[Cell, Cell, str, str]:
    """The value with its unit where it is a figure, the kind of its origin, and the place there."""
    is_figure = column in FIGURES and not isinstance(part.value, str)
    return part.value, row.unit if is_figure else "", part.origin.value, part.place


def _foot(document: Document, checksum: str, labels: Labels) -> list[list[Cell]]:
    foot: list[list[Cell]] = [[labels.words["synthetic"]]] if document["synthetic"] else []
    foot += [[labels.words["assumption"]]]
    foot += [
        [labels.words["column.partnership"], document["partnership"]],
        [labels.words["column.area"], document["area"]["name"]],
    ]
    return [
        *foot,
        [labels.words["column.checksum"], checksum],
        [labels.words["column.method"], document["method_version"]],
    ]


def _file(rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue().encode(UTF_8_WITH_MARK)


def _written(cell: Cell) -> str:
    """Numbers with a decimal comma; a text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.{DIGITS}g}".replace(".", ",")
    if isinstance(cell, int):
        return str(cell)
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell
