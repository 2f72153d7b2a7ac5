"""The report and the one page, read as a reader of PDFs reads them."""

import io
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from surveyapp.models import Result
from tests.conftest import PUBLIC_URL
from tests.web.checking_client import CheckingClient
from tests.web.partner.downloads.files import fetch, shares

pymupdf: Any = import_module("pymupdf")  # imported by name because only half of it has types


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_report_is_tagged_in_its_language_and_no_longer_than_people_read(
    client: CheckingClient, result: Result, language: str
) -> None:
    content = fetch(client, ".pdf", language)
    reader = PdfReader(io.BytesIO(content))
    assert 4 <= len(reader.pages) <= 8
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in content
    figures = list(tagged(root["/StructTreeRoot"], "/Figure"))
    assert len(figures) == 4
    assert all(len(str(each["/Alt"])) > 20 for each in figures)
    assert {"/H1", "/H2", "/Table", "/TH", "/L"} <= {str(each["/S"]) for each in tagged(root["/StructTreeRoot"])}
    assert reader.metadata is not None
    assert result.checksum in str(reader.metadata["/Keywords"])


def tagged(node: Any, kind: str | None = None) -> Iterator[Any]:
    """Every element of a PDF's structure, or those of one kind."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from tagged(each, kind)
    elif isinstance(node, dict):
        if "/S" in node and kind in (None, node["/S"]):
            yield node
        if "/K" in node:
            yield from tagged(node["/K"], kind)


def test_the_report_says_the_answer_first_then_the_figures_the_limits_and_the_wording(
    client: CheckingClient, document: dict[str, Any], result: Result
) -> None:
    pages = [" ".join(page.get_text().split()) for page in pymupdf.open(stream=fetch(client, ".pdf"))]
    first, whole = pages[0].replace("\u00a0", " "), " ".join(pages).replace("\u00a0", " ")
    answered = first.index("Det kan tallene ikke afgøre.")
    assert answered < first.index("41 %") < first.index("Sådan skal tallene læses")
    for entry in shares(document):
        for shown in entry["figures"]:
            assert f"{shown['percent']} %" in first
        for item in entry["items"]:
            assert item["texts"]["da"]["text"] in whole
    assert "Undersøgelsen er ikke valideret eksternt." in first
    assert "maskinoversættelse" in whole or "maskinoversat" in whole
    assert f"{PUBLIC_URL}/verify" in whole
    assert all("Eksempel med opdigtede tal" in page for page in pages)
    assert all(result.checksum in page for page in pages)


def test_one_page_for_a_meeting_is_one_page_and_the_same_as_a_picture(client: CheckingClient, result: Result) -> None:
    (page,) = pymupdf.open(stream=fetch(client, "-one-page.pdf"))
    text = " ".join(page.get_text().split()).replace("\u00a0", " ")
    for said in ("Er det blevet bedre at bo i Egeparken?", "43 %", "−12 til +15", "opdigtede tal", result.checksum):
        assert said in text
    picture: Any = Image.open(io.BytesIO(fetch(client, "-one-page.png")))
    assert picture.size[0] > 1600
    assert picture.text["checksum"] == result.checksum


def test_a_target_is_written_once_in_a_picture_in_words_that_its_letters_have(client: CheckingClient) -> None:
    drawn = fetch(client, "/trend.svg").decode().replace("\u00a0", " ")
    assert drawn.count("mindst 85 %") == 1
    assert "≥" not in drawn


def test_what_is_withheld_of_a_margin_says_so(client: CheckingClient) -> None:
    said = " ".join(" ".join(page.get_text().split()) for page in pymupdf.open(stream=fetch(client, ".pdf")))
    assert "Husstand: Afstanden til området er sløret" in said


def test_nothing_is_drawn_off_a_page_and_no_percent_sign_leaves_its_number(client: CheckingClient) -> None:
    for file in (".pdf", "-one-page.pdf"):
        for page in pymupdf.open(stream=fetch(client, file)):
            assert not [line for line in page.get_text().splitlines() if line.strip().startswith("%") and len(line) < 3]
            for block in page.get_text("blocks"):
                assert page.rect.contains(pymupdf.Rect(block[:4])), block[4]
