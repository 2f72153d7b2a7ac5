"""The audit log: who of the staff did what, when."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql.base import ExecutableOption

from surveyapp.models import Area, AuditEvent, Organisation, Partnership, Placement, Survey, User, Wave


def _wave_name(wave: Wave) -> str:
    return f"{wave.survey.name} {wave.label}"


# What a subject is called, by the first word of AuditEvent.subject, and what is read with it for that.
NAMES: dict[str, tuple[Any, tuple[ExecutableOption, ...], Callable[[Any], str]]] = {
    "area": (Area, (), lambda area: area.name),
    "partnership": (Partnership, (), lambda partnership: partnership.name),
    "placement": (
        Placement,
        (joinedload(Placement.wave).joinedload(Wave.survey),),
        lambda placement: f"{placement.name}, {_wave_name(placement.wave)}",
    ),
    "survey": (Survey, (), lambda survey: survey.name),
    "user": (User, (), lambda user: user.name),
    "wave": (Wave, (joinedload(Wave.survey),), _wave_name),
}


def record(
    session: Session,
    organisation: Organisation | None,
    user: User | None,
    action: str,
    subject: str,
    **details: Any,  # noqa: ANN401
) -> None:
    """Add one line; it is kept or lost together with what it tells of, in the same transaction."""
    _add(session, organisation, user, dt.datetime.now(dt.UTC), action, subject, details)


def record_day(
    session: Session,
    organisation: Organisation,
    user: User | None,
    day: dt.date,
    action: str,
    subject: str,
    **details: Any,  # noqa: ANN401
) -> None:
    """Add one line that tells the day only, for what must not be found again by its minute."""
    _add(session, organisation, user, dt.datetime.combine(day, dt.time(), dt.UTC), action, subject, details)


def _add(
    session: Session,
    organisation: Organisation | None,
    user: User | None,
    at: dt.datetime,
    action: str,
    subject: str,
    details: dict[str, Any],
) -> None:
    session.add(
        AuditEvent(
            organisation_id=organisation.id if organisation else None,
            user_id=user.id if user else None,
            at=at,
            action=action,
            subject=subject,
            details=details,
        )
    )


def events_of(session: Session, organisation: Organisation, before: int | None, most: int) -> Sequence[AuditEvent]:
    """The organisation's newest events, at most so many; `before` gives those older than the event with that id."""
    events = select(AuditEvent).where(AuditEvent.organisation_id == organisation.id)
    if before is not None:
        events = events.where(AuditEvent.id < before)
    newest = events.order_by(AuditEvent.id.desc()).limit(most).options(joinedload(AuditEvent.user))
    return session.scalars(newest).all()


def last_event(session: Session, subject: str, actions: Iterable[str]) -> int | None:
    """The id of the last of these things that were done with a subject: it differs once one was done since."""
    done = (AuditEvent.subject == subject, AuditEvent.action.in_(actions))
    return session.scalar(select(func.max(AuditEvent.id)).where(*done))


def subjects_of(session: Session, events: Iterable[AuditEvent]) -> dict[str, str]:
    """What the events are about, by their subject: "wave 3" is called "Egeparken År 1". Others have no name."""
    ids: dict[str, set[int]] = {}
    for event in events:
        kind, _, number = event.subject.partition(" ")
        if kind in NAMES and number.isdecimal():
            ids.setdefault(kind, set()).add(int(number))
    return {
        f"{kind} {each.id}": name(each)
        for kind, (model, read_with_it, name) in NAMES.items()
        if kind in ids
        for each in session.scalars(select(model).where(model.id.in_(ids[kind])).options(*read_with_it))
    }
