"""What residents get back: what happens now, in their languages, when they are asked again, and the results."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.canonical import canonical_json, checksum
from surveyapp.errors import TextRefused
from surveyapp.models import Result, TextStatus, Wave, Wording, WordingText
from surveyapp.services import audit
from surveyapp.services.building.writing import Author, check_seen
from surveyapp.services.questionnaires import Document
from surveyapp.services.translations.checks import check_text, tidy

LONGEST_GIVE_BACK = 300


@dataclass(frozen=True)
class Said:
    """One language's text and how far it can be trusted; the survey's own language is the source."""

    text: str
    status: TextStatus


@dataclass(frozen=True)
class GivenBack:
    """A wave's results as residents may see them, with what happens now by language and when they are asked again."""

    document: Document
    texts: dict[str, str]
    next_wave_on: dt.date | None

    def said_in(self, language: str) -> tuple[str, str]:
        """What happens now, and the language it is said in: this one, else the survey's own."""
        spoken = language if self.texts.get(language) else str(self.document["default_language"])
        return self.texts.get(spoken, ""), spoken


def write_give_back(
    session: Session, wave: Wave, author: Author, texts: Mapping[str, Said], next_wave_on: dt.date, seen: str
) -> None:
    """Say what happens now; a language left empty shows the survey's own.

    Raises TextRefused, with details["language"], without a text in the survey's own language or for one that is over
    300 characters or hides its direction, and ChangedMeanwhile unless it still stands as `seen`.
    """
    session.refresh(wave, with_for_update=True)
    check_seen(seen, give_back_version(wave))
    own = wave.survey.default_language
    said = {language: _checked(each, language, own) for language, each in texts.items()}
    if wave.give_back is None:
        wave.give_back = Wording(source_language=own)
    for language, each in said.items():
        _write(wave.give_back, language, each, author)
    wave.next_wave_on = next_wave_on
    session.flush()
    audit.record(session, wave.survey.partnership.lead, author.user, "give_back.written", f"wave {wave.id}")


def give_back_version(wave: Wave) -> str:
    """A fingerprint of everything that is said: whoever saves must have seen this one."""
    rows = wave.give_back.texts.values() if wave.give_back else ()
    content = [[row.language, row.text, row.status] for row in sorted(rows, key=lambda row: row.language)]
    return checksum(canonical_json([content, wave.next_wave_on.isoformat() if wave.next_wave_on else None]))[:16]


def given_back(session: Session, wave_id: int) -> GivenBack | None:
    """What residents of the wave see; None until the partnership lets them."""
    newest = select(Result).where(Result.wave_id == wave_id).order_by(Result.version.desc()).limit(1)
    result = session.scalar(newest)
    if result is None or result.shown_to_residents_on is None:
        return None
    wave = result.wave
    texts = {row.language: row.text for row in wave.give_back.texts.values()} if wave.give_back else {}
    return GivenBack(json.loads(result.document), texts, wave.next_wave_on)


def _checked(said: Said, language: str, own: str) -> Said:
    text = tidy(said.text)
    if language == own and not text:
        raise TextRefused(reason="missing", language=language)
    try:
        check_text(text, frozenset(), LONGEST_GIVE_BACK)
    except TextRefused as refusal:
        raise TextRefused(**refusal.details, language=language) from refusal
    return Said(text, TextStatus.SOURCE if language == own else said.status)


def _write(wording: Wording, language: str, said: Said, author: Author) -> None:
    row = wording.texts.get(language)
    if not said.text:
        wording.texts.pop(language, None)
        return
    if row is not None and (row.text, row.status) == (said.text, said.status):
        return
    if row is None:
        row = wording.texts[language] = WordingText(language=language, text="")
    row.text, row.status = said.text, said.status
    by = author.signature
    row.status_by, row.status_role, row.status_on = by.name, by.role, by.day
