"""What staff may follow live: counters in all, at each place and on each day. Nothing else moves."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import Placement, PlacementDay, Response, Wave, WaveState
from surveyapp.services.placements import places_of

GOAL = (50, 100)


@dataclass(frozen=True)
class Counts:
    """Counters of one place or day, apart from the responses. Opened pages are no people: no rate is made of them."""

    opened: int
    not_resident: int
    completed: int
    withdrawn: int

    @property
    def answers(self) -> int:
        """The answers that are left."""
        return self.completed - self.withdrawn


@dataclass(frozen=True)
class Totals:
    """Live totals of one wave; places by the id of their newest code, with the counts of those before it.

    Withdrawn answers are taken off their place; days count what came in on them.
    """

    responses: int
    places: dict[int, Counts]
    days: dict[dt.date, int]
    withdrawn: int


def response_total(session: Session, wave: Wave) -> int:
    """How many responses count; after publication, when single answers may be gone, what the counters say."""
    if wave.state is WaveState.PUBLISHED:
        return sum(day.completed - day.withdrawn for placement in wave.placements for day in placement.days)
    return session.scalar(select(func.count()).where(Response.wave_id == wave.id)) or 0


def fieldwork_totals(session: Session, wave: Wave, today: dt.date) -> Totals:
    """Totals from the first day of fieldwork to today, or to the last day if that has passed."""
    places = {place.id: _counted(_rows(place)) for place in places_of(wave)}
    by_day: Counter[dt.date] = Counter()
    for placement in wave.placements:
        for row in placement.days:
            by_day[row.day] += row.completed
    return Totals(
        responses=response_total(session, wave),
        places=places,
        days={day: by_day[day] for day in _fieldwork_days(wave, today, set(by_day))},
        withdrawn=sum(counts.withdrawn for counts in places.values()),
    )


def counts_per_day(place: Placement) -> dict[dt.date, Counts]:
    """A place's counters on every day that has any, all its codes together, the newest day first."""
    rows: dict[dt.date, list[PlacementDay]] = defaultdict(list)
    for row in _rows(place):
        rows[row.day].append(row)
    return {day: _counted(rows[day]) for day in sorted(rows, reverse=True)}


def _rows(place: Placement) -> list[PlacementDay]:
    return [row for placement in place.codes for row in placement.days]


def _counted(rows: Iterable[PlacementDay]) -> Counts:
    counts = [(row.opened, row.not_resident, row.completed, row.withdrawn) for row in rows]
    return Counts(*map(sum, zip(*counts, strict=True))) if counts else Counts(0, 0, 0, 0)


def _fieldwork_days(wave: Wave, today: dt.date, counted: set[dt.date]) -> list[dt.date]:
    last = min(today, wave.closes_on)
    days = {wave.opens_on + dt.timedelta(days=number) for number in range((last - wave.opens_on).days + 1)}
    return sorted(days | counted)
