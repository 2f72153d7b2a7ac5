"""Bringing texts back from a file: everything is shown first, and nothing written here is overwritten unseen."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from surveyapp.errors import TextRefused
from surveyapp.models import TextStatus, User, Wave
from surveyapp.services import audit
from surveyapp.services.translations.checks import check_text, slots_in, tidy
from surveyapp.services.translations.files import FileText, TextFile, check_belongs, text_checksum
from surveyapp.services.translations.saving import NewText, Signature, refuse_unless_draft, save_text
from surveyapp.services.translations.strings import String, strings_of


class Outcome(StrEnum):
    """What a file's text would do here."""

    NEW = "new"
    CHANGED_HERE = "changed_here"
    SOURCE_CHANGED = "source_changed"
    REFUSED = "refused"
    SAME = "same"
    EMPTY = "empty"


CONFLICTS = frozenset({Outcome.CHANGED_HERE, Outcome.SOURCE_CHANGED})
USABLE = CONFLICTS | {Outcome.NEW}


@dataclass(frozen=True)
class Change:
    """One string of the file beside what stands here."""

    string: String
    file: FileText
    outcome: Outcome
    status: TextStatus
    refusal: TextRefused | None = None

    @property
    def text(self) -> str:
        """The file's text as it would be kept."""
        return tidy(self.file.text)


@dataclass(frozen=True)
class Plan:
    """Everything a file would do, and the keys in it that nothing here has."""

    changes: list[Change]
    unknown: list[FileText]

    def of(self, *outcomes: Outcome) -> list[Change]:
        """The changes of some kind."""
        return [change for change in self.changes if change.outcome in outcomes]


def plan_import(wave: Wave, language: str, file: TextFile) -> Plan:
    """What the file would do. Raises WrongState, or FileRefused for a file of another survey or language."""
    refuse_unless_draft(wave)
    check_belongs(file, wave, language)
    known = {string.key: string for string in strings_of(wave) if string.source_language != language}
    changes = [_change(known[text.key], language, text) for text in file.texts if text.key in known]
    return Plan(changes, [text for text in file.texts if text.key not in known])


def apply_import(
    session: Session,
    wave: Wave,
    language: str,
    file: TextFile,
    taken: Mapping[str, str],
    user: User,
    by: Signature,
) -> int:
    """Take over the texts whose keys are `taken`: key → the edition that was shown beside it. Gives how many.

    Raises ChangedMeanwhile when one of them has changed since it was shown; the caller takes all of it back.
    """
    changes = [change for change in plan_import(wave, language, file).of(*USABLE) if change.string.key in taken]
    for change in changes:
        _take(session, change, language, taken[change.string.key], by)
    lead = wave.survey.partnership.lead
    audit.record(session, lead, user, "translation.imported", f"wave {wave.id}", language=language, texts=len(changes))
    session.flush()
    return len(changes)


def _take(session: Session, change: Change, language: str, seen: str, by: Signature) -> None:
    source_now = change.string.wording.source_version
    signature = _signature(change.file) if change.status is not TextStatus.DRAFT else by
    row = save_text(session, change.string, language, NewText(change.text, change.status, seen), signature or by)
    if change.outcome is Outcome.SOURCE_CHANGED:
        row.source_version = min(change.file.source_version, source_now - 1)  # it was made from an earlier source


def _change(string: String, language: str, file: FileText) -> Change:
    status = _status(file)
    try:
        outcome = _outcome(string, language, file)
    except TextRefused as refusal:
        return Change(string, file, Outcome.REFUSED, status, refusal)
    return Change(string, file, outcome, status if outcome is Outcome.NEW else TextStatus.DRAFT)


def _outcome(string: String, language: str, file: FileText) -> Outcome:
    text, ours = tidy(file.text), string.words(language)
    if not text:
        return Outcome.EMPTY
    if text == ours:
        return Outcome.SAME
    check_text(text, slots_in(string.wording.source_text))
    if tidy(file.source) != tidy(string.wording.source_text):
        return Outcome.SOURCE_CHANGED
    if ours and text_checksum(ours) != file.checksum:
        return Outcome.CHANGED_HERE
    return Outcome.NEW


def _status(file: FileText) -> TextStatus:
    """The status in the file holds only for the text it was given to: edited outside, a text is a draft."""
    if not file.is_as_exported or file.status not in {TextStatus.MACHINE, TextStatus.REVIEWED}:
        return TextStatus.DRAFT
    return TextStatus(file.status)


def _signature(file: FileText) -> Signature | None:
    return Signature(file.by, file.role, dt.date.fromisoformat(file.on)) if file.on else None
