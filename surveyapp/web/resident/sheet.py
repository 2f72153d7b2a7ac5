"""A questionnaire document in one language, as the steps that a page shows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from babel.lists import format_list
from markupsafe import Markup, escape

from surveyapp import i18n
from surveyapp.content.agreement_scale import CODES, DONT_KNOW, NOT_RELEVANT
from surveyapp.services.questionnaires import Document
from surveyapp.services.responses import NO, SKIP, YES, Given, exposure_key
from surveyapp.web.resident.rendering import Translate, translator

ITEM, EXPOSURE, BACKGROUND = "i.", "g.", "b."


@dataclass(frozen=True)
class Choice:
    """One answer to tap; `aside` keeps "not relevant" and "don't know" apart from the five steps."""

    code: str
    label: Markup
    aside: bool = False


@dataclass(frozen=True)
class Step:
    """One thing that is asked: its field, its words, its answers, and the exposure field that must be a yes first.

    `clip` is the checksum of a recording of the words, where somebody made one.
    """

    field: str
    text: Markup
    choices: list[Choice]
    only_if: str = ""
    clip: str = ""

    def label_of(self, code: str | None) -> Markup | None:
        """The words of an answer; None for a step that was skipped."""
        return next((choice.label for choice in self.choices if choice.code == code), None)


class Sheet:
    """What one survey says in one language."""

    def __init__(self, document: Document, language: str) -> None:
        self.document = document
        self.language = language
        self.translate: Translate = translator(language)

    @cached_property
    def steps(self) -> list[Step]:
        """Level statements, then each initiative's exposure question and its statements, then the background."""
        steps = [self._statement(item) for item in self.document["items"]]
        for initiative in self.document["initiatives"]:
            exposure = EXPOSURE + exposure_key(initiative)
            _ = self.translate
            yes_or_no = [Choice(YES, _("Yes")), Choice(NO, _("No"))]
            steps.append(Step(exposure, self._said(initiative), yes_or_no, clip=self._clip(initiative)))
            steps += [self._statement(item, only_if=exposure) for item in initiative["items"]]
        return steps + [self._question(question) for question in self.document["background"]]

    def text_of(self, key: str) -> Markup:
        """The words of a statement or question by its key in the document."""
        return next((step.text for step in self.steps if step.field.split(".", 1)[1] == key), Markup())

    def name(self, text: str) -> Markup:
        """A text with the names in it marked as being in the survey's own language."""
        own = self.document["default_language"]
        if self.language == own:
            return escape(text)
        return Markup(self._names.sub(rf'<bdi lang="{own}">\g<0></bdi>', str(escape(text))))  # noqa: S704 - escaped

    @property
    def area(self) -> Markup:
        """The area's name."""
        return self.name(self.document["area"])

    @property
    def organisation(self) -> Markup:
        """The short name of who asks."""
        return self.name(self.document["organisation"]["short_name"])

    @property
    def reporting(self) -> Markup:
        """Who writes the yearly report: the organisation and its partners, as the language lists names."""
        names = dict.fromkeys([self.document["organisation"]["short_name"], *self.document["partners"]])
        return self.name(format_list(list(names), locale=i18n.locale(self.language)))

    @property
    def voices(self) -> str:
        """The language codes of the phone voices that can read this language, with spaces between."""
        aliases = [alias for alias, language in i18n.ALIASES.items() if language == self.language]
        return " ".join([self.language, *aliases])

    @cached_property
    def _names(self) -> re.Pattern[str]:
        organisation = self.document["organisation"]
        names = {organisation["name"], organisation["short_name"], self.document["area"], *self.document["partners"]}
        longest_first = sorted((str(escape(name)) for name in names if name), key=len, reverse=True)
        return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first))

    def _statement(self, item: Document, only_if: str = "") -> Step:
        labels = self.document["scale"]["languages"][self.language]["labels"]
        aside = (NOT_RELEVANT, DONT_KNOW)
        choices = [Choice(code, escape(labels[code]), code in aside) for code in CODES]
        return Step(ITEM + item["key"], self._said(item), choices, only_if, self._clip(item))

    def _question(self, question: Document) -> Step:
        choices = [Choice(category["key"], self._said(category)) for category in question["categories"]]
        _ = self.translate
        choices.append(Choice(SKIP, _("Prefer not to say"), aside=True))
        return Step(BACKGROUND + question["key"], self._said(question), choices, clip=self._clip(question))

    def _said(self, part: Document) -> Markup:
        return self.name(part["texts"][self.language]["text"])

    def _clip(self, part: Document) -> str:
        return str(part["texts"][self.language].get("clip", ""))


def read_given(fields: Mapping[str, str]) -> Given:
    """The answers among a form's fields, by what was asked."""

    def starting(prefix: str) -> dict[str, str]:
        return {name.removeprefix(prefix): code for name, code in fields.items() if name.startswith(prefix)}

    return Given(starting(ITEM), starting(EXPOSURE), starting(BACKGROUND))
