"""Bad input is answered with a sentence of its own in each of the staff languages, and nothing typed is lost."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.errors import FileRefused, InitiativeRefused, QuestionRefused, TextRefused
from surveyapp.models import User
from surveyapp.web.staff.building_words import (
    INITIATIVE_REFUSALS,
    QUESTION_REFUSALS,
    initiative_refusal,
    question_refusal,
    refusal_words,
)
from surveyapp.web.staff.translation_words import file_refusal, text_refusal
from tests.builders import World
from tests.web.checking_client import CheckingClient
from tests.web.staff.test_building import BUILD

FILES = (
    *("empty", "too_large", "not_po", "not_xlsx", "zip_bomb", "not_texts", "other_survey", "other_language"),
    *("unknown_language", "key_twice", "not_audio", "silent_file", "too_long"),
)
TURNED = "Egebo \u202eslukken"
HIDDEN = "hidden characters that change how it reads"


def refusals() -> list[str]:
    details = {"name": "Birkebo", "key": "item.trust"}
    slots: dict[str, object] = {"reason": "slots_differ", "slots": ["place"]}
    return [
        *(file_refusal(FileRefused(reason=reason, **details)) for reason in FILES),
        *(
            text_refusal(TextRefused(reason=reason, length=150))
            for reason in ("too_long", "control_characters", "missing")
        ),
        text_refusal(TextRefused(**slots)),
        text_refusal(TextRefused(reason="slots_differ", slots=[])),
        text_refusal(TextRefused(reason="is_source")),
        refusal_words(TextRefused(**slots), "{place}"),
        refusal_words(TextRefused(reason="missing")),
        *(initiative_refusal(InitiativeRefused(reason=reason)) for reason in INITIATIVE_REFUSALS),
        *(question_refusal(QuestionRefused(reason=reason)) for reason in QUESTION_REFUSALS),
    ]


def test_every_refusal_is_said_in_danish_swedish_and_english(app: Flask) -> None:
    said: dict[str, list[str]] = {}
    for language in ("da", "sv", "en"):
        with app.test_request_context(headers={"Accept-Language": language}):
            said[language] = refusals()
    for danish, swedish, english in zip(said["da"], said["sv"], said["en"], strict=True):
        assert len({danish, swedish, english}) == 3
        assert not any("%(" in sentence for sentence in (danish, swedish, english))
    assert all(len(set(sentences)) == len(sentences) for sentences in said.values())


@pytest.mark.parametrize(
    ("page", "field", "others"),
    [
        ("/o/egebo/partnerships/1/surveys/1", "name", {"indicators": ["trust"], "default_language": "da"}),
        (f"{BUILD}/facts", "label", {"opens_on": "2026-11-01", "closes_on": "2026-11-30"}),
        ("/o/egebo/partnerships/1/initiatives/new", "partner", {"started_on": "2026-01-01", "clause_da": "gør noget"}),
        ("/o/egebo/partnerships/1/initiatives/new", "clause_da", {"started_on": "2026-01-01", "partner": "Nortec"}),
        ("/o/egebo/library/indicators/new", "name_da", {"definition_da": "% der", "kind": "share"}),
        (f"{BUILD}/items/new", "text", {"indicator": "trust", "initiative": "", "polarity": "positive"}),
        (f"{BUILD}/background/new", "text", {"answers": "Ja\nNej"}),
        ("/o/egebo/areas/new", "name", {"adults": "800", "time_zone": "Europe/Copenhagen"}),
        ("/o/egebo/waves/1/translations/ar/reason", "reason", {}),
    ],
)
def test_a_text_that_reads_otherwise_than_it_is_written_is_refused_and_kept_in_its_field(
    client: CheckingClient, session: Session, coordinator: User, page: str, field: str, others: dict[str, object]
) -> None:
    client.sign_in(coordinator)
    answer = client.send(page, **others, **{field: TURNED})
    assert (answer.status_code, HIDDEN in answer.text, TURNED in answer.text) == (422, True, True)


def test_an_answer_to_a_question_that_reads_otherwise_is_refused_and_kept(
    client: CheckingClient, coordinator: User
) -> None:
    client.sign_in(coordinator)
    answer = client.send(f"{BUILD}/background/new", text="Bor du alene?", answers=f"Ja\n{TURNED}")
    assert (answer.status_code, HIDDEN in answer.text, TURNED in answer.text) == (422, True, True)


def test_a_reason_as_long_as_a_letter_is_refused_and_kept(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    answer = client.send("/o/egebo/waves/1/translations/ar/reason", reason="Fordi " * 100)
    assert (answer.status_code, "Use at most 500" in answer.text, "Fordi Fordi" in answer.text) == (422, True, True)
    session.rollback()
    assert "Fordi Fordi" not in world.wave.unreviewed_reasons["ar"]


@pytest.mark.parametrize("markup", ["<script>alert(1)</script>", "</textarea><b>", '"><img src=x onerror=x>'])
def test_markup_is_shown_as_the_text_it_is_on_every_page_it_reaches(
    client: CheckingClient, session: Session, world: World, coordinator: User, markup: str
) -> None:
    client.sign_in(coordinator)
    made = client.send(f"{BUILD}/items/new", text=markup, indicator="trust", initiative="", polarity="positive")
    assert made.location
    key = made.location.rpartition("item.")[2]
    for page in ("", f"/items/{key}", f"/items/{key}/remove", "/check", f"?string=item.{key}"):
        assert markup not in client.get(BUILD + page).text
    for page in ("/o/egebo/waves/1", f"/o/egebo/waves/1/preview?string=item.{key}", "/o/egebo/waves/1/translations/ar"):
        assert markup not in client.get(page).text


def test_a_language_that_nobody_knows_is_no_language_of_a_survey(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    fields = {"name": "Egeparken", "indicators": ["trust"], "default_language": "da"}
    answer = client.send("/o/egebo/partnerships/1/surveys/1", languages=["da", "xx-klingon"], **fields)
    assert answer.status_code == 422
    answer = client.send("/o/egebo/partnerships/1/surveys/1", languages=["da"], **fields | {"default_language": "xx"})
    assert answer.status_code == 422
    assert client.get("/o/egebo/waves/1/translations/xx-klingon").status_code == 404
    assert client.get(f"{BUILD}?language=xx-klingon").status_code == 200
