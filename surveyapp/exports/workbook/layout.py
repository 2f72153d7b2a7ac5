"""How every sheet is laid out: typed columns, a head that stays in sight, print on A4, and no cell that is run."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from surveyapp.exports.guide_table import Kind
from surveyapp.exports.labels import MINUS, Document, Labels
from surveyapp.exports.tidy_table import Cell

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


INK, MUTED, ACCENT, ATTENTION, ATTENTION_GROUND, SOFT, HAIRLINE = (
    "#1d2729",
    "#566164",
    "#0b5d5e",
    "#8a5a00",
    "#fdf6e7",
    "#e6f0ee",
    "#ded8cc",
)
# What is typed in stays text, whatever a spreadsheet would make of it
AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NUMBER_FORMATS: dict[Kind, str] = {
    "text": "@",
    "percent": "0%",
    "points": f"+0.0;{MINUS}0.0;0.0",
    "count": "#,##0",
    "decimal": "#,##0.0",
    "probability": '[<0.001]"< {smallest}";0.000',
}
HUNDREDTHS = 100
A4 = 9
LINE = 15
"""Points of a line of text."""
MOST_LINES = 27
"""No spreadsheet's row is higher."""
WIDEST_PAGE = 225
"""Characters across a page of A4 before they would be printed at less than six tenths of their size."""
ROOM = 1.25
"""Characters are wider than the figures that a column's width is counted in, and words break early."""
LONGEST_SHEET_NAME = 31


@dataclass(frozen=True)
class Column:
    """One column: its head, how wide it is in characters, and what its cells are."""

    name: str
    width: float
    kind: Kind = "text"


class Book:
    """One workbook in the making, with the words and formats that all of its sheets share."""

    def __init__(self, made: "Workbook", document: Document, checksum: str, labels: Labels) -> None:
        self.made, self.document, self.checksum, self.labels = made, document, checksum, labels
        plain = {"font_color": INK, "valign": "top"}
        self.title = made.add_format({"font_color": INK, "bold": True, "font_size": 18})
        self.lead = made.add_format({**plain, "font_size": 12, "text_wrap": True})
        self.quiet = made.add_format({"font_color": MUTED, "valign": "top", "text_wrap": True})
        self.note = made.add_format({"font_color": ATTENTION, "bg_color": ATTENTION_GROUND, "bold": True})
        head = {"bold": True, "font_color": INK, "bg_color": SOFT, "text_wrap": True, "valign": "bottom", "bottom": 1}
        self.text_head = made.add_format(head)
        self.number_head = made.add_format({**head, "align": "right", "indent": 1})
        smallest = labels.number(0.001, 3)
        self.cells: dict[Kind, Format] = {
            kind: made.add_format(
                {**plain, "num_format": form.format(smallest=smallest), "bottom": 1, "bottom_color": HAIRLINE}
                | ({"text_wrap": True} if kind == "text" else {"align": "right", "indent": 1})
            )
            for kind, form in NUMBER_FORMATS.items()
        }
        # Among sentences a number begins where they do
        self.number_said = made.add_format(
            {**plain, "num_format": "#,##0", "bottom": 1, "bottom_color": HAIRLINE, "align": "left"}
        )

    def sheet(
        self, name: str, columns: Sequence[Column], title: str, below: Sequence[str] = (), *, long: bool = False
    ) -> tuple["Worksheet", int]:
        """A sheet with its title and the sentences below it; gives the row that its table begins in.

        It prints on one page; a `long` one on as many as its rows need, a wide one with its first column on each page.
        """
        sheet = self.made.add_worksheet(self.labels.words[f"sheet.{name}"][:LONGEST_SHEET_NAME])
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, title, self.title)
        sheet.set_row(0, 28)
        row = 1
        if self.document["synthetic"]:
            sheet.write_string(row, 0, self.labels.words["synthetic"], self.note)
            row += 1
        for sentence in below:
            sheet.write_string(row, 0, sentence)
            row += 1
        self._printed(sheet, ceil(sum(column.width for column in columns) / WIDEST_PAGE), long=long)
        return sheet, row + 1

    def table(
        self, sheet: "Worksheet", top: int, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
    ) -> int:
        """A table with a head that stays in sight and can be filtered; gives the row behind it."""
        written = list(rows) or [[None] * len(columns)]
        bottom, last = top + len(written), len(columns) - 1
        widths = [column.width for column in columns]
        heads = [
            {"header": name, "header_format": self.text_head if column.kind == "text" else self.number_head}
            for name, column in zip(_told_apart(columns), columns, strict=True)
        ]
        sheet.add_table(top, 0, bottom, last, {"name": name, "columns": heads, "style": None})
        sheet.set_row(top, LINE * max(lines_of(column.name, column.width) for column in columns))
        for number, cells in enumerate(written, top + 1):
            sheet.set_row(number, LINE * max(map(lines_of, cells, widths)))
            for place, (column, cell) in enumerate(zip(columns, cells, strict=True)):
                self.write(sheet, number, place, cell, column.kind)
        sheet.freeze_panes(top + 1, 1)
        sheet.repeat_rows(top)
        return bottom + 1

    def write(self, sheet: "Worksheet", row: int, place: int, cell: Cell, kind: Kind = "text") -> None:
        """A number as a number, percent as hundredths; a text always as text, whatever it begins with."""
        look = self.cells[kind]
        if cell is None or cell == "":
            sheet.write_blank(row, place, None, look)
        elif isinstance(cell, str):
            sheet.write_string(row, place, cell, self.cells["text"])
        else:
            value = round(cell / HUNDREDTHS, 6) if kind == "percent" else cell
            sheet.write_number(row, place, value, self.number_said if kind == "text" else look)

    def _printed(self, sheet: "Worksheet", pages_wide: int, *, long: bool) -> None:
        about = f"{self.document['area']['name']} · {self.document['wave']['label']}".replace("&", "&&")[:80]
        invented = f" · {self.labels.words['synthetic']}" if self.document["synthetic"] else ""
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.5)
        sheet.fit_to_pages(pages_wide, 0 if long else 1)
        if pages_wide > 1:
            sheet.repeat_columns(0)
        sheet.set_header(f"&L{about}{invented}")
        sheet.set_footer(f"&L&8 {self.checksum}&R&8 &P / &N")


def reference(sheet: "Worksheet", first: int, last: int, column: int) -> list[str | int]:
    """The cells of one column, as charts take them."""
    return [sheet.get_name(), first, column, last, column]


def _told_apart(columns: Sequence[Column]) -> Iterator[str]:
    """The heads; a table takes none twice, and two waves may be called alike."""
    seen: Counter[str] = Counter()
    for column in columns:
        name = column.name.casefold()
        seen[name] += 1
        yield column.name if seen[name] == 1 else f"{column.name} ({seen[name]})"


def lines_of(cell: Cell, width: float) -> int:
    """How many lines a text takes in so many characters; spreadsheet programs don't all find out by themselves."""
    return min(ceil(len(cell) * ROOM / width), MOST_LINES) if isinstance(cell, str) and cell else 1
