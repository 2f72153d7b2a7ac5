"""Placements: one place, one poster, one code."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.errors import WrongState
from surveyapp.models import Mode, PlaceKind, Placement, User, Wave, WaveState
from surveyapp.services import audit
from surveyapp.services.codes import new_placement_code

MODE_OF_KIND = {PlaceKind.TABLET: Mode.KIOSK, PlaceKind.PAPER: Mode.PAPER}


def add_placement(session: Session, wave: Wave, user: User | None, name: str, kind: PlaceKind) -> Placement:
    """A new placement with a code nobody else has. Raises WrongState once the wave is closed."""
    if wave.state not in {WaveState.DRAFT, WaveState.OPEN}:
        raise WrongState(state=wave.state)
    placement = Placement(
        name=name.strip(), kind=kind, mode=MODE_OF_KIND.get(kind, Mode.SELF), code=_free_code(session)
    )
    wave.placements.append(placement)
    session.flush()
    audit.record(session, wave.survey.partnership.lead, user, "placement.added", f"placement {placement.id}")
    return placement


def _free_code(session: Session) -> str:
    while True:
        code = new_placement_code()
        if session.scalar(select(Placement.id).where(Placement.code == code)) is None:
            return code
