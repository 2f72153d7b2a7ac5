"""Where of a margin no count may be shown, one sentence says so: a table of the word withheld says nothing more."""

from importlib import import_module
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.answered import ages, published_wave, steps
from tests.builders import World
from tests.web.checking_client import CheckingClient
from tests.web.partner.reading import OWN, nothing_published_yet, reader

pytestmark = nothing_published_yet

pymupdf: Any = import_module("pymupdf")  # imported by name because only half of it has types


@pytest.fixture(autouse=True)
def published(session: Session, world: World, client: CheckingClient) -> None:
    """Of 36 people two are young and two old: the 32 between would give away that those are four."""
    columns = {"belonging": steps(18, 36), "trust": steps(18, 36)}
    published_wave(session, world, 0, columns, {"age": ages(2, 32, 2)})
    client.sign_in(reader(session, world.lead, language="da"))


def test_page_and_report_say_it_in_a_sentence(client: CheckingClient) -> None:
    page = client.get(f"{OWN}/results").text
    composition = page[page.index('id="composition"') : page.index("Svarmåde")]
    assert "sløret. Afstanden til området er sløret" in composition
    assert "<caption>Alder" not in page
    assert "results/quotas" not in page
    report = pymupdf.open(stream=client.get(f"{OWN}/results.pdf?language=da").data)
    assert "Alder: sløret. Afstanden" in " ".join(" ".join(each.get_text() for each in report).split())
