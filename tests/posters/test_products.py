"""Flyers, slips, strips and pictures for screens: sized for the hand, the letter box and the shopping centre."""

import io
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from surveyapp.posters.poster import PRODUCTS, SCREENS, PosterText, Product, Screen, posters_pdf, screen_pngs
from surveyapp.posters.qr import modules
from surveyapp.typesetting.fonts import CharacterMissing, FontMissing
from tests.posters.reading import (
    POINTS_PER_MM,
    bare,
    code_boxes,
    elements,
    grown,
    inked,
    opened,
    printed,
    pymupdf,
    read_aloud,
    spans,
    words,
)
from tests.posters.samples import FONTS, TEXTS, sample_poster
from tests.posters.test_poster import NASTY

FOUR = ("da", "ar", "ti", "so")
EIGHT = ("da", "en", "ar", "so", "ti", "ur", "tr", "uk")
SMALL: tuple[Product, ...] = ("flyer", "slips", "strips")
every_small_product = pytest.mark.parametrize("product", SMALL)


@pytest.mark.parametrize(
    ("product", "width", "height", "codes"),
    [("flyer", 148, 210, [48]), ("slips", 210, 297, [28] * 8), ("strips", 210, 297, [54] + [17.1] * 8)],
)
def test_every_product_has_its_paper_and_its_codes(
    product: Product, width: int, height: int, codes: list[float]
) -> None:
    page = opened(sample_poster(*FOUR), product=product)[0]
    assert (page.rect.width / POINTS_PER_MM, page.rect.height / POINTS_PER_MM) == pytest.approx(
        (width, height), abs=0.1
    )
    found = sorted((box.width / POINTS_PER_MM for box in code_boxes(page)), reverse=True)
    assert found == pytest.approx(codes, abs=0.3)


@every_small_product
@pytest.mark.parametrize("address", ["https://svar.egebo.example/K7M4QX", "http://a.dk/K7M4QX"])
def test_nothing_stands_in_the_quiet_zone_of_any_code(product: Product, address: str) -> None:
    page = opened(sample_poster(*FOUR, address=address, kind="laundry"), product=product)[0]
    for box in code_boxes(page):
        quiet_zone = box.width * 4 / len(modules(address, "laundry"))
        alone, around = (inked(page, grown(box, margin), dpi=400) for margin in (1, quiet_zone - 0.5))
        assert around == pytest.approx(alone, abs=0.2)


@every_small_product
@pytest.mark.parametrize("language", ["ar", "ti", "ur", "so"])
def test_every_language_and_fact_can_be_read_from_the_file(product: Product, language: str) -> None:
    for order in (("da", language), (language, "da")):
        read = read_aloud(printed(sample_poster(*order), product=product))
        for text in (TEXTS["da"], TEXTS[language]):
            for sentence in (text.headline, text.privacy):
                assert f" {bare(sentence)} " in read
        facts = "Boligforeningen Egebo Egeparken", "svar egebo example", "K7M 4QX", "30 november 2025"
        for fact in (*facts, "Eksempel med opdigtede navne og tal"):
            assert fact in read


@every_small_product
def test_languages_beyond_one_side_stand_on_the_back_with_the_code_again(product: Product) -> None:
    others = PRODUCTS[product].others
    pages = opened(sample_poster(*EIGHT), product=product)
    assert len(pages) == -(-7 // others)
    for number, page in enumerate(pages):
        there = {language for language in EIGHT if bare(TEXTS[language].privacy) in bare(words(page))}
        assert there == {"da", *EIGHT[1 + number * others : 1 + (number + 1) * others]}
        assert "K7M 4QX" in words(page)


@pytest.mark.parametrize(("product", "least"), [("flyer", 7), ("slips", 6.5), ("strips", 7)])
@pytest.mark.parametrize("lead", ["da", "de", "ar", "ti"])
def test_words_are_large_enough_for_the_hand(product: Product, least: float, lead: str) -> None:
    for page in opened(sample_poster(lead, *(one for one in EIGHT if one != lead)), product=product):
        assert min(span["size"] for span in spans(page)) >= least


@every_small_product
@pytest.mark.parametrize("nasty", NASTY, ids=["markup", "signs", "hyphens", "one word", "many words"])
def test_any_name_is_printed_as_it_is_and_inside_the_sheet(product: Product, nasty: str) -> None:
    text = PosterText("en", "ltr", nasty, nasty, nasty)
    poster = sample_poster("da", "ar", organisation=nasty, area=nasty, place=nasty, contact=nasty, closes=nasty)
    poster = replace(poster, partners=(nasty,) * 4, synthetic_note=nasty, texts=(*poster.texts, text))
    for page in opened(poster, replace(poster, texts=(text,)), product=product):
        assert all(pymupdf.Rect(span["bbox"]) in grown(page.rect, -11) for span in spans(page))
        assert "".join(words(page).split()).count("".join(nasty.split())) >= 8


def test_three_cuts_make_slips_whose_words_stay_clear_of_the_scissors() -> None:
    page = opened(sample_poster(*FOUR), product="slips")[0]
    width, height = page.rect.width / 2, page.rect.height / 4
    seen: Counter[tuple[int, int]] = Counter()
    for span in spans(page):
        box = pymupdf.Rect(span["bbox"])
        column, row = int(box.x0 // width), int(box.y0 // height)
        slip = pymupdf.Rect(column * width, row * height, (column + 1) * width, (row + 1) * height)
        assert box in grown(slip, -5 * POINTS_PER_MM)
        seen[column, row] += 1
    assert len(seen) == 8
    assert len(set(seen.values())) == 1


def test_marks_show_where_to_cut_slips_and_strips() -> None:
    lines = [drawing["rect"] for drawing in opened(sample_poster("da"), product="slips")[0].get_drawings()]
    across = {round(line.x0 / POINTS_PER_MM, 1) for line in lines if line.width < 1 < line.height}
    down = {round(line.y0 / POINTS_PER_MM, 1) for line in lines if line.height < 1 < line.width}
    assert sorted(across) == pytest.approx([105], abs=0.1)
    assert sorted(down) == pytest.approx([74.25, 148.5, 222.75], abs=0.1)
    page = opened(sample_poster("da"), product="strips")[0]
    drawn = [drawing["rect"] for drawing in page.get_drawings()]
    cuts = [box for box in drawn if box.width < 1 and box.height > 60 * POINTS_PER_MM]
    assert len(cuts) == 7


def test_each_strip_carries_what_is_needed_at_home_and_reads_along_it() -> None:
    page = opened(sample_poster(*FOUR), product="strips")[0]
    lines = [line for block in page.get_text("dict")["blocks"] for line in block.get("lines", ())]
    along = [line for line in lines if abs(line["dir"][1]) == 1]
    read = Counter("".join(span["text"] for span in line["spans"]).strip() for line in along)
    assert read["Hvordan er det at bo her?"] == read["svar.egebo.example"] == read["K7M 4QX"] == 8
    assert sum(count for text, count in read.items() if "30. november 2025" in text) == 8


@every_small_product
def test_read_aloud_every_product_says_everything_once(product: Product) -> None:
    root: Any = PdfReader(io.BytesIO(printed(sample_poster(*FOUR), product=product))).trailer["/Root"]
    assert root["/Lang"] == "da"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    tags = list(elements(root["/StructTreeRoot"]))
    assert [tag["/S"] for tag in tags if tag["/S"] in ("/H1", "/H2", "/H3")] == ["/H1"] + ["/H2"] * 3
    assert [tag["/Alt"] for tag in tags if "/Alt" in tag] == ["QR-kode: HTTPS://SVAR.EGEBO.EXAMPLE/K7M4QX"]
    assert {tag["/Lang"] for tag in tags if "/Lang" in tag} | {"da"} == set(FOUR)


@pytest.mark.parametrize("product", PRODUCTS)
def test_the_same_input_gives_the_same_bytes(product: Product) -> None:
    poster = sample_poster(*EIGHT)
    assert printed(poster, product=product) == printed(poster, product=product)


def pictures(*languages: str, screen: Screen, **changes: Any) -> list[Image.Image]:
    made = screen_pngs(sample_poster(*languages, **changes), font_paths=FONTS, screen=screen)
    return [Image.open(io.BytesIO(one)).convert("RGB") for one in made]


every_screen = pytest.mark.parametrize("screen", SCREENS)


@pytest.mark.parametrize(("screen", "size"), [("portrait", (1080, 1920)), ("landscape", (1920, 1080))])
def test_a_screen_gets_exactly_its_pixels_and_more_languages_a_second_picture(
    screen: Screen, size: tuple[int, int]
) -> None:
    assert [picture.size for picture in pictures(*EIGHT[:6], screen=screen)] == [size]
    assert [picture.size for picture in pictures(*EIGHT, screen=screen)] == [size] * 2


@every_screen
@pytest.mark.parametrize("nasty", [None, *NASTY], ids=["ordinary", "markup", "signs", "hyphens", "one word", "many"])
def test_nothing_stands_at_the_edge_that_some_screens_cut_off(screen: Screen, nasty: str | None) -> None:
    names = {} if nasty is None else dict.fromkeys(("organisation", "area", "place", "contact", "closes"), nasty)
    for picture in pictures(*EIGHT, screen=screen, **names):
        ground = Image.new("RGB", picture.size, picture.getpixel((0, 0)))
        found = ImageChops.difference(picture, ground).getbbox()
        assert found is not None
        left, top, right, bottom = found
        assert min(left, top, picture.width - right, picture.height - bottom) >= 50


@every_screen
def test_the_same_poster_gives_the_same_picture_and_another_placement_another(screen: Screen) -> None:
    one, again, other = (
        screen_pngs(sample_poster("da", "ar", address=f"https://a.dk/{code}"), font_paths=FONTS, screen=screen)
        for code in ("K7M4QX", "K7M4QX", "K7M4QY")
    )
    assert one == again != other


def test_a_screen_shows_no_empty_boxes_for_letters_that_no_font_has(tmp_path: Any) -> None:
    with pytest.raises(CharacterMissing, match="🧑"):
        pictures("da", screen="portrait", area="Gården 🧑")
    with pytest.raises(FontMissing, match="ti"):
        screen_pngs(sample_poster("ti"), font_paths=[tmp_path], screen="portrait")


@every_small_product
def test_a_batch_has_every_placements_own_code(product: Product) -> None:
    codes = ("K7M4QX", "0ZT9WA", "AB2CD3")
    posters = [sample_poster("da", "ar", address=f"https://a.dk/{code}") for code in codes]
    pages = pymupdf.open(stream=posters_pdf(posters, title="Alle", font_paths=FONTS, product=product))
    assert [words(page).count(f"{code[:3]} {code[3:]}") for page, code in zip(pages, codes, strict=True)] == [
        {"flyer": 1, "slips": 8, "strips": 9}[product]
    ] * 3
