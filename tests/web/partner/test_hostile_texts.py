"""What people type may look like a formula or a path: in every file it stays the text that was typed."""

import csv
import io
import re
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session
from werkzeug.http import parse_options_header

from surveyapp.models import Indicator, IndicatorKind, ObservationKind, Role
from surveyapp.services.observations import add_observation
from surveyapp.web.staff.area_forms import LONGEST_NAME
from tests.answered import published_wave, steps
from tests.builders import World, make_world, user
from tests.exports.test_result_files import number_or_none
from tests.web.checking_client import CheckingClient
from tests.web.partner.reading import from_nothing

pytestmark = from_nothing

PARTNERSHIP = "/o/egebo/partnerships/1"
FORMULA = 'HYPERLINK("http://example.com")'
STARTS = ("=", "+", "-", "@", "\t")
LONGEST_FILE_NAME = 255
"""Bytes, on the file systems of Windows, macOS and Linux."""


@pytest.fixture
def world(session: Session, client: CheckingClient) -> World:
    """A draft wave, and a reader of the lead signed in."""
    made = make_world(session)
    client.sign_in(user(session, made.lead, Role.READER, "lena@egebo.example"))
    return made


def publish_with(session: Session, world: World, typed: str) -> None:
    """Publish a wave in which everything that people name is called this, and remark it."""
    world.partnership.name = world.partnership.area.name = world.wave.label = typed
    world.partnership.initiatives[0].partner = typed
    count = Indicator(organisation_id=world.lead.id, key="jobs", kind=IndicatorKind.COUNT, names={"da": typed})
    world.survey.indicators.append(count)
    columns: dict[str, list[str | None]] = {
        "belonging": steps(41, 100),
        "trust": steps(45, 100),
        "dinners.knows": ["yes"] * 40,
        "dinners_trust": steps(30, 40),
    }
    published_wave(session, world, 0, columns)
    for kind, number in ((ObservationKind.COMMENT, None), (ObservationKind.COUNT, Decimal(7))):
        add_observation(
            session,
            world.partnership,
            None,
            indicator=count,
            wave=world.wave,
            kind=kind,
            number=number,
            text=typed,
            source=typed,
        )
    session.commit()


def cells_of(client: CheckingClient, file: str) -> list[str]:
    text = client.get(f"{PARTNERSHIP}/{file}").data.decode("utf-8-sig")
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for cell in row]


@pytest.mark.parametrize("start", STARTS)
def test_no_spreadsheet_runs_a_name_or_a_remark(
    session: Session, client: CheckingClient, world: World, start: str
) -> None:
    typed = start + FORMULA
    publish_with(session, world, typed)
    for file in ("results.csv", "results-guide.csv", "results-codebook.csv", "esg.csv"):
        cells = cells_of(client, file)
        assert f"'{typed}" in cells, file
        assert not [cell for cell in cells if cell.startswith(STARTS) and number_or_none(cell) is None], file
    for file in ("results.xlsx", "esg.xlsx"):
        book = load_workbook(io.BytesIO(client.get(f"{PARTNERSHIP}/{file}").data))
        written = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert typed in {cell.value for cell in written}, file
        assert not [cell.coordinate for cell in written if cell.data_type == "f"], file


@pytest.mark.parametrize("label", ["2026/27 ..\\..\\hjem", "År 1: C:\\hjem\\", 'x"; filename="../y', "Ø" * 40])
def test_no_files_name_leads_elsewhere_or_is_longer_than_a_disk_takes(
    session: Session, client: CheckingClient, world: World, label: str
) -> None:
    world.partnership.area.name, world.wave.label = "Ø" * LONGEST_NAME, label
    published_wave(session, world, 0, {"belonging": steps(41, 100), "trust": steps(45, 100)})
    for file in ("results.csv", "results.xlsx", "results.json", "results/targets.svg?download=1", "esg.xlsx"):
        answer = client.get(f"{PARTNERSHIP}/{file}")
        name = parse_options_header(answer.headers["Content-Disposition"])[1]["filename"]
        assert re.fullmatch(r"[A-Za-z0-9.-]+", name), file
        assert len(name) <= LONGEST_FILE_NAME, file
