"""Every code of a printed batch is read from bad photographs of its sheet, by a decoder that didn't make it."""

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from surveyapp.posters.poster import Screen, screen_pngs
from surveyapp.posters.qr import printed_address
from tests.posters.reading import POINTS_PER_MM, code_boxes, grown, opened
from tests.posters.samples import FONTS, sample_poster

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


def far_from(factor: int) -> Photograph:
    return lambda sheet: sheet.resize((sheet.width // factor, sheet.height // factor), Image.Resampling.BOX)


far_away = far_from(5)


def printed_grey(sheet: Image.Image) -> Image.Image:
    """A nearly empty cartridge on recycled paper."""
    return sheet.convert("L").point(lambda grey: 110 + grey * 90 // 255)


def all_at_once(sheet: Image.Image) -> Image.Image:
    small = sheet.resize((sheet.width // 2, sheet.height // 2), Image.Resampling.BOX)
    return noisy(turned(12)(printed_grey(small).filter(ImageFilter.GaussianBlur(1)).convert("RGB")), deviation=12)


every_photograph = pytest.mark.parametrize(
    "photograph",
    [turned(25), turned(-25), from_the_side, blurred, noisy, far_away, printed_grey, all_at_once],
    ids=["turned 25", "turned -25", "from the side", "blurred", "noisy", "far away", "printed grey", "all at once"],
)


@every_photograph
def test_every_code_of_the_batch_is_read_as_its_placements_address(
    sheets: list[Image.Image], photograph: Photograph
) -> None:
    read = [[code.text for code in zxingcpp.read_barcodes(photograph(sheet))] for sheet in sheets]
    assert read == [[printed_address(address)] for address, _ in PLACES]


def held_before_the_camera(page: Any, box: Any) -> Image.Image:
    """One code with what stands around it, as large in the picture as a poster's at 150 pixels per inch."""
    around = grown(box, box.width * 0.5) & page.rect
    drawn = page.get_pixmap(dpi=round(150 * 79 * POINTS_PER_MM / box.width), clip=around, alpha=False)
    return Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples)


@pytest.fixture(scope="module")
def small_codes() -> dict[str, list[Image.Image]]:
    """The codes of a flyer, a sheet of slips and a sheet with strips, by address; of long addresses one of each."""
    codes: dict[str, list[Image.Image]] = {}
    for address, kind in (PLACES[0], PLACES[4]):
        poster = sample_poster("da", "en", "ar", address=address, kind=kind)
        pages = [opened(poster, product=product)[0] for product in ("flyer", "slips", "strips")]
        boxes = [(page, box) for page in pages for box in code_boxes(page)[-1 if codes else 0 :]]
        codes[address] = [held_before_the_camera(page, box) for page, box in boxes]
    return codes


@every_photograph
def test_the_codes_of_flyers_slips_and_strips_are_read_too(
    small_codes: dict[str, list[Image.Image]], photograph: Photograph
) -> None:
    for (address, pictures), number in zip(small_codes.items(), (1 + 8 + 9, 3), strict=True):
        read = [[code.text for code in zxingcpp.read_barcodes(photograph(picture))] for picture in pictures]
        assert read == [[printed_address(address)]] * number


@pytest.mark.parametrize("screen", ["portrait", "landscape"])
def test_the_code_on_a_screen_is_read_across_a_shopping_centre(screen: Screen) -> None:
    for address, kind in PLACES[2:]:
        poster = sample_poster("da", "en", "ar", "so", "ti", "ur", address=address, kind=kind)
        [picture] = screen_pngs(poster, font_paths=FONTS, screen=screen)
        seen = Image.open(io.BytesIO(picture)).convert("RGB")
        for photograph in (far_from(4), turned(25), from_the_side):
            [code] = zxingcpp.read_barcodes(photograph(seen))
            assert code.text == printed_address(address)
