"""What an ESG sheet is made of, and what its rows and cells are; esg_cells.py fills them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from surveyapp.exports.labels import Document, Labels
from surveyapp.exports.observations import Observed

Value = str | int | float
FIGURES = frozenset({"value", "baseline"})
"""The columns whose numbers are in the indicator's unit."""


class Origin(StrEnum):
    """Where a part of a cell comes from."""

    DOCUMENT = "document"
    OBSERVATION = "observation"
    TYPED = "typed"
    STANDARD = "standard"


@dataclass(frozen=True)
class Part:
    """Something in a cell: a text or a number, its origin, and the place in there: a path, or who and when."""

    value: Value
    origin: Origin
    place: str


Cell = tuple[Part, ...]


@dataclass(frozen=True)
class Placed:
    """What an organisation says of an indicator; `by` tells who and when, empty for the standard's usual placing."""

    requirements: tuple[str, ...]
    methodology: str = ""
    limitations: str = ""
    comment: str = ""
    by: str = ""


@dataclass(frozen=True)
class Sheet:
    """What a sheet is made of: the document, what people typed, and words."""

    document: Document
    observed: Sequence[Observed]
    placed: Mapping[str, Placed]
    method: Sequence[str]
    limits: Sequence[str]
    period: str
    labels: Labels


@dataclass(frozen=True)
class Row:
    """One indicator's cells."""

    indicator: str
    name: str
    unit: str
    cells: tuple[Cell, ...]


def text_of(cell: Cell) -> Value | None:
    """What stands in the cell: its number, or its texts one after another."""
    if len(cell) == 1:
        return cell[0].value
    return " ".join(str(part.value) for part in cell) or None
