"""Pictures of a result document: what it says, drawn so that it reads without colour, each beside its table."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from surveyapp.exports.labels import Document, Labels
from surveyapp.exports.pictures.distribution import distribution
from surveyapp.exports.pictures.drawing import Spec, png, svg
from surveyapp.exports.pictures.quotas import quotas
from surveyapp.exports.pictures.targets import targets
from surveyapp.exports.pictures.trend import trend

Draw = Callable[[Document, Labels], Spec | None]

PICTURES: dict[str, Draw] = {"targets": targets, "trend": trend, "distribution": distribution, "quotas": quotas}
FORMS: dict[str, tuple[str, Callable[[Spec, str, Sequence[Path]], bytes]]] = {
    "svg": ("image/svg+xml", svg),
    "png": ("image/png", png),
}


def pictures_of(document: Document, labels: Labels) -> dict[str, Any]:
    """The specification of every picture that there are figures for, by its name."""
    drawn = {name: draw(document, labels) for name, draw in PICTURES.items()}
    return {name: spec for name, spec in drawn.items() if spec is not None}
