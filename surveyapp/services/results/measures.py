"""What a figure was measured with; comparability.py says whether two figures were measured alike."""

from surveyapp.canonical import canonical_json, checksum
from surveyapp.services.questionnaires import Document
from surveyapp.services.results.answers import Questionnaires

RULE = "top_two"
ESTIMATOR = "unweighted"


def measure_of(items: list[Document], asked: Questionnaires) -> Document:
    """The items with their wording, polarity and scale, the rule and the estimator behind a figure."""
    return {
        "items": [
            {
                "key": item["key"],
                "fingerprint": item["fingerprint"],
                "polarity": item["polarity"],
                "scale": _scale_fingerprint(item, asked.newest),
                "changed_during_fieldwork": len(set(asked.wordings(item["key"]).values())) > 1,
            }
            for item in items
        ],
        "rule": RULE,
        "estimator": ESTIMATOR,
    }


def source_language(item: Document, default: str) -> str:
    """The language in which an item was first written, if residents were asked in it."""
    return next((language for language, text in item["texts"].items() if text["status"] == "source"), default)


def _scale_fingerprint(item: Document, document: Document) -> str:
    language = source_language(item, document["default_language"])
    return checksum(canonical_json([document["scale"]["key"], document["scale"]["languages"][language]["labels"]]))
