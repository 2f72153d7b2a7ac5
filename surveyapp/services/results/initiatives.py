"""What is said of each initiative: apart from the indicators, and only by those who know it or took part."""

import numpy as np

from surveyapp.comparability import Figure
from surveyapp.services.questionnaires import Document
from surveyapp.services.results.answers import Questionnaires, WaveAnswers
from surveyapp.services.results.figures import figure, withheld
from surveyapp.services.results.indicators import item_figure, item_words
from surveyapp.statistics import Coding
from surveyapp.statistics.answers import SKIPPED

_ANSWERS_AS_STEPS = {True: 5, False: 1, None: SKIPPED}
_ONLY_OF_STEPS = ("groups", "distribution", "not_relevant", "dont_know", "without_valid_answer")


def initiatives(asked: Questionnaires, answers: WaveAnswers) -> list[Document]:
    """Attribution items apart from the indicators, among those who know or took part, with how many that is."""
    return [_said_of(initiative, asked, answers) for initiative in asked.newest["initiatives"]]


def _said_of(initiative: Document, asked: Questionnaires, answers: WaveAnswers) -> Document:
    exposed = _exposure_figure(answers.exposed[initiative["key"]])
    return {
        "key": initiative["key"],
        "partner": initiative["partner"],
        "exposure": initiative["exposure"],
        "texts": initiative["texts"],
        "exposed": exposed,
        "items": [
            item_words(item, asked, answers)
            | {"indicator": item["indicator"], "figure": _among_exposed(item, initiative["key"], exposed, answers)}
            for item in initiative["items"]
        ],
    }


def _among_exposed(item: Document, initiative: str, exposed: Figure, answers: WaveAnswers) -> Figure:
    """The item's figure; none where their number is coded: a base with those outside it would give it back."""
    if exposed["coding"] in (Coding.BOTTOM_CODED, Coding.TOP_CODED):
        return withheld()
    return item_figure(item, answers, answers.exposed_to(initiative))


def _exposure_figure(exposed: list[bool | None]) -> Figure:
    """The share who said yes, under the same rules as any other share."""
    steps = np.array([_ANSWERS_AS_STEPS[answer] for answer in exposed], dtype=np.int8).reshape(-1, 1)
    return figure(steps) | dict.fromkeys(_ONLY_OF_STEPS)
