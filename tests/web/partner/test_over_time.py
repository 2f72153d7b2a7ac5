"""Over time and beside others: every wave, breaks that are seen, the comparison area, areas within the area."""

import csv
import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from surveyapp.models import Area, Partnership, PlaceKind, Survey, Wave
from surveyapp.services.placements import add_placement
from surveyapp.services.publication import release_results
from tests.answered import PUBLISHED_ON, answer, leave_out_belonging, publish, start, steps
from tests.builders import World, find_world, make_wave, make_world
from tests.conftest import Contents
from tests.web.checking_client import CheckingClient
from tests.web.partner.reading import reader, text_of

OWN = "/o/egebo/partnerships/1/results"
MEMBERS = "/o/solsikken/partnerships/1/results"


@pytest.fixture
def contents() -> Contents:
    return make_world


@pytest.fixture
def world(session: Session, client: CheckingClient) -> World:
    """The partnership with Egeparken, and a reader of the lead signed in; nothing is published yet."""
    made = find_world(session)
    client.sign_in(reader(session, made.lead))
    return made


def wave_of(session: Session, world: World, number: int, belonging: int, wording: str = "Jeg hører til her") -> None:
    wave = world.wave if number == 0 else make_wave(session, world.survey, number)
    wave.items[0].wording.texts["da"].text = wording
    answered(session, wave, belonging)


def answered(session: Session, wave: Wave, belonging: int) -> None:
    start(session, wave)
    outside: list[str | None] = [*["na"] * 6, *["dk"] * 4]
    answer(session, wave, {"belonging": steps(belonging, 100, outside), "trust": steps(50, 100)})
    publish(session, wave)


def elsewhere(
    session: Session, world: World, area: Area, shares: list[int], wording: str = "Jeg hører til her"
) -> Partnership:
    """Another partnership of the same lead, whose survey asks the same, if so worded, in the same years."""
    other = survey_elsewhere(session, world, area, len(shares))
    for wave, share in zip(other.surveys[0].waves, shares, strict=True):
        wave.items[0].wording.texts["da"].text = wording
        answered(session, wave, share)
    return other


def survey_elsewhere(session: Session, world: World, area: Area, waves: int) -> Partnership:
    """Another partnership of the same lead with draft waves of a survey of its own."""
    own = world.partnership
    other = Partnership(lead=world.lead, area=area, name=f"Partnerskab {area.name}")
    survey = Survey(
        partnership=own,
        name=area.name,
        default_language="da",
        languages=["da", "en", "ar"],
        indicators=list(world.survey.indicators),
    )
    session.add_all([other, survey])
    for number in range(waves):
        make_wave(session, survey, number)
    survey.partnership = other
    return other


def test_the_third_wave_tells_the_change_since_last_year_beside_that_since_the_baseline(
    session: Session, client: CheckingClient, world: World
) -> None:
    for number, share in enumerate((40, 62, 70)):
        wave_of(session, world, number, share)
    page = text_of(client.get(OWN).text)
    assert "+30 +16 to +42" in page
    assert "Since År 1: +8 (−5 to +21), can't be decided" in page
    assert "Trend, adjusted for all indicators 3 measurements: can be seen (p < 0.001)" in page


def test_a_wave_with_another_wording_is_cut_off_by_a_break(
    session: Session, client: CheckingClient, world: World
) -> None:
    wave_of(session, world, 0, 40, "Jeg føler mig hjemme her")
    wave_of(session, world, 1, 62)
    page = text_of(client.get(OWN).text)
    assert "Break: the statement has been reworded. What comes before isn't compared" in page
    assert "40% n 100 the statement has been reworded 31–50% 62% n 100 52–71%" in page
    assert (
        "All measurements Measurement belonging trust Baseline 40% n 100 · the statement has been reworded · 31–50%"
        in page
    )


def test_a_wave_worded_otherwise_between_two_that_are_compared_stands_aside(
    session: Session, client: CheckingClient, world: World
) -> None:
    for number, wording in enumerate(("Jeg hører til her", "Jeg føler mig hjemme her", "Jeg hører til her")):
        wave_of(session, world, number, 40 + 20 * number, wording)
    page = text_of(client.get(OWN).text)
    assert re.search(r"\+40 \+\d+ to \+\d+", page)
    assert "the statement has been reworded: not compared with the others" in page
    assert "Break:" not in page


def test_a_break_stands_in_the_tables_that_are_downloaded(
    session: Session, client: CheckingClient, world: World
) -> None:
    wave_of(session, world, 0, 40, "Jeg føler mig hjemme her")
    wave_of(session, world, 1, 62)
    sheet = load_workbook(io.BytesIO(client.get(f"{OWN}.xlsx").data))["All measurements"]
    told = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    alike = {(row[0], row[1]): row[7] for row in told}
    assert alike["belonging", "Baseline"] == "no: the statement has been reworded"
    assert alike["belonging", "År 1"] == alike["trust", "Baseline"] == "yes"
    rows = csv.DictReader(io.StringIO(client.get(f"{OWN}.csv").data.decode("utf-8-sig"), newline=""), delimiter=";")
    notes = {(row["indicator"], row["wave"]): row["note"] for row in rows if row["table"] == "figure"}
    assert notes["belonging", "0"] == "wording"
    assert notes["belonging", "1"] == notes["trust", "0"] == ""


def test_who_gave_no_valid_answer_and_the_distribution_stand_with_the_figure(
    session: Session, client: CheckingClient, world: World
) -> None:
    add_placement(session, world.wave, None, "Vaskeriet", PlaceKind.LAUNDRY).revoked_on = world.wave.opens_on
    wave_of(session, world, 0, 41)
    page = text_of(client.get(OWN).text)
    assert "Baseline: not relevant 5%, don't know 4%" in page
    assert "41% n 100 32–51%" in page
    assert "20 21 20 20 19 6 (5%) 4 (4%)" in page  # 41 agree, half of them fully; the rest in three
    assert "Codes withdrawn 1" in page


def test_the_comparison_area_stands_with_its_assumption(session: Session, client: CheckingClient, world: World) -> None:
    other = elsewhere(session, world, Area(organisation=world.lead, name="Birkeparken", adults=900), [40, 44])
    world.partnership.comparison = other
    wave_of(session, world, 0, 41)
    wave_of(session, world, 1, 61)
    page = text_of(client.get(OWN).text)
    assert "Against Birkeparken" in page
    assert "belonging +20 +4 +16 −3 to +35" in page
    assert "only if both areas would have moved alike without the initiative" in page


def test_a_member_sees_the_comparison_areas_change_before_it_is_released_there(
    session: Session, client: CheckingClient, world: World
) -> None:
    """It is frozen into results that were released: docs/privacy.md and the form that chooses it say so."""
    other = elsewhere(session, world, Area(organisation=world.lead, name="Birkeparken", adults=900), [40, 44])
    world.partnership.comparison = other
    for number, agree in enumerate([41, 61]):
        wave_of(session, world, number, agree)
        release_results(session, world.survey.waves[number], None, PUBLISHED_ON)
    client.sign_in(reader(session, world.member))
    assert not any(wave.results[-1].released_on for survey in other.surveys for wave in survey.waves)
    assert "belonging +20 +4 +16 −3 to +35" in text_of(client.get(MEMBERS).text)


def test_an_area_within_the_area_stands_beside_it_and_members_see_only_what_is_released(
    session: Session, client: CheckingClient, world: World
) -> None:
    inner = Area(organisation=world.lead, name="Egeparken Nord", adults=300, parent_id=world.partnership.area_id)
    other = elsewhere(session, world, inner, [33, 60])  # the second a year after what it stands beside
    other.members = [world.member]
    wave_of(session, world, 0, 41)
    release_results(session, world.wave, None, PUBLISHED_ON)
    session.commit()
    page = text_of(client.get(OWN).text)
    for name, here, there in (
        ("belonging", "41% n 100 32–51%", "33% n 100 25–43%"),
        ("trust", *["50% n 100 40–60%"] * 2),
    ):
        assert f"{name} Area Share Egeparken, Baseline {here} Egeparken Nord, Baseline {there}" in page
    assert "Egeparken Nord, År 1" not in page
    session.rollback()
    client.sign_in(reader(session, world.member))
    assert "Egeparken Nord" not in client.get(MEMBERS).text
    session.rollback()
    release_results(session, other.surveys[0].waves[0], None, PUBLISHED_ON)
    session.commit()
    assert "Egeparken Nord, Baseline" in text_of(client.get(MEMBERS).text)


def test_an_area_within_that_did_not_ask_is_not_said_to_have_asked_otherwise(
    session: Session, client: CheckingClient, world: World
) -> None:
    inner = Area(organisation=world.lead, name="Egeparken Nord", adults=300, parent_id=world.partnership.area_id)
    other = survey_elsewhere(session, world, inner, 1)
    leave_out_belonging(session, other.surveys[0].waves[0])
    answered(session, other.surveys[0].waves[0], 33)
    wave_of(session, world, 0, 41)
    page = text_of(client.get(OWN).text)
    assert "Egeparken Nord, Baseline – not asked" in page
    assert "not measured in the same way there" not in page


def test_a_wave_label_with_slashes_makes_no_folder_of_a_files_name(
    session: Session, client: CheckingClient, world: World
) -> None:
    world.wave.label = "2026/27 ../../hjem"
    wave_of(session, world, 0, 41)
    name = client.get(f"{OWN}.json").headers["Content-Disposition"].partition("filename=")[2]
    assert Path(name).name == name
    assert name == "Egeparken-2026-27-hjem-en.json"
