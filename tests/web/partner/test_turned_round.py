"""A statement that speaks against its indicator says so wherever its answers stand: 53 % agree, the figure is 26 %."""

import io
from importlib import import_module
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from surveyapp.models import Polarity
from tests.answered import published_wave, steps
from tests.builders import World
from tests.web.checking_client import CheckingClient
from tests.web.partner.reading import OWN, nothing_published_yet, reader, text_of

pytestmark = nothing_published_yet

pymupdf: Any = import_module("pymupdf")  # imported by name because only half of it has types
TURNED = "turned round: disagreement counts as positive"


@pytest.fixture(autouse=True)
def published(session: Session, world: World, client: CheckingClient) -> None:
    world.wave.items[0].polarity = Polarity.NEGATIVE
    published_wave(session, world, 0, {"belonging": steps(20, 40), "trust": steps(20, 40)})
    client.sign_in(reader(session, world.lead))


def test_page_report_spreadsheet_and_esg_sheet_say_so_once_beside_the_statement(client: CheckingClient) -> None:
    page = text_of(client.get(f"{OWN}/results").text)
    assert f"I belong here ({TURNED})" in page[page.index("The answers to every statement") :]
    report = pymupdf.open(stream=client.get(f"{OWN}/results.pdf").data)
    said = " ".join(" ".join(sheet.get_text() for sheet in report).split()).replace("\u00ad ", "")
    assert f"I belong here ({TURNED})" in said[said.index("The answers to every statement") :]
    answers = load_workbook(io.BytesIO(client.get(f"{OWN}/results.xlsx").data))["Answers"]
    assert [cell.value for cell in answers["B"] if TURNED in str(cell.value)] == [f"I belong here ({TURNED})"]
    assert f"“I belong here” ({TURNED})" in client.get(f"{OWN}/esg.csv").data.decode("utf-8-sig")
