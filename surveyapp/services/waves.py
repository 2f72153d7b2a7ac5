"""The life of a wave: draft, open, closed; closed may reopen until it is published (services/publication.py)."""

import datetime as dt
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from surveyapp.errors import ClosingDatePassed, NothingToAsk, UnreviewedLanguages, WrongState
from surveyapp.models import User, Wave, WaveState
from surveyapp.services import audit
from surveyapp.services.building.checks import blocking_findings
from surveyapp.services.paper_batches import end_batches
from surveyapp.services.questionnaires import freeze
from surveyapp.services.translations.fielding import languages_without_reason


class Fieldwork(Protocol):
    """A wave, or what a resident's page knows of one."""

    @property
    def state(self) -> WaveState:
        """Where the wave is in its life."""

    @property
    def closes_on(self) -> dt.date:
        """Its last day, which is wholly part of it."""


def today_in(time_zone: str) -> dt.date:
    """Today's date where the residents live."""
    return dt.datetime.now(ZoneInfo(time_zone)).date()


def takes_answers(wave: Fieldwork, today: dt.date) -> bool:
    """Whether a response counts today: the wave is open and its last day hasn't passed."""
    return wave.state is WaveState.OPEN and today <= wave.closes_on


def open_wave(
    session: Session, wave: Wave, user: User | None, today: dt.date, closes_on: dt.date | None = None
) -> None:
    """Freeze the questionnaire and start fieldwork today, until `closes_on` or the day planned.

    Raises WrongState, ClosingDatePassed, NothingToAsk when a text is missing or can't be shown as it is, or
    UnreviewedLanguages while nobody has written why a language is asked in that isn't all reviewed.
    """
    require_state(session, wave, WaveState.DRAFT)
    wave.opens_on = today
    _set_last_day(wave, closes_on or wave.closes_on, today)
    blocked = blocking_findings(wave)
    if blocked:
        raise NothingToAsk(missing=[f"{each.string} ({each.language})" for each in blocked])
    unexplained = languages_without_reason(wave)
    if unexplained:
        raise UnreviewedLanguages(languages=unexplained)
    questionnaire = freeze(session, wave, today)
    _move(session, wave, user, WaveState.OPEN, fingerprint=questionnaire.fingerprint)


def close_wave(session: Session, wave: Wave, user: User | None, today: dt.date) -> None:
    """End fieldwork today, or note that it ended on its last day; batches of paper forms end with it.

    Raises WrongState unless the wave is open.
    """
    require_state(session, wave, WaveState.OPEN)
    end_batches(session, wave)
    wave.closed_on = min(today, wave.closes_on)
    _move(session, wave, user, WaveState.CLOSED)


def reopen_wave(session: Session, wave: Wave, user: User | None, today: dt.date, closes_on: dt.date) -> None:
    """Take answers again until `closes_on`.

    Raises ClosingDatePassed, or WrongState unless the wave is closed and not yet published.
    """
    require_state(session, wave, WaveState.CLOSED)
    _set_last_day(wave, closes_on, today)
    wave.closed_on = None
    _move(session, wave, user, WaveState.OPEN)


def move_last_day(session: Session, wave: Wave, user: User | None, today: dt.date, closes_on: dt.date) -> None:
    """Take answers until another day, sooner or later than planned.

    Raises ClosingDatePassed, or WrongState unless the wave is open.
    """
    require_state(session, wave, WaveState.OPEN)
    before = wave.closes_on
    _set_last_day(wave, closes_on, today)
    days = {"from": before.isoformat(), "to": closes_on.isoformat()}
    audit.record(session, wave.survey.partnership.lead, user, "wave.last_day_moved", f"wave {wave.id}", **days)
    session.flush()


def require_state(session: Session, wave: Wave, state: WaveState) -> None:
    """Read the state afresh and hold it: of two people doing the same step at once, the second sees the first's."""
    session.refresh(wave, with_for_update=True)
    expect_state(wave, state)


def expect_state(wave: Wave, state: WaveState) -> None:
    """Raise WrongState unless the wave is known to be in this state, without holding it."""
    if wave.state is not state:
        raise WrongState(state=wave.state)


def _set_last_day(wave: Wave, closes_on: dt.date, today: dt.date) -> None:
    if closes_on < today:
        raise ClosingDatePassed
    wave.closes_on = closes_on


def _move(session: Session, wave: Wave, user: User | None, state: WaveState, **details: str) -> None:
    wave.state = state
    audit.record(session, wave.survey.partnership.lead, user, f"wave.{state}", f"wave {wave.id}", **details)
    session.flush()
