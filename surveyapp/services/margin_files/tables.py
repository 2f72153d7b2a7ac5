"""A table as it was read, before anybody knows what it means; and as the text that a form carries between its steps."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from surveyapp.services.margin_files.cells import Cell, is_blank
from surveyapp.services.margin_files.problems import Reason, refuse

MOST_ROWS = 5_000
MOST_COLUMNS = 200
MOST_CHARACTERS = 350_000  # of the text form; a form field may hold 500,000
LONGEST_CELL = 200


@dataclass(frozen=True)
class Row:
    """One row with its number in the spreadsheet, counted from 1."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """What stands in a column, counted from 1; "" beyond the end."""
        return self.cells[column - 1] if column <= len(self.cells) else ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in the row."""
        return all(is_blank(cell) for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """One sheet, or one text file. Hidden rows and columns are left out; which ones is kept."""

    name: str
    rows: tuple[Row, ...]
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((len(row.cells) for row in self.rows), default=0)


def table_of(
    name: str,
    rows: Iterable[Sequence[Cell]],
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[int] = (),
) -> Table:
    """A table of these rows, counted from 1, without the hidden ones. Raises TableRefused for too many cells."""
    rows_hidden, columns_hidden = frozenset(hidden_rows), frozenset(hidden_columns)
    kept = []
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise refuse(Reason.TOO_MANY_CELLS, rows=MOST_ROWS, columns=MOST_COLUMNS)
        shown = ("" if place in columns_hidden else _short(cell) for place, cell in enumerate(cells, start=1))
        row = Row(number, tuple(shown))
        if number not in rows_hidden and not row.is_blank:
            kept.append(row)
    hidden = sorted(rows_hidden), sorted(column for column in columns_hidden if column <= MOST_COLUMNS)
    return Table(name, tuple(kept), tuple(hidden[0]), tuple(hidden[1]))


def to_text(tables: Sequence[Table]) -> str:
    """The tables as one text. Raises TableRefused where it would be too long to carry."""
    text = json.dumps(
        [
            {
                "name": table.name,
                "hidden": [table.hidden_rows, table.hidden_columns],
                "rows": [[row.number, row.cells] for row in table.rows],
            }
            for table in tables
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    if len(text.encode()) > MOST_CHARACTERS:
        raise refuse(Reason.TOO_MANY_CELLS, rows=MOST_ROWS, columns=MOST_COLUMNS)
    return text


def from_text(text: str) -> list[Table]:
    """The tables that to_text wrote. Raises TableRefused for anything else: the text has been with the browser."""
    try:
        tables = [_table(each) for each in json.loads(text[:MOST_CHARACTERS])]
    except (ValueError, TypeError, KeyError, RecursionError) as broken:
        raise refuse(Reason.DAMAGED) from broken
    if not tables:
        raise refuse(Reason.EMPTY)
    return tables


def _table(data: dict[str, list[list[object]]]) -> Table:
    rows = tuple(
        Row(_whole(number), tuple(_cell(cell) for cell in cells))  # type: ignore[attr-defined] # checked by trying
        for number, cells in data["rows"]
    )
    rows_hidden, columns_hidden = (tuple(_whole(number) for number in numbers) for numbers in data["hidden"])
    if not rows or len(rows) > MOST_ROWS or max(len(row.cells) for row in rows) > MOST_COLUMNS:
        raise ValueError("no table of ours")
    return Table(str(data["name"]), rows, rows_hidden, columns_hidden)


def _whole(number: object) -> int:
    if not isinstance(number, int):
        raise TypeError(number)
    return number


def _cell(cell: object) -> Cell:
    if not isinstance(cell, str | int | float):
        raise TypeError(cell)
    return cell


def _short(cell: Cell) -> Cell:
    return cell[:LONGEST_CELL].strip() if isinstance(cell, str) else cell
