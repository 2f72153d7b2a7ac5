"""Before a measurement opens: what changes its answers can show, and how many answers smaller ones would take."""

import json
from dataclasses import dataclass
from math import ceil

from surveyapp import statistics
from surveyapp.models import Partnership, Survey, WaveState
from surveyapp.services.questionnaires import Document
from surveyapp.statistics.change import Direction

ANSWERS = 100
GUIDE = (50, 100)
SMALL_CHANGE = 10
MIDDLE = 0.5
ROUNDED_TO = 10


@dataclass(frozen=True)
class Basis:
    """The last published share that the plan reckons with."""

    names: dict[str, str]
    share: float
    wave: str

    @property
    def percent(self) -> float:
        """The share in percent."""
        return 100 * self.share


@dataclass(frozen=True)
class Plan:
    """With `answers` this year and last we usually see a change of `points`; one of `small` takes `needed` a year.

    `points` are percentage points, rounded up; None where even the whole scale wouldn't show. "Usually" is 80 % power
    at a significance level of 5 %.
    """

    answers: int
    points: int | None
    small: int
    needed: int | None
    adults: int
    guide: tuple[int, int]
    basis: Basis | None

    @property
    def more_than_live_here(self) -> bool:
        """Whether the small change would take more answers than there are adults."""
        return self.needed is not None and self.needed > self.adults


def plan_of(partnership: Partnership) -> Plan:
    """The plan of a partnership's next measurement, from its last published shares; without any, from 50 %.

    Of several indicators it takes the share nearest to 50 %, where a change is hardest to see.
    """
    basis = _basis(partnership)
    share = basis.share if basis else MIDDLE
    return Plan(ANSWERS, _points(share), SMALL_CHANGE, _needed(share), partnership.area.adults, GUIDE, basis)


def _basis(partnership: Partnership) -> Basis | None:
    found = [basis for survey in partnership.surveys for basis in _last_shares(survey)]
    return min(found, key=lambda basis: abs(basis.share - MIDDLE), default=None)


def _last_shares(survey: Survey) -> list[Basis]:
    published = [wave for wave in survey.waves if wave.state is WaveState.PUBLISHED]
    if not published:
        return []
    document: Document = json.loads(published[-1].results[-1].document)
    return [
        Basis(entry["names"], figure["share"], document["wave"]["label"])
        for entry in document["indicators"]
        for figure in entry["figures"]
        if figure["wave"] == document["wave"]["number"] and figure["share"] is not None
    ]


def _points(share: float) -> int | None:
    """The harder of rise and fall, rounded up to whole points."""
    changes = [
        statistics.minimal_detectable_change(share, ANSWERS, direction=direction).points for direction in Direction
    ]
    seen = [abs(points) for points in changes if points is not None]
    return ceil(max(seen)) if seen else None


def _needed(share: float) -> int | None:
    """Answers a year for the small change, up or down, rounded up to ten."""
    wanted = [
        statistics.power_two_waves(share, later, ANSWERS).n_per_wave_normal_ceiling
        for later in (share + SMALL_CHANGE / 100, share - SMALL_CHANGE / 100)
        if 0 <= later <= 1
    ]
    most = max((n for n in wanted if n is not None), default=None)
    return None if most is None else ceil(most / ROUNDED_TO) * ROUNDED_TO
