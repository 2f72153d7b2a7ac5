"""Where in a table the counts stand, and which names belong to each: long, wide, nested and turned tables alike.

Every count has one name per axis. An axis is a column of names to the left of the counts, or a row of names above.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from surveyapp.services.margin_files.cells import MERGED, Cell, is_blank, is_number, is_year, shown
from surveyapp.services.margin_files.problems import Reason, refuse
from surveyapp.services.margin_files.tables import Row, Table
from surveyapp.services.margin_files.vocabulary import Kind, is_category, kind_of, plain

_AGE_HEADINGS = {"alder", "ålder", "age"}
_NAMING_HEADINGS = _AGE_HEADINGS | {"år", "year", "tid", "time", "kvartal", "nr", "nummer", "kode", "kod", "code", "id"}
FEWEST_YEARS_OF_AGE = 3
MOST_YEARS = 15
SUBTOTAL = "i alt"


@dataclass(frozen=True)
class Axis:
    """Names along one side: a `column` to the left of the counts, or a `row` above them."""

    kind: Kind
    names: tuple[str, ...]
    heading: str = ""
    column: int | None = None
    row: int | None = None


@dataclass(frozen=True)
class Count:
    """One cell among the counts, with its name on every axis."""

    row: int
    column: int
    names: tuple[str, ...]
    cell: Cell


@dataclass(frozen=True)
class Layout:
    """A table that has been understood: its axes, its counts, and the lines around them."""

    axes: tuple[Axis, ...]
    counts: tuple[Count, ...]
    lines: tuple[str, ...]


def layout_of(table: Table) -> Layout:
    """Find the counts of a table. Raises TableRefused where there are none, or one has no name."""
    start = _first_row_of_counts(table.rows)
    above, below = table.rows[:start], table.rows[start:]
    columns = _count_columns(above, below, table.width)
    if not columns:
        raise refuse(Reason.NO_NUMBERS)
    naming = _naming_columns(above, below, columns)
    heading_rows = [row for row in above if _is_heading(row, columns)]
    names_above = _names_above(heading_rows, columns)
    named = _named_rows(below, columns, naming)
    counts = tuple(
        Count(row.number, column, (*beside, *(names[column] for names in names_above)), row.cell(column))
        for row, beside in named
        for column in columns
    )
    headings = [_heading(heading_rows, column) for column in naming]
    places: list[tuple[str, int | None, int | None]] = [
        (heading, column, None) for heading, column in zip(headings, naming, strict=True)
    ]
    places += [("", None, row.number) for row in heading_rows]
    axes = tuple(_axis(counts, position, *place) for position, place in enumerate(places))
    return Layout(axes, counts, (table.name, *_lines(table.rows, {row.number for row, _names in named})))


def _first_row_of_counts(rows: Sequence[Row]) -> int:
    """The first row with a number, or above it those that name a category likewise and have blanks or words for it."""
    start = _first_row_of_numbers(rows)
    while start and _names_likewise(rows[start - 1], rows[start]):
        start -= 1
    return start


def _first_row_of_numbers(rows: Sequence[Row]) -> int:
    """Years are no numbers: a row of years alone is a heading, unless it names a category."""
    for position, row in enumerate(rows):
        numbers = [cell for cell in row.cells if is_number(cell)]
        if numbers and (not all(map(is_year, numbers)) or _category_columns(row)):
            return position
    raise refuse(Reason.NO_NUMBERS)


def _names_likewise(above: Row, row: Row) -> bool:
    columns = _category_columns(above)
    return len(columns) == 1 and columns <= _category_columns(row)


def _category_columns(row: Row) -> set[int]:
    texts = {column: shown(cell) for column, cell in enumerate(row.cells, start=1) if not is_number(cell)}
    return {column for column, text in texts.items() if text and is_category(text)}


def _count_columns(above: Sequence[Row], below: Sequence[Row], width: int) -> list[int]:
    numeric = [column for column in range(1, width + 1) if _is_numeric(below, column)]
    naming: set[int] = set()
    for column in numeric[:-1]:
        if _names_in_numbers(_heading(above, column), [row.cell(column) for row in below]):
            naming.add(column)
    return [column for column in numeric if column not in naming]


def _is_numeric(rows: Sequence[Row], column: int) -> bool:
    cells = [row.cell(column) for row in rows if not is_blank(row.cell(column))]
    numbers = [cell for cell in cells if is_number(cell) or cell == MERGED]
    return len(numbers) * 2 > len(cells)


def _names_in_numbers(heading: str, cells: Sequence[Cell]) -> bool:
    """Whether a column of numbers names rows: ages, years or codes."""
    filled = [shown(cell) for cell in cells if not is_blank(cell)]
    if plain(heading) in _NAMING_HEADINGS:
        return True
    if all(map(is_year, filled)) and len(set(filled)) <= MOST_YEARS:
        return True
    ages = [int(text) for text in filled if text.isdecimal()]
    in_order = all(after - before == 1 for before, after in pairwise(ages))
    return len(ages) == len(filled) >= FEWEST_YEARS_OF_AGE and in_order and ages[0] in (0, 18)


def _naming_columns(above: Sequence[Row], below: Sequence[Row], columns: Sequence[int]) -> list[int]:
    """The columns with names; a column of remarks to the right of all counts is none."""
    texts = [column for column in range(1, max(columns)) if column not in columns]
    return [column for column in texts if any(not is_blank(row.cell(column)) for row in below)]


def _is_heading(row: Row, columns: Sequence[int]) -> bool:
    """Whether a row above names the counts; a title merged across the table doesn't."""
    over_counts = {shown(row.cell(column)) for column in columns}
    everything = {shown(cell) for cell in row.cells if not is_blank(cell)}
    is_title = len(everything) == 1 and shown(row.cells[0]) in over_counts
    return over_counts != {""} and not is_title


def _names_above(rows: Sequence[Row], columns: Sequence[int]) -> list[dict[int, str]]:
    """For each heading row the name above every count; in all but the lowest a name reaches to the next one."""
    found = []
    for position, row in enumerate(rows):
        reaches, current, names = position < len(rows) - 1, "", {}
        for column in columns:
            text = shown(row.cell(column))
            current = text or (current if reaches else "")
            names[column] = current
        found.append(names)
    return found


def _named_rows(
    rows: Sequence[Row], columns: Sequence[int], naming: Sequence[int]
) -> list[tuple[Row, tuple[str, ...]]]:
    """Every row with counts, with its names; in all but the fullest column a name reaches down to the next one.

    A row that names a category but has no number is kept: the source may withhold its counts by leaving them out.
    """
    filled = {column: sum(not is_blank(row.cell(column)) for row in rows) for column in naming}
    fullest = max(naming, key=lambda column: (filled[column], column), default=None)
    current = dict.fromkeys(naming, "")
    found = []
    for row in rows:
        here = {column: shown(row.cell(column)) for column in naming}
        current = {column: text or ("" if column == fullest else current[column]) for column, text in here.items()}
        if _has_number(row, columns):
            if fullest is not None and not current[fullest]:
                current[fullest] = _name_of_subtotal(row, here, fullest)
            found.append((row, tuple(current.values())))
        elif fullest is not None and is_category(here[fullest]):
            found.append((row, tuple(current.values())))
    return found


def _has_number(row: Row, columns: Sequence[int]) -> bool:
    return any(is_number(row.cell(column)) or row.cell(column) == MERGED for column in columns)


def _name_of_subtotal(row: Row, here: dict[int, str], fullest: int) -> str:
    """In nested tables the outer name alone stands for the sum of what it holds; without any name nothing does."""
    if not any(here.values()):
        raise refuse(Reason.NUMBER_WITHOUT_NAME, row.number, fullest)
    return SUBTOTAL


def _heading(rows: Sequence[Row], column: int) -> str:
    """The lowest text above a column."""
    return next((shown(row.cell(column)) for row in reversed(rows) if not is_blank(row.cell(column))), "")


def _axis(counts: Sequence[Count], position: int, heading: str, column: int | None, row: int | None) -> Axis:
    names = tuple(dict.fromkeys(count.names[position] for count in counts))
    kind = kind_of(names)
    are_codes = plain(heading) in _NAMING_HEADINGS - _AGE_HEADINGS
    return Axis(Kind.OTHER if kind is Kind.AGE and are_codes else kind, names, heading, column, row)


def _lines(rows: Sequence[Row], counted: set[int]) -> list[str]:
    """What is written around the counts: titles, headings, footnotes."""
    return [
        " ".join(dict.fromkeys(shown(cell) for cell in row.cells if not is_blank(cell)))
        for row in rows
        if row.number not in counted
    ]
