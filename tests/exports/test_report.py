"""The report keeps together what is read together, wherever the page happens to end."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from surveyapp.exports.report import Fact, Picture, Report, Section, Statement, Table, Wording, report_pdf
from surveyapp.typesetting.fonts import font_paths

pymupdf: Any = import_module("pymupdf")  # imported by name because only half of it has types

WORDS = (
    "indicator", "target", "change", "verdict", "status", "limits", "wordings", "statement", "status_of_text",
    "wordings.everywhere", "about", "checksum", "verify",
)  # fmt: skip
ABOUT = tuple((f"Emne {number}", "Egeparken") for number in range(16))
FONTS = font_paths(Path(__file__).parents[2] / "instance")
PICTURES_OF = {"Et billede": 1, "En tabel": 0, "Et billede mere": 1, "Kun en tabel": 0}
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 500 400"><rect width="500" height="400"/></svg>'
BLACK = (0.0, 0.0, 0.0)
TITLE_SIZE, FOOTER = 14, 40  # points: of a section's title, and of the page's foot


@dataclass(frozen=True)
class Title:
    """A section's title, and how many lines of text and how many pictures stand below it on its page."""

    text: str
    lines_below: int
    pictures_below: int


def report(lines: int) -> Report:
    """A report whose sections begin this many lines further down."""
    table = Table("Tabel", ("Gruppe", "Andel"), tuple((f"Gruppe {row}", "41 %") for row in range(9)), (1.0, 1.0))
    sections = (
        Section("Et billede", ("En sætning.",), Picture(DRAWN, "Et billede"), (table,)),
        Section("En tabel", ("En sætning.", "Og en til."), tables=(table,)),
        Section("Et billede mere", (), Picture(DRAWN, "Et billede mere"), (table,)),
        Section("Kun en tabel", (), tables=(table,)),
    )
    return Report(
        language="da",
        title="Egeparken",
        kicker="",
        question="Er det blevet bedre?",
        answer=("Ja.",),
        note=None,
        facts=(Fact("308", "svar"),),
        waves=(),
        rows=(),
        below="",
        limits=("Det er ikke en tilfældig stikprøve.",) * lines,
        sections=sections,
        statements=(Statement("Tillid", (Wording("da", "ltr", "Jeg stoler på mine naboer", "skrevet"),)),),
        trusted=table,
        about=Table("", ("Emne", "Hvad der står"), ABOUT, (1.0, 1.0), 2, halved=True),
        checksum="c0",
        words={word: word for word in WORDS},
        meeting=None,
    )


@pytest.mark.parametrize("lines", range(1, 46, 3))
def test_a_title_stays_with_what_it_begins(lines: int) -> None:
    pages = pymupdf.open(stream=report_pdf(report(lines), FONTS))
    assert len(pages) > 2
    titles = [title for page in pages for title in titles_of(page)]
    assert [title.text for title in titles] == [*PICTURES_OF, "wordings", "about"]
    assert [title.text for title in titles if not title.lines_below and not title.pictures_below] == []
    assert [title.text for title in titles if title.pictures_below < PICTURES_OF.get(title.text, 0)] == []


@pytest.mark.parametrize("lines", range(1, 46, 3))
def test_what_the_document_is_about_stands_on_one_page(lines: int) -> None:
    pages = pymupdf.open(stream=report_pdf(report(lines), FONTS))
    told = [sum(subject in page.get_text() for subject, _ in ABOUT) for page in pages]
    assert [count for count in told if count] == [len(ABOUT)]


def titles_of(page: Any) -> list[Title]:
    """Every section's title on the page, with what stands below it there."""
    lines = [line for block in page.get_text("dict")["blocks"] for line in block.get("lines", [])]
    drawn = [each["rect"] for each in page.get_drawings() if each["fill"] == BLACK]
    found = []
    for line in lines:
        foot = line["bbox"][3]
        if round(line["spans"][0]["size"]) == TITLE_SIZE:
            texts = [other for other in lines if foot < other["bbox"][1] < page.rect.height - FOOTER]
            found.append(Title(line["spans"][0]["text"], len(texts), sum(rect.y0 > foot for rect in drawn)))
    return found
