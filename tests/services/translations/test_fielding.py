"""Texts that nobody has reviewed are fielded only with a written reason, which the frozen documents carry."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.errors import NotFound, UnreviewedLanguages, WrongState
from surveyapp.models import TextStatus, Wave, WaveState
from surveyapp.services.questionnaires import document_of
from surveyapp.services.translations.fielding import languages_without_review, translation_record, write_reason
from surveyapp.services.translations.saving import NewText, save_text, write_source
from surveyapp.services.translations.strings import strings_of
from surveyapp.services.waves import open_wave
from tests.builders import TODAY, make_world
from tests.services.translations.test_saving import KARIN


@pytest.fixture
def wave(session: Session) -> Wave:
    wave = make_world(session).wave
    wave.unreviewed_reasons = {}
    session.flush()
    return wave


def review(session: Session, wave: Wave, language: str) -> None:
    for string in strings_of(wave):
        new = NewText(string.words(language), TextStatus.REVIEWED, string.edition(language))
        save_text(session, string, language, new, KARIN)


def test_machine_translations_keep_a_wave_from_opening_until_a_reason_is_written(session: Session, wave: Wave) -> None:
    with pytest.raises(UnreviewedLanguages) as refusal:
        open_wave(session, wave, None, TODAY)
    assert refusal.value.details["languages"] == ["en", "ar"]
    assert wave.questionnaires == []
    write_reason(session, wave, None, "en", "Vi når det ikke i år")
    write_reason(session, wave, None, "ar", "  ")
    with pytest.raises(UnreviewedLanguages) as refusal:
        open_wave(session, wave, None, TODAY)
    assert refusal.value.details["languages"] == ["ar"]
    review(session, wave, "ar")
    open_wave(session, wave, None, TODAY)
    assert wave.state is WaveState.OPEN


def test_the_frozen_questionnaire_carries_counts_and_reasons(session: Session, wave: Wave) -> None:
    review(session, wave, "ar")
    write_reason(session, wave, None, "en", "Vi når det ikke i år")
    write_reason(session, wave, None, "ar", "En begrundelse fra dengang")
    open_wave(session, wave, None, TODAY)
    assert wave.questionnaire
    assert document_of(wave.questionnaire)["translation"] == {
        "da": {"reviewed": 9, "of": 9, "reason": ""},
        "en": {"reviewed": 0, "of": 9, "reason": "Vi når det ikke i år"},
        "ar": {"reviewed": 9, "of": 9, "reason": ""},
    }


def test_a_stale_or_missing_text_makes_a_reviewed_language_unreviewed(session: Session, wave: Wave) -> None:
    review(session, wave, "ar")
    review(session, wave, "en")
    assert languages_without_review(wave) == []
    write_source(session, wave.items[0].wording, "Jeg hører hjemme her", KARIN)
    assert languages_without_review(wave) == ["en", "ar"]
    assert translation_record(wave)["ar"]["reviewed"] == 8


def test_an_initiatives_clause_counts_too(session: Session, wave: Wave) -> None:
    review(session, wave, "ar")
    clause = wave.survey.partnership.initiatives[0].clause
    write_source(session, clause, "åbnede en café", KARIN)
    assert "ar" in languages_without_review(wave)


def test_a_reason_can_be_taken_back_and_is_only_for_a_language_of_the_draft(session: Session, wave: Wave) -> None:
    write_reason(session, wave, None, "ar", "Vi har ingen tolk")
    write_reason(session, wave, None, "ar", "")
    assert wave.unreviewed_reasons == {}
    with pytest.raises(NotFound):
        write_reason(session, wave, None, "tlh", "x")
    wave.state = WaveState.OPEN
    with pytest.raises(WrongState):
        write_reason(session, wave, None, "ar", "Vi har ingen tolk")
