"""Shared tablets: what they say of themselves, and which of them may still hold answers that haven't been sent."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Mode, Placement, Tablet

TABLET_MODES = frozenset({Mode.KIOSK, Mode.INTERVIEWER})


class Holding(StrEnum):
    """What is known of the answers on a tablet."""

    WAITING = "waiting"
    UNKNOWN = "unknown"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Heard:
    """One tablet as it was last heard of."""

    placement: Placement
    name: str
    holding: Holding
    waiting: int
    heard_on: dt.date


def hear_from(session: Session, placement_id: int, name: str, waiting: int, today: dt.date) -> None:
    """Note how many answers wait on a tablet; the last word counts."""
    tablet = session.get(Tablet, (placement_id, name))
    if tablet is None:
        tablet = Tablet(placement_id=placement_id, name=name)
        session.add(tablet)
    tablet.waiting, tablet.heard_on = waiting, today
    session.flush()


def forget_tablet(session: Session, placement_id: int, name: str) -> None:
    """Its use has ended, and it holds nothing: from now on nobody looks for it."""
    tablet = session.get(Tablet, (placement_id, name))
    if tablet is not None:
        session.delete(tablet)
        session.flush()


def tablets_at(session: Session, placements: Iterable[Placement], today: dt.date) -> list[Heard]:
    """These places' tablets: those with answers waiting, and those not heard of today, which may have some."""
    ids = [placement.id for placement in placements]
    found = session.scalars(
        select(Tablet).where(Tablet.placement_id.in_(ids)).order_by(Tablet.placement_id, Tablet.name)
    )
    return [
        Heard(tablet.placement, tablet.name, _holding(tablet, today), tablet.waiting, tablet.heard_on)
        for tablet in found
    ]


def _holding(tablet: Tablet, today: dt.date) -> Holding:
    if tablet.waiting:
        return Holding.WAITING
    return Holding.NOTHING if tablet.heard_on >= today else Holding.UNKNOWN
