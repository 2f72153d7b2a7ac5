"""The last two sheets: how the figures were made and what they can't bear, and what every code stands for."""

from surveyapp.exports.codebook import CODEBOOK_COLUMNS, codebook_rows
from surveyapp.exports.said import Said
from surveyapp.exports.tidy_table import Cell
from surveyapp.exports.workbook.layout import Book, Column

CODEBOOK_WIDTHS = (22, 22, 16, 11, 70, 16, 50)


def method_sheet(book: Book, said: Said) -> None:
    """The limits first, then the measurement's facts, then the method."""
    words = book.labels.words
    columns = [Column(words["column.subject"], 34), Column(words["column.said"], 100)]
    sheet, top = book.sheet("method", columns, words["sheet.method"], long=True)
    rows: list[list[Cell]] = [[words["limits"], sentence] for sentence in said.limits]
    rows += [[name, text] for name, text in said.facts]
    rows += [[words["sheet.method"], sentence] for sentence in said.method]
    rows += [[words["column.method"], book.document["method_version"]], [words["column.checksum"], book.checksum]]
    book.table(sheet, top, "method", columns, rows)


def codebook_sheet(book: Book) -> None:
    """One row a text or code."""
    words = book.labels.words
    columns = [
        Column(words[f"codebook.{name}"], width) for name, width in zip(CODEBOOK_COLUMNS, CODEBOOK_WIDTHS, strict=True)
    ]
    sheet, top = book.sheet("codebook", columns, words["sheet.codebook"], long=True)
    rows = [[row[column] for column in CODEBOOK_COLUMNS] for row in codebook_rows(book.document, book.labels)]
    book.table(sheet, top, "codebook", columns, rows)
