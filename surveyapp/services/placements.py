"""Placements: one place, one poster, one code; a code can be withdrawn, and replaced by a new one that carries on."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.errors import PlacementRefused, WrongState
from surveyapp.models import Mode, PlaceKind, Placement, User, Wave, WaveState
from surveyapp.models.fieldwork import FEWEST_HOUSEHOLDS
from surveyapp.services import audit
from surveyapp.services.codes import new_placement_code

MODE_OF_KIND = {PlaceKind.TABLET: Mode.KIOSK, PlaceKind.PAPER: Mode.PAPER}
STILL_MOVING = frozenset({WaveState.DRAFT, WaveState.OPEN})


@dataclass(frozen=True)
class Days:
    """A placement's own first and last day; None where it begins or ends with the wave."""

    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True)
class Households:
    """Who shares the code of a letter."""

    number: int
    several_stairwells: bool


ALL_DAYS = Days()


def usual_mode(kind: PlaceKind) -> Mode:
    """How people answer at such a place unless the coordinator says otherwise."""
    return MODE_OF_KIND.get(kind, Mode.SELF)


def add_placement(
    session: Session,
    wave: Wave,
    user: User | None,
    name: str,
    kind: PlaceKind,
    mode: Mode | None = None,
    days: Days = ALL_DAYS,
    households: Households | None = None,
) -> Placement:
    """A new placement with a code nobody else has; without a mode, people answer there as is usual for its kind.

    Raises WrongState once the wave is closed. Raises PlacementRefused for days outside the wave, and for a letter whose
    code is shared by fewer than 30 households or by a single stairwell.
    """
    _require_moving(wave)
    _check_days(wave, days, kept=ALL_DAYS)
    placement = Placement(
        name=name.strip(),
        kind=kind,
        mode=mode or usual_mode(kind),
        code=_free_code(session),
        starts_on=days.first,
        ends_on=days.last,
        households=_sharing(households) if kind is PlaceKind.LETTER else None,
    )
    wave.placements.append(placement)
    session.flush()
    _record(session, placement, user, "added")
    return placement


def places_to_use_again(wave: Wave) -> list[Placement]:
    """The newest earlier wave's places whose codes weren't withdrawn; none once the wave has a place of its own."""
    earlier = [other for other in wave.survey.waves if other.number < wave.number and other.placements]
    if wave.placements or not earlier:
        return []
    return [place for place in places_of(earlier[-1]) if place.revoked_on is None]


def use_places_again(session: Session, wave: Wave, user: User | None) -> list[Placement]:
    """Give the wave the places of the one before it, with codes of their own and for all its days.

    Gives the new placements: none where the wave has places already, so that a second time changes nothing. Raises
    WrongState once the wave is closed.
    """
    session.refresh(wave, with_for_update=True)
    _require_moving(wave)
    again = [_alike(session, place, ALL_DAYS) for place in places_to_use_again(wave)]
    for placement in again:
        wave.placements.append(placement)
        session.flush()
        _record(session, placement, user, "added")
    return again


def change_placement(session: Session, placement: Placement, user: User | None, name: str, days: Days) -> None:
    """Call a place otherwise, or give it other days. Raises WrongState or PlacementRefused.

    A day that isn't changed is kept even where the measurement's last day has since been moved before it.
    """
    _require_moving(placement.wave)
    _check_days(placement.wave, days, kept=Days(placement.starts_on, placement.ends_on))
    placement.name, placement.starts_on, placement.ends_on = name.strip(), days.first, days.last
    session.flush()
    _record(session, placement, user, "changed")


def revoke_placement(session: Session, placement: Placement, user: User | None, today: dt.date) -> None:
    """Withdraw a code: from now on it takes no answers, and its counts stay. Doing so twice changes nothing.

    Raises WrongState once the wave is closed.
    """
    _require_moving(placement.wave)
    session.refresh(placement, with_for_update=True)
    if placement.revoked_on is None:
        placement.revoked_on = today
        session.flush()
        _record(session, placement, user, "revoked")


def replace_placement(session: Session, placement: Placement, user: User | None, today: dt.date) -> Placement:
    """Withdraw a code and give its place a new one that carries on; a second replacing gives the first one's.

    Raises WrongState once the wave is closed.
    """
    revoke_placement(session, placement, user, today)
    if placement.replaced_by:
        return placement.replaced_by
    successor = _alike(session, placement, Days(placement.starts_on, placement.ends_on))
    placement.wave.placements.append(successor)
    placement.replaced_by = successor
    session.flush()
    _record(session, placement, user, "replaced", replaced_by=successor.id)
    return successor


def places_of(wave: Wave) -> list[Placement]:
    """Every place once, by its newest code, in the order in which places were added; `codes` has those before it."""
    newest = [placement for placement in wave.placements if placement.replaced_by_id is None]
    return sorted(newest, key=lambda place: place.codes[-1].id)


def has_poster(placement: Placement) -> bool:
    """Whether its code belongs on a poster: it is in use, and people don't answer there on paper."""
    return placement.revoked_on is None and placement.mode is not Mode.PAPER


def has_wall(placement: Placement) -> bool:
    """Whether a poster hangs there: a letter and a pile of paper forms have a code but no wall."""
    return has_poster(placement) and placement.kind is not PlaceKind.LETTER


def _alike(session: Session, place: Placement, days: Days) -> Placement:
    """The same place with a new code."""
    return Placement(
        name=place.name,
        kind=place.kind,
        mode=place.mode,
        code=_free_code(session),
        starts_on=days.first,
        ends_on=days.last,
        households=place.households,
    )


def _require_moving(wave: Wave) -> None:
    if wave.state not in STILL_MOVING:
        raise WrongState(state=wave.state, wave=wave.id)


def _check_days(wave: Wave, days: Days, kept: Days) -> None:
    for field, day, before in (("starts_on", days.first, kept.first), ("ends_on", days.last, kept.last)):
        if day and day != before and not wave.opens_on <= day <= wave.closes_on:
            raise PlacementRefused(field=field, reason="outside_wave")
    if days.first and days.last and days.last < days.first:
        raise PlacementRefused(field="ends_on", reason="ends_before_starting")


def _sharing(households: Households | None) -> int:
    if households is None or households.number < FEWEST_HOUSEHOLDS:
        raise PlacementRefused(field="households", reason="too_few_households")
    if not households.several_stairwells:
        raise PlacementRefused(field="several_stairwells", reason="one_stairwell")
    return households.number


def _free_code(session: Session) -> str:
    while True:
        code = new_placement_code()
        if session.scalar(select(Placement.id).where(Placement.code == code)) is None:
            return code


def _record(session: Session, placement: Placement, user: User | None, happened: str, **details: int) -> None:
    lead = placement.wave.survey.partnership.lead
    audit.record(session, lead, user, f"placement.{happened}", f"placement {placement.id}", **details)
