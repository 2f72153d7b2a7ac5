"""Two coordinators change the same thing: the second sees both versions, loses nothing and overwrites nothing."""

import re
from typing import Any

from sqlalchemy.orm import Session

from surveyapp.models import User
from surveyapp.services.waves import open_wave, today_in
from tests.builders import World
from tests.web.checking_client import CheckingClient
from tests.web.staff.test_building import BUILD, seen_on

TODAY = today_in("Europe/Copenhagen")
Fields = dict[str, Any]
SURVEY: Fields = {"indicators": ["belonging", "trust"], "languages": ["da", "en", "ar"], "default_language": "da"}
DAYS: Fields = {"opens_on": "2026-11-01", "closes_on": "2026-11-30"}
INITIATIVE: Fields = {"started_on": "2026-02-01", "clause_da": "startede fællesspisning"}
TEMPLATE: Fields = {"indicator": "trust", "form": "level", "exposure": "knows", "polarity": "positive"}
ANSWERS: Fields = {"answers": "18-29\n30-59\n60+"}

# What is changed → its page, the field both change, and what its form sends besides.
CHANGED = {
    "the survey": ("/o/egebo/partnerships/1/surveys/1", "name", SURVEY),
    "name and dates": (f"{BUILD}/facts", "label", DAYS),
    "a statement": (f"{BUILD}/items/trust", "text", {"polarity": "positive"}),
    "an initiative": ("/o/egebo/partnerships/1/initiatives/dinners", "partner", INITIATIVE),
    "what an initiative did": (
        "/o/egebo/partnerships/1/initiatives/dinners",
        "clause_ar",
        INITIATIVE | {"partner": "Supermarkedet Solsikken"},
    ),
    "a background question": (f"{BUILD}/background/age", "text", ANSWERS),
    "one's own statement": ("/o/egebo/library/own/trust_2", "text", TEMPLATE),
    "a translation of it": (
        "/o/egebo/library/own/trust_2",
        "text_ar",
        TEMPLATE | {"text": "Jeg stoler på mine naboer"},
    ),
}


def test_the_first_ones_version_stands_beside_the_second_ones_on_every_page(
    client: CheckingClient, coordinator: User
) -> None:
    client.sign_in(coordinator)
    client.send("/o/egebo/library/trust/copy")
    for what, (page, field, others) in CHANGED.items():
        seen = seen_on(client.get(page).text)
        assert client.send(page, **others, **{field: "Annas ord"}, seen=seen).status_code == 303, what
        both = client.send(page, **others, **{field: "Bos ord"}, seen=seen)
        assert both.status_code == 409, what
        assert re.search(r"<strong>Annas ord</strong></td><td>Bos ord</td>", both.text), what
        assert kept_in_form(both.text, field) == "Bos ord", what
        assert kept_in_form(client.get(page).text, field) == "Annas ord", what
        knowing = client.send(page, **others, **{field: "Bos ord"}, seen=seen_on(both.text))
        assert knowing.status_code == 303, what
        assert kept_in_form(client.get(page).text, field) == "Bos ord", what


def test_a_correction_is_not_made_over_another_one(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    open_wave(session, world.wave, None, TODAY, TODAY)
    session.commit()
    client.sign_in(coordinator)
    page = "/o/egebo/waves/1/corrections/item.trust"
    seen = seen_on(client.get(page).text)
    assert client.send(page, text="Annas ord", kind="slip", seen=seen).status_code == 303
    both = client.send(page, text="Bos ord", kind="slip", seen=seen)
    assert both.status_code == 409
    assert "<strong>Annas ord</strong></td><td>Bos ord</td>" in both.text
    session.rollback()
    assert [each.version for each in world.wave.questionnaires] == [1, 2]


def kept_in_form(page: str, field: str) -> str:
    found = re.search(rf'<textarea[^>]* name="{field}"[^>]*>\s*([^<]*)</textarea>', page)
    found = found or re.search(rf'<input[^>]* name="{field}"[^>]* value="([^"]*)"', page)
    assert found, field
    return found[1]
