"""The ESG sheet shows published figures only, cell by cell as the document has them, each with its origin."""

import csv
import io
import json
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveyapp.models import (
    AuditEvent,
    Indicator,
    IndicatorKind,
    Observation,
    ObservationKind,
    Role,
    Target,
    TargetKind,
)
from surveyapp.services.observations import add_observation
from surveyapp.services.publication import correct_results, release_results
from tests.answered import PUBLISHED_ON, mixed, published_wave
from tests.builders import World, make_world, user
from tests.conftest import Contents
from tests.web.checking_client import CheckingClient
from tests.web.partner.reading import nothing_published_yet

ESG = "/o/egebo/partnerships/1/esg"
THEIRS = "/o/solsikken/partnerships/1/esg"
SAID_OF_BOTH = {
    "methodology": "et af de to mest positive af fem trin; usikkerhed efter Wilson",
    "assumptions": "svarer som beboerne i almindelighed",
    "limitations": "Med 60 svar hvert år opdager vi som regel først ændringer på omkring 25 point.",
    "validation": "ikke valideret eksternt",
    "verdict": "kan ikke afgøres",
}
Rows = dict[tuple[str, str], list[dict[str, str]]]


@pytest.fixture
def contents() -> Contents:
    return two_years


def two_years(session: Session) -> None:
    """A released baseline and a first year that only the lead sees; a count noted in both years, with a target."""
    world = make_world(session)
    count = Indicator(
        organisation_id=world.lead.id, key="internships", kind=IndicatorKind.COUNT, names={"da": "=Praktikpladser"}
    )
    world.survey.indicators.append(count)
    world.partnership.targets.append(Target(indicator=count, kind=TargetKind.AT_LEAST, value=Decimal(12), year=2030))
    for number, (belonging, trust, places) in enumerate([(25, 27, 4), (32, 30, 7)]):
        published_wave(session, world, number, {"belonging": mixed(belonging, 60), "trust": mixed(trust, 60)})
        wave = world.survey.waves[-1]
        karin = user(session, world.lead, Role.COORDINATOR, f"karin{number}@egebo.example")
        add_observation(
            session,
            world.partnership,
            karin,
            indicator=count,
            wave=wave,
            kind=ObservationKind.COUNT,
            number=Decimal(places),
            source="Jobcentret",
        )
    release_results(session, world.wave, None, PUBLISHED_ON)


def signed_in(client: CheckingClient, session: Session, world: World, role: Role, *, member: bool) -> CheckingClient:
    organisation = world.member if member else world.lead
    client.sign_in(user(session, organisation, role, f"{role}@{organisation.slug}.example"))
    session.commit()
    return client


@pytest.fixture
def lead(client: CheckingClient, session: Session, world: World) -> CheckingClient:
    return signed_in(client, session, world, Role.COORDINATOR, member=False)


@pytest.fixture
def member(client: CheckingClient, session: Session, world: World) -> CheckingClient:
    return signed_in(client, session, world, Role.COORDINATOR, member=True)


def rows_of(client: CheckingClient, address: str) -> Rows:
    """The CSV by indicator and column."""
    answer = client.get(address)
    assert answer.status_code == 200
    found: Rows = {}
    for row in csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";"):
        found.setdefault((row["indicator"], row["column"]), []).append(row)
    return found


def at(document: dict[str, Any], place: str) -> Any:
    """What stands at a path of the document: indicators.trust.figures[1].percent."""
    value: Any = document
    for step in re.findall(r"[^.\[\]]+", place):
        if isinstance(value, list):
            value = value[int(step)] if step.isdecimal() else next(each for each in value if each["key"] == step)
        else:
            value = value[step]
    return value


def test_every_figure_is_the_documents_own_at_the_path_that_its_cell_names(lead: CheckingClient, world: World) -> None:
    rows, document = rows_of(lead, f"{ESG}.csv"), json.loads(world.survey.waves[-1].results[-1].document)
    assert at(document, "wave.label") == "År 1"
    for key in ("belonging", "trust"):
        for column in ("value", "base", "baseline"):
            (row,) = rows[key, column]
            assert row["origin"] == "document"
            assert int(row["value"]) == at(document, row["place"]), (key, column)
        shown = at(document, f"indicators.{key}.figures[1]")
        (interval,) = rows[key, "interval"]
        ends = [int(number) for number in re.findall(r"\d+", interval["value"])[:2]]
        halves_up = [int(Decimal(str(shown[end])).quantize(Decimal(1), ROUND_HALF_UP)) for end in ("low", "high")]
        assert ends == halves_up
        assert "svarer som beboerne i almindelighed" in interval["value"]
        for column, said in SAID_OF_BOTH.items():
            assert said in rows[key, column][0]["value"], column
            assert rows[key, column][0]["origin"] == "document", column
        assert rows[key, "baseline_year"][0]["value"] == "2026"
    assert rows["belonging", "target"][0]["value"] == "≥\u00a085\u00a0%"
    assert rows["belonging", "change"][0]["value"].startswith("'+12 (−6 til +28). Usikkerheden forudsætter")
    assert rows["trust", "change"][0]["value"].startswith("'+5 (−13 til +22). Usikkerheden forudsætter")
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


def test_a_count_of_a_later_year_is_no_baseline_of_an_earlier_sheet(
    lead: CheckingClient, session: Session, world: World
) -> None:
    session.execute(delete(Observation).where(Observation.wave == world.wave))
    session.commit()
    assert rows_of(lead, f"{ESG}.csv")["internships", "baseline"][0]["value"] == "7"
    earlier = rows_of(lead, f"{ESG}.csv?wave={world.wave.number}")
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
    sheet, origins = book.worksheets
    heads = [cell.value for cell in sheet[1]]
    for number, key in enumerate(("belonging", "trust", "internships"), 2):
        for place, head in enumerate(heads, 1):
            parts = next((each for (k, _), each in rows.items() if k == key and each[0]["column_name"] == head), [])
            cell, origin = sheet.cell(number, place), origins.cell(number, place)
            assert str(cell.value if cell.value is not None else "") == " ".join(
                part["value"].removeprefix("'") for part in parts
            )
            assert all(part["place"] in str(origin.value) for part in parts)
            assert cell.data_type != "f"
    assert sheet.cell(2, heads.index("Værdi") + 1).value == 53
    assert sheet.cell(2, heads.index("Værdi") + 1).number_format == '0" %"'
    checksum = rows["trust", "value"][0]["checksum"]
    for page in book.worksheets:  # on paper every page says what its rows and columns are, and where they are from
        assert checksum in str(page.oddFooter)
        assert f"Kontrolsum: {checksum}" in {cell.value for cell in page["A"]}
        assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
        assert (page.print_title_rows, page.print_title_cols) == ("$1:$1", "$A:$B")


def test_a_file_says_what_it_is_about_whatever_it_is_called(
    lead: CheckingClient, session: Session, world: World
) -> None:
    about = {"partnership": "Partnerskab Egeparken", "area": "Egeparken", "wave": "År 1", "version": "1"}
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
    assert {(row["synthetic"], row["version"]) for row in rows} == {("Eksempel med opdigtede tal", "2")}


def test_a_replaced_version_says_so_and_its_files_are_of_the_same_version(
    lead: CheckingClient, session: Session, world: World
) -> None:
    wave = world.survey.waves[-1]
    correct_results(session, wave, None, "Et udsagn var vendt om", PUBLISHED_ON)
    session.commit()
    checksums = [result.checksum for result in wave.results]
    for version, checksum in enumerate(checksums, 1):
        page = lead.get(f"{ESG}?version={version}").text
        assert checksum in page
        assert ("Denne udgave er erstattet" in page) == (version == 1)
        assert ("Rettet version 2" in page) == (version == 2)
        (file,) = re.findall(r'href="([^"]+esg\.csv[^"]*)"', page)
        found = rows_of(lead, file.replace("&amp;", "&"))
        assert {row["checksum"] for each in found.values() for row in each} == {checksum}


def test_the_same_sheet_gives_the_same_bytes(lead: CheckingClient) -> None:
    first, again = (lead.get(f"{ESG}.xlsx?standard=esrs-2023").data for _ in range(2))
    assert first == again


def test_members_see_released_figures_under_their_own_standard(member: CheckingClient, session: Session) -> None:
    page = member.get(THEIRS)
    assert "S3-4, S3-5" in page.text
    assert "S4-5" not in page.text
    rows = rows_of(member, f"{THEIRS}.csv")
    assert {row["value"] for row in rows["belonging", "period"]} == {"1. november 2026 – 30. november 2026"}
    assert rows["internships", "value"][0]["value"] == "4"
    assert member.get(f"{THEIRS}?wave=1").status_code == 404
    assert member.get(f"{THEIRS}.xlsx?wave=1").status_code == 404


def test_every_look_at_it_and_every_file_of_it_is_in_the_readers_own_log(
    member: CheckingClient, session: Session, world: World
) -> None:
    for address in (THEIRS, f"{THEIRS}.csv", f"{THEIRS}.xlsx?standard=kommuninvest-2025"):
        assert member.get(address).status_code == 200
    session.rollback()
    events = session.scalars(select(AuditEvent).where(AuditEvent.organisation_id == world.member.id))
    noted = [
        (event.action, event.details.get("file") or event.details["standard"], event.details["version"])
        for event in events
    ]
    assert noted == [
        ("esg.viewed", "esrs-2023", 1),
        ("results.downloaded", "-esrs-2023.csv", 1),
        ("results.downloaded", "-kommuninvest-2025.xlsx", 1),
    ]


@nothing_published_yet
def test_nothing_unpublished_is_ever_in_it(client: CheckingClient, session: Session, world: World) -> None:
    lead = signed_in(client, session, world, Role.ADMIN, member=False)
    assert lead.get(f"{ESG}.csv").status_code == 404
    assert "Tilhørsforhold" not in lead.get(ESG).text


def test_an_edit_is_in_the_sheet_with_who_wrote_it_and_the_earlier_stays(member: CheckingClient) -> None:
    edit = f"{THEIRS}/esrs-2023/trust"
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', member.get(edit).text)
    assert seen
    fields = {"requirements": ["S3-5"], "limitations": "Kun dem, der var hjemme.", "seen": seen[1]}
    assert member.send(edit, **fields).status_code == 303
    rows = rows_of(member, f"{THEIRS}.csv")
    assert (rows["trust", "requirements"][0]["value"], rows["trust", "requirements"][0]["origin"]) == ("S3-5", "typed")
    assert rows["belonging", "requirements"][0]["origin"] == "standard"
    typed = rows["trust", "limitations"][-1]
    assert (typed["value"], typed["origin"]) == (fields["limitations"], "typed")
    assert typed["place"].startswith("coordinator, ")
    late = member.send(edit, **fields | {"comment": "Sent"})
    assert late.status_code == 409
    assert "Sent" in late.text
    now = re.search(r'name="seen"[^>]*value="(\d+)"', late.text)
    assert now
    assert member.send(edit, seen=now[1]).status_code == 303
    assert "Kun dem, der var hjemme." in member.get(edit).text
    assert ("trust", "value") not in rows_of(member, f"{THEIRS}.csv")
    assert "Tillid" in member.get(THEIRS).text


def test_the_page_says_once_what_the_files_say_beside_every_figure(member: CheckingClient) -> None:
    """What somebody typed stands beside its own indicator; what holds for the percentages isn't said of the count."""
    typed = "Kun dem, der var hjemme."
    assert (
        member.send(f"{THEIRS}/esrs-2023/trust", requirements=["S3-5"], limitations=typed, seen="0").status_code == 303
    )
    cards = {
        name: re.sub(r"\s+", " ", card)
        for name, card in re.findall(r'aria-labelledby="esg-(\w+)">(.*?)</section>', member.get(THEIRS).text, re.DOTALL)
    }
    assert list(cards) == ["belonging", "trust", "internships", "common"]
    rows = rows_of(member, f"{THEIRS}.csv")
    for column in ("period", "methodology", "assumptions", "limitations", "validation"):
        said = rows["trust", column][0]["value"]
        assert [name for name, card in cards.items() if f"<dd>{said}</dd>" in card] == ["common"], column
    assert [name for name, card in cards.items() if typed in card] == ["trust"]
    for key in ("belonging", "trust"):
        value, place = rows[key, "value"][0]["value"], rows[key, "value"][0]["place"]
        assert f'<dd>{value} %</dd> <dd class="esg-origin"><code>{place}</code>' in cards[key]
    lines = dict(re.findall(r"<dt>(.*?)</dt>(.*?)</div>", cards["common"]))
    assert "<code>indicators.*.figures[0].interval_assumption</code>" in lines["Forudsætninger"]
    about_percentages = ("Metode", "Forudsætninger", "Begrænsninger")
    assert {head for head, line in lines.items() if "Gælder: Tilhørsforhold, Tillid" in line} == set(about_percentages)
    assert {head for head, line in lines.items() if "Gælder:" in line} == set(about_percentages)


@pytest.mark.parametrize("address", ["?standard=esrs-1999", "?wave=x", "/esrs-2023/unknown", "/esrs-1999/trust"])
def test_what_does_not_exist_is_not_found(lead: CheckingClient, address: str) -> None:
    assert lead.get(f"{ESG}{address}").status_code == 404


def test_a_requirement_without_a_number_is_called_by_its_title(lead: CheckingClient) -> None:
    edit = f"{ESG}/kommuninvest-2025/trust"
    assert lead.send(edit, seen="0", requirements=["follow-up"], comment="Se lånet").status_code == 303
    read = re.sub(r"<[^>]+>", " ", lead.get(edit).text)
    assert read.count("Opfølgning på lånet") == 2  # to choose, and beside who chose it
    assert "follow-up" not in read
    assert "follow-up" not in re.sub(r"<[^>]+>", " ", lead.get(f"{ESG}?standard=kommuninvest-2025").text)


def test_too_long_a_text_or_an_unknown_requirement_is_said(lead: CheckingClient) -> None:
    edit = f"{ESG}/esrs-2023/trust"
    long = lead.send(edit, seen="0", comment="x" * 1_001)
    assert long.status_code == 422
    assert "x" * 1_001 in long.text
    assert lead.send(edit, seen="0", requirements=["S1-1"]).status_code == 422
