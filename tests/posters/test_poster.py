"""What hangs on the wall: the right words in the right order, large enough, inside the sheet, the same every time."""

import io
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PdfReader

from surveyapp.posters.poster import PosterText, Product
from surveyapp.posters.qr import modules
from tests.posters.reading import (
    POINTS_PER_MM,
    bare,
    code_box,
    elements,
    grown,
    inked,
    letters,
    opened,
    printed,
    pymupdf,
    read_aloud,
    sizes,
    spans,
    words,
)
from tests.posters.samples import TEXTS, sample_poster

SIX = ("da", "en", "ar", "so", "ti", "ur")


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_every_sentence_can_be_read_from_the_file_in_every_language(language: str) -> None:
    text = TEXTS[language]
    read = read_aloud(printed(sample_poster(language, synthetic_note=None)))
    for sentence in re.split("[.።۔]", f"{text.headline}.{text.invitation}.{text.privacy}"):
        assert f" {bare(sentence)} ".replace("  ", " ") in read


@pytest.mark.parametrize("language", ["en", "ar", "so", "ti", "ur", "ckb"])
def test_the_sentences_of_another_language_stand_in_their_order_beside_the_first(language: str) -> None:
    text = TEXTS[language]
    read = bare(words(opened(sample_poster("da", language))[0]))
    assert bare(f"{text.headline} {text.invitation} {text.privacy}") in read


def test_arabic_stands_on_the_page_from_right_to_left_and_ends_with_its_full_stop() -> None:
    page = opened(sample_poster("da", "en", "ar"))[0]
    first, last = (page.search_for(word)[0] for word in ("كيف", "هنا"))
    assert first.x0 > last.x1
    assert first.x1 == pytest.approx(page.rect.width - 21 * POINTS_PER_MM, abs=3)
    stop = min(letters(page, TEXTS["ar"].privacy), key=lambda letter: float(letter["origin"][0]))
    assert stop["c"] == "."


def test_a_poster_says_who_asks_where_to_type_until_when_and_whom_to_ask() -> None:
    read = read_aloud(printed(sample_poster("da", "ar")))
    for fact in (
        "Eksempel med opdigtede navne og tal",
        "Boligforeningen Egebo Egeparken",
        "Gården ved nr 12",
        "Eller skriv på telefonen svar egebo example K7M 4QX",
        "Åben til 30 november 2025",
        "Spørgsmål Karin Holm 12 34 56 78",
        "Sammen med Supermarkedet Vaskeriet IT huset",
    ):
        assert fact in read


def test_only_an_example_is_called_one() -> None:
    assert "opdigtede" not in read_aloud(printed(sample_poster("da", synthetic_note=None)))


def test_five_others_share_the_first_sheet_and_the_rest_get_a_second_with_the_code_again() -> None:
    languages = ("da", "en", "ar", "so", "ti", "ur", "tr", "uk")
    first, second = opened(sample_poster(*languages))
    for language in languages[1:6]:
        assert TEXTS[language].headline.split()[0] in words(first)
    for language in languages[6:]:
        assert TEXTS[language].headline.split()[0] in words(second)
        assert TEXTS[language].headline.split()[0] not in words(first)
    assert code_box(second).width == pytest.approx(code_box(first).width)
    assert "K7M 4QX" in words(second)
    assert TEXTS["da"].privacy in words(second)


@pytest.mark.parametrize(
    "languages",
    [("da",), ("da", "ar"), ("da", "en", "ar"), ("de", "ar", "tr", "fa", "ur"), SIX, ("uk", *sorted(TEXTS))],
)
def test_headlines_and_the_code_can_be_read_from_three_metres(languages: tuple[str, ...]) -> None:
    others = list(dict.fromkeys(languages))[1:]
    for sheet, page in enumerate(opened(sample_poster(languages[0], *others))):
        assert min(sizes(page, TEXTS[languages[0]].headline)) >= 40
        for language in others[5 * sheet : 5 * sheet + 5]:
            assert min(sizes(page, TEXTS[language].headline)) >= 20
        assert min(sizes(page, "K7M 4QX")) >= 40
        assert min(span["size"] for span in spans(page)) >= 9


@pytest.mark.parametrize("kind", ["courtyard", "laundry"])
@pytest.mark.parametrize("address", ["https://svar.egebo.example/K7M4QX", "http://a.dk/K7M4QX"])
def test_the_code_is_at_least_78_mm_wide_and_keeps_its_quiet_zone(kind: str, address: str) -> None:
    page = opened(sample_poster(*SIX, kind=kind, address=address))[0]
    box = code_box(page)
    measured = inked(page, grown(box, 2))
    assert measured is not None
    left, top, right, bottom = measured
    assert right - left >= 78
    assert bottom - top >= 78
    quiet_zone = box.width * 4 / len(modules(address, kind))
    assert inked(page, grown(box, quiet_zone - 0.5)) == pytest.approx(measured, abs=0.2)


@pytest.mark.parametrize(("product", "width", "height"), [("a4", 210, 297), ("a3", 297, 420)])
def test_the_sheet_has_the_size_asked_for(product: Product, width: int, height: int) -> None:
    page = opened(sample_poster(*SIX), product=product)[0]
    assert (page.rect.width / POINTS_PER_MM, page.rect.height / POINTS_PER_MM) == pytest.approx(
        (width, height), abs=0.1
    )
    assert code_box(page).width / POINTS_PER_MM == pytest.approx(79 * width / 210, abs=0.5)


def test_the_same_input_gives_the_same_bytes_at_any_time_and_another_placement_others() -> None:
    poster = sample_poster(*SIX)
    assert printed(poster) == printed(poster)
    assert not re.findall(rb"D:20\d\d|20\d\d-\d\d-\d\dT", printed(poster))
    assert printed(poster) != printed(replace(poster, address="https://svar.egebo.example/K7M4QY"))


NASTY = [
    '#panic() *bold* _thin_ `raw` $x^2$ [a] <b> @c ~ // \\ {1} "q" = 1',
    "=" * 200,
    "Boligforeningen-" * 12 + "Egebo 12",
    "Donaudampfschifffahrtsgesellschaft" * 6,
    "Øster " * 33 + "to",
]


@pytest.mark.parametrize("nasty", NASTY, ids=["markup", "signs", "hyphens", "one word", "many words"])
def test_any_name_is_printed_as_it_is_and_inside_the_sheet(nasty: str) -> None:
    text = PosterText("en", "ltr", nasty, nasty, nasty)
    poster = sample_poster("da", "ar", "so", organisation=nasty, area=nasty, place=nasty, contact=nasty, closes=nasty)
    poster = replace(poster, partners=(nasty,) * 4, synthetic_note=nasty, texts=(*poster.texts, text))
    pages = opened(poster, replace(poster, texts=(text,)))
    for page in pages:
        assert all(pymupdf.Rect(span["bbox"]) in grown(page.rect, -25) for span in spans(page))
        assert "".join(words(page).split()).count("".join(nasty.split())) >= 8
    assert len(pages) == 2


def test_control_characters_and_broken_letters_are_left_out_of_a_name() -> None:
    assert "Gården ved nr. 12" in words(opened(sample_poster("da", place="\tGården\x00 ved\nnr.\ud800 12 "))[0])


@pytest.mark.parametrize("language", ["ar", "fa", "ur", "ckb", "ti"])
def test_lines_of_tall_scripts_do_not_touch(language: str) -> None:
    """Every line beside the code or below it, of a headline and of the small text, has a row without ink above it."""
    text = replace(TEXTS[language], headline=f"{TEXTS[language].headline} {TEXTS[language].headline}")
    page = opened(sample_poster("da", texts=(TEXTS["da"], text)))[0]
    code, typed, foot = code_box(page), page.search_for("4QX")[0], page.search_for("Åben til")[0]
    beside = pymupdf.Rect(code.x1 + 20, typed.y1 - 5, page.rect.x1 - 30, code.y1 + 5)
    below = pymupdf.Rect(code.x0, code.y1 + 5, page.rect.x1 - 30, foot.y0 - 10)

    def lines_in(area: Any) -> set[int]:
        return {round(span["origin"][1]) for span in spans(page) if area.contains(pymupdf.Point(span["origin"]))}

    column = max(beside, below, key=lambda area: len(lines_in(area)))
    lines = lines_in(column)
    drawn = page.get_pixmap(dpi=200, clip=column, colorspace=pymupdf.csGRAY)
    rows = [min(drawn.samples[y * drawn.stride : y * drawn.stride + drawn.width]) < 160 for y in range(drawn.height)]
    assert len(lines) >= 3
    assert sum(now and not before for before, now in pairwise([False, *rows])) >= len(lines)


def test_the_file_is_tagged_names_its_language_and_describes_the_code() -> None:
    reader = PdfReader(io.BytesIO(printed(sample_poster(*SIX))))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "da"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Plakater til Egeparken"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    tags = list(elements(root["/StructTreeRoot"]))
    assert [tag["/S"] for tag in tags if tag["/S"] in ("/H1", "/H2", "/H3")] == ["/H1"] + ["/H2"] * 5
    assert [tag["/Alt"] for tag in tags if "/Alt" in tag] == ["QR-kode: HTTPS://SVAR.EGEBO.EXAMPLE/K7M4QX"]
    assert {tag["/Lang"] for tag in tags if "/Lang" in tag} == set(SIX)


def test_every_font_is_embedded_and_only_ours_are_used() -> None:
    document = opened(sample_poster(*SIX))
    fonts = {(name.split("+")[-1].split("-")[0], extension) for _, extension, _, name, *_ in document.get_page_fonts(0)}
    assert fonts == {("NotoSans", "ttf"), ("NotoNaskhArabic", "ttf"), ("NotoSansEthiopic", "ttf")}


def test_a_poster_in_a_right_to_left_language_is_mirrored() -> None:
    page = opened(sample_poster("ar", "da"))[0]
    assert code_box(page).x0 > page.rect.width / 2
    assert page.search_for("K7M 4QX")[0].x1 < page.rect.width / 2


def test_every_word_stands_out_when_printed_without_colour() -> None:
    page = opened(sample_poster(*SIX))[0]
    for span in spans(page):
        grey = page.get_pixmap(dpi=150, clip=pymupdf.Rect(span["bbox"]), colorspace=pymupdf.csGRAY).samples
        assert max(grey) - min(grey) > 120, span["text"]


def test_a_poster_that_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="no placement"):
        printed()
    with pytest.raises(ValueError, match="at least one language"):
        printed(sample_poster())
    with pytest.raises(ValueError, match="not a colour"):
        printed(sample_poster("da", accent="teal"))
    with pytest.raises(ValueError, match="not the address"):
        printed(sample_poster("da", address="https://svar.egebo.example/"))
