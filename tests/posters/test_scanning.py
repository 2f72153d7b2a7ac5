"""Every code of a printed batch is read from bad photographs of its sheet, by a decoder that didn't make it."""

from collections.abc import Callable

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from surveyapp.posters.qr import printed_address
from tests.posters.reading import opened
from tests.posters.samples import sample_poster

PLACES = (
    ("https://svar.egebo.example/K7M4QX", "courtyard"),
    ("https://svar.egebo.example/0ZT9WA", "laundry"),
    ("http://192.168.1.5:8000/AB2CD3", "shopping_centre"),
    ("http://a.dk/1H5RWN", "school"),
    ("https://undersoegelse.det-boligsociale-faellessekretariat.example/9XYZVT", "event"),
)
Photograph = Callable[[Image.Image], Image.Image]


@pytest.fixture(scope="module")
def sheets() -> list[Image.Image]:
    """The batch's sheets at 150 pixels per inch."""
    batch = [sample_poster("da", "en", "ar", address=address, kind=kind) for address, kind in PLACES]
    drawings = [page.get_pixmap(dpi=150, alpha=False) for page in opened(*batch)]
    return [Image.frombytes("RGB", (one.width, one.height), one.samples) for one in drawings]


def turned(degrees: float) -> Photograph:
    return lambda sheet: sheet.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="#aaa")


def from_the_side(sheet: Image.Image) -> Image.Image:
    """The right edge is farther away than the left, and the top farther than the bottom."""
    width, height = sheet.size
    seen = ((0, 0), (width * 0.8, height * 0.12), (width * 0.85, height * 0.9), (width * 0.05, height))
    there = ((0, 0), (width, 0), (width, height), (0, height))
    equations, wanted = [], []
    for (x, y), (u, v) in zip(seen, there, strict=True):
        equations += [(x, y, 1, 0, 0, 0, -u * x, -u * y), (0, 0, 0, x, y, 1, -v * x, -v * y)]
        wanted += [u, v]
    numbers = np.linalg.solve(np.array(equations, dtype=float), np.array(wanted, dtype=float))
    return sheet.transform(
        sheet.size, Image.Transform.PERSPECTIVE, numbers.tolist(), Image.Resampling.BICUBIC, fillcolor="#aaa"
    )


def blurred(sheet: Image.Image) -> Image.Image:
    return sheet.filter(ImageFilter.GaussianBlur(4))


def noisy(sheet: Image.Image, deviation: float = 45) -> Image.Image:
    noise = np.random.default_rng(7).normal(0, deviation, (sheet.height, sheet.width, 1))
    return Image.fromarray(np.clip(np.asarray(sheet, dtype=float) + noise, 0, 255).astype(np.uint8))


def far_away(sheet: Image.Image) -> Image.Image:
    return sheet.resize((sheet.width // 5, sheet.height // 5), Image.Resampling.BOX)


def printed_grey(sheet: Image.Image) -> Image.Image:
    """A nearly empty cartridge on recycled paper."""
    return sheet.convert("L").point(lambda grey: 110 + grey * 90 // 255)


def all_at_once(sheet: Image.Image) -> Image.Image:
    small = sheet.resize((sheet.width // 2, sheet.height // 2), Image.Resampling.BOX)
    return noisy(turned(12)(printed_grey(small).filter(ImageFilter.GaussianBlur(1)).convert("RGB")), deviation=12)


@pytest.mark.parametrize(
    "photograph",
    [turned(25), turned(-25), from_the_side, blurred, noisy, far_away, printed_grey, all_at_once],
    ids=["turned 25", "turned -25", "from the side", "blurred", "noisy", "far away", "printed grey", "all at once"],
)
def test_every_code_of_the_batch_is_read_as_its_placements_address(
    sheets: list[Image.Image], photograph: Photograph
) -> None:
    read = [[code.text for code in zxingcpp.read_barcodes(photograph(sheet))] for sheet in sheets]
    assert read == [[printed_address(address)] for address, _ in PLACES]
