"""The code that a phone reads and the address that a person types."""

from xml.etree import ElementTree

import pytest
import zxingcpp
from PIL import Image

from surveyapp.posters.qr import code_svg, domain, modules, printed_address, scanning_distance_cm, typed_code
from tests.posters.reading import pymupdf

HOME = "https://svar.egebo.example/K7M4QX"


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        (HOME, "HTTPS://SVAR.EGEBO.EXAMPLE/K7M4QX"),
        ("http://192.168.1.5:8000/K7M4QX", "HTTP://192.168.1.5:8000/K7M4QX"),
        ("https://Svar.Egebo.example/k7m4qx", "HTTPS://SVAR.EGEBO.EXAMPLE/K7M4QX"),
        ("https://svar.ældrebo.dk/K7M4QX", "HTTPS://SVAR.XN--LDREBO-OUA.DK/K7M4QX"),
    ],
)
def test_the_printed_address_is_in_capitals_and_leads_to_the_same_place(url: str, printed: str) -> None:
    assert printed_address(url) == printed


@pytest.mark.parametrize(
    "url",
    [
        "svar.egebo.example/K7M4QX",
        "ftp://svar.egebo.example/K7M4QX",
        "https:///K7M4QX",
        "https://someone@svar.egebo.example/K7M4QX",
        "https://svar.egebo.example/",
        "https://svar.egebo.example/survey/K7M4QX",
        "https://svar.egebo.example/K7M4QX?lang=ar",
        "https://svar.egebo.example/K7M4QX#top",
    ],
)
def test_an_address_that_capitals_could_change_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="address"):
        printed_address(url)


def test_what_is_typed_is_the_domain_with_its_port_and_the_code_in_threes() -> None:
    assert (domain(HOME), typed_code(HOME)) == ("svar.egebo.example", "K7M 4QX")
    assert domain("http://192.168.1.5:8000/K7M4QX") == "192.168.1.5:8000"
    assert typed_code("https://a.dk/k7m4qx") == "K7M 4QX"


def test_capitals_keep_the_code_coarse() -> None:
    assert len(modules(HOME, "courtyard")) == 29
    assert len(modules(HOME, "laundry")) == 25


def picture(svg: str, side: int = 400) -> Image.Image:
    page = pymupdf.open(stream=svg.encode(), filetype="svg")[0]
    drawn = page.get_pixmap(matrix=pymupdf.Matrix(side / page.rect.width, side / page.rect.width), alpha=False)
    return Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples)


@pytest.mark.parametrize(("kind", "level"), [("courtyard", "Q"), ("laundry", "M")])
def test_the_code_alone_is_read_as_the_address_with_the_level_of_its_place(kind: str, level: str) -> None:
    [read] = zxingcpp.read_barcodes(picture(code_svg(modules(HOME, kind), "QR-kode")))
    assert read.text == printed_address(HOME)
    assert read.ec_level == level


def test_the_code_alone_is_one_black_path_with_four_white_modules_around_it() -> None:
    svg = code_svg(modules(HOME, "courtyard"), 'Code "A" <&>')
    root = ElementTree.fromstring(svg)
    assert root.attrib["viewBox"] == "0 0 37 37"
    assert root.attrib["aria-label"] == 'Code "A" <&>'
    assert len(root) == 2
    inked = picture(svg, 370).convert("L").point(lambda grey: 255 * (grey < 128)).getbbox()
    assert inked == (40, 40, 330, 330)


def test_the_path_draws_every_dark_module_and_no_other() -> None:
    rows = modules(HOME, "courtyard")
    drawn = picture(code_svg(rows, "QR-kode", quiet_zone=0), 290).convert("L")
    assert [[drawn.getpixel((10 * x + 5, 10 * y + 5)) == 0 for x in range(29)] for y in range(29)] == rows


@pytest.mark.parametrize(("width", "distance"), [(100, 75), (79, 59), (17.1, 12)])
def test_a_code_is_read_from_ten_times_its_width_less_a_quarter(width: float, distance: int) -> None:
    assert scanning_distance_cm(width) == distance
