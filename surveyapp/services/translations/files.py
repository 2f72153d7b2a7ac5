"""A wave's texts in one language as they travel: what a PO or XLSX file carries of each string, there and back."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cache

from surveyapp.content.library import SOURCE_LANGUAGE, BackgroundTemplate, ExposureTemplate, ItemTemplate, library
from surveyapp.errors import FileRefused
from surveyapp.models import TextStatus, Wave
from surveyapp.services.slots import slot_values
from surveyapp.services.translations.checks import slots_in
from surveyapp.services.translations.strings import String, strings_of


@dataclass(frozen=True)
class FileText:
    """One string in a file. `checksum` is that of the text as it was exported: it shows who has changed it since."""

    key: str
    source: str
    text: str
    status: str = ""
    by: str = ""
    role: str = ""
    on: str = ""
    source_version: int = 0
    checksum: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_as_exported(self) -> bool:
        """Whether nobody has changed the text in the file."""
        return bool(self.checksum) and self.checksum == text_checksum(self.text)


@dataclass(frozen=True)
class TextFile:
    """A file of texts: of which survey (`survey_key`, and its name for people), in which language."""

    survey_key: str
    survey_name: str
    language: str
    texts: tuple[FileText, ...]


def export_texts(wave: Wave, language: str) -> TextFile:
    """Everything that is to be said in the language and has a source."""
    strings = [string for string in strings_of(wave) if string.source_language != language]
    texts = tuple(_exported(string, language) for string in strings if string.wording.source_text)
    return TextFile(survey_key(wave), f"{wave.survey.name} · {wave.label}", language, texts)


def survey_key(wave: Wave) -> str:
    """What tells one survey's files from another's."""
    return f"{wave.survey.partnership.lead.slug}-{wave.survey_id}"


def check_belongs(file: TextFile, wave: Wave, language: str) -> None:
    """Raise FileRefused, "other_survey" or "other_language" with the name it carries, for a file that isn't ours."""
    if file.survey_key != survey_key(wave):
        raise FileRefused(reason="other_survey", name=file.survey_name)
    if file.language != language:
        raise FileRefused(reason="other_language", name=file.language)


def check_keys_once(texts: tuple[FileText, ...]) -> None:
    """Raise FileRefused, "key_twice", where a file says two things of one string."""
    seen: set[str] = set()
    for text in texts:
        if text.key in seen:
            raise FileRefused(reason="key_twice", key=text.key)
        seen.add(text.key)


def text_checksum(text: str) -> str:
    """The first 16 hexadecimal digits of the text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def record_lines(text: FileText) -> list[str]:
    """What a file keeps of a string beside its texts, as lines "name: value"."""
    facts = {
        "status": text.status,
        "by": text.by,
        "role": text.role,
        "on": text.on,
        "source version": str(text.source_version),
        "checksum": text.checksum,
    }
    return [f"{name}: {value}" for name, value in facts.items() if value]


def read_record(lines: list[str]) -> dict[str, str]:
    """The facts of record_lines(); other lines are somebody's own comments."""
    pairs = (line.split(": ", 1) for line in lines)
    return {pair[0].strip(): pair[1].strip() for pair in pairs if len(pair) == 2}


def from_record(key: str, source: str, text: str, record: dict[str, str]) -> FileText:
    """One string as it was read from a file; what somebody made unreadable counts as not said."""
    version = record.get("source version", "")
    return FileText(
        key=key,
        source=source,
        text=text,
        status=record.get("status", "") if record.get("status") in set(TextStatus) else "",
        by=record.get("by", ""),
        role=record.get("role", ""),
        on=record.get("on", "") if _is_day(record.get("on", "")) else "",
        source_version=int(version) if version.isdecimal() and len(version) < 9 else 0,
        checksum=record.get("checksum", ""),
    )


def slots_of(string: String, language: str) -> list[str]:
    """What the slots of a text stand for."""
    values = slot_values(string.wave, string.initiative, language)
    return [f"{{{name}}} = {values[name]}" for name in sorted(slots_in(string.wording.source_text)) if name in values]


def note_on(string: String) -> str:
    """What the library tells translators about a text, in English; "" where it says nothing."""
    return _library_notes().get(string.wording.source_text, "")


def _exported(string: String, language: str) -> FileText:
    row = string.text(language)
    words = string.words(language)
    return FileText(
        key=string.key,
        source=string.wording.source_text,
        text=words,
        status=row.status.value if row else "",
        by=row.status_by if row else "",
        role=row.status_role if row else "",
        on=row.status_on.isoformat() if row and row.status_on else "",
        source_version=row.source_version if row else string.wording.source_version,
        checksum=text_checksum(words),
        notes=tuple(filter(None, (*slots_of(string, language), note_on(string)))),
    )


@cache
def _library_notes() -> dict[str, str]:
    """What the library tells translators, by the text it is about; one that was changed since has no note."""
    shipped = library()
    templates: list[ItemTemplate | ExposureTemplate | BackgroundTemplate] = [
        *shipped.items.values(),
        *shipped.exposures.values(),
        *shipped.background.values(),
    ]
    return {template.texts[SOURCE_LANGUAGE].text: template.note for template in templates if template.note}


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
