"""Posters: one PDF with a sheet or more for every placement, in all the survey's languages."""

from __future__ import annotations

import json
import re
import unicodedata
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from surveyapp.posters.fonts import SCRIPTS, CharacterMissing, FontMissing, load_fonts, uncovered
from surveyapp.posters.qr import QUIET_ZONE, code_svg, domain, modules, printed_address, typed_code

if TYPE_CHECKING:
    from typst import Fonts

Paper = Literal["a4", "a3"]
PAPERS: dict[Paper, tuple[int, int]] = {"a4": (210, 297), "a3": (297, 420)}
"""Width and height in millimetres."""

OTHERS_PER_SHEET = 5
LARGEST_LOGO = 1_000_000
"""Bytes: plenty for 30 by 13 mm in print."""

TEMPLATE = Path(__file__).with_name("poster.typ")


class LogoRefused(Exception):
    """The logo can't be printed: it isn't PNG or JPEG, or it is too large."""


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
    `logo` is PNG or JPEG.
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
    logo: bytes | None = None


def posters_pdf(posters: Sequence[Poster], *, title: str, font_paths: Sequence[Path], paper: Paper = "a4") -> bytes:
    """Give one tagged PDF (PDF/UA-1) with every placement's poster, the same bytes for the same input.

    Raises FontMissing for languages and CharacterMissing for characters that the fonts in `font_paths` don't cover,
    LogoRefused, and ValueError for a poster without a text, a colour that is none or an address that is no placement's.
    """
    if not posters:
        raise ValueError("there is no placement to make a poster for")
    fonts = load_fonts(font_paths)
    missing = uncovered(dict.fromkeys(text.language for poster in posters for text in poster.texts), fonts)
    if missing:
        raise FontMissing(missing)
    width, height = PAPERS[paper]
    data = {
        "title": _plain(title),
        "paper": {"width": width, "height": height},
        "posters": [_poster_data(poster) for poster in posters],
    }
    return _compiled(data, fonts)


def _poster_data(poster: Poster) -> dict[str, Any]:
    """Give what the template draws."""
    if not poster.texts:
        raise ValueError("a poster needs a text in at least one language")
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", poster.accent):
        raise ValueError(f"not a colour: {poster.accent}")
    rows = modules(poster.address, poster.kind)
    lead, *others = [_plain_values(asdict(text)) | {"script": SCRIPTS[text.language]} for text in poster.texts]
    starts = range(0, max(len(others), 1), OTHERS_PER_SHEET)
    return {
        "organisation": _plain(poster.organisation),
        "area": _plain(poster.area),
        "place": _plain(poster.place),
        "closes": _plain(poster.closes),
        "contact": _plain(poster.contact),
        "partners": [_plain(partner) for partner in poster.partners],
        "labels": _plain_values(asdict(poster.labels)),
        "note": _plain(poster.synthetic_note) if poster.synthetic_note else None,
        "domain": domain(poster.address),
        "code": typed_code(poster.address),
        "symbol": code_svg(rows, _plain(poster.labels.code), quiet_zone=0),
        "symbol_alternative": _plain(f"{poster.labels.code}: {printed_address(poster.address)}"),
        "quiet_zone": QUIET_ZONE / len(rows),
        "accent": poster.accent,
        "logo": None if poster.logo is None else _logo_svg(poster.logo),
        "lead": lead,
        "sheets": [_arranged(others[start : start + OTHERS_PER_SHEET]) for start in starts],
    }


def _plain(text: str) -> str:
    """Give the text on one line, without control characters and broken halves of characters."""
    words = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in text)
    return " ".join(words.split())


def _plain_values(texts: dict[str, str]) -> dict[str, str]:
    return {key: _plain(text) for key, text in texts.items()}


def _arranged(texts: list[dict[str, str]]) -> list[dict[str, str]]:
    """Order one sheet's other languages: the odd one out, which stands beside the code, then the pairs row by row.

    Languages written from the left fill the left column and those from the right the right one, each at its margin.
    """
    ordered = sorted(texts, key=lambda text: text["direction"])
    half = len(ordered) // 2
    left, right = ordered[:half], ordered[half:]
    odd = right[: len(ordered) % 2]
    return odd + list(chain.from_iterable(zip(left, right[len(odd) :], strict=True)))


def _logo_svg(logo: bytes) -> str:
    """Wrap the picture in a frame that fits it in and keeps its proportions."""
    kinds = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
    kind = next((kind for start, kind in kinds.items() if logo.startswith(start)), None)
    if kind is None:
        raise LogoRefused("a logo must be a PNG or JPEG picture")
    if len(logo) > LARGEST_LOGO:
        raise LogoRefused(f"a logo may have {LARGEST_LOGO:,} bytes at most; this one has {len(logo):,}")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 13"><image width="30" height="13"'
        f' preserveAspectRatio="xMidYMid meet" href="data:image/{kind};base64,{b64encode(logo).decode()}"/></svg>'
    )


def _compiled(data: dict[str, Any], fonts: Fonts) -> bytes:
    """Typeset the data; the template dates nothing, so that the bytes depend on nothing else."""
    import typst

    try:
        return typst.compile(
            TEMPLATE.read_bytes(),
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data)},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        characters = re.findall(r'the text `"(.+?)"` could not be displayed', error.diagnostic)
        if not characters:
            raise
        raise CharacterMissing(dict.fromkeys(characters)) from error
