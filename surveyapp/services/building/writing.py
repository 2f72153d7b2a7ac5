"""Writing what residents will read: new wordings, copies of them, and changes by whoever builds the survey."""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveyapp.content.library import SOURCE_LANGUAGE, Texts
from surveyapp.errors import ChangedMeanwhile, TextRefused
from surveyapp.models import Form, Recording, TextStatus, User, Wave, WaveState, Wording, WordingText
from surveyapp.services.translations.checks import check_text, slots_in, tidy
from surveyapp.services.translations.saving import Signature, locked_row, write_source
from surveyapp.services.waves import require_state

SLOTS_OF = {Form.LEVEL: frozenset({"place"}), Form.ATTRIBUTION: frozenset({"partner", "initiative", "place"})}
LONGEST_KEY = 40
_NOT_IN_KEYS = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ß": "ss"})


@dataclass(frozen=True)
class Author:
    """Who builds: named in the audit log, and signed under the texts with the role and the day."""

    user: User | None
    role: str
    day: dt.date

    @property
    def signature(self) -> Signature:
        """What stands under a text."""
        return Signature(self.user.name if self.user else "", self.role, self.day)


def hold_draft(session: Session, wave: Wave) -> None:
    """Hold the wave until the end, and see it as it stands now. Raises WrongState once it has begun."""
    session.flush()
    require_state(session, wave, WaveState.DRAFT)
    session.expire_all()


def check_seen(seen: str, current: str) -> None:
    """Raise ChangedMeanwhile unless somebody had before them what stands now."""
    if seen != current:
        raise ChangedMeanwhile(theirs=current)


def checked(text: str, slots: Collection[str]) -> str:
    """The text tidied, with no slots but these, each of them optional. Raises TextRefused."""
    text = tidy(text)
    if not text:
        raise TextRefused(reason="missing")
    check_text(text, slots_in(text) & frozenset(slots))
    return text


def written(session: Session, language: str, text: str, author: Author) -> Wording:
    """A new wording, first written in this language."""
    wording = Wording(source_language=language)
    session.add(wording)
    session.flush()
    write_source(session, wording, text, author.signature)
    return wording


def shipped(texts: Texts) -> Wording:
    """A library text as a wording, with the status that it has in the library."""
    wording = Wording(source_language=SOURCE_LANGUAGE)
    for language, text in texts.items():
        wording.texts[language] = WordingText(language=language, text=text.text, status=TextStatus(text.status))
    return wording


def copied(wording: Wording) -> Wording:
    """The same texts and recordings once more: a change of one leaves the other as it is."""
    copy = Wording(source_language=wording.source_language, source_version=wording.source_version, meant=wording.meant)
    for language, text in wording.texts.items():
        copy.texts[language] = WordingText(
            language=language,
            text=text.text,
            status=text.status,
            source_version=text.source_version,
            status_by=text.status_by,
            status_role=text.status_role,
            status_on=text.status_on,
        )
    for language, sound in wording.recordings.items():
        copy.recordings[language] = Recording(
            language=language, clip_checksum=sound.clip_checksum, spoken=sound.spoken, added_on=sound.added_on
        )
    return copy


def rewrite(session: Session, wording: Wording, language: str, text: str, author: Author) -> None:
    """Say something else, from now on first written in this language; the other languages are out of date with it."""
    if text_in(wording, language) == text:
        return
    before = locked_row(session, wording, wording.source_language)
    if wording.source_language != language:
        if before:
            before.status = TextStatus.DRAFT
        wording.source_language = language
        wording.source_version += 0 if language in wording.texts else 1
    wording.meant = ""
    write_source(session, wording, text, author.signature)


def translate(wording: Wording, texts: Mapping[str, str], author: Author) -> None:
    """Put drafts in other languages beside the source; what is said already stays as it is."""
    by = author.signature
    for language, text in texts.items():
        if text == text_in(wording, language, ""):
            continue
        row = wording.texts.get(language) or WordingText(language=language)
        wording.texts[language] = row
        row.text, row.status, row.source_version = text, TextStatus.DRAFT, wording.source_version
        row.status_by, row.status_role, row.status_on = by.name, by.role, by.day


def text_in(wording: Wording, language: str, otherwise: str | None = None) -> str:
    """The text in a language; where it has none, `otherwise`, by default the source."""
    row = wording.texts.get(language)
    if row and row.text:
        return row.text
    return wording.source_text if otherwise is None else otherwise


def key_from(words: str, taken: Collection[str], otherwise: str) -> str:
    """A short key in plain letters that says what it stands for and isn't taken yet."""
    plain = unicodedata.normalize("NFKD", words.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    stem = _NOT_IN_KEYS.sub("_", plain).strip("_")[:LONGEST_KEY].rstrip("_") or otherwise
    numbers = range(2, len(taken) + 3)
    return next(key for key in (stem, *(f"{stem}_{number}" for number in numbers)) if key not in taken)
