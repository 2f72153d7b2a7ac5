"""What stands in a draft's way, and what is worth a second look before residents read it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from surveyapp.content.agreement_scale import languages
from surveyapp.models import Exposure, Form, Item, Wave
from surveyapp.services.areas import Doubt, findings_in, margin_of
from surveyapp.services.building.trend import has_started, trend_breaks
from surveyapp.services.building.word_lists import (
    asks_special_category,
    has_negation,
    has_two_things,
    presupposes_taking_part,
    shows_gender,
)
from surveyapp.services.slots import SLOT
from surveyapp.services.translations.checks import LONGEST_TEXT, slots_in
from surveyapp.services.translations.strings import String, StringKind, strings_of

MOST_ITEMS = 12
MOST_BACKGROUND = 4
FEWEST_FOR_DIRECTION = 4
TRUSTED = frozenset({"published", "usage"})
MIDPOINT = "midpoint"


class Problem(StrEnum):
    """What was found. Those in BLOCKING keep a wave from being opened; the others are for whoever builds to judge."""

    NO_STATEMENTS = "no_statements"
    MISSING_TEXT = "missing_text"
    MISSING_CLAUSE = "missing_clause"
    OPEN_SLOT = "open_slot"
    SLOTS_DIFFER = "slots_differ"
    TOO_LONG = "too_long"
    TWO_THINGS = "two_things"
    NEGATION = "negation"
    PRESUPPOSES = "presupposes"
    SPONSOR_FIRST = "sponsor_first"
    TOO_MANY = "too_many"
    ONE_DIRECTION = "one_direction"
    GENDERED = "gendered"
    SCALE_NOT_PARALLEL = "scale_not_parallel"
    PAGE_TOO_LARGE = "page_too_large"
    NOT_STARTED = "not_started"
    TREND_BREAK = "trend_break"
    NO_BACKGROUND = "no_background"
    TOO_MANY_BACKGROUND = "too_many_background"
    SPECIAL_CATEGORY = "special_category"
    NO_MARGIN = "no_margin"
    OTHER_BANDS = "other_bands"
    SMALL_BANDS = "small_bands"


BLOCKING = frozenset(
    {
        Problem.NO_STATEMENTS,
        Problem.MISSING_TEXT,
        Problem.MISSING_CLAUSE,
        Problem.OPEN_SLOT,
        Problem.SLOTS_DIFFER,
        Problem.TOO_LONG,
    }
)


@dataclass(frozen=True)
class Finding:
    """A problem with the string (String.key) and the language it lies in, where it lies in one."""

    problem: Problem
    string: str = ""
    language: str = ""
    details: dict[str, object] = field(default_factory=dict)

    @property
    def blocks(self) -> bool:
        """Whether the wave can't be opened with it."""
        return self.problem in BLOCKING


def blocking_findings(wave: Wave) -> list[Finding]:
    """What must be mended before the wave can be opened, text by text and language by language."""
    strings = strings_of(wave)
    found = [] if any(item.form is Form.LEVEL for item in wave.items) else [Finding(Problem.NO_STATEMENTS)]
    for string in strings:
        for language in wave.survey.languages:
            found += _blocks(string, language)
    return found


def warnings(wave: Wave) -> list[Finding]:
    """What is worth a second look; none of it is forbidden."""
    return [
        *_about_wave(wave),
        *(finding for item in wave.items for finding in _about_item(wave, item)),
        *_gendered(wave),
        *_about_scale(wave),
        *([] if wave.background_questions else [Finding(Problem.NO_BACKGROUND)]),
        *_about_background(wave),
    ]


def about_background(wave: Wave) -> list[Finding]:
    """The warnings about background questions alone."""
    return list(_about_background(wave))


def _blocks(string: String, language: str) -> Iterator[Finding]:
    words, said = string.words(language), string.said(language)
    clause_missing = bool(string.initiative) and not _clause(string, language)
    if not words.strip():
        kind = Problem.MISSING_CLAUSE if string.kind is StringKind.CLAUSE else Problem.MISSING_TEXT
        yield Finding(kind, string.key, language)
        return
    if slots_in(words) != slots_in(string.wording.source_text):
        yield Finding(Problem.SLOTS_DIFFER, string.key, language)
    elif SLOT.search(said) and not clause_missing:
        yield Finding(Problem.OPEN_SLOT, string.key, language, {"slots": sorted(slots_in(said))})
    if len(said) > LONGEST_TEXT:
        yield Finding(Problem.TOO_LONG, string.key, language, {"length": len(said)})


def _clause(string: String, language: str) -> str:
    row = string.initiative.clause.texts.get(language) if string.initiative else None
    return row.text.strip() if row else ""


def _about_wave(wave: Wave) -> Iterator[Finding]:
    level = [item for item in wave.items if item.form is Form.LEVEL]
    if len(wave.items) > MOST_ITEMS:
        yield Finding(Problem.TOO_MANY, details={"number": len(wave.items)})
    if len(level) >= FEWEST_FOR_DIRECTION and len({item.polarity for item in level}) == 1:
        yield Finding(Problem.ONE_DIRECTION)
    for asked in wave.exposures:
        if not has_started(wave, asked.initiative):
            yield Finding(Problem.NOT_STARTED, f"exposure.{asked.initiative.key}")
    for broken in trend_breaks(wave):
        yield Finding(Problem.TREND_BREAK, details={"indicator": broken.indicator, "reason": broken.reason})


def _about_item(wave: Wave, item: Item) -> Iterator[Finding]:
    """Judged as it stands, its slots open: what a clause says is the initiative's own business."""
    language = wave.survey.default_language
    row = item.wording.texts.get(language)
    text, key = SLOT.sub(" ", row.text) if row else "", f"item.{item.key}"
    if has_two_things(text, language):
        yield Finding(Problem.TWO_THINGS, key, language)
    if has_negation(text, language):
        yield Finding(Problem.NEGATION, key, language)
    if _presupposes(wave, item, text, language):
        yield Finding(Problem.PRESUPPOSES, key, language)
    partners = {each.partner.casefold() for each in wave.survey.partnership.initiatives}
    if item.form is Form.LEVEL and any(partner in text.casefold() for partner in partners):
        yield Finding(Problem.SPONSOR_FIRST, key, language)


def _presupposes(wave: Wave, item: Item, text: str, language: str) -> bool:
    asked = next((each.exposure for each in wave.exposures if each.initiative_id == item.initiative_id), None)
    slots = slots_in(item.wording.source_text)
    own_clause = "initiative" in slots and "partner" not in slots  # the clause says what the resident did
    return asked is not Exposure.TOOK_PART and (own_clause or presupposes_taking_part(text, language))


def _gendered(wave: Wave) -> Iterator[Finding]:
    for string in strings_of(wave):
        if string.kind is StringKind.ITEM:
            for language in wave.survey.languages:
                if shows_gender(SLOT.sub(" ", string.words(language)), language):
                    yield Finding(Problem.GENDERED, string.key, language)


def _about_scale(wave: Wave) -> Iterator[Finding]:
    for language in wave.survey.languages:
        scale = languages()[language]
        if scale.confidence not in TRUSTED or MIDPOINT in scale.source:
            yield Finding(Problem.SCALE_NOT_PARALLEL, language=language, details={"source": scale.source})


def _about_background(wave: Wave) -> Iterator[Finding]:
    area, language = wave.survey.partnership.area, wave.survey.default_language
    if len(wave.background_questions) > MOST_BACKGROUND:
        yield Finding(Problem.TOO_MANY_BACKGROUND, details={"number": len(wave.background_questions)})
    for question in wave.background_questions:
        key = f"background.{question.key}"
        wordings = [question.wording, *(category.wording for category in question.categories)]
        if any(asks_special_category(row.text, language) for each in wordings if (row := each.texts.get(language))):
            yield Finding(Problem.SPECIAL_CATEGORY, key, language)
        counts = [(row.category, row.persons) for row in margin_of(area, question.key)]
        asked = {category.key for category in question.categories}
        if not counts:
            yield Finding(Problem.NO_MARGIN, key)
        elif {category for category, _persons in counts} - asked:
            yield Finding(Problem.OTHER_BANDS, key)
        small = [each.categories for each in findings_in(counts, area.adults) if each.doubt is Doubt.TOO_SMALL]
        if small:
            yield Finding(Problem.SMALL_BANDS, key, details={"categories": small[0]})
