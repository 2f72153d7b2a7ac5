"""The ESG sheet as a page: each indicator's own cells, and once what would stand the same beside every one."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveyapp.exports.esg_sheet import Cell, Origin, Part, Row, Value
from surveyapp.exports.esg_workbook import origin_of
from surveyapp.exports.labels import Labels

ABOUT_THE_MEASUREMENT = ("project", "period", "methodology", "assumptions", "limitations", "validation")


@dataclass(frozen=True)
class Said:
    """A part of a cell as it is read: what stands there, and its origin in words or as a path in the document."""

    value: str
    words: str
    path: str


@dataclass(frozen=True)
class Line:
    """A column's head and what stands in it; `only` names the indicators it is about, where it isn't about all."""

    head: str
    parts: list[Said]
    only: list[str]


@dataclass(frozen=True)
class SheetPage:
    """The rows with their own lines, and the lines that they have in common."""

    rows: list[tuple[Row, list[Line]]]
    common: list[Line]


def sheet_page(rows: Sequence[Row], columns: Sequence[str], labels: Labels) -> SheetPage:
    """Divide the cells: what the document says of the measurement stands once, what was typed beside its indicator."""
    common = {
        column: held
        for place, column in enumerate(columns)
        if column in ABOUT_THE_MEASUREMENT and (held := _held_by([row.cells[place] for row in rows], rows))
    }
    return SheetPage(
        [(row, _own_lines(row, columns, common, labels)) for row in rows],
        [
            Line(
                labels.words[f"esg.{column}"],
                [_said(part, column, "", labels)],
                [row.name for row in holders] if len(holders) < len(rows) else [],
            )
            for column, (part, holders) in common.items()
        ],
    )


def _held_by(cells: Sequence[Cell], rows: Sequence[Row]) -> tuple[Part, list[Row]] | None:
    """What most cells have from the document, as the first of their rows has it; None where no two say the same."""
    holders: dict[Value, list[tuple[Part, Row]]] = {}
    for row, cell in zip(rows, cells, strict=True):
        for part in cell:
            if part.origin == Origin.DOCUMENT:
                holders.setdefault(part.value, []).append((part, row))
    most = max(holders.values(), key=len, default=[])
    return (most[0][0], [row for _, row in most]) if len(most) > 1 else None


def _own_lines(
    row: Row, columns: Sequence[str], common: dict[str, tuple[Part, list[Row]]], labels: Labels
) -> list[Line]:
    lines = []
    for column, cell in zip(columns, row.cells, strict=True):
        shared = common[column][0].value if column in common else None
        own = [part for part in cell if part.origin != Origin.DOCUMENT or part.value != shared]
        if own or column not in common:
            parts = [_said(part, column, row.unit, labels) for part in own]
            lines.append(Line(labels.words[f"esg.{column}"], parts, []))
    return lines


def _said(part: Part, column: str, unit: str, labels: Labels) -> Said:
    value = _written(part.value, column, unit, labels)
    if part.origin == Origin.DOCUMENT:
        return Said(value, "", part.place)
    return Said(value, origin_of(part, labels.words), "")


def _written(value: Value, column: str, unit: str, labels: Labels) -> str:
    """A number as people here write it; a year has no thousands."""
    if isinstance(value, str) or column == "baseline_year":
        return str(value)
    is_percent = unit == "percent" and column in ("value", "baseline")
    return labels.percent(value) if is_percent else labels.plain(value)
