"""What a wave asks is frozen when it opens, and nothing half-translated reaches a resident."""

import json

import pytest
from sqlalchemy.orm import Session

from surveyapp.errors import NothingToAsk
from surveyapp.services.questionnaires import document_of, draft_document, freeze, item_fingerprint
from tests.builders import TODAY, make_wave, make_world


def test_slots_are_filled_in_every_language(session: Session) -> None:
    document = draft_document(make_world(session).wave)
    statement = document["initiatives"][0]["items"][0]["texts"]
    assert statement["da"]["text"].startswith("Siden Supermarkedet Solsikken startede fællesspisning, stoler")
    assert statement["en"]["text"].startswith("Since Supermarkedet Solsikken started shared dinners, I trust")
    assert "{" not in json.dumps(document, ensure_ascii=False).replace('{"', "").replace("{}", "")


def test_a_missing_translation_is_named_and_refused(session: Session) -> None:
    wave = make_world(session).wave
    del wave.items[0].wording.texts["ar"]
    with pytest.raises(NothingToAsk) as refusal:
        draft_document(wave)
    assert refusal.value.details["missing"] == ["belonging (ar)"]


def test_a_missing_clause_is_refused_rather_than_shown_as_a_slot(session: Session) -> None:
    world = make_world(session)
    del world.partnership.initiatives[0].clause.texts["en"]
    with pytest.raises(NothingToAsk):
        draft_document(world.wave)


def test_freezing_the_same_draft_twice_gives_one_version(session: Session) -> None:
    wave = make_world(session).wave
    first = freeze(session, wave, TODAY)
    assert freeze(session, wave, TODAY) is first
    wave.items[0].wording.texts["en"].text = "This is where I belong"
    assert freeze(session, wave, TODAY).version == 2
    assert document_of(first)["items"][0]["texts"]["en"]["text"] == "I belong here"


def test_a_new_translation_keeps_the_trend_and_a_new_source_breaks_it(session: Session) -> None:
    world = make_world(session)
    this_year, next_year = world.wave.items[0], make_wave(session, world.survey, 1).items[0]
    next_year.wording.texts["ar"].text = "هذا المكان مكاني"
    assert item_fingerprint(next_year) == item_fingerprint(this_year)
    next_year.wording.texts["da"].text = "Jeg føler mig hjemme her"
    assert item_fingerprint(next_year) != item_fingerprint(this_year)
