"""Long lists, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

Row = TypeVar("Row")
ROWS_ON_A_PAGE = 8


@dataclass(frozen=True)
class Shown(Generic[Row]):
    """The rows of one page, which page that is, and how many there are."""

    rows: Sequence[Row]
    number: int
    pages: int


def page_of(rows: Sequence[Row]) -> Shown[Row]:
    """The page of ?page=, by default the first; a number beyond the pages there are gives the nearest."""
    pages = max(1, -(-len(rows) // ROWS_ON_A_PAGE))
    number = min(max(request.args.get("page", 1, type=int), 1), pages)
    return Shown(rows[(number - 1) * ROWS_ON_A_PAGE : number * ROWS_ON_A_PAGE], number, pages)
