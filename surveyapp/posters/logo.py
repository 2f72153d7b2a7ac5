"""Logos: only pictures that can't harm those who print them or see them on a page."""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr
from zlib import crc32

LARGEST_PNG = 70_000
"""Bytes of a PNG: plenty for 30 by 13 mm in print, and less than an SVG document once written into one."""

LONGEST_SIDE = 4000
"""Pixels of a PNG: a small file can unfold into gigabytes."""

LARGEST_SVG = 100_000
"""Bytes of an SVG document."""

DEEPEST = 50
"""Groups within groups: more than any drawing program makes, fewer than it takes to exhaust a reader."""

SVG = "http://www.w3.org/2000/svg"
PNG = b"\x89PNG\r\n\x1a\n"
PNG_ADDRESS = "data:image/png;base64,"
EDITORS = (
    "http://www.inkscape.org/",
    "http://sodipodi.sourceforge.net/",
    "http://ns.adobe.com/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns",
    "http://creativecommons.org/",
    "http://purl.org/dc/",
    "http://www.bohemiancoding.com/sketch/",
    "http://www.serif.com/",
)
"""Where drawing programs keep notes of their own, which are left out."""

SHAPES = frozenset(
    {"svg", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image"}
    | {"clipPath", "linearGradient", "radialGradient", "stop", "title", "desc"}
)
GEOMETRY = frozenset(
    {"id", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "width", "height", "points"}
    | {"transform", "viewBox", "preserveAspectRatio", "offset", "clipPathUnits"}
    | {"gradientUnits", "gradientTransform", "spreadMethod"}
)
PRESENTATION = frozenset(
    {"fill", "fill-opacity", "fill-rule", "clip-rule", "clip-path", "opacity", "color", "display", "visibility"}
    | {"stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity"}
    | {"stroke-dasharray", "stroke-dashoffset", "stop-color", "stop-opacity"}
)
_CALLS = re.compile(
    r"(?:rgba?|hsla?|matrix|translate|scale|rotate|skew[XY])\s*\(|url\(\s*(['\"]?)#[\w.:-]+\1\s*\)", re.IGNORECASE
)
_NUMBER = r"(?:\d+(?:\.\d+)?|\.\d+)(?:e-?\d{1,2})?"


class LogoRefused(Exception):
    """The logo can't be printed or shown: it is of another kind, too large, or could do more than be looked at."""


def framed(logo: str) -> str:
    """Fit the drawing into a frame of 30 by 13 that keeps its proportions. Raises LogoRefused."""
    drawing = safe_svg(logo).replace("<svg ", '<svg width="30" height="13" ', 1)
    return f'<svg xmlns="{SVG}" viewBox="0 0 30 13">{drawing}</svg>'


def safe_logo(content: bytes) -> str:
    """Give a logo's file, an SVG or a PNG, as a drawing that is safe to show. Raises LogoRefused with the reason."""
    if not content.startswith(PNG):
        return safe_svg(content.decode("utf-8", "replace"))
    width, height = _png_sides(content)
    address = PNG_ADDRESS + b64encode(content).decode()
    return safe_svg(
        f'<svg xmlns="{SVG}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="{address}"/></svg>'
    )


def _png_sides(picture: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG that is small and whole."""
    if not picture.startswith(PNG):
        raise LogoRefused("a picture inside a logo must be a PNG")
    if len(picture) > LARGEST_PNG:
        raise LogoRefused(f"a PNG logo may have {LARGEST_PNG:,} bytes at most; this one has {len(picture):,}")
    chunks = list(_png_chunks(picture))
    if not chunks or chunks[0] != b"IHDR" or chunks[-1] != b"IEND":
        raise LogoRefused("the PNG is damaged")
    width, height = (int.from_bytes(picture[start : start + 4]) for start in (16, 20))
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE):
        raise LogoRefused(
            f"a logo may be {LONGEST_SIDE:,} pixels wide and high at most; this one is {width} × {height}"
        )
    return width, height


def _png_chunks(picture: bytes) -> Iterator[bytes]:
    """The names of its chunks, as far as their checksums hold."""
    place = len(PNG)
    while place + 12 <= len(picture):
        end = place + 12 + int.from_bytes(picture[place : place + 4])
        if crc32(picture[place + 4 : end - 4]) != int.from_bytes(picture[end - 4 : end]):
            return
        yield picture[place + 4 : place + 8]
        place = end


def safe_svg(text: str) -> str:
    """Give the drawing written anew with nothing in it but shapes, colours and PNGs: what isn't known is left out.

    What could run, fetch or exhaust something isn't left out but refused. Raises LogoRefused with the reason.
    """
    markup = text.encode("utf-8", "replace")
    if len(markup) > LARGEST_SVG:
        raise LogoRefused(f"an SVG logo may have {LARGEST_SVG:,} bytes at most; this one has {len(markup):,}")
    drawing = _Drawing()
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.StartElementHandler = drawing.start
    parser.EndElementHandler = drawing.end
    parser.CharacterDataHandler = drawing.words
    parser.EntityDeclHandler = drawing.entity
    parser.ProcessingInstructionHandler = drawing.instruction
    try:
        parser.Parse(markup, True)
    except expat.ExpatError as error:
        raise LogoRefused(f"the file is no SVG picture, or is damaged in line {error.lineno}") from error
    return "".join(drawing.written)


@dataclass
class _Drawing:
    """Writes a drawing anew while the parser reads it."""

    written: list[str] = field(default_factory=list)
    open: list[str | None] = field(default_factory=list)
    """The elements around the place that is read; None for those that are left out."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self.open and (space, local) != (SVG, "svg"):
            raise LogoRefused("the file is no SVG picture")
        if len(self.open) >= DEEPEST:
            raise LogoRefused(f"its groups lie more than {DEEPEST} deep in each other")
        if None in self.open or local == "metadata" or space.startswith(EDITORS):
            self.open.append(None)
            return
        if space != SVG or local not in SHAPES:
            raise LogoRefused(f"a logo may hold nothing but shapes; this one has <{local}>{_advice(local)}")
        kept = _kept(local, attributes)
        if not self.open:
            kept = _sized(kept)
        self.open.append(local)
        self.written.append(f"<{local}" + "".join(f" {key}={quoteattr(value)}" for key, value in kept.items()) + ">")

    def end(self, _: str) -> None:
        local = self.open.pop()
        if local is not None:
            self.written.append(f"</{local}>")

    def words(self, text: str) -> None:
        if self.open[-1] in ("title", "desc"):
            self.written.append(escape(text))

    def entity(self, name: str, *_: object) -> None:
        raise LogoRefused(f"it declares an entity ({name})")

    def instruction(self, target: str, _: str) -> None:
        raise LogoRefused(f"it carries an instruction for other programs ({target})")


def _advice(element: str) -> str:
    advice = {
        "text": "; turn the text into paths",
        "style": "; save it with presentation attributes instead of CSS",
        "use": "; save it without symbols and clones",
    }
    return advice.get(element, "")


def _kept(element: str, attributes: dict[str, str]) -> dict[str, str]:
    """Give what an element keeps of its attributes, with its styles made into attributes."""
    kept = {}
    for name, value in {**attributes, **_declarations(attributes.get("style", ""))}.items():
        space, _, local = name.rpartition(" ")
        if local.lower().startswith("on"):
            raise LogoRefused(f"it carries a script ({local})")
        if local == "href" and element == "image":
            _refuse_unless_png(value)
        elif local == "href" and not re.fullmatch(r"#[\w.:-]+", value):
            raise LogoRefused("it refers to something outside itself")
        if not space and local in GEOMETRY | PRESENTATION | {"style"} and "(" in _CALLS.sub("", value):
            raise LogoRefused(f"it refers to something outside itself ({local})")
        if not space and local in GEOMETRY | PRESENTATION:
            kept[local] = value
        elif local == "href" and (element == "image" or element.endswith("Gradient")):
            kept["href"] = value
    return kept


def _refuse_unless_png(address: str) -> None:
    if not address.startswith(PNG_ADDRESS):
        raise LogoRefused("it refers to something outside itself")
    try:
        _png_sides(b64decode(address.removeprefix(PNG_ADDRESS)))
    except NotBase64 as error:
        raise LogoRefused("the PNG is damaged") from error


def _declarations(style: str) -> dict[str, str]:
    pairs = (declaration.partition(":") for declaration in style.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip() in PRESENTATION}


def _sized(attributes: dict[str, str]) -> dict[str, str]:
    """Give the outermost element's attributes, with a view box in any case and no size: where it stands decides."""
    if "viewBox" not in attributes:
        sides = [re.fullmatch(rf"({_NUMBER})(?:px)?", attributes.get(side, "")) for side in ("width", "height")]
        attributes["viewBox"] = "0 0 " + " ".join(side[1] if side else "?" for side in sides)
    box = re.fullmatch(rf"\s*-?{_NUMBER}[\s,]+-?{_NUMBER}[\s,]+({_NUMBER})[\s,]+({_NUMBER})\s*", attributes["viewBox"])
    if not box or not (float(box[1]) > 0 and float(box[2]) > 0):
        raise LogoRefused("it doesn't say how large it is")
    return {"xmlns": SVG} | {name: value for name, value in attributes.items() if name not in {"width", "height"}}
