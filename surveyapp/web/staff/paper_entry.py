"""One form on paper as it is typed in: a key for every line, and what the keys say."""

from collections.abc import Mapping
from functools import cached_property

from surveyapp.services.paper_batches import SecondKeying
from surveyapp.services.questionnaires import Document
from surveyapp.services.responses import YES, Answers, checked_answers
from surveyapp.web.languages import staff_language
from surveyapp.web.resident.paper_form import LIVES_HERE, Line, paper_lines
from surveyapp.web.resident.sheet import Sheet, read_given
from surveyapp.web.translating import gettext as _

Typed = Mapping[str, str]
Problems = dict[str, str]


class Keying:
    """What one version of the questionnaire asks, line by line, in words that whoever types can read."""

    def __init__(self, document: Document) -> None:
        language = staff_language()
        self.document = document
        self.language = language if language in document["languages"] else document["default_language"]

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of the form, with its item codes."""
        return paper_lines(Sheet(self.document, self.language))

    def read(self, fields: Typed, prefix: str = "") -> dict[str, str]:
        """The keys that were typed, by field, as the boxes have them: "" for a line without a cross."""
        return {line.step.field: _key(fields.get(prefix + line.step.field, "")) for line in self.lines}

    def problems(self, typed: Typed) -> Problems:
        """What can't be a cross on this form, by field."""
        found = {
            line.step.field: _(
                "%(code)s has no box %(typed)s. Press %(keys)s, or 0 for no cross.",
                typed=typed[line.step.field][:8],
                code=line.code,
                keys=", ".join(line.keys),
            )
            for line in self.lines
            if typed[line.step.field] and typed[line.step.field] not in line.keys
        }
        if not found and not typed[LIVES_HERE]:
            found[LIVES_HERE] = _(
                "The form doesn't say that somebody lives here and is 18, so it doesn't count. Put it aside."
            )
        return found

    def lives_here(self, typed: Typed) -> bool:
        """Whether the form counts."""
        return self._codes(typed)[LIVES_HERE] == YES

    def answers(self, typed: Typed) -> Answers:
        """What is stored of the form. Raises NothingAnswered."""
        return checked_answers(self.document, read_given(self._codes(typed)))

    def is_asked(self, line: Line, typed: Typed) -> bool:
        """Whether somebody who crossed this had to answer the line at all."""
        return not line.step.only_if or self._codes(typed)[line.step.only_if] == YES

    def differing(self, first: Typed, second: Typed) -> list[Line]:
        """The lines on which two typings of one form don't agree."""
        return [line for line in self.lines if first[line.step.field] != second[line.step.field]]

    def compared(self, first: Typed, second: Typed) -> SecondKeying:
        """How many lines were typed twice and how many differ; those that nobody had to fill in don't count."""
        asked = [line for line in self.lines if self.is_asked(line, first) or self.is_asked(line, second)]
        return SecondKeying(len(asked), sum(line in asked for line in self.differing(first, second)))

    def _codes(self, typed: Typed) -> dict[str, str]:
        return {
            line.step.field: line.keys[key].code if (key := typed[line.step.field]) in line.keys else key
            for line in self.lines
        }


def _key(typed: str) -> str:
    key = typed.strip().lower()
    return "" if key == "0" else key
