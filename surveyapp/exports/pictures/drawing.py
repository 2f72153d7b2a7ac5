"""How every picture looks, and from its Vega-Lite specification to a file that carries the document's checksum."""

import json
import struct
import textwrap
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from surveyapp.exports.labels import Document, Labels

Spec = dict[str, Any]

INK, MUTED, ACCENT, TARGET, HAIRLINE, PAPER = "#1d2729", "#566164", "#0b5d5e", "#8a5a00", "#ded8cc", "#ffffff"
FONT = "Noto Sans, DejaVu Sans, sans-serif"
PNG_SCALE = 2.0
LINE = 92
"""Characters of a line below the title."""
PERCENT_SCALE = {"domain": [0, 100]}
PERCENT_AXIS = {"values": [0, 25, 50, 75, 100], "grid": True, "format": "d"}
EXACT = ("at_least", "at_most", "point")
_PNG_START, _PNG_HEADER = 8, 25  # the signature, and the chunk that must come first


def framed(name: str, document: Document, labels: Labels, **body: object) -> Spec:
    """A whole picture: its body with title, how to read it, and that its figures are invented where they are."""
    below = [labels.words[f"picture.{name}.reading"]]
    if document["synthetic"]:
        below.insert(0, labels.words["synthetic"])
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {
            "text": f"{document['area']['name']} · {document['wave']['label']} · {labels.words[f'picture.{name}']}",
            "subtitle": [line for text in below for line in textwrap.wrap(text, LINE)],
            "offset": 16,
        },
        "background": PAPER,
        "padding": 16,
        "config": _LOOK,
        **body,
    }


def wrapped(text: str, width: int) -> str:
    """A text on as many lines as it needs; "\\n" stands between them."""
    return "\n".join(textwrap.wrap(text, width)) or text


def called(names: Mapping[str, str]) -> str:
    """What an axis calls its values, which may be called alike: a Vega expression for their labels, on lines."""
    return json.dumps({key: name.split("\n") for key, name in names.items()}, ensure_ascii=False) + "[datum.label]"


def rows(field: str, names: Mapping[str, str], **look: object) -> Spec:
    """One row for each value of the field, in their order, with its name beside it; two may be called alike."""
    axis = {"title": None, "domain": False, "ticks": False, "labelExpr": called(names), "labelLimit": 0}
    return {
        "field": field,
        "type": "nominal",
        "sort": None,
        "axis": axis | {"labelColor": INK, "labelPadding": 10} | look,
    }


def target_level(entry: Document) -> float | None:
    """A target that is one number in percent; others have no place on the axis."""
    target = entry["target"]
    return target["value"] if target and entry["unit"] == "percent" and target["kind"] in EXACT else None


def svg(spec: Spec, checksum: str, fonts: Sequence[Path]) -> bytes:
    """The picture as SVG; the checksum stands in its metadata."""
    drawn = str(_renderer(tuple(fonts)).vegalite_to_svg(json.dumps(spec)))
    end = drawn.index(">") + 1
    return f"{drawn[:end]}<metadata>{checksum}</metadata>{drawn[end:]}".encode()


def png(spec: Spec, checksum: str, fonts: Sequence[Path]) -> bytes:
    """The picture as PNG at twice its size; the checksum stands in a text chunk."""
    return with_text(bytes(_renderer(tuple(fonts)).vegalite_to_png(json.dumps(spec), scale=PNG_SCALE)), checksum)


def with_text(picture: bytes, checksum: str) -> bytes:
    """A PNG with the checksum as a text chunk behind its header."""
    chunk = b"tEXt" + b"checksum\0" + checksum.encode()
    packed = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    place = _PNG_START + _PNG_HEADER
    return picture[:place] + packed + picture[place:]


@cache
def _renderer(fonts: tuple[Path, ...]) -> Any:  # noqa: ANN401 - the library has no types
    """The library, told once where the fonts are; a residents' page never loads it."""
    import vl_convert

    for folder in fonts:
        vl_convert.register_font_directory(str(folder))
    return vl_convert


_LOOK = {
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "titleColor": MUTED,
        "gridColor": HAIRLINE,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": 400,
        "domainColor": HAIRLINE,
        "tickColor": HAIRLINE,
    },
    "axisY": {"labelLineHeight": 15},
    "text": {"color": INK, "fontSize": 12},
    "legend": {
        "orient": "top",
        "title": None,
        "labelFontSize": 12,
        "labelColor": INK,
        "labelLimit": 0,
        "symbolType": "square",
        "symbolSize": 180,
        "symbolStrokeColor": INK,
    },
    "title": {"color": INK, "subtitleColor": MUTED, "fontSize": 16, "subtitleFontSize": 12, "anchor": "start"},
}
