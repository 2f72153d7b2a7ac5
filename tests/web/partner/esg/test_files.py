"""The ESG files have published figures only, cell by cell as the document has them, each with its origin."""

import csv
import io
import json
import re
from decimal import ROUND_HALF_UP, Decimal

from openpyxl import load_workbook
from sqlalchemy import delete
from sqlalchemy.orm import Session

from surveyapp.models import (
    Observation,
    ObservationKind,
)
from surveyapp.services.observations import add_observation
from surveyapp.services.publication import correct_results
from tests.answered import PUBLISHED_ON
from tests.builders import World
from tests.web.checking_client import CheckingClient
from tests.web.partner.esg.sheet import ESG, RESULTS, at, rows_of

SAID_OF_BOTH = {
    "methodology": "et af de to mest positive af fem trin; usikkerhed efter Wilson",
    "assumptions": "svarer som beboerne i almindelighed",
    "limitations": "Med 60 svar hvert år opdager vi som regel først ændringer på omkring 25 point.",
    "validation": "ikke valideret eksternt",
    "verdict": "kan ikke afgøres",
}


def test_every_figure_is_the_documents_own_at_the_path_that_its_cell_names(lead: CheckingClient, world: World) -> None:
    rows, file = rows_of(lead, f"{ESG}.csv"), json.loads(lead.get(f"{RESULTS}.json").data)
    assert at(file, "/document/wave/label") == "År 1"
    for number, key in enumerate(("belonging", "trust")):
        for column in ("value", "base", "baseline"):
            (row,) = rows[key, column]
            assert row["origin"] == "document"
            assert int(row["value"]) == at(file, row["place"]), (key, column)
        shown = at(file, f"/document/indicators/{number}/figures/1")
        (interval,) = rows[key, "interval"]
        ends = [int(number) for number in re.findall(r"\d+", interval["value"])[:2]]
        halves_up = [int(Decimal(str(shown[end])).quantize(Decimal(1), ROUND_HALF_UP)) for end in ("low", "high")]
        assert ends == halves_up
        assert "svarer som beboerne i almindelighed" in interval["value"]
        assert rows[key, "baseline_interval"][0]["value"].startswith("n\u00a060, ")
        statement = rows[key, "metric"][-1]
        assert statement["value"] == f"“{at(file, statement['place'])['da']['text']}”"
        (validation,) = rows[key, "validation"]
        assert at(file, validation["place"])["key"] == "not_externally_validated"
        for column, said in SAID_OF_BOTH.items():
            assert said in rows[key, column][0]["value"], column
            assert rows[key, column][0]["origin"] == "document", column
        assert rows[key, "baseline_year"][0]["value"] == "2026"
    assert rows["belonging", "target"][0]["value"] == "≥\u00a085\u00a0%"
    assert rows["belonging", "change"][0]["value"].startswith(
        "42\u00a0% → 53\u00a0%: +12 (−6 til +28). Usikkerheden forudsætter"
    )
    assert rows["trust", "change"][0]["value"].startswith(
        "45\u00a0% → 50\u00a0%: +5 (−13 til +22). Usikkerheden forudsætter"
    )
    status = rows_of(lead, f"{ESG}.csv?standard=kommuninvest-2025")
    assert status["belonging", "class"][0]["value"] == "positiv tendens"
    assert {row["checksum"] for each in rows.values() for row in each} == {world.survey.waves[-1].results[-1].checksum}


def test_a_count_is_noted_by_somebody_and_never_a_percentage(lead: CheckingClient) -> None:
    rows = rows_of(lead, f"{ESG}.csv")
    (value,), (baseline,), (target,) = (rows["internships", name] for name in ("value", "baseline", "target"))
    assert (value["value"], value["origin"]) == ("7", "observation")
    assert "karin1" in value["place"]
    assert "Jobcentret" in value["place"]
    assert baseline["value"] == "4"
    assert target["value"] == "≥\u00a012 (2030)"
    assert not [row for (key, _), each in rows.items() for row in each if key == "internships" and "%" in row["value"]]
    assert ("internships", "interval") not in rows
    assert ("internships", "verdict") not in rows
    assert rows["internships", "period"][0]["value"] == "År 1"
    assert rows["internships", "methodology"][0]["value"] == "antal, oplyst af partnerskabet"
    assert rows["internships", "validation"][0]["value"] == "oplyst af partnerskabet og ikke valideret eksternt"


def test_a_sheet_comes_in_the_language_that_is_asked_for(lead: CheckingClient) -> None:
    answer = lead.get(f"{ESG}.xlsx?language=en")
    assert (
        "esrs-2023-en.xlsx" in answer.headers["Content-Disposition"] or "-en-" in answer.headers["Content-Disposition"]
    )
    sheet, _origins, about = load_workbook(io.BytesIO(answer.data)).worksheets
    assert sheet["A1"].value == "Indicator"
    notes = [cell.value for cell in about["A"]]
    assert any(str(note).startswith("S4-4: Taking action on material impacts") for note in notes)
    assert lead.get(f"{ESG}.csv?language=xx").status_code == 404


def test_a_count_of_a_later_year_is_no_baseline_of_an_earlier_sheet(
    lead: CheckingClient, session: Session, world: World
) -> None:
    session.execute(delete(Observation).where(Observation.wave == world.wave))
    session.commit()
    assert rows_of(lead, f"{ESG}.csv")["internships", "baseline"][0]["value"] == "7"
    earlier = rows_of(lead, f"{ESG}.csv?wave={world.wave.id}")
    assert ("internships", "target") in earlier
    assert not {("internships", column) for column in ("value", "baseline", "baseline_year")} & set(earlier)


def test_every_page_and_file_shows_the_count_whatever_else_was_noted(
    lead: CheckingClient, session: Session, world: World
) -> None:
    count, wave = world.survey.indicators[-1], world.survey.waves[-1]
    for kind, number, text in (
        (ObservationKind.TEXT, None, "heraf 2 lærlinge"),
        (ObservationKind.EARLIER_FIGURE, Decimal(15), ""),
    ):
        add_observation(
            session,
            world.partnership,
            None,
            indicator=count,
            wave=wave,
            kind=kind,
            number=number,
            text=text,
            source="By",
        )
    session.commit()
    results = "/o/egebo/partnerships/1/results"
    guide = lead.get(f"{results}-guide.csv").get_data(as_text=True).removeprefix("\ufeff")
    (row,) = [row for row in csv.DictReader(io.StringIO(guide), delimiter=";") if "Praktikpladser" in row["Indikator"]]
    assert row["År 1"] == "7"
    assert rows_of(lead, f"{ESG}.csv")["internships", "value"][0]["value"] == "7"
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", lead.get(results).text))
    assert "7 oplyst af partnerskabet" in page


def test_the_spreadsheet_says_the_same_and_where_each_cell_comes_from(lead: CheckingClient) -> None:
    rows = rows_of(lead, f"{ESG}.csv?standard=kommuninvest-2025")
    book = load_workbook(io.BytesIO(lead.get(f"{ESG}.xlsx?standard=kommuninvest-2025").data))
    sheet, origins, about = book.worksheets
    heads = [cell.value for cell in sheet[1]]
    for number, key in enumerate(("belonging", "trust", "internships"), 2):
        for place, head in enumerate(heads, 1):
            parts = next((each for (k, _), each in rows.items() if k == key and each[0]["column_name"] == head), [])
            cell, origin = sheet.cell(number, place), origins.cell(number, place)
            value = round(float(str(cell.value)) * 100) if cell.number_format == "0%" else cell.value
            assert str(value if value is not None else "") == " ".join(
                part["value"].removeprefix("'") for part in parts
            )
            is_named = head == "Indikator"
            assert origin.value == cell.value if is_named else all(part["place"] in str(origin.value) for part in parts)
            assert cell.data_type != "f"
    share = sheet.cell(2, heads.index("Værdi") + 1)
    assert (share.value, share.number_format) == (0.53, "0%")
    assert sheet.row_dimensions[2].height > 100, "a program that doesn't measure texts would show one line of each"
    checksum = rows["trust", "value"][0]["checksum"]
    assert checksum in str(about.oddFooter)
    for page in (sheet, origins):  # on paper every page says what its rows and columns are, and where they are from
        assert checksum in str(page.oddFooter)
        assert f"Kontrolsum: {checksum}" in {cell.value for cell in page["A"]}
        assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
        assert (page.print_title_rows, page.print_title_cols) == ("$1:$1", "$A:$B")


def test_a_file_says_what_it_is_about_whatever_it_is_called(
    lead: CheckingClient, session: Session, world: World
) -> None:
    about = {
        "partnership": "Partnerskab Egeparken",
        "area": "Egeparken",
        "document_wave": "År 1",
        "document_version": "1",
    }
    rows = rows_of(lead, f"{ESG}.csv")
    for row in (row for each in rows.values() for row in each):
        assert {key: row[key] for key in about} == about
        assert row["synthetic"] == ""
    assert (rows["trust", "value"][0]["unit"], rows["internships", "value"][0]["unit"]) == ("percent", "count")
    assert rows["belonging", "target"][0]["unit"] == ""
    book = load_workbook(io.BytesIO(lead.get(f"{ESG}.xlsx").data))
    for page in book.worksheets:
        assert "Partnerskab Egeparken · Egeparken · År 1" in {cell.value for cell in page["A"]}


def test_a_table_of_invented_figures_says_so_in_every_row(lead: CheckingClient, session: Session, world: World) -> None:
    world.survey.synthetic = True
    correct_results(session, world.survey.waves[-1], None, "Et eksempel", PUBLISHED_ON)
    session.commit()
    rows = [row for each in rows_of(lead, f"{ESG}.csv").values() for row in each]
    assert {(row["synthetic"], row["document_version"]) for row in rows} == {("Eksempel med opdigtede tal", "2")}


def test_the_same_sheet_gives_the_same_bytes(lead: CheckingClient) -> None:
    first, again = (lead.get(f"{ESG}.xlsx?standard=esrs-2023").data for _ in range(2))
    assert first == again
