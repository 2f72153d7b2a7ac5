"""Tables with a column for every indicator: as many as can be read on paper, the others in the next one."""

from collections.abc import Sequence
from math import ceil

from surveyapp.exports.report import Table

MOST_COLUMNS = 5
TEXT_WIDTH, FIGURE_WIDTH = 0.9, 1.2


def wide_tables(
    caption: str, heads: tuple[str, ...], columns: Sequence[str], rows: Sequence[tuple[tuple[str, ...], Sequence[str]]]
) -> tuple[Table, ...]:
    """As many tables as it takes, about equally wide.

    `rows` are the texts below the heads, which every table repeats, and a figure for each of the columns.
    """
    if not columns:
        return ()
    most = ceil(len(columns) / ceil(len(columns) / MOST_COLUMNS))
    parts = [slice(start, start + most) for start in range(0, len(columns), most)]
    return tuple(
        Table(
            caption,
            (*heads, *columns[part]),
            tuple((*texts, *figures[part]) for texts, figures in rows),
            (*[TEXT_WIDTH] * len(heads), *[FIGURE_WIDTH] * len(columns[part])),
            len(heads),
        )
        for part in parts
    )
