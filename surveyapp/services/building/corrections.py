"""Corrections while a wave takes answers: one text is said otherwise, in a new version of the questionnaire."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.errors import ChangedMeanwhile
from surveyapp.models import Questionnaire, Response, TextStatus, Wave, WaveState
from surveyapp.services import audit
from surveyapp.services.building.writing import Author, checked
from surveyapp.services.questionnaires import freeze
from surveyapp.services.translations.checks import check_text, slots_in
from surveyapp.services.translations.saving import write_source
from surveyapp.services.translations.strings import String, check_language, find_string
from surveyapp.services.waves import require_state


class Correction(StrEnum):
    """A slip is mended and the same is meant; or something else is asked from now on."""

    SLIP = "slip"
    MEANING = "meaning"


@dataclass(frozen=True)
class CorrectedText:
    """What a text says from now on in one language, and the edition that was seen (String.edition)."""

    key: str
    language: str
    text: str
    kind: Correction
    seen: str


def correct_text(session: Session, wave: Wave, author: Author, new: CorrectedText) -> Questionnaire:
    """Say a text otherwise to everybody who opens the page from now on, and give the questionnaire's new version.

    A slip in the first wording leaves the fingerprint as it is, so the trend holds; another meaning breaks it, and
    the translations are out of date. Raises WrongState unless the wave is open, NotFound, TextRefused,
    ChangedMeanwhile, NothingToAsk.
    """
    session.flush()
    require_state(session, wave, WaveState.OPEN)
    session.expire_all()
    check_language(wave, new.language)
    string = find_string(wave, new.key)
    slots = slots_in(string.words(new.language))
    text = checked(new.text, slots)
    check_text(text, slots)
    if string.edition(new.language) != new.seen:
        raise ChangedMeanwhile(theirs=string.words(new.language))
    _write(session, string, new.language, text, new.kind, author)
    frozen = freeze(session, wave, author.day)
    audit.record(
        session,
        wave.survey.partnership.lead,
        author.user,
        "questionnaire.corrected",
        f"wave {wave.id}",
        text=new.key,
        language=new.language,
        kind=new.kind.value,
        version=frozen.version,
    )
    session.flush()
    return frozen


def answers_before(session: Session, wave: Wave) -> dict[int, int]:
    """How many responses each version of the questionnaire has got."""
    counted = (
        select(Response.questionnaire_version, func.count())
        .where(Response.wave_id == wave.id)
        .group_by(Response.questionnaire_version)
    )
    got = {row[0]: row[1] for row in session.execute(counted)}
    return {questionnaire.version: got.get(questionnaire.version, 0) for questionnaire in wave.questionnaires}


def _write(session: Session, string: String, language: str, text: str, kind: Correction, author: Author) -> None:
    wording = string.wording
    if language == wording.source_language and kind is Correction.MEANING:
        wording.meant = ""
        write_source(session, wording, text, author.signature)
        return
    row = wording.texts[language]
    if language == wording.source_language and row.text != text:
        wording.meant = wording.meant or row.text
    if row.status is not TextStatus.SOURCE:
        row.status = TextStatus.DRAFT  # whoever reviewed it hasn't seen this
    by = author.signature
    row.text, row.status_by, row.status_role, row.status_on = text, by.name, by.role, by.day
    session.flush()
