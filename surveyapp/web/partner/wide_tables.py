"""Tables with a column for every indicator: as many as can be read on paper, the others in the next one."""

from collections.abc import Sequence
from math import ceil

from surveyapp.exports.report import Table

WIDE, NARROW = 5, 10
"""Columns of a table whose figures have all their notes on one line below them, or one below the other."""
TEXT_WIDTH, FIGURE_WIDTH = 1.9, 1.2


def wide_tables(
    caption: str,
    heads: tuple[str, ...],
    columns: Sequence[str],
    rows: Sequence[tuple[tuple[str, ...], Sequence[tuple[str, ...]]]],
) -> tuple[Table, ...]:
    """As many tables as it takes, about equally wide.

    `rows` are the texts below the heads, which every table repeats, and for each of the columns a figure with its
    notes, which stand on lines of their own.
    """
    if not columns:
        return ()
    most = ceil(len(columns) / ceil(len(columns) / NARROW))
    parts = [slice(start, start + most) for start in range(0, len(columns), most)]
    return tuple(
        Table(
            caption,
            (*heads, *columns[part]),
            tuple((*texts, *(_lines(cell, most) for cell in cells[part])) for texts, cells in rows),
            (*[TEXT_WIDTH] * len(heads), *[FIGURE_WIDTH] * len(columns[part])),
            len(heads),
        )
        for part in parts
    )


def _lines(cell: tuple[str, ...], columns: int) -> tuple[str, ...]:
    figure, *notes = cell
    if not notes:
        return cell
    return (figure, " · ".join(notes)) if columns <= WIDE else (f"{figure} {notes[0]}", *notes[1:])
