"""The life of a wave: draft, open, closed; closed may reopen until it is published (services/publication.py)."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from surveyapp.errors import WrongState
from surveyapp.models import User, Wave, WaveState
from surveyapp.services import audit
from surveyapp.services.questionnaires import freeze


def today_in(time_zone: str) -> dt.date:
    """Today's date where the residents live."""
    return dt.datetime.now(ZoneInfo(time_zone)).date()


def takes_answers(wave: Wave, today: dt.date) -> bool:
    """Whether a response counts today: the wave is open and its last day hasn't passed."""
    return wave.state is WaveState.OPEN and today <= wave.closes_on


def open_wave(session: Session, wave: Wave, user: User | None, today: dt.date) -> None:
    """Freeze the questionnaire and start fieldwork. Raises WrongState, or NothingToAsk when texts are missing."""
    _require(wave, WaveState.DRAFT)
    questionnaire = freeze(session, wave, today)
    _move(session, wave, user, WaveState.OPEN, fingerprint=questionnaire.fingerprint)


def close_wave(session: Session, wave: Wave, user: User | None) -> None:
    """End fieldwork. Raises WrongState unless the wave is open."""
    _require(wave, WaveState.OPEN)
    _move(session, wave, user, WaveState.CLOSED)


def reopen_wave(session: Session, wave: Wave, user: User | None, closes_on: dt.date) -> None:
    """Take answers again until `closes_on`. Raises WrongState unless the wave is closed and not yet published."""
    _require(wave, WaveState.CLOSED)
    wave.closes_on = closes_on
    _move(session, wave, user, WaveState.OPEN)


def _require(wave: Wave, state: WaveState) -> None:
    if wave.state is not state:
        raise WrongState(state=wave.state)


def _move(session: Session, wave: Wave, user: User | None, state: WaveState, **details: str) -> None:
    wave.state = state
    audit.record(session, wave.survey.partnership.lead, user, f"wave.{state}", f"wave {wave.id}", **details)
    session.flush()
