"""Everything with a code on it: posters, flyers, slips, strips to tear off, and pictures for screens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from math import ceil
from pathlib import Path
from typing import Any, Literal

from surveyapp.posters.logo import framed
from surveyapp.posters.qr import QUIET_ZONE, code_svg, domain, modules, printed_address, typed_code
from surveyapp.typesetting.pages import colour, pdf, pictures, spoken

TEMPLATES = Path(__file__).parent

Product = Literal["a4", "a3", "flyer", "slips", "strips"]
Screen = Literal["portrait", "landscape"]


@dataclass(frozen=True)
class Sheet:
    """A page's size and its code's width without quiet zone, in millimetres, or pixels on a screen.

    `others` is how many languages share it with the first.
    """

    template: str
    width: int
    height: int
    code_width: float
    others: int

    def pages(self, languages: int) -> int:
        """Give how many pages or pictures so many languages take."""
        return max(1, ceil((languages - 1) / self.others))


PRODUCTS: dict[Product, Sheet] = {
    "a4": Sheet("poster.typ", 210, 297, 79, others=5),
    "a3": Sheet("poster.typ", 297, 420, 79 * 297 / 210, others=5),
    "flyer": Sheet("poster.typ", 148, 210, 48, others=5),
    "slips": Sheet("slips.typ", 210, 297, 28, others=3),
    "strips": Sheet("poster.typ", 210, 297, 54, others=5),
}
"""A poster on A4 and on A3, an A5 flyer, eight slips for letter boxes on A4, an A4 poster with eight strips."""

GIVE_BACK = Sheet("poster.typ", 210, 297, 79, others=2)
"""An A4 of what came of the answers: whole sentences in every language, so few of them on a sheet."""

SCREENS: dict[Screen, Sheet] = {
    "portrait": Sheet("poster.typ", 1080, 1920, 406, others=5),
    "landscape": Sheet("poster.typ", 1920, 1080, 370, others=5),
}


@dataclass(frozen=True)
class PosterText:
    """What a poster says in one language."""

    language: str
    direction: Literal["ltr", "rtl"]
    headline: str
    invitation: str
    privacy: str


@dataclass(frozen=True)
class PosterLabels:
    """The words around the facts, in the poster's first language.

    `code` names the QR code to those who can't see it; its address follows.
    """

    code: str
    type_code: str
    open_until: str
    questions: str
    partners: str


@dataclass(frozen=True)
class Poster:
    """Everything on one placement's poster; the first text is the main one.

    `closes` is the closing date as people read it. `kind` is the placement's kind; it decides how sturdy the code is.
    `synthetic_note` says that names and figures are invented. `accent` is #rrggbb and bears white text.
    `logo` is the text of an SVG document.
    """

    organisation: str
    area: str
    place: str
    kind: str
    address: str
    texts: tuple[PosterText, ...]
    labels: PosterLabels
    closes: str
    contact: str
    partners: tuple[str, ...] = ()
    synthetic_note: str | None = None
    accent: str = "#0b5d5e"
    logo: str | None = None


def posters_pdf(
    posters: Sequence[Poster],
    *,
    title: str,
    font_paths: Sequence[Path],
    product: Product | Literal["give_back"] = "a4",
) -> bytes:
    """Give one tagged PDF (PDF/UA-1) with the product for every placement, the same bytes for the same input.

    Each has a page or more: languages beyond the sheet's get another one, which fits the back of the first.
    Raises FontMissing for languages and CharacterMissing for characters that the fonts in `font_paths` don't cover,
    LogoRefused and PictureDamaged, and ValueError for a poster without a text, a colour that is none or an address that
    is no placement's.
    """
    if not posters:
        raise ValueError("there is no placement to make a poster for")
    sheet = GIVE_BACK if product == "give_back" else PRODUCTS[product]
    data = _sheet_data(product, sheet, posters) | {"title": title, "pixels": False}
    return pdf(TEMPLATES / sheet.template, data, _languages(posters), font_paths)


def screen_pngs(poster: Poster, *, font_paths: Sequence[Path], screen: Screen) -> tuple[bytes, ...]:
    """Give the poster as pictures for an information screen, 1080×1920 or 1920×1080 pixels.

    There is more than one only if the languages don't fit: the screen shows them in turn. Raises what posters_pdf does.
    """
    sheet = SCREENS[screen]
    data = _sheet_data(screen, sheet, [poster]) | {"title": screen, "pixels": True}
    return pictures(TEMPLATES / sheet.template, data, _languages([poster]), font_paths)


def _languages(posters: Sequence[Poster]) -> Iterator[str]:
    return (text.language for poster in posters for text in poster.texts)


def _sheet_data(product: str, sheet: Sheet, posters: Sequence[Poster]) -> dict[str, Any]:
    return {
        "product": product,
        "width": sheet.width,
        "height": sheet.height,
        "code_width": sheet.code_width,
        "posters": [_poster_data(poster, sheet) for poster in posters],
    }


def _poster_data(poster: Poster, sheet: Sheet) -> dict[str, Any]:
    """Give what the templates draw."""
    if not poster.texts:
        raise ValueError("a poster needs a text in at least one language")
    rows = modules(poster.address, poster.kind)
    lead, *others = [asdict(text) for text in poster.texts]
    starts = range(0, max(len(others), 1), sheet.others)
    sheets = [[spoken(text) for text in others[start : start + sheet.others]] for start in starts]
    return {
        "organisation": poster.organisation,
        "area": poster.area,
        "place": poster.place,
        "closes": poster.closes,
        "contact": poster.contact,
        "partners": poster.partners,
        "labels": asdict(poster.labels),
        "note": poster.synthetic_note,
        "domain": domain(poster.address),
        "code": typed_code(poster.address),
        "symbol": code_svg(rows, poster.labels.code, quiet_zone=0),
        "symbol_alternative": f"{poster.labels.code}: {printed_address(poster.address)}",
        "quiet_zone": QUIET_ZONE / len(rows),
        "accent": colour(poster.accent),
        "logo": None if poster.logo is None else framed(poster.logo),
        "lead": spoken(lead),
        "sheets": [_arranged(texts, lead["direction"]) for texts in sheets]
        if sheet.template == "poster.typ"
        else sheets,
    }


def _arranged(texts: list[dict[str, Any]], direction: str) -> list[dict[str, Any]]:
    """Order one sheet's other languages: the odd one out, which stands beside the code, then the pairs row by row.

    There is least room beside the code; a language in the first one's direction looks at home there.
    Languages written from the left fill the left column and those from the right the right one, each at its margin.
    """
    shortest = sorted(texts, key=lambda text: (text["direction"] != direction, len(text["headline"])))
    odd = shortest[: len(texts) % 2]
    paired = sorted((text for text in texts if text not in odd), key=lambda text: str(text["direction"]))
    half = len(paired) // 2
    return odd + list(chain.from_iterable(zip(paired[:half], paired[half:], strict=True)))
