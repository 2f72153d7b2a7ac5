"""Whether residents know, or took part in, an initiative: asked before the statements about it."""

from sqlalchemy.orm import Session

from surveyapp.content.library import ExposureTemplate, library
from surveyapp.errors import InitiativeRefused
from surveyapp.models import Exposure, Initiative, InitiativeExposure, Item, Wave
from surveyapp.services import audit
from surveyapp.services.building.trend import has_started
from surveyapp.services.building.writing import Author, hold_draft, shipped

I_TOOK_PART = "i_took_part"


def ask_about(session: Session, wave: Wave, author: Author, initiative: Initiative, exposure: Exposure) -> None:
    """Ask whether somebody knows, or took part in, the initiative.

    Raises WrongState, or InitiativeRefused: "baseline", "not_started" by the day the wave opens.
    """
    hold_draft(session, wave)
    ask_about_held(session, wave, initiative, exposure)
    _note(session, wave, author, "initiative.asked", initiative)


def stop_asking(session: Session, wave: Wave, author: Author, initiative: Initiative) -> None:
    """Take the question about the initiative out, with the statements that depend on it. Raises WrongState."""
    hold_draft(session, wave)
    for item in [each for each in wave.items if each.initiative_id == initiative.id]:
        _delete(session, item)
    for asked in [each for each in wave.exposures if each.initiative_id == initiative.id]:
        _delete(session, asked)
    _note(session, wave, author, "initiative.left_out", initiative)
    session.expire(wave, ["items", "exposures"])


def ask_about_held(session: Session, wave: Wave, initiative: Initiative, exposure: Exposure) -> InitiativeExposure:
    """The same in a wave that is held already; the question is changed where it is asked otherwise."""
    if wave.number == 0:
        raise InitiativeRefused(reason="baseline")
    if not has_started(wave, initiative):
        raise InitiativeRefused(reason="not_started")
    asked = next((each for each in wave.exposures if each.initiative_id == initiative.id), None)
    if asked is None:
        asked = InitiativeExposure(
            initiative=initiative,
            exposure=exposure,
            position=1 + max((each.position for each in wave.exposures), default=-1),
            wording=shipped(_template(exposure).texts),
        )
        with session.no_autoflush:
            wave.exposures.append(asked)
    elif asked.exposure is not exposure:
        before = asked.wording
        asked.exposure, asked.wording = exposure, shipped(_template(exposure).texts)
        session.flush()
        session.delete(before)
    session.flush()
    return asked


def _template(exposure: Exposure) -> ExposureTemplate:
    return next(row for key, row in library().exposures.items() if row.exposure == exposure and key != I_TOOK_PART)


def _delete(session: Session, part: Item | InitiativeExposure) -> None:
    wording = part.wording
    session.delete(part)
    session.flush()
    session.delete(wording)
    session.flush()


def _note(session: Session, wave: Wave, author: Author, action: str, initiative: Initiative) -> None:
    session.flush()
    audit.record(
        session, wave.survey.partnership.lead, author.user, action, f"wave {wave.id}", initiative=initiative.key
    )
