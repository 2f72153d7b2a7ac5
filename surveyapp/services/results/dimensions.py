"""The ways of dividing respondents into groups: background questions, kind of place, mode, language."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from surveyapp.models import Mode, PlaceKind
from surveyapp.services.questionnaires import Document
from surveyapp.services.results.answers import WaveAnswers

NOT_STATED = "not_stated"
DEFAULT_LANGUAGE = "default"
OTHER_LANGUAGES = "others"
PLACE_KIND, MODE, LANGUAGE = "place_kind", "mode", "language"
MOST_CATEGORIES = 10


@dataclass(frozen=True)
class Dimension:
    """One way of dividing: every respondent's category (None: not stated), and the categories in their order."""

    key: str
    values: Sequence[str | None]
    order: Sequence[str]

    @cached_property
    def counts(self) -> dict[str, int]:
        """Respondents per category that anybody is in, not stated last."""
        found = Counter(self.values)
        found[NOT_STATED] = found.pop(None, 0)
        return {category: found[category] for category in (*self.order, NOT_STATED) if found[category]}

    @cached_property
    def positions(self) -> NDArray[np.intp]:
        """Every respondent's category as its position in `counts`."""
        number = {None if key == NOT_STATED else key: position for position, key in enumerate(self.counts)}
        return np.array([number[value] for value in self.values], dtype=np.intp)

    def members(self, categories: Sequence[str]) -> NDArray[np.bool_]:
        """Who is in one of these categories."""
        chosen = [position for position, category in enumerate(self.counts) if category in categories]
        return np.isin(self.positions, chosen)


def dimensions(answers: WaveAnswers, document: Document) -> dict[str, Dimension]:
    """Every dimension of a wave by its key; one of more than ten categories can't be checked, so it isn't shown."""
    asked = [
        Dimension(
            question["key"], answers.background[question["key"]], [each["key"] for each in question["categories"]]
        )
        for question in document["background"]
    ]
    default = document["default_language"]
    languages = [DEFAULT_LANGUAGE if language == default else OTHER_LANGUAGES for language in answers.languages]
    found = [
        *asked,
        Dimension(PLACE_KIND, answers.place_kinds, [kind.value for kind in PlaceKind]),
        Dimension(MODE, answers.modes, [mode.value for mode in Mode]),
        Dimension(LANGUAGE, languages, [DEFAULT_LANGUAGE, OTHER_LANGUAGES]),
    ]
    return {dimension.key: dimension for dimension in found if len(dimension.counts) <= MOST_CATEGORIES}
