"""One indicator's waves in a row: which are joined, where the measurement changed, and which stands aside."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveyapp.comparability import break_reasons, was_asked
from surveyapp.exports.labels import Document


@dataclass(frozen=True)
class Place:
    """One wave's figure in the row.

    `breaks` are the reasons why those before it can't be joined with it; empty where they can. A figure stands `aside`
    that was measured in another way than the newest though earlier ones weren't: those are joined past it.
    """

    figure: Document
    breaks: tuple[str, ...]
    aside: bool


def series(figures: Sequence[Document]) -> list[Place]:
    """Every figure of an indicator in its place, the oldest first. A wave that didn't ask breaks nothing."""
    places: list[Place] = []
    before: Document | None = None
    for shown in figures:
        aside = was_asked(shown) and not shown["comparable"] and before is not None and before["comparable"]
        stays = not was_asked(shown) or aside
        breaks = [] if stays or before is None else break_reasons(shown["measure"], before["measure"])
        places.append(Place(shown, tuple(breaks), aside))
        before = before if stays else shown
    return places
