"""What was asked stands in every language on the page, and no text is called better than it is."""

import re
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import TextStatus
from tests.answered import published_wave, steps
from tests.builders import World
from tests.web.checking_client import CheckingClient
from tests.web.partner.reading import OWN, nothing_published_yet, reader

pytestmark = nothing_published_yet

pymupdf: Any = import_module("pymupdf")  # imported by name because only half of it has types


@pytest.fixture(autouse=True)
def published(session: Session, world: World, client: CheckingClient) -> None:
    """Both statements were reviewed in Arabic; trust was then changed in Danish."""
    belonging, trust, _ = world.wave.items
    for item in (belonging, trust):
        item.wording.texts["ar"].status = TextStatus.REVIEWED
    trust.wording.source_version = 2
    published_wave(session, world, 0, {"belonging": steps(20, 40), "trust": steps(20, 40)})
    client.sign_in(reader(session, world.lead, language="da"))


def test_every_statement_stands_on_the_page_in_every_language(client: CheckingClient) -> None:
    page = client.get(f"{OWN}/results").text
    for text in ("أنتمي إلى هذا المكان", "أثق بجيراني", "صرت أثق بجيراني أكثر", "I trust my neighbours more"):
        assert text in page


def test_a_review_of_a_text_whose_source_has_changed_since_counts_for_nothing(client: CheckingClient) -> None:
    _, kept, changed = re.split("أنتمي إلى هذا المكان|أثق بجيراني", client.get(f"{OWN}/results").text)[:3]
    assert "gennemgået" in kept
    assert "gennemgået" not in changed
    assert "forældet: kilden er ændret" in changed
    report = pymupdf.open(stream=client.get(f"{OWN}/results.pdf?language=da").data)
    said = " ".join(" ".join(page.get_text() for page in report).split())
    assert "gennemgået: 1, forældet: kilden er ændret: 1" in said
