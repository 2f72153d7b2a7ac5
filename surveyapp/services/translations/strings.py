"""The strings of a wave: everything it says to residents, each under a key that stays, with its state per language."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from surveyapp.errors import NotFound
from surveyapp.models import Form, Initiative, TextStatus, Wave, Wording, WordingText
from surveyapp.services.slots import filled, slot_values


class StringKind(StrEnum):
    """What part of a questionnaire a string is."""

    ITEM = "item"
    CLAUSE = "clause"
    EXPOSURE = "exposure"
    BACKGROUND = "background"
    CATEGORY = "category"


class TextState(StrEnum):
    """How far a string has come in a language: its status, unless the source has moved on or nothing is written."""

    SOURCE = "source"
    REVIEWED = "reviewed"
    MACHINE = "machine"
    DRAFT = "draft"
    STALE = "stale"
    MISSING = "missing"


# Spoken alone, as a statement or a question, and so worth recording.
SPOKEN = frozenset({StringKind.ITEM, StringKind.EXPOSURE, StringKind.BACKGROUND})
SETTLED = frozenset({TextState.SOURCE, TextState.REVIEWED})


@dataclass(frozen=True)
class String:
    """One thing a wave says. `key` is the same in every wave: "item.trust", "background.age.18-29"."""

    key: str
    kind: StringKind
    wave: Wave
    wording: Wording
    initiative: Initiative | None = None

    @property
    def source_language(self) -> str:
        """The language it was first written in."""
        return self.wording.source_language

    def text(self, language: str) -> WordingText | None:
        """The row of a language, unless nobody has begun it."""
        return self.wording.texts.get(language)

    def words(self, language: str) -> str:
        """The text with its slots open, as translators write it; empty while it is missing."""
        text = self.text(language)
        return text.text if text else ""

    def said(self, language: str) -> str:
        """The text as residents read it, its slots filled."""
        return filled(self.words(language), slot_values(self.wave, self.initiative, language))

    def edition(self, language: str) -> str:
        """Which source and which text somebody has before them: it changes when either does."""
        text = self.text(language)
        return f"{self.wording.source_version}.{text.version if text else 0}"

    def state(self, language: str) -> TextState:
        """How far it has come in the language."""
        text = self.text(language)
        if text is None or not text.text.strip():
            return TextState.MISSING
        if text.status is not TextStatus.SOURCE and text.is_stale:
            return TextState.STALE
        return TextState(text.status.value)


def strings_of(wave: Wave) -> list[String]:
    """Everything the wave says, in the order residents meet it."""
    level = [item for item in wave.items if item.form is Form.LEVEL]
    strings = [String(f"item.{item.key}", StringKind.ITEM, wave, item.wording) for item in level]
    for asked in wave.exposures:
        strings += _about_initiative(wave, asked.initiative, asked.wording)
    for question in wave.background_questions:
        key = f"background.{question.key}"
        strings.append(String(key, StringKind.BACKGROUND, wave, question.wording))
        strings += [
            String(f"{key}.{category.key}", StringKind.CATEGORY, wave, category.wording)
            for category in question.categories
        ]
    return strings


def find_string(wave: Wave, key: str) -> String:
    """The wave's string with this key. Raises NotFound."""
    for string in strings_of(wave):
        if string.key == key:
            return string
    raise NotFound


def check_language(wave: Wave, language: str) -> None:
    """Raise NotFound for a language that the wave isn't asked in."""
    if language not in wave.survey.languages:
        raise NotFound


def progress(wave: Wave) -> dict[str, Counter[TextState]]:
    """For each of the survey's languages, how many strings have come how far."""
    strings = strings_of(wave)
    return {language: Counter(string.state(language) for string in strings) for language in wave.survey.languages}


def _about_initiative(wave: Wave, initiative: Initiative, exposure: Wording) -> list[String]:
    items = [item for item in wave.items if item.initiative_id == initiative.id]
    return [
        String(f"clause.{initiative.key}", StringKind.CLAUSE, wave, initiative.clause, initiative),
        String(f"exposure.{initiative.key}", StringKind.EXPOSURE, wave, exposure, initiative),
        *(String(f"item.{item.key}", StringKind.ITEM, wave, item.wording, initiative) for item in items),
    ]
