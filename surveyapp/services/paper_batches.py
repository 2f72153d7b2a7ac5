"""Batches of paper forms: opened by the first form, ended by hand, by the next day or with the wave."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import PaperBatch, Placement, User, Wave
from surveyapp.services import audit

EVERY = 10  # one form in so many is typed in twice


@dataclass(frozen=True)
class SecondKeying:
    """A form that was typed in twice: how many of its fields, and how many of them differed."""

    fields: int
    differing: int

    @property
    def percent(self) -> float:
        """How many of a hundred fields differed."""
        return 100 * self.differing / self.fields if self.fields else 0.0


def batches_of(session: Session, placement: Placement) -> list[PaperBatch]:
    """Every batch at a placement, the newest first."""
    newest_first = (PaperBatch.day.desc(), PaperBatch.id.desc())
    return list(session.scalars(select(PaperBatch).filter_by(placement_id=placement.id).order_by(*newest_first)))


def running_batch(session: Session, placement: Placement, user: User, language: str, day: dt.date) -> PaperBatch | None:
    """The batch that somebody has begun on this day and not ended."""
    whose = {"placement_id": placement.id, "typed_by_id": user.id, "language": language, "day": day, "ended": False}
    return session.scalars(select(PaperBatch).filter_by(**whose)).first()


def forms_typed(session: Session, placement: Placement) -> int:
    """How many forms have been typed in at a placement."""
    return session.scalar(select(func.sum(PaperBatch.forms)).filter_by(placement_id=placement.id)) or 0


def add_to_batch(
    session: Session, placement: Placement, user: User, language: str, day: dt.date, second: SecondKeying | None
) -> None:
    """Count one more form in the day's batch, which begins with it. Batches of earlier days end."""
    for forgotten in _running(session, placement):
        if forgotten.day < day:
            _end(session, forgotten)
    batch = running_batch(session, placement, user, language, day)
    if batch is None:
        batch = PaperBatch(placement=placement, typed_by=user, language=language, day=day)
        batch.forms = batch.second_keyed = batch.fields = batch.differing = 0
        session.add(batch)
    batch.forms += 1
    if second:
        batch.second_keyed += 1
        batch.fields += second.fields
        batch.differing += second.differing
    session.flush()


def end_batch(session: Session, placement: Placement, user: User, language: str, day: dt.date) -> int:
    """End somebody's batch and give how many forms it has; none where nothing was typed since the last one ended."""
    batch = running_batch(session, placement, user, language, day)
    if batch is None:
        return 0
    _end(session, batch)
    return batch.forms


def end_batches(session: Session, wave: Wave) -> None:
    """End every batch of a wave that takes no more answers."""
    for placement in wave.placements:
        for batch in _running(session, placement):
            _end(session, batch)


def _running(session: Session, placement: Placement) -> list[PaperBatch]:
    return list(session.scalars(select(PaperBatch).filter_by(placement_id=placement.id, ended=False)))


def _end(session: Session, batch: PaperBatch) -> None:
    """Forget the batch's language; the audit log has one line a batch."""
    batch.ended, batch.language = True, None
    audit.record_day(
        session,
        batch.placement.wave.survey.partnership.lead,
        batch.typed_by,
        batch.day,
        "paper.typed",
        f"placement {batch.placement_id}",
        forms=batch.forms,
        second_keyed=batch.second_keyed,
        fields=batch.fields,
        differing=batch.differing,
    )
