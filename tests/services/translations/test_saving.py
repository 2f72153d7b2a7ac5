"""What a translator writes is kept, checked, and never overwritten or called reviewed behind anybody's back."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveyapp.errors import ChangedMeanwhile, NotFound, TextRefused, WrongState
from surveyapp.models import TextStatus, Wave, WaveState
from surveyapp.services.translations.saving import NewText, Signature, save_text, write_source
from surveyapp.services.translations.strings import String, TextState, find_string, progress, strings_of
from tests.builders import make_wave, make_world

FATIMA = Signature("Fatima", "translator", dt.date(2026, 10, 1))
KARIN = Signature("Karin", "coordinator", dt.date(2026, 10, 2))


def save(
    session: Session, string: String, text: str, status: TextStatus = TextStatus.DRAFT, by: Signature = FATIMA
) -> None:
    save_text(session, string, "ar", NewText(text, status, string.edition("ar")), by)


@pytest.fixture
def wave(session: Session) -> Wave:
    return make_world(session).wave


@pytest.fixture
def trust(wave: Wave) -> String:
    return find_string(wave, "item.trust")


def test_every_string_has_a_key_that_is_the_same_next_year(session: Session, wave: Wave) -> None:
    keys = [string.key for string in strings_of(wave)]
    assert keys == [
        "item.belonging",
        "item.trust",
        "clause.dinners",
        "exposure.dinners",
        "item.dinners_trust",
        "background.age",
        "background.age.18-29",
        "background.age.30-59",
        "background.age.60+",
    ]
    assert [string.key for string in strings_of(make_wave(session, wave.survey, 1))] == keys


def test_a_string_of_another_wave_is_not_found(wave: Wave) -> None:
    with pytest.raises(NotFound):
        find_string(wave, "item.safety")


def test_progress_counts_each_language_by_state(session: Session, wave: Wave, trust: String) -> None:
    save(session, trust, "أثق في جيراني", TextStatus.REVIEWED)
    save(session, find_string(wave, "item.belonging"), "")
    save(session, find_string(wave, "background.age"), "ما هو عمرك؟")
    counts = progress(wave)
    assert counts["da"] == {TextState.SOURCE: 9}
    assert counts["ar"] == {
        TextState.REVIEWED: 1,
        TextState.MISSING: 1,
        TextState.DRAFT: 1,
        TextState.MACHINE: 6,
    }


def test_a_text_says_who_brought_it_to_its_status_in_which_role_and_when(session: Session, trust: String) -> None:
    save(session, trust, "أثق في جيراني", TextStatus.REVIEWED)
    row = trust.wording.texts["ar"]
    assert (row.text, row.status, row.source_version) == ("أثق في جيراني", TextStatus.REVIEWED, 1)
    assert (row.status_by, row.status_role, row.status_on) == ("Fatima", "translator", dt.date(2026, 10, 1))


def test_changing_a_reviewed_text_makes_it_a_draft_again(session: Session, trust: String) -> None:
    save(session, trust, "أثق في جيراني", TextStatus.REVIEWED)
    save(session, trust, "أثق في جيراني كثيرا", by=KARIN)
    assert trust.state("ar") is TextState.DRAFT
    assert trust.wording.texts["ar"].status_by == "Karin"


def test_saving_a_reviewed_text_unchanged_leaves_the_review_alone(session: Session, trust: String) -> None:
    save(session, trust, "أثق في جيراني", TextStatus.REVIEWED)
    save(session, trust, "  أثق   في جيراني ", by=KARIN)
    assert trust.state("ar") is TextState.REVIEWED
    assert trust.wording.texts["ar"].status_by == "Fatima"


def test_a_reviewed_text_is_stale_as_soon_as_its_source_changes(session: Session, trust: String) -> None:
    save(session, trust, "أثق في جيراني", TextStatus.REVIEWED)
    write_source(session, trust.wording, "Jeg har tillid til mine naboer", KARIN)
    assert trust.state("ar") is TextState.STALE
    assert trust.state("da") is TextState.SOURCE
    save(session, trust, "أثق في جيراني")
    assert trust.state("ar") is TextState.STALE, "saving what stood there says nothing about the new source"
    save(session, trust, "أثق في جيراني", TextStatus.REVIEWED)
    assert trust.state("ar") is TextState.REVIEWED


def test_writing_the_same_source_again_makes_nothing_stale(session: Session, trust: String) -> None:
    save(session, trust, "أثق في جيراني", TextStatus.REVIEWED)
    write_source(session, trust.wording, trust.wording.source_text, KARIN)
    assert trust.state("ar") is TextState.REVIEWED


def test_a_machine_translation_is_called_one_until_somebody_reviews_it(session: Session, trust: String) -> None:
    save(session, trust, trust.words("ar"), TextStatus.DRAFT)
    assert trust.state("ar") is TextState.DRAFT
    save(session, trust, trust.words("ar"), TextStatus.MACHINE)
    assert trust.state("ar") is TextState.MACHINE


def test_an_empty_text_is_missing_and_never_reviewed(session: Session, trust: String) -> None:
    save(session, trust, "  ", TextStatus.REVIEWED)
    assert trust.state("ar") is TextState.MISSING
    assert trust.wording.texts["ar"].status is TextStatus.DRAFT


@pytest.mark.parametrize(
    "text",
    [
        "منذ أن {initiative}",
        "منذ أن {initiative} {partner} {place}",
        "منذ أن {initiative} {company}",
        "منذ أن {initiative} {partner} {",
        "منذ أن {initiative} { partner }",
    ],
)
def test_other_slots_than_the_sources_are_refused(session: Session, wave: Wave, text: str) -> None:
    with pytest.raises(TextRefused) as refusal:
        save(session, find_string(wave, "item.dinners_trust"), text)
    assert refusal.value.details == {"reason": "slots_differ", "slots": ["initiative", "partner"]}


def test_a_text_of_140_characters_is_kept_and_one_more_is_refused(session: Session, trust: String) -> None:
    save(session, trust, "ن" * 140)
    with pytest.raises(TextRefused) as refusal:
        save(session, trust, "ن" * 141)
    assert refusal.value.details["reason"] == "too_long"


@pytest.mark.parametrize("control", ["\u202a", "\u202e", "\u2066", "\u2069", "\x00", "\x1b"])
def test_characters_that_hide_how_a_text_reads_are_refused(session: Session, trust: String, control: str) -> None:
    with pytest.raises(TextRefused) as refusal:
        save(session, trust, f"أثق{control}بجيراني")
    assert refusal.value.details["reason"] == "control_characters"


@pytest.mark.parametrize("text", ["می‌دانم", "a\u200fb", "<b>أثق</b> & 'x'"])
def test_joiners_marks_and_markup_are_kept_letter_for_letter(session: Session, trust: String, text: str) -> None:
    save(session, trust, text)
    assert trust.words("ar") == text


def test_whoever_saves_over_a_text_they_have_not_seen_is_told_and_nothing_is_lost(
    session: Session, trust: String
) -> None:
    seen = trust.edition("ar")
    save(session, trust, "أثق في جيراني")
    with pytest.raises(ChangedMeanwhile) as refusal:
        save_text(session, trust, "ar", NewText("جيراني أهل ثقة", TextStatus.DRAFT, seen), KARIN)
    assert refusal.value.details["theirs"] is trust.wording.texts["ar"]
    assert trust.words("ar") == "أثق في جيراني"


def test_nobody_reviews_a_text_against_a_source_they_have_not_seen(session: Session, trust: String) -> None:
    seen = trust.edition("ar")
    write_source(session, trust.wording, "Jeg har tillid til mine naboer", KARIN)
    with pytest.raises(ChangedMeanwhile):
        save_text(session, trust, "ar", NewText(trust.words("ar"), TextStatus.REVIEWED, seen), FATIMA)


def test_the_first_text_of_a_language_is_not_overwritten_by_another_first_one(session: Session, trust: String) -> None:
    seen = trust.edition("tr")
    save_text(session, trust, "tr", NewText("Komşularıma güvenirim", TextStatus.DRAFT, seen), FATIMA)
    with pytest.raises(ChangedMeanwhile):
        save_text(session, trust, "tr", NewText("Komşulara güveniyorum", TextStatus.DRAFT, seen), KARIN)


def test_the_source_is_not_rewritten_as_a_translation(session: Session, trust: String) -> None:
    with pytest.raises(TextRefused) as refusal:
        save_text(session, trust, "da", NewText("Andet", TextStatus.DRAFT, trust.edition("da")), FATIMA)
    assert refusal.value.details["reason"] == "is_source"


def test_texts_of_a_wave_that_has_begun_stay_as_they_were_asked(session: Session, wave: Wave, trust: String) -> None:
    wave.state = WaveState.OPEN
    with pytest.raises(WrongState):
        save(session, trust, "أثق في جيراني")
