"""Earlier waves' results, read from their frozen documents and never computed again."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from surveyapp.comparability import Figure
from surveyapp.models import Result, Wave
from surveyapp.services.questionnaires import Document


@dataclass(frozen=True)
class EarlierResult:
    """One frozen document of the same survey, with its checksum."""

    checksum: str
    document: Document

    @property
    def wave(self) -> int:
        """The wave's number."""
        return int(self.document["wave"]["number"])

    @property
    def label(self) -> str:
        """What the wave is called."""
        return str(self.document["wave"]["label"])

    @property
    def year(self) -> int:
        """The year in which it was asked."""
        return year_of(self.document)

    def figure(self, indicator: str) -> Figure | None:
        """The wave's own figure for an indicator; None where its document has none."""
        return next((shown for shown in self.figures(indicator) if shown["wave"] == self.wave), None)

    def figures(self, indicator: str) -> list[Figure]:
        """The figures of an indicator over the waves, as this document shows them; none where it hasn't got it."""
        entries = (entry["figures"] for entry in self.document["indicators"] if entry["key"] == indicator)
        return next(entries, [])


def earlier_waves(wave: Wave) -> list[EarlierResult]:
    """The newest version of every earlier published wave, the oldest wave first."""
    return newest_results(other for other in wave.survey.waves if other.number < wave.number)


def newest_results(waves: Iterable[Wave]) -> list[EarlierResult]:
    """The newest version of each of these waves that is published."""
    return [_read(wave.results[-1]) for wave in waves if wave.results]


def earlier_versions(wave: Wave) -> list[EarlierResult]:
    """Every version of this wave's results so far, the oldest first."""
    return [_read(result) for result in wave.results]


def year_of(document: Document) -> int:
    """The year in which a document's wave was asked."""
    return int(document["wave"]["opened_on"][:4])


def _read(result: Result) -> EarlierResult:
    return EarlierResult(result.checksum, json.loads(result.document))
