"""One indicator's waves in a row: which are joined, where the measurement changed, and which stands aside."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveyapp.exports.labels import Document, was_asked


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
        joins = not was_asked(shown) or aside or before is None or _measured_alike(before, shown)
        places.append(Place(shown, () if joins or before is None else tuple(before["break_reasons"]), aside))
        before = shown if was_asked(shown) and not aside else before
    return places


def _measured_alike(before: Document, shown: Document) -> bool:
    return bool((before["comparable"] and shown["comparable"]) or before["measure"] == shown["measure"])
