"""A result document to make files of, and labels to make them with."""

import copy
import json
from collections import defaultdict
from typing import Any

from surveyapp.comparability import break_reasons
from surveyapp.exports.labels import Labels


def danish_number(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def labels(language: str = "da") -> Labels:
    """Words that are their own codes, except those that a test looks for."""
    words: dict[str, str] = defaultdict(lambda: "ord")
    words |= {
        "synthetic": "Eksempel med opdigtede tal",
        "versus": "versus",
        "verdict.cannot_tell": "kan ikke afgøres",
        "class.positive_trend": "positiv tendens",
        "unit.count": "antal, oplyst af partnerskabet",
    }
    return Labels(language, words, danish_number)


def loaded(text: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(text)
    return document


def otherwise(figure: dict[str, Any], **changed: str) -> dict[str, Any]:
    """What differs in a figure whose first statement was asked in another way than the newest."""
    measure = copy.deepcopy(figure["measure"])
    measure["items"][0] |= changed
    return {"comparable": False, "measure": measure, "break_reasons": break_reasons(figure["measure"], measure)}
