"""What is said of each initiative: apart from the indicators, and only by those who know it or took part."""

import numpy as np

from surveyapp.services.questionnaires import Document
from surveyapp.services.results.answers import Questionnaires, WaveAnswers
from surveyapp.services.results.figures import Figure, figure
from surveyapp.services.results.indicators import item_figure, item_words
from surveyapp.statistics.answers import SKIPPED

_ANSWERS_AS_STEPS = {True: 5, False: 1, None: SKIPPED}
_ONLY_OF_STEPS = ("groups", "distribution", "not_relevant", "dont_know", "without_valid_answer")


def initiatives(asked: Questionnaires, answers: WaveAnswers) -> list[Document]:
    """Attribution items apart from the indicators, among those who know or took part, with how many that is."""
    return [
        {
            "key": initiative["key"],
            "partner": initiative["partner"],
            "exposure": initiative["exposure"],
            "texts": initiative["texts"],
            "exposed": _exposure_figure(answers.exposed[initiative["key"]]),
            "items": [
                item_words(item, asked, answers)
                | {
                    "indicator": item["indicator"],
                    "figure": item_figure(item, answers, answers.exposed_to(initiative["key"])),
                }
                for item in initiative["items"]
            ],
        }
        for initiative in asked.newest["initiatives"]
    ]


def _exposure_figure(exposed: list[bool | None]) -> Figure:
    """The share who said yes, under the same rules as any other share."""
    steps = np.array([_ANSWERS_AS_STEPS[answer] for answer in exposed], dtype=np.int8).reshape(-1, 1)
    return figure(steps) | dict.fromkeys(_ONLY_OF_STEPS)
