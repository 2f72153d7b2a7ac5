"""A statement or question as it looks on a resident's phone: what components/phone.html draws."""

from dataclasses import dataclass, field

from markupsafe import Markup

from surveyapp.colours import light_accent
from surveyapp.content.agreement_scale import DONT_KNOW, NOT_RELEVANT, STEPS, languages
from surveyapp.models import Organisation
from surveyapp.services.slots import filled, slot_values
from surveyapp.services.translations.strings import String, StringKind, strings_of
from surveyapp.web.resident.inlined import page_logo
from surveyapp.web.resident.rendering import translator

Answers = tuple[list[str], list[str]]


@dataclass(frozen=True)
class Screen:
    """One screen in one language: what is asked, the answers, and those set apart from them.

    A text that is being written stands in the heading, or in the answer at place `typed`. The browser shows it as it
    is typed: filled into `pattern`, where the text is only a part of the sentence, and its slots with `slots`.
    """

    language: str
    lead: Organisation
    heading: str
    choices: list[str]
    asides: list[str]
    typed: int | None = None
    pattern: str = ""
    slots: dict[str, str] = field(default_factory=dict)

    @property
    def accent(self) -> str:
        """The lead organisation's colour."""
        return light_accent(self.lead.accent).colour

    @property
    def logo(self) -> str | None:
        """The address of its logo, where it is light enough for a phone."""
        return self.lead.logo_svg and page_logo(self.lead.logo_svg)

    @property
    def words(self) -> dict[str, Markup]:
        """What the buttons are called."""
        say = translator(self.language)
        return {"back": say("Back"), "next": say("Next")}


def screen_of(string: String, language: str, written: str) -> Screen:
    """The screen on which residents read a string, with `written` in place of what is saved."""
    lead = string.wave.survey.partnership.lead
    slots = slot_values(string.wave, string.initiative, language)
    if string.kind is StringKind.CATEGORY:
        question, place = _question_of(string)
        choices, asides = _answers(question, language)
        choices[place] = written
        return Screen(language, lead, question.said(language), choices, asides, typed=place)
    if string.kind is StringKind.CLAUSE and string.initiative:
        asked = _exposure_of(string)
        slots |= {"partner": string.initiative.partner, "initiative": written}
        pattern = asked.words(language)
        return Screen(language, lead, filled(pattern, slots), *_answers(asked, language), pattern=pattern, slots=slots)
    return Screen(language, lead, filled(written, slots), *_answers(string, language), slots=slots)


def _answers(string: String, language: str) -> Answers:
    say = translator(language)  # not `_`: these are residents' words, and stand in their catalogs
    if string.kind is StringKind.ITEM:
        labels = languages()[language].labels
        return [labels[step] for step in STEPS], [labels[NOT_RELEVANT], labels[DONT_KNOW]]
    if string.kind is StringKind.EXPOSURE:
        return [str(say("Yes")), str(say("No"))], []
    return [each.said(language) for each in _categories_of(string)], [str(say("Prefer not to say"))]


def _categories_of(question: String) -> list[String]:
    strings = strings_of(question.wave)
    return [each for each in strings if each.kind is StringKind.CATEGORY and each.key.startswith(f"{question.key}.")]


def _question_of(category: String) -> tuple[String, int]:
    """A category's question, and its place among the answers."""
    questions = [each for each in strings_of(category.wave) if each.kind is StringKind.BACKGROUND]
    keys = {each.key: [answer.key for answer in _categories_of(each)] for each in questions}
    question = next(each for each in questions if category.key in keys[each.key])
    return question, keys[question.key].index(category.key)


def _exposure_of(clause: String) -> String:
    """The question whether somebody knows of the initiative: where residents meet its clause first."""
    strings = strings_of(clause.wave)
    return next(each for each in strings if each.kind is StringKind.EXPOSURE and each.initiative is clause.initiative)
