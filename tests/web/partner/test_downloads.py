"""The example's files, opened with other programs' readers and held cell by cell against the frozen document."""

import csv
import hashlib
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import create_app
from surveyapp.config import Settings
from surveyapp.db import db
from surveyapp.models import AuditEvent, Result, User
from surveyapp.services.example import EMAIL
from surveyapp.services.issued_files import Finding, verify
from tests.conftest import PUBLIC_URL
from tests.result_schema import validator
from tests.web.checking_client import CheckingClient

pymupdf: Any = import_module("pymupdf")  # imported by name because only half of it has types

RESULTS = "/o/egebo/partnerships/1/results"
SHEETS = {"da": ["Overblik", "Alle målinger", "Svar", "Grupper", "Hvem der svarede", "Metode", "Kodebog"]}
STEPS = ("5", "4", "3", "2", "1")
FILES = (".pdf", "-one-page.pdf", "-one-page.png", ".xlsx", "-guide.csv", ".csv", "-codebook.csv", ".json")


@pytest.fixture(scope="module")
def app(example_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The example in an app of its own, whose pictures are drawn once for all tests here."""
    folder = tmp_path_factory.mktemp("downloads")
    shutil.copy(example_sqlite, folder / "survey.sqlite")
    made = create_app(Settings("s" * 40, f"sqlite:///{folder / 'survey.sqlite'}", PUBLIC_URL, folder))
    made.testing = True
    made.test_client_class = CheckingClient
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    with app.app_context():
        client.sign_in(db.session.query(User).filter_by(email=EMAIL).one())
    return client


@pytest.fixture
def result(session: Session) -> Result:
    """The newest."""
    return session.scalars(select(Result).order_by(Result.wave_id.desc())).first() or pytest.fail("no result")


@pytest.fixture
def document(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.document)
    return found


def fetch(client: CheckingClient, file: str, language: str = "da") -> bytes:
    answer = client.get(f"{RESULTS}{file}?language={language}")
    assert answer.status_code == 200
    content: bytes = answer.data
    return content


POINTS_A_CHARACTER, A4_ACROSS = 5.6, 770  # of Calibri 11; between the margins
SMALLEST_PRINT = 0.55  # 11 points become 6


def book_of(client: CheckingClient, language: str = "da") -> Workbook:
    return load_workbook(io.BytesIO(fetch(client, ".xlsx", language)))


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    """The sheet's one table, row by row, by the heads of its columns."""
    return [{name: cell.value for name, cell in row.items()} for row in cells_of(sheet)]


def cells_of(sheet: Worksheet) -> list[dict[str, Any]]:
    """The same with the cells themselves, which know how they are shown."""
    (found,) = sheet.tables.values()
    head, *rows = sheet[found.ref]
    return [dict(zip((cell.value for cell in head), row, strict=True)) for row in rows]


def shares(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry for entry in document["indicators"] if entry["kind"] == "share"]


def hundredths(value: float) -> float:
    return round(value / 100, 6)


def test_every_sheet_prints_on_a4_so_that_it_can_be_read(client: CheckingClient) -> None:
    for sheet in book_of(client).worksheets:
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        alike = sheet.column_dimensions.values()  # each stands for neighbours of the same width
        across = sum(each.width * len(range(each.min or 1, (each.max or 1) + 1)) for each in alike) * POINTS_A_CHARACTER
        scale = min(1.0, (sheet.page_setup.fitToWidth or 1) * A4_ACROSS / across)
        assert scale >= SMALLEST_PRINT, sheet.title
        assert sheet.print_title_rows or not sheet.tables


def test_the_guides_table_stands_in_the_first_sheet_as_numbers(
    client: CheckingClient, document: dict[str, Any]
) -> None:
    rows = {row["Indikator"]: row for row in table(book_of(client)["Overblik"])}
    assert len(rows) == len(document["indicators"])
    printed = {
        "Tilhørsforhold (versus isolation)": (0.41, 0.43, "≥\u00a085\u00a0%"),
        "Tillid (versus mistænksomhed)": (0.45, 0.54, "≥\u00a080\u00a0%"),
        "Medskabende (versus ikke-deltager)": (0.22, 0.31, "≥\u00a075\u00a0%"),
    }
    for name, (baseline, year_1, target) in printed.items():
        row = rows[name]
        assert (row["Baseline"], row["År 1"], row["Mål"]) == (baseline, year_1, target)
        assert (row["Baseline, n"], row["År 1, n"]) == (100, 100)
    for entry in shares(document):
        row = next(row for name, row in rows.items() if name.startswith(entry["names"]["da"]))
        change, shown = entry["change_since_baseline"], entry["figures"][-1]
        assert (row["År 1, lav"], row["År 1, høj"]) == (hundredths(shown["low"]), hundredths(shown["high"]))
        assert list(row.values())[-6:-3] == [change["difference"], change["low"], change["high"]]
        assert "kan ikke afgøres" in row.values()


COLUMNS = (
    "Indikator",
    "Guidens definition",
    "Mål",
    "Enhed",
    "Baseline",
    "År 1",
    "Ikke relevant",
    "Ved ikke",
    "Kommentar",
)
BOTH, QUALITATIVE = "Kvantitativ og kvalitativ analyse", "Kvalitativ analyse"
# The rows that the guide prints; it leaves the figures of the last two open
GUIDE_TABLE = [
    (
        "Tilhørsforhold (versus isolation)",
        "% der oplever tilhørsforhold til deres nabolag",
        *("≥ 85 %", "%", "41", "43", "2,8", "2,8", BOTH),
    ),
    (
        "Tillid (versus mistænksomhed)",
        "% der stoler på deres naboer",
        *("≥ 80 %", "%", "45", "54", "2,8", "2,8", BOTH),
    ),
    (
        "Medskabende (versus ikke-deltager)",
        "% der føler de bliver hørt og involveret i nabolaget",
        *("≥ 75 %", "%", "22", "31", "2,8", "2,8", BOTH),
    ),
    (
        "Tryghed (versus utryghed)",
        "% der føler sig tryg i nabolaget",
        *("≥ 70 %", "%", "48", "57", "2,8", "2,8", QUALITATIVE),
    ),
    (
        "Unge i virksomhedspraktik",
        "Antallet af unge der er i lokal virksomhedspraktik",
        *("≥ 12", "antal, oplyst af partnerskabet", "4", "7", "", "", QUALITATIVE),
    ),
]


def test_every_row_of_the_guides_table_is_in_both_files_with_its_unit(client: CheckingClient) -> None:
    content = fetch(client, "-guide.csv").decode("utf-8-sig").replace("\u00a0", " ")
    rows = list(csv.DictReader(io.StringIO(content, newline=""), delimiter=";"))
    assert [tuple(row[name] for name in COLUMNS) for row in rows[: len(GUIDE_TABLE)]] == GUIDE_TABLE
    assert not [name for name in rows[0] if "målingen før" in name]  # that is the baseline, whose change stands there
    sheet = book_of(client)["Overblik"]
    *shares, count = cells_of(sheet)
    assert [tuple(read(row[name]) for name in COLUMNS) for row in (*shares, count)] == GUIDE_TABLE
    assert {row["År 1"].number_format for row in shares} == {"0%"}
    assert count["År 1"].number_format == "#,##0"


def read(cell: Any) -> str:
    """A cell of a spreadsheet as the CSV has it, where percentages are written without their sign."""
    if not isinstance(cell.value, int | float):
        return str(cell.value or "").replace("\u00a0", " ")
    of_a_hundred = 100 if cell.number_format == "0%" else 1
    return f"{round(cell.value * of_a_hundred, 1):g}".replace(".", ",")


def test_every_measurement_and_answer_and_group_of_the_document_stands_in_its_sheet(
    client: CheckingClient, document: dict[str, Any]
) -> None:
    book = book_of(client)
    measured = Counter(tuple(list(row.values())[:6]) for row in table(book["Alle målinger"]))
    assert measured == Counter(
        (
            entry["names"]["da"],
            each["wave_label"],
            *(round(each[key] / 100, 6) for key in ("percent", "low", "high")),
            each["n"],
        )
        for entry in shares(document)
        for each in entry["figures"]
    )
    answered = {row["Udsagn"]: list(row.values()) for row in table(book["Svar"])}
    items = [item for entry in shares(document) for item in entry["items"]]
    items += [item for initiative in document["initiatives"] for item in initiative["items"]]
    assert len(answered) == len(items)
    for item in items:
        row, figure = answered[item["texts"]["da"]["text"]], item["figure"]
        assert row[3:8] == [figure["distribution"][step] for step in STEPS]
        assert row[8:12] == [
            figure["n"],
            figure["not_relevant"]["count"],
            figure["dont_know"]["count"],
            figure["without_valid_answer"],
        ]
        assert row[12] == hundredths(figure["percent"])
    groups = Counter((row["Indikator"], row["Positive svar"], row["n"]) for row in table(book["Grupper"]))
    assert (
        not Counter(
            (entry["names"]["da"], group["percent"] / 100, group["n"])
            for entry in shares(document)
            for breakdown in entry["breakdowns"]
            for group in breakdown["groups"]
        )
        - groups
    )


def test_who_answered_stands_beside_the_area_and_what_is_withheld_is_empty(
    client: CheckingClient, document: dict[str, Any]
) -> None:
    rows = Counter(tuple(list(row.values())[2:4]) for row in table(book_of(client)["Hvem der svarede"]))
    for margin in document["composition"]["margins"]:
        for category in margin["categories"]:
            assert rows[category["responses"], category["expected"]]
    assert (None, None) in rows
    assert rows[document["responses"]["all"], None]


def test_what_the_area_corresponds_to_is_withheld_in_words_with_a_count_that_it_would_give_back(
    client: CheckingClient, document: dict[str, Any]
) -> None:
    margins = {margin["dimension"]: margin["categories"] for margin in document["composition"]["margins"]}
    assert [each["responses"] for each in margins["household"]].count(None) == 1
    page = client.get("/o/egebo/partnerships/1/results").text
    household = page[page.index("<caption>Husstand: ") :].split("</tbody>")[0]
    rows = re.findall(r'<td class="number">([^<]+)</td><td class="number">([^<]+)</td>', household)
    assert [expected for _, expected in rows] == [*["sløret"] * 4, "–"]  # the last is who said nothing


def test_the_codebook_has_every_wording_with_its_status(client: CheckingClient, document: dict[str, Any]) -> None:
    content = fetch(client, "-codebook.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline=""), delimiter=";"))
    told = {(row["table"], row["key"], row["language"]): (row["text"], row["status"]) for row in rows}
    items = [item for entry in document["indicators"] for item in entry["items"]]
    items += [item for initiative in document["initiatives"] for item in initiative["items"]]
    for item in items:
        for language, text in item["texts"].items():
            assert told["item", item["key"], language] == (text["text"], text["status"])
    codes = {(row["table"], row["key"], row["code"]) for row in rows}
    for question in document["background"]:
        assert {("background_category", question["key"], each["key"]) for each in question["categories"]} <= codes
    assert {code for name, _, code in codes if name == "scale"} == {*STEPS, "na", "dk"}
    in_book = table(book_of(client)["Kodebog"])
    assert [row["Tekst"] or "" for row in in_book] == [row["text"].removeprefix("'") for row in rows]


def test_a_spreadsheet_can_be_worked_in(client: CheckingClient, result: Result, document: dict[str, Any]) -> None:
    book = book_of(client)
    assert book.sheetnames == SHEETS["da"]
    assert [len(sheet._charts) for sheet in book] == [0, 1, 1, 0, 1, 0, 0]  # type: ignore[attr-defined]
    assert all(sheet.freeze_panes for sheet in book)
    facts = {row[0].value: row[1].value for row in book["Metode"].iter_rows(min_row=2, max_col=2)}
    assert (facts["Svar"], facts["Voksne, der bor der"]) == (document["responses"]["all"], document["area"]["adults"])
    properties: Any = book.custom_doc_props  # type: ignore[attr-defined]
    assert properties["checksum"].value == result.checksum
    assert facts["Kontrolsum"] == result.checksum
    assert f"Kontrolsum: {result.checksum}" in {cell.value for cell in book["Overblik"]["A"]}
    assert all(result.checksum in str(sheet.oddFooter) for sheet in book.worksheets)
    formats = {cell.number_format for row in book["Overblik"].iter_rows() for cell in row if cell.data_type == "n"}
    assert {"0%", "#,##0"} <= formats
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert "Eksempel med opdigtede tal" in {cell.value for cell in book["Overblik"]["A"]}


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


def test_the_json_file_fits_its_schema(client: CheckingClient) -> None:
    validator().validate(json.loads(fetch(client, ".json"))["document"])


@pytest.mark.parametrize("file", FILES)
def test_the_same_document_gives_the_same_named_bytes_which_are_recognised_and_noted(
    client: CheckingClient, session: Session, result: Result, file: str
) -> None:
    answer = client.get(f"{RESULTS}{file}?language=sv")
    assert f"filename=Egeparken-Aar-1-sv{file}" in answer.headers["Content-Disposition"]
    content = answer.data
    assert fetch(client, file, "sv") == content
    session.rollback()
    found = verify(session, content)
    assert (found.finding, found.result) == (Finding.UNCHANGED, result)
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.details["file"], event.details["checksum"]) == (file, result.checksum)
    assert event.details["sha256"] == hashlib.sha256(content).hexdigest()


def test_another_language_than_the_three_is_refused(client: CheckingClient) -> None:
    assert client.get(f"{RESULTS}.csv?language=tr").status_code == 404


def test_the_menu_leads_to_every_file_in_the_language_that_was_chosen(client: CheckingClient) -> None:
    page = client.get(f"{RESULTS}?language=sv").text
    linked = set(re.findall(r'href="[^"]*/results([^"?/]+)\?[^"]*language=sv', page))
    assert linked == set(FILES)
    assert 'lang="sv" aria-current="true"' in page
