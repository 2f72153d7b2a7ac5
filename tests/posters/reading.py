"""Reading a printed poster back: its words, sizes, ink and tags."""

import re
import subprocess
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from PIL import Image

from surveyapp.posters.poster import Poster, posters_pdf
from tests.posters.samples import FONTS

pymupdf: Any = import_module("pymupdf")  # imported by name because only half of it has types

POINTS_PER_MM = 72 / 25.4
Page = Any
Box = Any
Span = dict[str, Any]


def printed(*posters: Poster, **options: Any) -> bytes:
    return posters_pdf(posters, title="Plakater til Egeparken", font_paths=FONTS, **options)


def opened(*posters: Poster, **options: Any) -> Any:
    return pymupdf.open(stream=printed(*posters, **options))


def words(page: Page) -> str:
    return " ".join(page.get_text().split())


def bare(text: str) -> str:
    """The words between single spaces, without marks.

    Direction marks are the reader's own; the joiner within Persian words and the vowel signs of Arabic have no width,
    so no reader knows their place.
    """
    return " ".join(re.findall(r"[\w’]+", re.sub("[\u064b-\u0652\u200c\u202a-\u202e]", "", text)))


def read_aloud(pdf: bytes) -> str:
    """The words of the file as a PDF reader finds them."""
    read = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return f" {bare(read)} "


def spans(page: Page) -> list[Span]:
    blocks = page.get_text("dict")["blocks"]
    return [
        span for block in blocks for line in block.get("lines", ()) for span in line["spans"] if span["text"].strip()
    ]


def letters(page: Page, sentence: str) -> list[dict[str, Any]]:
    """The letters on the line where the sentence ends, as drawn."""
    blocks = page.get_text("rawdict")["blocks"]
    lines = [
        [one for span in line["spans"] for one in span["chars"]] for block in blocks for line in block.get("lines", ())
    ]
    last = sentence.split()[-1].rstrip(".")
    [found] = [line for line in lines if last in "".join(one["c"] for one in line)]
    return found


def sizes(page: Page, sentence: str) -> list[float]:
    """The sizes in points of the bold spans that hold a word of the sentence's."""
    wanted = set(sentence.split())
    return [span["size"] for span in spans(page) if "Bold" in span["font"] and wanted & set(span["text"].split())]


def code_boxes(page: Page) -> list[Box]:
    """Where the page's codes lie, each the box around its dark modules, in points."""
    black = [drawing["rect"] for drawing in page.get_drawings() if drawing["fill"] == (0.0, 0.0, 0.0)]
    return [box for box in black if min(box.width, box.height) > 10 * POINTS_PER_MM]


def code_box(page: Page) -> Box:
    """Where the largest code lies."""
    return max(code_boxes(page), key=lambda box: float(box.width))


def grown(box: Box, by: float) -> Box:
    """The box with so many points more on every side."""
    return pymupdf.Rect(box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by)


def inked(page: Page, area: Box, dpi: int = 200) -> tuple[float, float, float, float] | None:
    """The box around all ink in an area, in millimetres of the sheet."""
    drawn = page.get_pixmap(dpi=dpi, clip=area, colorspace=pymupdf.csGRAY)
    found = (
        Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)
        .point(lambda grey: 255 * (grey < 200))
        .getbbox()
    )
    if found is None:
        return None
    left, top, right, bottom = (edge * 25.4 / dpi for edge in found)
    x, y = drawn.x * 25.4 / dpi, drawn.y * 25.4 / dpi
    return (left + x, top + y, right + x, bottom + y)


def elements(tag: Any) -> Iterator[Any]:
    """Walk the structure tree."""
    children = tag.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        element = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(element, dict) and "/S" in element:
            yield element
            yield from elements(element)
