"""The form on paper: every word there and readable, a box for every answer, right to left where that is right."""

import io
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from surveyapp.posters.logo import LogoRefused
from surveyapp.posters.questionnaire import KEYS, PaperQuestionnaire, PaperStatement, questionnaires_pdf
from surveyapp.typesetting.fonts import CharacterMissing, FontMissing
from tests.posters.paper_samples import sample_questionnaire
from tests.posters.reading import POINTS_PER_MM, bare, elements, grown, pymupdf, read_aloud, spans, words
from tests.posters.samples import FONTS, TEXTS
from tests.posters.test_poster import NASTY


def form(language: str = "da", **changes: Any) -> bytes:
    return questionnaires_pdf([sample_questionnaire(language, **changes)], font_paths=FONTS)


def boxes(page: Any, side: float) -> list[Any]:
    """The squares of that side in millimetres."""
    drawn = (drawing["rect"] for drawing in page.get_drawings())
    return [one for one in drawn if (one.width, one.height) == pytest.approx((side * POINTS_PER_MM,) * 2, abs=1.5)]


def sentences(one: PaperQuestionnaire) -> list[str]:
    labels = one.labels
    return [
        *(one.title, one.introduction, one.privacy, one.return_to, one.organisation, one.area, one.reference),
        *(*labels.steps, labels.not_relevant, labels.dont_know, labels.statements, labels.exposures, labels.background),
        *(labels.instruction, labels.yes, labels.no, labels.if_yes, labels.prefer_not_to_say, labels.not_withdrawn),
        *(statement.text for statement in one.statements),
        *(asked.question for asked in one.exposures),
    ]


@pytest.mark.parametrize("language", ["da", "ar", "ti"])
def test_every_sentence_can_be_read_from_the_file(language: str) -> None:
    read = read_aloud(form(language))
    seen = set(read.split())
    for sentence in sentences(sample_questionnaire(language)):
        assert set(bare(sentence).split()) <= seen, sentence
    for whole in (sample_questionnaire(language).title, sample_questionnaire(language).return_to):
        for part in whole.replace("።", ".").split("."):
            assert bare(part) in read


def test_it_says_that_a_form_handed_in_cannot_be_taken_back() -> None:
    assert "så du kan ikke trække det tilbage" in words(pymupdf.open(stream=form())[0])


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_ten_statements_and_three_questions_take_two_sheets_and_stay_readable(language: str) -> None:
    pages = pymupdf.open(stream=form(language))
    assert len(pages) <= (2 if language in ("da", "ar", "ti", "de", "pl", "so") else 4)
    for page in pages:
        assert all(pymupdf.Rect(span["bbox"]) in grown(page.rect, -8 * POINTS_PER_MM) for span in spans(page))
        keys = [span for span in spans(page) if span["text"].strip() in KEYS]
        assert min(span["size"] for span in spans(page) if span not in keys) >= 6.5


def keys_in(page: Any, row: list[Any]) -> list[str]:
    """What stands within each of the boxes."""
    found = [(pymupdf.Rect(span["bbox"]), span["text"].strip()) for span in spans(page)]
    return ["".join(text for place, text in found if place.intersects(grown(box, -4))) for box in row]


def test_every_statement_has_seven_boxes_that_a_pen_fits_into_and_tells_its_keys() -> None:
    pages = pymupdf.open(stream=form())
    rows = [sorted(boxes(page, 6.5), key=lambda box: (round(box.y0), box.x0)) for page in pages]
    assert sum(len(row) for row in rows) == (10 + 3) * 7
    for page, row in zip(pages, rows, strict=True):
        assert keys_in(page, row) == list(KEYS) * (len(row) // 7)


def test_the_boxes_of_a_question_tell_its_keys_too() -> None:
    pages = pymupdf.open(stream=form())
    rows = [sorted(boxes(page, 5.5), key=lambda box: (round(box.y0), box.x0)) for page in pages]
    keys = [key for page, row in zip(pages, rows, strict=True) for key in keys_in(page, row)]
    assert keys == ["1", "2"] * (1 + 3) + list("12345") * 3


def test_a_form_of_a_draft_says_so_on_every_page() -> None:
    pages = pymupdf.open(stream=form(test_note="TEST · Brug ikke skemaet."))
    assert all("TEST · Brug ikke skemaet." in words(page) for page in pages)
    assert not any("TEST" in words(page) for page in pymupdf.open(stream=form()))


def test_forms_in_several_languages_make_one_file_and_each_counts_its_own_pages() -> None:
    forms = [sample_questionnaire(language) for language in ("da", "ar")]
    together = questionnaires_pdf(forms, font_paths=FONTS)
    pages = pymupdf.open(stream=together)
    assert [words(page).split()[-1] for page in pages] == ["1/2", "2/2"] * 2
    root: Any = PdfReader(io.BytesIO(together)).trailer["/Root"]
    languages = {tag["/Lang"] for tag in elements(root["/StructTreeRoot"]) if "/Lang" in tag}
    assert "ar" in languages
    with pytest.raises(ValueError, match="no form"):
        questionnaires_pdf([], font_paths=FONTS)


def test_exposure_questions_have_yes_and_no_and_background_questions_a_way_out() -> None:
    pages = pymupdf.open(stream=form())
    assert sum(len(boxes(page, 5.5)) for page in pages) == 2 + 3 * 2 + 3 * 5
    assert sum(words(page).count("Vil helst ikke svare") for page in pages) == 3
    assert sum(words(page).count("Hvis ja:") for page in pages) == 3


def test_statements_for_those_who_said_yes_stay_with_their_question() -> None:
    for language in ("da", "ar", "ti", "so"):
        pages = pymupdf.open(stream=form(language))
        for number in (1, 2, 3):
            on = [
                [any(span["text"].strip() == code for span in spans(page)) for page in pages]
                for code in (f"B{number}", f"B{number}a")
            ]
            assert on[0] == on[1]
            assert sum(on[0]) == 1


def test_in_arabic_the_steps_run_from_right_to_left() -> None:
    page = pymupdf.open(stream=form("ar"))[0]
    row = sorted(boxes(page, 6.5), key=lambda box: (round(box.y0), -box.x0))[:7]
    assert keys_in(page, row) == list(KEYS)
    [first] = page.search_for("A1")[:1]
    assert first.x0 > page.rect.width / 2


def test_the_file_is_tagged_as_headings_and_tables_in_its_language() -> None:
    reader = PdfReader(io.BytesIO(form("ar")))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "ar"
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == TEXTS["ar"].headline
    tags = [tag["/S"] for tag in elements(root["/StructTreeRoot"])]
    assert [tags.count(heading) for heading in ("/H1", "/H2", "/H3")] == [1, 4, 6]
    assert tags.count("/Table") == 1 + 3
    assert tags.count("/TH") == 9 * 4
    assert tags.count("/TD") == 9 * 13


def test_the_same_form_gives_the_same_bytes() -> None:
    assert form("ur") == form("ur")


@pytest.mark.parametrize("nasty", NASTY, ids=["markup", "signs", "hyphens", "one word", "many words"])
def test_any_text_is_printed_as_it_is_and_inside_the_sheet(nasty: str) -> None:
    one = sample_questionnaire()
    statement = (PaperStatement("A1", nasty),)
    asked = (replace(one.exposures[0], question=nasty, statements=statement),)
    background = (replace(one.background[0], question=nasty, categories=(nasty,) * 3),)
    pages = pymupdf.open(
        stream=form(
            organisation=nasty, area=nasty, title=nasty, introduction=nasty, privacy=nasty, statements=statement,
            exposures=asked, background=background, return_to=nasty, reference=nasty, synthetic_note=nasty,
        )
    )  # fmt: skip
    for page in pages:
        assert all(pymupdf.Rect(span["bbox"]) in grown(page.rect, -20) for span in spans(page))
    assert "".join("".join(words(page).split()) for page in pages).count("".join(nasty.split())) >= 13


def test_a_form_without_initiatives_or_background_questions_ends_after_its_statements() -> None:
    [page] = pymupdf.open(stream=form(exposures=(), background=()))
    assert "Om dig" not in words(page)
    assert "Læg skemaet" in words(page)


def test_a_form_that_cannot_be_printed_is_refused(tmp_path: Any) -> None:
    with pytest.raises(FontMissing, match="ti"):
        questionnaires_pdf([sample_questionnaire("ti")], font_paths=[tmp_path])
    with pytest.raises(CharacterMissing, match="🧑"):
        form(title="Gården 🧑")
    with pytest.raises(LogoRefused):
        form(logo="<svg onload='alert(1)'/>")
    with pytest.raises(ValueError, match="not a colour"):
        form(accent="teal")
