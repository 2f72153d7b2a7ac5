"""However much was asked, in however many languages and years: the report stays one that people read."""

import datetime as dt
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.content.library import library
from surveyapp.i18n import STAFF_LANGUAGES
from surveyapp.models import User
from surveyapp.services import example
from tests.web.checking_client import CheckingClient
from tests.web.partner.reading import from_nothing

pytestmark = from_nothing

pymupdf: Any = import_module("pymupdf")  # imported by name because only half of it has types

LANGUAGES = ["da", "sv", "en", "ar", "tr", "uk", "so", "pl", "fa", "bs"]
INDICATORS, YEARS = 8, 5


@pytest.fixture
def large(session: Session, client: CheckingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example with more of everything: eight indicators and a count, ten languages, five years."""
    plan = example._plan()
    asked = [key for key, indicator in library().indicators.items() if indicator.kind == "share"][:INDICATORS]
    plan["partnership"] |= {"indicators": [*asked, "internships"], "level_items": asked, "languages": LANGUAGES}
    plan["targets"] |= dict.fromkeys(asked, 75)
    plan["comments"] |= dict.fromkeys(asked, "Kvantitativ og kvalitativ analyse")
    for initiative in plan["initiatives"]:
        initiative["clause"] |= dict.fromkeys(("pl", "fa", "bs"), initiative["clause"]["en"])
    last = plan["waves"][1]
    plan["waves"] = [
        last | {"label": str(2021 + year), "responses": 308, "positive": dict.fromkeys(asked, 150 + 7 * year)}
        for year in range(YEARS + 1)
    ]
    monkeypatch.setattr(example, "_plan", lambda: plan)
    example.load_example(session, "en lang og tosset sætning", dt.date(2026, 11, 26))
    session.commit()
    client.sign_in(session.scalars(select(User)).one())


@pytest.mark.slow
@pytest.mark.usefixtures("large")
def test_a_large_survey_has_a_report_of_at_most_eight_pages(client: CheckingClient) -> None:
    for language in STAFF_LANGUAGES:
        answer = client.get(f"/o/egebo/partnerships/1/results.pdf?language={language}")
        assert 4 <= len(pymupdf.open(stream=answer.data)) <= 8, language
