"""Correcting an open wave: a slip keeps the trend, another meaning breaks it, and the results say what came before."""

import json
from typing import Any

import pytest
from sqlalchemy.orm import Session

from surveyapp.errors import ChangedMeanwhile, IndicatorInUse, TextRefused, WrongState
from surveyapp.services.building.corrections import CorrectedText, Correction, answers_before, correct_text
from surveyapp.services.building.indicators import find_indicator, remove_indicator
from surveyapp.services.building.items import find_item
from surveyapp.services.building.surveys import change_survey, survey_version
from surveyapp.services.building.waves import WaveFacts, create_wave
from surveyapp.services.building.writing import Author
from surveyapp.services.partnership_setup import SurveyPlan
from surveyapp.services.questionnaires import document_of, item_fingerprint
from surveyapp.services.translations.strings import find_string
from tests.answered import answer, publish, start, steps
from tests.builders import World


def corrected(session: Session, world: World, author: Author, text: str, kind: Correction, language: str = "da") -> int:
    seen = find_string(world.wave, "item.trust").edition(language)
    new = CorrectedText("item.trust", language, text, kind, seen)
    return correct_text(session, world.wave, author, new).version


def trust_of(session: Session, world: World) -> dict[str, Any]:
    document = json.loads(publish(session, world.wave).document)
    return next(each for each in document["indicators"] if each["key"] == "trust")


def test_a_mended_slip_keeps_the_trend_and_the_results_say_how_many_answered_before(
    session: Session, world: World, author: Author
) -> None:
    start(session, world.wave)
    before = item_fingerprint(find_item(world.wave, "trust"))
    answer(session, world.wave, {"belonging": steps(8, 10), "trust": steps(5, 10)})
    assert corrected(session, world, author, "Jeg stoler på mine naboer her", Correction.SLIP) == 2
    answer(session, world.wave, {"belonging": steps(20, 30), "trust": steps(10, 30)}, questionnaire_version=2)
    assert item_fingerprint(find_item(world.wave, "trust")) == before
    assert answers_before(session, world.wave) == {1: 10, 2: 30}
    trust = trust_of(session, world)
    (item,) = trust["items"]
    (earlier,) = item["earlier_wordings"]
    assert (earlier["questionnaire_version"], earlier["share_of_responses"]) == (1, 0.25)
    assert earlier["fingerprint"] == item["fingerprint"] == before
    assert "changed_during_fieldwork" not in trust["figures"][0]["break_reasons"]
    copy = create_wave(session, world.survey, author, WaveFacts("Year 1", world.wave.opens_on, world.wave.closes_on))
    assert item_fingerprint(find_item(copy, "trust")) == before


def test_another_meaning_breaks_the_trend_and_leaves_translations_out_of_date(
    session: Session, world: World, author: Author
) -> None:
    start(session, world.wave)
    answer(session, world.wave, {"belonging": steps(8, 10), "trust": steps(5, 10)})
    corrected(session, world, author, "Jeg stoler på politiet", Correction.MEANING)
    answer(session, world.wave, {"belonging": steps(8, 10), "trust": steps(5, 10)}, questionnaire_version=2)
    assert world.wave.questionnaire
    item = next(each for each in document_of(world.wave.questionnaire)["items"] if each["key"] == "trust")
    assert (item["texts"]["da"]["text"], item["texts"]["ar"]["stale"]) == ("Jeg stoler på politiet", True)
    (item,) = trust_of(session, world)["items"]
    assert item["earlier_wordings"][0]["fingerprint"] != item["fingerprint"]


def test_a_mended_translation_is_noted_and_no_longer_called_reviewed(
    session: Session, world: World, author: Author
) -> None:
    start(session, world.wave)
    before = item_fingerprint(find_item(world.wave, "trust"))
    corrected(session, world, author, "أثق كثيرا بجيراني", Correction.SLIP, "ar")
    assert item_fingerprint(find_item(world.wave, "trust")) == before
    assert find_item(world.wave, "trust").wording.texts["ar"].status.value == "draft"


def test_a_correction_is_refused_before_and_after_fieldwork_over_anothers_and_with_other_slots(
    session: Session, world: World, author: Author
) -> None:
    with pytest.raises(WrongState):
        corrected(session, world, author, "Nu", Correction.SLIP)
    start(session, world.wave)
    for text in ("", "Jeg {place}", "Jeg \u202e"):
        with pytest.raises(TextRefused):
            corrected(session, world, author, text, Correction.SLIP)
    with pytest.raises(ChangedMeanwhile):
        correct_text(session, world.wave, author, CorrectedText("item.trust", "da", "Nu", Correction.SLIP, "0.0"))


def test_an_indicator_with_results_can_neither_be_deleted_nor_leave_its_survey(
    session: Session, world: World, author: Author
) -> None:
    trust = find_indicator(session, world.lead, "trust")
    with pytest.raises(IndicatorInUse):
        remove_indicator(session, world.lead, author, trust)
    plan = SurveyPlan("Egeparken", "da", ["da"], ["belonging"])
    with pytest.raises(IndicatorInUse):
        change_survey(session, world.survey, author, plan, survey_version(world.survey))
