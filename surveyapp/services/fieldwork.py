"""What staff may follow live: how many answered in all, at each placement and on each day. Nothing else moves."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import Response, Wave, WaveState

GOAL = (50, 100)


@dataclass(frozen=True)
class Totals:
    """Live totals of one wave. Withdrawn answers are taken off their placement; days count what came in on them."""

    responses: int
    placements: dict[int, int]
    days: dict[dt.date, int]
    withdrawn: int


def response_total(session: Session, wave: Wave) -> int:
    """How many responses count; after publication, when single answers may be gone, what the counters say."""
    if wave.state is WaveState.PUBLISHED:
        return sum(day.completed - day.withdrawn for placement in wave.placements for day in placement.days)
    return session.scalar(select(func.count()).where(Response.wave_id == wave.id)) or 0


def fieldwork_totals(session: Session, wave: Wave, today: dt.date) -> Totals:
    """Totals from the first day of fieldwork to today, or to the last day if that has passed."""
    counted = [day for placement in wave.placements for day in placement.days]
    by_day: Counter[dt.date] = Counter()
    for row in counted:
        by_day[row.day] += row.completed
    return Totals(
        responses=response_total(session, wave),
        placements={
            placement.id: sum(day.completed - day.withdrawn for day in placement.days) for placement in wave.placements
        },
        days={day: by_day[day] for day in _fieldwork_days(wave, today, set(by_day))},
        withdrawn=sum(row.withdrawn for row in counted),
    )


def _fieldwork_days(wave: Wave, today: dt.date, counted: set[dt.date]) -> list[dt.date]:
    last = min(today, wave.closes_on)
    days = {wave.opens_on + dt.timedelta(days=number) for number in range((last - wave.opens_on).days + 1)}
    return sorted(days | counted)
