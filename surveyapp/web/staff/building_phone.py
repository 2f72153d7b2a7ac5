"""The phone beside what is being built, and how large the page on it becomes."""

import datetime as dt
from functools import lru_cache

from surveyapp.canonical import canonical_json, checksum
from surveyapp.content.agreement_scale import DONT_KNOW, NOT_RELEVANT, STEPS, languages
from surveyapp.content.library import library
from surveyapp.errors import NotFound
from surveyapp.models import Initiative, Mode, Organisation, Partnership, PlaceKind, Wave, WaveState
from surveyapp.services.building.checks import Finding, Problem
from surveyapp.services.entrances import Entrance
from surveyapp.services.questionnaires import Document, gaps_in, unfinished_document
from surveyapp.services.slots import filled, slot_values
from surveyapp.services.translations.strings import String, StringKind, find_string, strings_of
from surveyapp.web.phone import Screen, screen_of
from surveyapp.web.resident.finished_pages import finish
from surveyapp.web.resident.rendering import translator
from surveyapp.web.resident.visit import Visit

KNOWS = "knows"
OPEN = "___"  # what isn't written yet
LARGEST_PAGE = 14_600
COMMON_HEADERS = 600  # what the server and the security headers add around the page
Beside = dict[str, object]


def beside(wave: Wave, key: str = "", language: str = "", written: str | None = None) -> Beside:
    """What a page needs to show a string on the phone: the one asked for, else the first there is."""
    language = language if language in wave.survey.languages else wave.survey.default_language
    strings = [each for each in strings_of(wave) if each.kind is not StringKind.CATEGORY]
    string = next((each for each in strings if each.key == key), None) or next(iter(strings), None)
    said = (string.words(language) if written is None else written) if string else ""
    screen = screen_of(string, language, said) if string else None
    return {"screen": screen, "shown": string, "phone_language": language}


def blank_screen(wave: Wave, written: str, initiative: Initiative | None = None, language: str = "") -> Beside:
    """The phone with a statement that isn't the wave's yet."""
    language = language if language in wave.survey.languages else wave.survey.default_language
    slots = slot_values(wave, initiative, language)
    screen = _statement_screen(wave.survey.partnership.lead, language, written, slots)
    return {"screen": screen, "shown": None, "phone_language": language}


def template_screen(organisation: Organisation, language: str, written: str) -> Screen:
    """The phone with a statement of the library, its slots open."""
    return _statement_screen(organisation, language, written, {})


def clause_screen(partnership: Partnership, language: str, partner: str, clause: str) -> Screen:
    """The phone with the question in which residents first meet an initiative's clause."""
    say = translator(language)
    pattern = library().exposures[KNOWS].texts[language].text
    slots = {"place": partnership.area.name, "partner": partner or OPEN, "initiative": clause or OPEN}
    answers = [str(say("Yes")), str(say("No"))]
    return Screen(language, partnership.lead, filled(pattern, slots), answers, [], pattern=pattern, slots=slots)


def in_every_language(wave: Wave, key: str) -> tuple[String, list[Screen], list[String]]:
    """One string on a phone in each of the survey's languages, and all that could be shown. Raises NotFound."""
    strings = [each for each in strings_of(wave) if each.kind is not StringKind.CATEGORY]
    if not strings:
        raise NotFound
    string = find_string(wave, key) if key else strings[0]
    screens = [screen_of(string, language, string.words(language)) for language in wave.survey.languages]
    return string, screens, strings


def page_findings(wave: Wave) -> list[Finding]:
    """The languages in which the whole page is larger than its budget; nothing while texts are missing."""
    document = unfinished_document(wave)
    if gaps_in(document):
        return []
    text = canonical_json(document)
    sizes = {language: _page_size(checksum(text), language, _Carried(document)) for language in document["languages"]}
    return [
        Finding(Problem.PAGE_TOO_LARGE, language=language, details={"bytes": size, "most": LARGEST_PAGE})
        for language, size in sizes.items()
        if size > LARGEST_PAGE
    ]


def _statement_screen(lead: Organisation, language: str, written: str, slots: dict[str, str]) -> Screen:
    labels = languages()[language].labels
    steps, asides = [labels[step] for step in STEPS], [labels[NOT_RELEVANT], labels[DONT_KNOW]]
    return Screen(language, lead, filled(written, slots), steps, asides, slots=slots)


class _Carried:
    """A document that takes no part in telling two calls apart: its checksum does."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Carried)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=128)
def _page_size(_checksum: str, language: str, carried: _Carried) -> int:
    """Bytes on the wire with brotli, headers included."""
    entrance = Entrance(
        "0000A0", 0, 0, PlaceKind.COURTYARD, Mode.SELF, WaveState.OPEN, dt.date.max, "Europe/Copenhagen", 1, ""
    )
    visit = Visit(entrance, carried.document, language)
    page = finish(visit.page("questionnaire"), visit.accent)["br"]
    return len(page.body) + sum(len(f"{name}: {value}\r\n") for name, value in page.headers) + COMMON_HEADERS
