"""What a placement's code can be printed on, as staff choose it."""

from dataclasses import dataclass

from flask_babel import gettext as _

from surveyapp.posters.poster import PRODUCTS, SCREENS
from surveyapp.posters.qr import scanning_distance_cm


@dataclass(frozen=True)
class PrintChoice:
    """One product on paper, and from how many centimetres its code is read."""

    product: str
    name: str
    distance_cm: int


@dataclass(frozen=True)
class ScreenChoice:
    """One picture for a screen; `picture` counts from 1."""

    screen: str
    picture: int
    name: str


def print_choices() -> list[PrintChoice]:
    """Everything on paper, in the reader's language."""
    names = {
        "a4": _("Poster, A4"),
        "a3": _("Poster, A3"),
        "flyer": _("Flyer, A5"),
        "slips": _("Slips for letter boxes, eight on A4"),
        "strips": _("Poster with strips to tear off, A4"),
    }
    return [
        PrintChoice(product, names[product], scanning_distance_cm(sheet.code_width))
        for product, sheet in PRODUCTS.items()
    ]


def screen_choices(languages: int) -> list[ScreenChoice]:
    """Every picture for screens that so many languages need, in the reader's language."""
    names = {"portrait": _("Upright screen (PNG)"), "landscape": _("Wide screen (PNG)")}
    choices = []
    for screen, sheet in SCREENS.items():
        pages = sheet.pages(languages)
        for picture in range(1, pages + 1):
            of_all = _("%(picture)s of %(pages)s", picture=picture, pages=pages)
            choices.append(ScreenChoice(screen, picture, names[screen] + (f", {of_all}" if pages > 1 else "")))
    return choices
