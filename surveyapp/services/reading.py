"""Which results an organisation may read: the lead from publication, its members once they are released."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from surveyapp.models import Area, Observation, Organisation, Partnership, Result, Wave
from surveyapp.services.observations import current_observations
from surveyapp.services.partnerships import waves_of
from surveyapp.services.questionnaires import Document


@dataclass(frozen=True)
class Reading:
    """One wave's results as an organisation may read them.

    `versions` are those that it may read, the oldest first, and `waves` what all waves that it may read are called, by
    their ids, the oldest first.
    """

    result: Result
    document: Document
    observations: list[Observation]
    waves: dict[int, str]
    versions: Sequence[Result]

    @property
    def awaits_release(self) -> bool:
        """Whether the member organisations don't see this version yet."""
        return self.result.released_on is None

    @property
    def replaced_by(self) -> Result | None:
        """The newest version, where this isn't it."""
        newest = self.versions[-1]
        return None if newest is self.result else newest


def read_results(
    partnership: Partnership,
    wave_id: int | None,
    version: int | None = None,
    *,
    released_only: bool,
    last_year: int | None = None,
) -> Reading | None:
    """The results of this wave, by default of the newest, in the newest version; None where there are none.

    `released_only` is what members get: the versions that were released, and observations of released waves.
    Waves that opened after `last_year` are left out.
    """
    readable = [
        versions
        for versions in _readable(partnership, released_only=released_only)
        if last_year is None or versions[-1].wave.opens_on.year <= last_year
    ]
    versions = next((each for each in readable if wave_id in (None, each[-1].wave_id)), [])
    result = next((each for each in reversed(versions) if version in (None, each.version)), None)
    if result is None:
        return None
    waves = [newest.wave for *_, newest in reversed(readable)]
    of_survey = {wave.id for wave in waves if wave.survey_id == result.wave.survey_id}
    return Reading(
        result,
        json.loads(result.document),
        [each for each in current_observations(partnership) if each.wave_id is None or each.wave_id in of_survey],
        _called(waves),
        versions,
    )


def areas_beside(
    session: Session, organisation: Organisation, partnership: Partnership, last_year: int
) -> list[Reading]:
    """What the organisation may read of every partnership in an area within this one, around it, or beside it there.

    The newest of each up to `last_year`, so that what stands beside an older result is of its time.
    """
    here = partnership.area
    near = [Area.parent_id == here.id]
    if here.parent_id is not None:
        near += [Area.id == here.parent_id, Area.parent_id == here.parent_id]
    theirs = or_(Partnership.lead_id == organisation.id, Partnership.members.any(Organisation.id == organisation.id))
    others = session.scalars(
        select(Partnership)
        .join(Partnership.area)
        .where(or_(*near), theirs, Partnership.area_id != here.id)
        .order_by(Area.parent_id == here.parent_id, Area.name, Partnership.id)
    )
    readings = [
        read_results(other, None, released_only=other.lead_id != organisation.id, last_year=last_year)
        for other in others
    ]
    return [reading for reading in readings if reading]


def _readable(partnership: Partnership, *, released_only: bool) -> list[list[Result]]:
    """The readable versions of every wave, the oldest version first, and the newest wave first."""
    found = (
        [result for result in wave.results if result.released_on or not released_only] for wave in waves_of(partnership)
    )
    return [versions for versions in found if versions]


def _called(waves: Sequence[Wave]) -> dict[int, str]:
    """What each wave is called; with the name of its survey where there are several."""
    several = len({wave.survey_id for wave in waves}) > 1
    return {wave.id: f"{wave.survey.name}: {wave.label}" if several else wave.label for wave in waves}


def visible_results(partnership: Partnership, *, released_only: bool) -> list[Result]:
    """Every version that may be read, the newest wave and the newest version first; `released_only` for members."""
    return [result for versions in _readable(partnership, released_only=released_only) for result in reversed(versions)]
