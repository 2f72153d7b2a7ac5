"""Which results an organisation may read: the lead from publication, its members once they are released."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from surveyapp.models import Area, Observation, Organisation, Partnership, Result
from surveyapp.services.observations import current_observations
from surveyapp.services.partnerships import waves_of
from surveyapp.services.questionnaires import Document


@dataclass(frozen=True)
class Reading:
    """One wave's results as an organisation may read them.

    `versions` are those that it may read, the oldest first, and `waves` the numbers of all waves that it may read.
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
    wave: int | None,
    version: int | None = None,
    *,
    released_only: bool,
    last_year: int | None = None,
) -> Reading | None:
    """The results of the wave with this number, by default the newest wave and version; None where there are none.

    `released_only` is what members get: the versions that were released, and observations of released waves.
    Waves that opened after `last_year` are left out.
    """
    readable = {
        number: versions
        for number, versions in _readable(partnership, released_only=released_only).items()
        if last_year is None or versions[-1].wave.opens_on.year <= last_year
    }
    if not readable:
        return None
    versions = readable.get(max(readable) if wave is None else wave, [])
    result = next((each for each in reversed(versions) if version in (None, each.version)), None)
    if result is None:
        return None
    waves = {newest.wave_id for *_, newest in readable.values()}
    return Reading(
        result,
        json.loads(result.document),
        [each for each in current_observations(partnership) if each.wave_id is None or each.wave_id in waves],
        {number: newest.wave.label for number, (*_, newest) in sorted(readable.items())},
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


def _readable(partnership: Partnership, *, released_only: bool) -> dict[int, list[Result]]:
    """The readable versions of every wave of the newest survey that has one, by the wave's number."""
    found: dict[int, dict[int, list[Result]]] = {}
    for wave in waves_of(partnership):
        versions = [result for result in wave.results if result.released_on or not released_only]
        if versions:
            found.setdefault(wave.survey_id, {})[wave.number] = versions
    return found[max(found)] if found else {}


def visible_results(partnership: Partnership, *, released_only: bool) -> list[Result]:
    """Every version that may be read, the newest wave and the newest version first; `released_only` for members."""
    return [
        result
        for wave in waves_of(partnership)
        for result in reversed(wave.results)
        if result.released_on or not released_only
    ]
