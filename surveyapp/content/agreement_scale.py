"""The five steps of agreement and the two ways out, per language, with where each wording comes from.

agreement_scale.csv is the one list of survey languages: a language without steps can't be asked in.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

KEY = "agreement_5"
STEPS = ("5", "4", "3", "2", "1")
NOT_RELEVANT = "na"
DONT_KNOW = "dk"
CODES = (*STEPS, NOT_RELEVANT, DONT_KNOW)
_COLUMNS = ("agree_strongly", "agree", "neither", "disagree", "disagree_strongly", "not_relevant", "dont_know")


@dataclass(frozen=True)
class Language:
    """A language residents can be asked in, and its labels: code → words."""

    code: str
    own_name: str
    direction: str
    labels: dict[str, str]
    source: str
    confidence: str


@cache
def languages() -> dict[str, Language]:
    """Every survey language by its code, in the order in which they are offered."""
    with Path(__file__).with_name("agreement_scale.csv").open(encoding="utf-8", newline="") as file:
        return {row["lang"]: _language(row) for row in csv.DictReader(file)}


def _language(row: dict[str, str]) -> Language:
    labels = {code: row[column] for code, column in zip(CODES, _COLUMNS, strict=True)}
    return Language(row["lang"], row["name"], row["dir"], labels, row["source"], row["confidence"])
