"""What residents are told: whole sentences of at most 300 characters, each language with its status, nobody overrun."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.errors import ChangedMeanwhile, TextRefused
from surveyapp.models import TextStatus, Wave
from surveyapp.services.building.writing import Author
from surveyapp.services.give_back import GivenBack, Said, give_back_version, write_give_back
from tests.answered import GIVE_BACK, PUBLISHED_ON, say_what_happens_now
from tests.builders import make_world

ARABIC = "نضع مقاعد في الفناء"


@pytest.fixture
def wave(session: Session) -> Wave:
    return make_world(session).wave


def write(session: Session, wave: Wave, texts: dict[str, Said], seen: str | None = None) -> None:
    author = Author(None, "coordinator", PUBLISHED_ON)
    write_give_back(session, wave, author, texts, PUBLISHED_ON, give_back_version(wave) if seen is None else seen)


def test_every_language_keeps_its_status_and_one_that_is_emptied_goes(session: Session, wave: Wave) -> None:
    machine, reviewed = TextStatus.MACHINE, TextStatus.REVIEWED
    write(session, wave, {"da": Said(GIVE_BACK, machine), "ar": Said(ARABIC, machine), "en": Said("Benches", reviewed)})
    assert wave.give_back is not None
    statuses = {language: row.status for language, row in wave.give_back.texts.items()}
    assert statuses == {"da": TextStatus.SOURCE, "ar": machine, "en": reviewed}
    write(session, wave, {"da": Said(GIVE_BACK, machine), "ar": Said(" ", machine), "en": Said("Benches", reviewed)})
    session.commit()
    assert set(wave.give_back.texts) == {"da", "en"}


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("da", "", "missing"),
        ("da", "å" * 301, "too_long"),
        ("ar", "ض" * 301, "too_long"),
        ("da", "skjult \u202eretning", "control_characters"),
    ],
)
def test_what_cannot_be_shown_is_refused_by_name(
    session: Session, wave: Wave, language: str, text: str, reason: str
) -> None:
    texts = {"da": Said(GIVE_BACK, TextStatus.SOURCE)} | {language: Said(text, TextStatus.MACHINE)}
    with pytest.raises(TextRefused) as refusal:
        write(session, wave, texts)
    assert (refusal.value.details["reason"], refusal.value.details["language"]) == (reason, language)


def test_three_hundred_characters_are_kept(session: Session, wave: Wave) -> None:
    write(session, wave, {"da": Said("å" * 300, TextStatus.SOURCE)})
    assert wave.give_back is not None
    assert len(wave.give_back.source_text) == 300


def test_nobody_overwrites_what_they_have_not_seen(session: Session, wave: Wave) -> None:
    seen = give_back_version(wave)
    say_what_happens_now(session, wave)
    with pytest.raises(ChangedMeanwhile):
        write(session, wave, {"da": Said("Noget andet", TextStatus.SOURCE)}, seen)


def test_a_language_without_a_text_says_it_in_the_surveys_own() -> None:
    given = GivenBack({"default_language": "da"}, {"da": GIVE_BACK, "ar": ARABIC}, None)
    assert given.said_in("ar") == (ARABIC, "ar")
    assert given.said_in("so") == (GIVE_BACK, "da")
