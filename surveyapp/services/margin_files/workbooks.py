"""XLSX files as tables: what a person sees in the sheet, not what is hidden in it."""

import datetime as dt
import io
import warnings
import zipfile
from math import isfinite
from typing import TYPE_CHECKING, Any

from surveyapp.services.margin_files.cells import MERGED, Cell, is_year
from surveyapp.services.margin_files.problems import Reason, refuse
from surveyapp.services.margin_files.tables import MOST_COLUMNS, MOST_ROWS, Table, table_of
from surveyapp.services.uploads import is_zip_bomb

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_BYTES_INSIDE = 8 * 1024 * 1024
Values = list[list[Cell]]


def read_workbook(data: bytes) -> list[Table]:
    """Every visible sheet with something in it. Raises TableRefused for a damaged, empty or exploding file.

    Merged headings stand in every cell that they cover. A formula counts with the value that was saved with it;
    one without a value stays as its formula.
    """
    _check_size_inside(data)
    try:
        sheets = _visible(_load(data, data_only=True))
        formulas = dict(_visible(_load(data, data_only=False))) if _has_formulas(data) else {}
        tables = [_table(name, sheet, formulas.get(name)) for name, sheet in sheets]
    except (MemoryError, RecursionError) as exploded:
        raise refuse(Reason.TOO_LARGE_INSIDE) from exploded
    found = [table for table in tables if table.rows]
    if not found:
        raise refuse(Reason.EMPTY)
    return found


def _check_size_inside(data: bytes) -> None:
    try:
        too_large = is_zip_bomb(data, MOST_BYTES_INSIDE)
    except zipfile.BadZipFile as broken:
        raise refuse(Reason.DAMAGED) from broken
    if too_large:
        raise refuse(Reason.TOO_LARGE_INSIDE)


def _has_formulas(data: bytes) -> bool:
    """Whether a second look at the workbook, at its formulas, can find any."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return any(b"<f" in packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/"))


def _load(data: bytes, *, data_only: bool) -> Any:  # noqa: ANN401
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and drop-down lists, which no margin needs
            return load_workbook(io.BytesIO(data), data_only=data_only)
    except Exception as broken:  # openpyxl raises whatever its parts raise at a file that is no workbook
        raise refuse(Reason.DAMAGED) from broken


def _visible(book: Any) -> "list[tuple[str, Worksheet]]":  # noqa: ANN401
    return [(sheet.title, sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _table(name: str, sheet: "Worksheet", formulas: "Worksheet | None") -> Table:
    if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
        raise refuse(Reason.TOO_MANY_CELLS, rows=MOST_ROWS, columns=MOST_COLUMNS)
    values: Values = [[_cell(cell) for cell in row] for row in sheet.iter_rows()]
    if formulas is not None:
        _show_formulas(values, formulas)
    for merged in sheet.merged_cells.ranges:
        _fill(values, *merged.bounds)
    return table_of(name, values, _hidden_rows(sheet), _hidden_columns(sheet))


def _cell(cell: Any) -> Cell:  # noqa: ANN401
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if not isfinite(value):
        return str(value)
    if "%" in cell.number_format:
        return f"{value * 100:.6g} %".replace(".", ",")
    return int(value) if value == int(value) else float(value)


def _show_formulas(values: Values, formulas: "Worksheet") -> None:
    """Where a program saved a formula without its value, say so rather than call the cell empty."""
    for row, cells in zip(values, formulas.iter_rows(), strict=False):
        for place, cell in enumerate(cells[: len(row)]):
            if cell.data_type == "f" and row[place] == "":
                row[place] = str(cell.value)


def _fill(values: Values, left: int, top: int, right: int, bottom: int) -> None:
    """A merged heading stands in all its cells; a number merged across rows belongs to none of them."""
    anchor = values[top - 1][left - 1]
    number = not isinstance(anchor, str) and not is_year(anchor)
    if number and top == bottom:
        return
    for row in values[top - 1 : bottom]:
        for place in range(left - 1, min(right, len(row))):
            row[place] = MERGED if number else anchor


def _hidden_rows(sheet: "Worksheet") -> list[int]:
    return [number for number, row in sheet.row_dimensions.items() if row.hidden and number <= sheet.max_row]


def _hidden_columns(sheet: "Worksheet") -> list[int]:
    hidden = [column for column in sheet.column_dimensions.values() if column.hidden]
    return [
        place for column in hidden for place in range(column.min or 0, (column.max or 0) + 1) if place <= MOST_COLUMNS
    ]
