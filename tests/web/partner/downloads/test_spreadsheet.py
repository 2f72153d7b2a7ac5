"""The spreadsheet and the tables, opened with other programs and held cell by cell against the frozen document."""

import csv
import io
from collections import Counter
from typing import Any

from surveyapp.models import Result
from tests.web.checking_client import CheckingClient
from tests.web.partner.downloads.files import STEPS, book_of, cells_of, fetch, shares, table

SHEETS = {"da": ["Overblik", "Alle målinger", "Svar", "Grupper", "Hvem der svarede", "Metode", "Kodebog"]}
POINTS_A_CHARACTER, A4_ACROSS = 5.6, 770  # of Calibri 11; between the margins
SMALLEST_PRINT = 0.55  # 11 points become 6


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
        since_baseline = [row[f"Ændring{which}"] for which in (" siden baseline (point)", ", lav", ", høj")]
        assert since_baseline == [change["difference"], change["low"], change["high"]]
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


def test_who_answered_stands_beside_the_area_and_what_is_withheld_says_so(
    client: CheckingClient, document: dict[str, Any]
) -> None:
    rows = Counter(tuple(list(row.values())[2:4]) for row in table(book_of(client)["Hvem der svarede"]))
    for margin in document["composition"]["margins"]:
        for category in margin["categories"]:
            answered = "sløret" if category["responses"] is None else category["responses"]
            assert rows[answered, category["expected"]]
    assert any(answered == "sløret" for answered, _ in rows)
    assert rows[document["responses"]["all"], None]


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
    measured = [entry for entry in document["indicators"] if entry["figures"]]
    assert [len(sheet._charts) for sheet in book] == [0, len(measured), 1, 0, 1, 0, 0]  # type: ignore[attr-defined]
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
