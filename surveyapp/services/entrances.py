"""What a placement's code leads to: which wave, whether it takes answers, and what it asks."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session

from surveyapp.canonical import canonical_json, checksum
from surveyapp.errors import CodeReplaced, CodeRevoked, CodeUnknown, WaveNotTakingAnswers
from surveyapp.models import Area, Mode, Partnership, PlaceKind, Placement, Questionnaire, Survey, Wave, WaveState
from surveyapp.services.questionnaires import Document, document_of, draft_document
from surveyapp.services.waves import takes_answers, today_in

DRAFT_VERSION = 0


@dataclass(frozen=True)
class Entrance:
    """A placement as a resident meets it. A draft has version 0 and is rehearsed with the document as it stands.

    `mode` is the placement's, until a page says how somebody answers there: a tablet's code works on a phone as well.
    """

    code: str
    placement_id: int
    wave_id: int
    kind: PlaceKind
    mode: Mode
    state: WaveState
    closes_on: dt.date
    time_zone: str
    version: int
    fingerprint: str
    rehearsed: Document | None = None
    is_revoked: bool = False

    @property
    def is_rehearsal(self) -> bool:
        """Whether this is a draft that staff try out: it looks real and stores nothing."""
        return self.rehearsed is not None

    @property
    def today(self) -> dt.date:
        """Today's date where the residents live."""
        return today_in(self.time_zone)

    def refuse_unless_open(self) -> None:
        """Raise WaveNotTakingAnswers when neither a resident nor a rehearsal can answer today."""
        if not self.is_rehearsal and not takes_answers(self, self.today):
            raise WaveNotTakingAnswers(code=self.code)


def find_entrance(session: Session, code: str, *, even_revoked: bool = False) -> Entrance:
    """What the code leads to now. Raises CodeUnknown, CodeRevoked, or NothingToAsk for a draft with gaps.

    With `even_revoked` a withdrawn code still leads to its wave, for whoever answered through it.
    """
    row = session.connection().execute(_ENTRANCE, {"code": code}).one_or_none()
    if row is None:
        raise CodeUnknown(code=code)
    if row.revoked_on is not None and not even_revoked:
        raise CodeReplaced(code=code) if row.replaced_by_id else CodeRevoked(code=code)
    return _rehearsal(session, row) if row.state is WaveState.DRAFT else _entrance(row, row.version, row.fingerprint)


def frozen_document(session: Session, wave_id: int, version: int) -> Document | None:
    """What this version of the wave's questionnaire asks; None where there is no such version."""
    questionnaire = session.get(Questionnaire, (wave_id, version))
    return document_of(questionnaire) if questionnaire else None


_NEWEST_VERSION = (
    select(func.max(Questionnaire.version)).where(Questionnaire.wave_id == Wave.id).correlate(Wave).scalar_subquery()
)
_ENTRANCE = (
    select(
        Placement.code,
        Placement.id,
        Placement.kind,
        Placement.mode,
        Placement.revoked_on,
        Placement.replaced_by_id,
        Placement.wave_id,
        Wave.state,
        Wave.closes_on,
        Area.time_zone,
        Questionnaire.version,
        Questionnaire.fingerprint,
    )
    .join(Placement.wave)
    .join(Wave.survey)
    .join(Survey.partnership)
    .join(Partnership.area)
    .outerjoin(Questionnaire, and_(Questionnaire.wave_id == Wave.id, Questionnaire.version == _NEWEST_VERSION))
    .where(Placement.code == bindparam("code"))
)


def _rehearsal(session: Session, row: Any) -> Entrance:  # noqa: ANN401
    document = draft_document(session.get_one(Wave, row.wave_id))
    return _entrance(row, DRAFT_VERSION, checksum(canonical_json(document)), document)


def _entrance(row: Any, version: int, fingerprint: str, rehearsed: Document | None = None) -> Entrance:  # noqa: ANN401
    return Entrance(
        code=row.code,
        placement_id=row.id,
        wave_id=row.wave_id,
        kind=row.kind,
        mode=row.mode,
        state=row.state,
        closes_on=row.closes_on,
        time_zone=row.time_zone,
        version=version,
        fingerprint=fingerprint,
        is_revoked=row.revoked_on is not None,
        rehearsed=rehearsed,
    )
