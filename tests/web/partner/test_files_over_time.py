"""What a document says over time and beside a comparison area stands in its files, number for number."""

import csv
import io
import json
from importlib import import_module
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from surveyapp.models import Area, Mode, PlaceKind, Result, Role
from surveyapp.services.placements import add_placement
from tests.answered import answer, publish, start, steps
from tests.builders import World, find_world, make_wave, make_world, user
from tests.conftest import Contents
from tests.web.checking_client import CheckingClient
from tests.web.partner.downloads.files import fetch, table
from tests.web.partner.test_over_time import answered, elsewhere

pymupdf: Any = import_module("pymupdf")  # imported by name because only half of it has types


@pytest.fixture
def contents() -> Contents:
    return three_waves


def three_waves(session: Session) -> None:
    """Three waves beside a comparison area that asked the same, and an area within that asked in other words.

    In the last a code was withdrawn and paper came in.
    """
    made = make_world(session)
    birkeparken = Area(organisation=made.lead, name="Birkeparken", adults=900)
    made.partnership.comparison = elsewhere(session, made, birkeparken, [40, 42, 44])
    answered(session, made.wave, 41)
    answered(session, make_wave(session, made.survey, 1), 50)
    nord = Area(organisation=made.lead, name="Egeparken Nord", adults=300, parent_id=made.partnership.area_id)
    elsewhere(session, made, nord, [33], "Jeg føler mig hjemme her")
    newest = make_wave(session, made.survey, 2)
    add_placement(session, newest, None, "Vaskeriet", PlaceKind.LAUNDRY).revoked_on = newest.opens_on
    start(session, newest)
    for row in answer(session, newest, {"belonging": steps(61, 100), "trust": steps(50, 100)})[:30]:
        row.mode = Mode.PAPER
    publish(session, newest)


@pytest.fixture
def world(session: Session, client: CheckingClient) -> World:
    """The partnership with Egeparken, and a reader of the lead signed in."""
    made = find_world(session)
    reader = user(session, made.lead, Role.READER, "lena@egebo.example")
    session.commit()
    client.sign_in(reader)
    return made


@pytest.fixture
def document(world: World) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(world.survey.waves[2].results[-1].document)
    assert found["indicators"][0]["trend"]["waves"] == [0, 1, 2]
    assert found["indicators"][0]["difference_in_differences"]["status"] == "ok"
    assert "mode_mix_changed" in {limit["key"] for limit in found["limits"]}
    assert found["responses"]["revoked_codes"] == 1
    return found


def formats_of(sheet: Any, value: float) -> set[str]:
    """How the sheet shows this number, wherever it stands."""
    return {cell.number_format for row in sheet.iter_rows() for cell in row if cell.value == value}


def test_tables_hold_the_trend_the_comparison_and_the_counts_as_numbers(
    client: CheckingClient, document: dict[str, Any]
) -> None:
    text = fetch(client, ".csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    cells = {(row["table"], row["indicator"], row["measure"], row["wave"]): row for row in rows}
    book = load_workbook(io.BytesIO(fetch(client, ".xlsx")))
    compared = {row["Indikator"]: list(row.values())[1:6] for row in table(book["Sammenligningsområde"])}
    tested = {
        (row["Indikator"], row["Måling"]): row["Test for en tendens (p, justeret for alle indikatorer)"]
        for row in table(book["Alle målinger"])
    }
    for entry in document["indicators"]:
        name, found, trend = entry["names"]["da"], entry["difference_in_differences"], entry["trend"]
        for measure in ("p_value", "adjusted_p_value"):
            assert number(cells["trend", entry["key"], measure, "2"]["value"]) == trend[measure]
        assert (tested[name, "Baseline"], tested[name, "År 2"]) == (None, trend["adjusted_p_value"])
        assert '[<0.001]"< 0,001";0.000' in formats_of(book["Alle målinger"], trend["adjusted_p_value"])
        for measure in ("change_here", "change_there", "difference"):
            row = cells["comparison", entry["key"], measure, "2"]
            assert number(row["value"]) == found[measure]
            assert row["note"] == f"published in: {found['published_in']}; assumption: parallel_trends"
        assert (number(row["low"]), number(row["high"]), row["group"]) == (found["low"], found["high"], "Birkeparken")
        assert compared[name] == [found[key] for key in ("change_here", "change_there", "difference", "low", "high")]
    assert cells["responses", "", "revoked_codes", "2"]["value"] == "1"
    assert cells["fieldwork", "", "closed_on", "2"]["value"] == document["wave"]["closed_on"]
    above = " ".join(str(cell.value) for cell in book["Sammenligningsområde"]["A"])
    assert "hvis de to områder havde bevæget sig ens uden indsatsen" in above
    assert "svarer som beboerne i almindelighed" in above
    method = [(row["Emne"], row["Hvad der står"]) for row in table(book["Metode"])]
    assert ("Koder trukket tilbage", 1) in method
    assert any("Mindst 30 ud af 100 svar" in said for _, said in method)


def number(cell: str) -> float:
    return float(cell.replace(",", "."))


@pytest.mark.parametrize(
    ("language", "against", "assumption", "trend", "mode_mix", "withdrawn"),
    [
        (
            "da",
            "Sammenlignet med Birkeparken",
            "uden indsatsen",
            "3 målinger: kan ses (p",
            "Mindst 30 ud af",
            "Koder trukket tilbage 1",
        ),
        (
            "sv",
            "Jämfört med Birkeparken",
            "utan insatsen",
            "3 mätningar: kan ses (p",
            "minst 30 av",
            "Indragna koder 1",
        ),
        (
            "en",
            "Against Birkeparken",
            "without the initiative",
            "3 measurements: can be seen (p",
            "at least 30 of",
            "Codes withdrawn 1",
        ),
    ],
)
def test_the_report_says_them_in_its_language_with_what_they_assume(
    client: CheckingClient,
    document: dict[str, Any],
    language: str,
    against: str,
    assumption: str,
    trend: str,
    mode_mix: str,
    withdrawn: str,
) -> None:
    pages = pymupdf.open(stream=fetch(client, ".pdf", language))
    text = " ".join(" ".join(page.get_text() for page in pages).replace("\u00a0", " ").split())
    for said in (against, assumption, trend, mode_mix, withdrawn, "+20 +4 +16 −3 "):
        assert said in text
    assert text.index(mode_mix) < text.index(against) < text.index(withdrawn)


def test_the_change_since_the_measurement_before_stands_in_the_guides_table_the_summary_and_the_report(
    client: CheckingClient, document: dict[str, Any]
) -> None:
    guide = fetch(client, "-guide.csv").decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(guide, newline=""), delimiter=";"))
    (summary, *_) = table(load_workbook(io.BytesIO(fetch(client, ".xlsx")))["Overblik"])
    change = document["indicators"][0]["change_since_previous"]
    assert change["since_wave"] == 1
    head = "Ændring siden målingen før"
    for column, measure in ((head, "difference"), (f"{head}, lav", "low"), (f"{head}, høj", "high")):
        assert number(row[column]) == summary[column] == change[measure]
    assert row[f"{head}: Kan det afgøres?"] == "kan ikke afgøres"
    for file in (".pdf", "-one-page.pdf"):
        text = " ".join(page.get_text() for page in pymupdf.open(stream=fetch(client, file))).replace("\u00a0", " ")
        assert "Siden År 1: +11" in " ".join(text.split())


def test_the_esg_sheet_tells_change_and_verdict_since_the_baseline(
    client: CheckingClient, document: dict[str, Any]
) -> None:
    change = document["indicators"][0]["change_since_baseline"]
    assert (change["difference"], change["verdict"]) == (20.0, "rise")
    sheet = client.get("/o/egebo/partnerships/1/esg.csv").data.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(sheet, newline=""), delimiter=";")
    told = {(row["indicator"], row["column"]): row["value"] for row in rows}
    assert told["belonging", "change"].startswith("41\u00a0% → 61\u00a0%: +20 (+6 til +33). Usikkerheden forudsætter")
    assert told["belonging", "verdict"] == "steget"


def test_areas_within_stand_in_every_file_as_they_were_published_and_name_their_documents(
    client: CheckingClient, session: Session, document: dict[str, Any]
) -> None:
    published = {each.wave.survey.name: each for each in session.query(Result) if each.wave.number == 0}
    nord = published["Egeparken Nord"]
    figures = {entry["key"]: entry["figures"][-1] for entry in json.loads(nord.document)["indicators"]}
    text = fetch(client, ".csv").decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=";") if row["table"] == "beside"]
    shares = {row["indicator"]: row for row in rows if row["measure"] == "percent"}
    sheet = table(load_workbook(io.BytesIO(fetch(client, ".xlsx")))["Områder i og omkring"])
    for key, name in (("belonging", "Tilhørsforhold"), ("trust", "Tillid")):
        shown, row = figures[key], shares[key]
        assert [number(row[cell]) for cell in ("value", "low", "high", "n")] == [
            shown[cell] for cell in ("percent", "low", "high", "n")
        ]
        assert (row["group"], row["wave_label"]) == ("Egeparken Nord", "Baseline")
        assert row["note"].startswith(f"published in: {nord.checksum}")
        (own, beside) = (each for each in sheet if each["Indikator"] == name)
        assert (own["Boligområde"], own["Måling"], beside["Boligområde"]) == ("Egeparken", "År 2", "Egeparken Nord")
        assert [round(100 * beside[cell], 4) for cell in ("Positive svar", "lav", "høj")] == [
            round(shown[cell], 4) for cell in ("percent", "low", "high")
        ]
        assert (beside["n"], beside["Kontrolsum"]) == (shown["n"], nord.checksum)
        assert (own["Bemærkning"], beside["Bemærkning"]) == (
            None,
            "ikke målt på samme måde der" if key == "belonging" else None,
        )
        assert row["note"].endswith("not_comparable") == (key == "belonging")
    report = pymupdf.open(stream=fetch(client, ".pdf"))
    said = " ".join(" ".join(page.get_text() for page in report).replace("\u00a0", " ").split())
    assert "Områder i og omkring dette" in said
    assert "Tilhørsforhold Egeparken Nord, Baseline 33 % n 100 · 25–43 % · ikke målt på samme måde der" in said
