"""Writing and reviewing texts: nobody overwrites what they haven't seen, and a changed text is no longer reviewed."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.errors import ChangedMeanwhile, TextRefused, WrongState
from surveyapp.models import TextStatus, Wave, WaveState, Wording, WordingText
from surveyapp.services.translations.checks import check_text, slots_in, tidy
from surveyapp.services.translations.strings import String


@dataclass(frozen=True)
class Signature:
    """Who brings a text to its status: a name, the role they have here ("link" for a review link), and the day."""

    name: str
    role: str
    day: dt.date


@dataclass(frozen=True)
class NewText:
    """What somebody wants to save, how they call it, and the edition (String.edition) they had before them."""

    text: str
    status: TextStatus
    seen: str


def save_text(session: Session, string: String, language: str, new: NewText, by: Signature) -> WordingText:
    """Keep a text as a draft, a machine translation or reviewed, made from the source as it stands now.

    Saving what already stands there as a draft changes nothing: it neither takes a review back nor confirms a text
    whose source has moved on. An empty text is missing again. Raises WrongState once the wave has begun, TextRefused,
    or ChangedMeanwhile when text or source aren't the ones that were seen.
    """
    refuse_unless_draft(string.wave)
    text = tidy(new.text)
    row = locked_row(session, string.wording, language)
    if language == string.source_language:
        raise TextRefused(reason="is_source")
    if text:
        check_text(text, slots_in(string.wording.source_text))
    if string.edition(language) != new.seen:
        raise ChangedMeanwhile(theirs=row)
    if row is None:
        row = WordingText(language=language, text="")
        string.wording.texts[language] = row
    if text != row.text or _says_something_new(row, new.status):
        _write(row, text, new.status if text else TextStatus.DRAFT, by)
    session.flush()
    return row


def write_source(session: Session, wording: Wording, text: str, by: Signature) -> WordingText:
    """Change what is said in the language it was first written in. Every translation is stale from then on.

    The caller checks the text and whether it may change: a level item's wording is locked.
    """
    row = locked_row(session, wording, wording.source_language)
    if row is None:
        row = WordingText(language=wording.source_language, text="")
        wording.texts[wording.source_language] = row
    if row.text != text:
        wording.source_version += 1 if row.text else 0
        _write(row, text, TextStatus.SOURCE, by)
    session.flush()
    return row


def refuse_unless_draft(wave: Wave) -> None:
    """Raise WrongState once the wave has begun: its texts are frozen, and a correction is a version of its own."""
    if wave.state is not WaveState.DRAFT:
        raise WrongState(state=wave.state)


def locked_row(session: Session, wording: Wording, language: str) -> WordingText | None:
    """The row as it stands in the database now, held until the end: of two people saving, the second sees the first."""
    session.execute(select(Wording.id).where(Wording.id == wording.id).with_for_update())
    session.refresh(wording, ["source_version", "texts"])
    row = wording.texts.get(language)
    if row is not None:
        session.refresh(row)
    return row


def settle(row: WordingText, status: TextStatus, by: Signature) -> None:
    """Bring a text, as it stands and as made from the source of today, to a status."""
    _write(row, row.text, status, by)


def _write(row: WordingText, text: str, status: TextStatus, by: Signature) -> None:
    row.text, row.status = text, status
    row.status_by, row.status_role, row.status_on = by.name, by.role, by.day
    row.source_version = row.wording.source_version


def _says_something_new(row: WordingText, status: TextStatus) -> bool:
    if status is TextStatus.REVIEWED:
        return bool(row.text) and (row.status is not TextStatus.REVIEWED or row.is_stale)
    return not row.is_stale and {row.status, status} == {TextStatus.DRAFT, TextStatus.MACHINE}
