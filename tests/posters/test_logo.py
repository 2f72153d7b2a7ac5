"""A logo may be drawn by whoever designed it, and may do nothing but be looked at."""

import io
from base64 import b64decode
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from surveyapp.posters.logo import LARGEST_PNG, LARGEST_SVG, PNG, PNG_ADDRESS, LogoRefused, safe_logo, safe_svg
from surveyapp.posters.poster import screen_pngs
from surveyapp.typesetting.pages import PictureDamaged
from tests.posters.reading import elements, opened, printed
from tests.posters.samples import FONTS, png, sample_poster

SVG = 'xmlns="http://www.w3.org/2000/svg"'
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside: str, attributes: str = 'viewBox="0 0 60 20"') -> str:
    return f"<svg {SVG} {XLINK} {attributes}>{inside}</svg>"


FROM_A_DRAWING_PROGRAM = f"""<?xml version="1.0" encoding="ISO-8859-1" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<!-- Made with a drawing program -->
<svg {SVG} {XLINK} xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
     xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" version="1.1" id="logo"
     width="60" height="20px" inkscape:version="1.2">
  <title>Egebo &amp; søn</title>
  <metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>
  <sodipodi:namedview pagecolor="#fff"><inkscape:grid type="xygrid"/></sodipodi:namedview>
  <defs>
    <linearGradient id="a"><stop offset="0" style="stop-color:#cc3333;stop-opacity:1"/></linearGradient>
    <linearGradient id="b" xlink:href="#a" gradientUnits="userSpaceOnUse"/>
  </defs>
  <g inkscape:label="Lag 1" transform="translate(0,0)">
    <path style="fill:url(#b);-inkscape-stroke:none" fill="#000000" d="M0 0h60v20H0z" class="big" data-name="x"/>
    <path fill="rgb(204, 51, 51)" d="M1 1h58v18H1z"/>
  </g>
</svg>"""


def test_a_drawing_keeps_its_shapes_and_colours_and_loses_the_programs_notes() -> None:
    clean = ElementTree.fromstring(safe_svg(FROM_A_DRAWING_PROGRAM))
    assert clean.attrib["viewBox"] == "0 0 60 20"
    tags = [element.tag.rpartition("}")[2] for element in clean.iter()]
    assert tags == ["svg", "title", "defs", "linearGradient", "stop", "linearGradient", "g", "path", "path"]
    one, other = clean.iter("{http://www.w3.org/2000/svg}path")
    assert one.attrib == {"fill": "url(#b)", "d": "M0 0h60v20H0z"}
    assert other.attrib["fill"] == "rgb(204, 51, 51)"
    assert clean[0].text == "Egebo & søn"


def test_what_was_cleaned_once_stays_as_it_is() -> None:
    assert safe_svg(safe_svg(FROM_A_DRAWING_PROGRAM)) == safe_svg(FROM_A_DRAWING_PROGRAM)


@pytest.mark.parametrize("product", ["a4", "flyer", "slips", "strips"])
def test_a_drawn_logo_stands_on_the_sheet_in_its_own_colour(product: str) -> None:
    page = opened(sample_poster("da", "ar", logo=FROM_A_DRAWING_PROGRAM), product=product)[0]
    drawn = page.get_pixmap(dpi=36, alpha=False)
    seen = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples).getcolors(1 << 20) or []
    assert sum(count for count, colour in seen if colour == pytest.approx((204, 51, 51), abs=2)) > 20


def test_a_drawn_logo_stands_on_a_screen() -> None:
    [picture] = screen_pngs(sample_poster("da", logo=FROM_A_DRAWING_PROGRAM), font_paths=FONTS, screen="portrait")
    counted = Image.open(io.BytesIO(picture)).convert("RGB").getcolors(1 << 20) or []
    assert {colour: count for count, colour in counted}[204, 51, 51] > 1000


MALICIOUS = {
    "script": svg("<script>alert(1)</script>"),
    "script with a prefix": '<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><s:script/></s:svg>',
    "onload": svg("", 'viewBox="0 0 1 1" onload="alert(1)"'),
    "ONCLICK": svg('<path d="M0 0" ONCLICK="alert(1)"/>'),
    "HTML": svg('<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'),
    "HTML alone": svg('<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x" onerror="alert(1)"/>'),
    "picture from afar": svg('<image href="https://track.example/x.png"/>'),
    "picture that is none": svg('<image href="data:image/png;base64,AAAA"/>'),
    "picture of another kind": svg('<image href="data:image/svg+xml;base64,AAAA"/>'),
    "picture in no letters": svg('<image href="data:image/png;base64,A"/>'),
    "use from afar": svg('<use xlink:href="https://a.example/x.svg#y"/>'),
    "clones of clones": svg('<g id="a"><path d="M0 0"/></g><use href="#a"/>'),
    "link": svg('<a href="javascript:alert(1)"><path d="M0 0"/></a>'),
    "animation": svg('<animate attributeName="href" to="javascript:alert(1)"/>'),
    "gradient from afar": svg('<linearGradient id="a" xlink:href="https://a.example/#b"/>'),
    "gradient of script": svg('<linearGradient id="a" href="javascript:alert(1)"/>'),
    "paint from afar": svg('<path d="M0 0" fill="url(https://a.example/#p)"/>'),
    "paint in disguise": svg(r'<path d="M0 0" fill="u\72l(https://a.example/#p)"/>'),
    "style from afar": svg('<path d="M0 0" style="fill:red;background:url(//a.example/x)"/>'),
    "style in capitals": svg('<path d="M0 0" style="fill: URL( &quot;https://a.example&quot; )"/>'),
    "style sheet": svg("<style>@import 'https://a.example/x.css';</style>"),
    "style sheet outside": '<?xml-stylesheet href="https://a.example/x.css"?>' + svg(""),
    "entities": f'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg {SVG} viewBox="0 0 1 1">&b;</svg>',
    "a file of ours": f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg {SVG} viewBox="0 0 1 1">&a;</svg>',
    "text": svg("<text>Egebo</text>"),
    "filter": svg('<filter id="a"><feImage href="https://a.example"/></filter>'),
    "pattern": svg('<pattern id="a"/>'),
    "thousands deep": svg("<g>" * 5000 + "</g>" * 5000),
    "no size": svg("", 'width="100%"'),
    "no area": svg("", 'viewBox="0 0 0 20"'),
    "an endless number": svg("", f'viewBox="0 0 {"1" * 90_000}x 1"'),
    "no numbers": svg("", 'viewBox="0 0 NaN 20"'),
    "HTML page": "<html><body/></html>",
    "another svg": '<svg viewBox="0 0 1 1"/>',
    "damaged": svg("<path"),
    "nothing": "",
    "broken letters": "\ud800",
    "large": svg("<!--" + "x" * LARGEST_SVG + "-->"),
    "20 MB": svg('<path d="' + "M0 0" * 5_000_000 + '"/>'),
}


@pytest.mark.parametrize("drawing", MALICIOUS.values(), ids=MALICIOUS)
def test_a_drawing_that_could_do_more_than_be_looked_at_is_refused(drawing: str) -> None:
    with pytest.raises(LogoRefused):
        safe_svg(drawing)


@pytest.mark.parametrize(
    ("drawing", "reason"),
    [
        ("script", r"nothing but shapes.*<script>"),
        ("onload", r"script \(onload\)"),
        ("HTML", "<foreignObject>"),
        ("paint from afar", r"outside itself \(fill\)"),
        ("text", "turn the text into paths"),
        ("style sheet", "presentation attributes"),
        ("no size", "how large"),
        ("large", "100,000 bytes"),
    ],
)
def test_the_reason_says_what_to_change(drawing: str, reason: str) -> None:
    with pytest.raises(LogoRefused, match=reason):
        safe_svg(MALICIOUS[drawing])


def test_no_poster_is_printed_with_a_refused_logo() -> None:
    with pytest.raises(LogoRefused, match="<script>"):
        printed(sample_poster("da", logo=MALICIOUS["script"]))


def test_a_png_becomes_a_drawing_that_holds_it_unchanged() -> None:
    logo = safe_logo(png(60, 20))
    [picture] = ElementTree.fromstring(logo)
    assert b64decode(picture.attrib["href"].removeprefix(PNG_ADDRESS)) == png(60, 20)
    assert safe_svg(logo) == logo


def test_a_png_stands_on_the_sheet_in_its_proportions_and_is_named_after_its_organisation() -> None:
    sheet = opened(sample_poster("da", "ar", logo=safe_logo(png(60, 20))))
    [picture] = sheet[0].get_image_info()
    width, height = (picture["bbox"][2] - picture["bbox"][0], picture["bbox"][3] - picture["bbox"][1])
    assert width / height == pytest.approx(3, rel=0.01)
    root: Any = PdfReader(io.BytesIO(printed(sample_poster("da", logo=safe_logo(png(60, 20)))))).trailer["/Root"]
    assert "Boligforeningen Egebo" in [tag.get("/Alt") for tag in elements(root["/StructTreeRoot"])]


@pytest.mark.parametrize(
    ("picture", "reason"),
    [
        (png(60_000, 60_000, bytes(1000)), "pixels wide and high"),
        (png(60, 20) + bytes(LARGEST_PNG), "bytes at most"),
        (png(60, 20)[:-20], "damaged"),
        (png(60, 20).replace(b"IDAT", b"IDAU"), "damaged"),
        (PNG, "damaged"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "no SVG picture"),
        (b"", "no SVG picture"),
    ],
    ids=["unfolds", "huge", "cut off", "changed on its way", "only a start", "JPEG", "nothing"],
)
def test_a_picture_that_could_harm_or_is_damaged_is_refused(picture: bytes, reason: str) -> None:
    with pytest.raises(LogoRefused, match=reason):
        safe_logo(picture)


def test_a_png_whose_pixels_are_damaged_is_refused_by_the_printer() -> None:
    with pytest.raises(PictureDamaged):
        printed(sample_poster("da", logo=safe_logo(png(600, 200, bytes(1000)))))
