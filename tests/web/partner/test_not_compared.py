"""Where nothing can be held against a baseline, page and files say why, and never that this is the first time."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from surveyapp.models import TargetKind
from surveyapp.services.publication import release_results, show_to_residents
from tests.answered import PUBLISHED_ON, answer, publish, start, steps
from tests.builders import World, make_wave
from tests.web.checking_client import CheckingClient
from tests.web.partner.reading import OWN, nothing_published_yet, reader, text_of

pytestmark = nothing_published_yet

RESULTS = f"{OWN}/results"
FIRST_TIME = "This is the first measurement."
REWORDED = "the statement has been reworded"


@pytest.fixture(autouse=True)
def signed_in(session: Session, world: World, client: CheckingClient) -> None:
    client.sign_in(reader(session, world.lead))


def measured(
    session: Session, world: World, number: int, belonging: Sequence[str | None], wording: str = "Jeg hører til her"
) -> None:
    """A published wave in which belonging was asked in these words."""
    wave = world.wave if number == 0 else make_wave(session, world.survey, number)
    for item, text in zip(wave.items, (wording, f"{wording}, og jeg stoler på andre"), strict=False):
        item.wording.texts["da"].text = text
    start(session, wave)
    answer(session, wave, {"belonging": belonging, "trust": belonging})
    publish(session, wave)


def guide_row(client: CheckingClient) -> dict[str, str]:
    lines = io.StringIO(client.get(f"{RESULTS}-guide.csv").data.decode("utf-8-sig"), newline="")
    return next(csv.DictReader(lines, delimiter=";"))


def test_a_reworded_survey_says_that_it_was_measured_in_another_way(
    session: Session, world: World, client: CheckingClient
) -> None:
    measured(session, world, 0, steps(40, 100))
    assert FIRST_TIME in text_of(client.get(RESULTS).text)
    session.rollback()
    measured(session, world, 1, steps(60, 100), "Her er mit hjem")
    page = text_of(client.get(RESULTS).text)
    assert "Measured in another way than before, so it can't be compared: belonging and trust." in page
    assert FIRST_TIME not in page
    table = page[page.index("Between baseline and target") :]
    assert "belonging – 60% ≥ 85%" in table
    row = guide_row(client)
    assert (row["Baseline"], row["År 1"]) == ("40", "60")
    assert row["Can it be decided?"] == "not comparable"
    assert row["Note"] == f"Baseline: {REWORDED}"
    said = f"not comparable with earlier measurements ({REWORDED}): this measurement is the new baseline"
    assert said in client.get(f"{OWN}/esg.csv").text


def test_where_nothing_was_asked_before_it_is_no_first_measurement(
    session: Session, world: World, client: CheckingClient
) -> None:
    for number, (left_out, asked) in enumerate((("trust", "belonging"), ("belonging", "trust"))):
        wave = world.wave if number == 0 else make_wave(session, world.survey, number)
        session.delete(next(item for item in wave.items if item.key == left_out))
        session.flush()
        session.expire_all()
        start(session, wave)
        answer(session, wave, {asked: steps(40, 100)})
        publish(session, wave)
    page = text_of(client.get(RESULTS).text)
    assert "Nothing that was asked now was asked before, so nothing is compared." in page
    assert FIRST_TIME not in page


def test_a_change_that_is_shown_as_none_is_called_neither_higher_nor_lower(
    session: Session, world: World, client: CheckingClient
) -> None:
    measured(session, world, 0, steps(450, 1000))
    measured(session, world, 1, steps(451, 1000))
    page = text_of(client.get(RESULTS).text)
    assert "The figures can't decide it." in page
    assert "than at the baseline" not in page


def test_too_few_answers_are_said_to_be_too_few(session: Session, world: World, client: CheckingClient) -> None:
    measured(session, world, 0, steps(40, 100))
    measured(session, world, 1, steps(10, 20))
    page = text_of(client.get(RESULTS).text)
    assert "Too few or too one-sided answers to be held against an earlier measurement: belonging and trust." in page
    assert FIRST_TIME not in page
    row = guide_row(client)
    assert row["År 1"] == "10 positive, 4 in the middle, 6 negative"
    assert row["Note"] == "År 1: fewer than 30 answers: three groups, no change and no status"


def test_what_stands_instead_of_a_percentage_and_the_break_stand_in_every_table(
    session: Session, world: World, client: CheckingClient
) -> None:
    measured(session, world, 0, steps(99, 100), "Her er mit hjem")
    measured(session, world, 1, steps(80, 100))
    coded = "all but fewer than 3 of 100"
    assert (guide_row(client)["Baseline"], guide_row(client)["Note"]) == (coded, f"Baseline: {REWORDED}")
    book = load_workbook(io.BytesIO(client.get(f"{RESULTS}.xlsx").data))
    told = {cell.value for row in book["All measurements"].iter_rows() for cell in row}
    assert f"no: {coded}, {REWORDED}" in told
    lines = io.StringIO(client.get(f"{RESULTS}.csv").data.decode("utf-8-sig"), newline="")
    figures = [row for row in csv.DictReader(lines, delimiter=";") if row["table"] == "figure"]
    assert {row["note"] for row in figures if row["wave"] == "0" and row["measure"] == "percent"} == {
        "wording; top_coded"
    }


def test_a_target_within_the_uncertainty_is_said_with_the_class_in_every_file(
    session: Session, world: World, client: CheckingClient
) -> None:
    world.partnership.targets[0].value = Decimal(42)
    measured(session, world, 0, steps(38, 100))
    measured(session, world, 1, steps(43, 100))
    said = "target reached (the target lies within the uncertainty)"
    assert guide_row(client)["Status (point value)"] == said
    assert said in client.get(f"{OWN}/esg.csv?standard=kommuninvest-2025").text


def test_more_of_what_should_be_rare_is_worse_not_below(session: Session, world: World, client: CheckingClient) -> None:
    world.partnership.targets[0].kind = TargetKind.AT_MOST
    world.partnership.targets[0].value = Decimal(45)
    measured(session, world, 0, steps(25, 100))
    measured(session, world, 1, steps(38, 100))
    assert "worse than at the baseline" in guide_row(client)["Status (point value)"]


def test_residents_are_told_of_no_first_time_that_was_another(
    session: Session, world: World, client: CheckingClient
) -> None:
    measured(session, world, 0, steps(70, 100), "Her er mit hjem")
    measured(session, world, 1, steps(30, 100))
    measured(session, world, 2, steps(60, 100))
    wave = world.survey.waves[2]
    for show in (release_results, show_to_residents):
        show(session, wave, None, PUBLISHED_ON)
    session.commit()
    assert "first time we asked" not in text_of(client.get(f"/{wave.placements[0].code}/results?lang=en").text)
