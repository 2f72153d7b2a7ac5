"""Which results an organisation may read: the lead from publication, its members once they are released."""

import json
from dataclasses import dataclass

from surveyapp.models import Observation, Partnership, Result
from surveyapp.services.observations import current_observations
from surveyapp.services.partnerships import waves_of
from surveyapp.services.questionnaires import Document


@dataclass(frozen=True)
class Reading:
    """One wave's results as an organisation may read them, and the numbers of all waves that it may read."""

    result: Result
    document: Document
    observations: list[Observation]
    waves: dict[int, str]

    @property
    def awaits_release(self) -> bool:
        """Whether the member organisations don't see this version yet."""
        return self.result.released_on is None


def read_results(partnership: Partnership, wave: int | None, *, released_only: bool) -> Reading | None:
    """The results of the wave with this number, by default the newest; None where there is nothing to read.

    `released_only` is what members get: the newest version that was released, and observations of released waves.
    """
    readable = _readable(partnership, released_only=released_only)
    if not readable:
        return None
    number = max(readable) if wave is None else wave
    if number not in readable:
        return None
    result = readable[number]
    waves = {each.wave_id for each in readable.values()}
    return Reading(
        result,
        json.loads(result.document),
        [each for each in current_observations(partnership) if each.wave_id is None or each.wave_id in waves],
        {number: each.wave.label for number, each in sorted(readable.items())},
    )


def _readable(partnership: Partnership, *, released_only: bool) -> dict[int, Result]:
    """The newest readable version of every wave of the newest survey that has one, by the wave's number."""
    found: dict[int, dict[int, Result]] = {}
    for wave in waves_of(partnership):
        versions = [result for result in wave.results if result.released_on or not released_only]
        if versions:
            found.setdefault(wave.survey_id, {})[wave.number] = versions[-1]
    return found[max(found)] if found else {}


def visible_results(partnership: Partnership, *, released_only: bool) -> list[Result]:
    """Every version that may be read, the newest wave and the newest version first; `released_only` for members."""
    return [
        result
        for wave in waves_of(partnership)
        for result in reversed(wave.results)
        if result.released_on or not released_only
    ]
