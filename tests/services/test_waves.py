"""A wave moves one step at a time, and of two people taking the same step one is told so."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.db import begin_writing, db
from surveyapp.errors import ClosingDatePassed, NothingToAsk, WrongState
from surveyapp.models import AuditEvent, PlaceKind, Wave, WaveState
from surveyapp.services.placements import add_placement
from surveyapp.services.waves import close_wave, move_last_day, open_wave, reopen_wave, takes_answers
from surveyapp.services.year import Progress, Step, Stop, days_left, next_step, progress
from tests.builders import TODAY, make_world

LATER = TODAY + dt.timedelta(days=9)
YESTERDAY = TODAY - dt.timedelta(days=1)


def test_fieldwork_begins_the_day_it_is_opened(session: Session) -> None:
    wave = make_world(session).wave
    open_wave(session, wave, None, TODAY, LATER)
    assert (wave.opens_on, wave.closes_on) == (TODAY, LATER)
    assert takes_answers(wave, LATER)
    assert not takes_answers(wave, LATER + dt.timedelta(days=1))


def test_fieldwork_can_begin_and_end_before_the_days_that_were_planned(session: Session) -> None:
    wave = make_world(session).wave
    wave.opens_on, wave.closes_on = TODAY + dt.timedelta(days=14), TODAY + dt.timedelta(days=42)
    session.commit()
    open_wave(session, wave, None, TODAY, TODAY + dt.timedelta(days=7))
    session.commit()
    assert (wave.opens_on, wave.closes_on) == (TODAY, TODAY + dt.timedelta(days=7))


def test_a_wave_cannot_open_or_reopen_until_a_day_that_has_passed(session: Session) -> None:
    wave = make_world(session).wave
    with pytest.raises(ClosingDatePassed):
        open_wave(session, wave, None, TODAY, YESTERDAY)
    open_wave(session, wave, None, TODAY)
    close_wave(session, wave, None, wave.closes_on)
    with pytest.raises(ClosingDatePassed):
        reopen_wave(session, wave, None, TODAY, YESTERDAY)
    reopen_wave(session, wave, None, TODAY, TODAY)
    assert takes_answers(wave, TODAY)


def test_the_last_day_moves_either_way_but_not_into_the_past(session: Session) -> None:
    wave = make_world(session).wave
    open_wave(session, wave, None, TODAY)
    for day in (LATER, TODAY):
        move_last_day(session, wave, None, TODAY, day)
        assert takes_answers(wave, day)
        assert not takes_answers(wave, day + dt.timedelta(days=1))
    with pytest.raises(ClosingDatePassed):
        move_last_day(session, wave, None, TODAY, YESTERDAY)
    assert wave.closes_on == TODAY
    moved = session.scalars(select(AuditEvent).where(AuditEvent.action == "wave.last_day_moved")).all()
    assert moved[-1].details == {"from": LATER.isoformat(), "to": TODAY.isoformat()}


def test_a_wave_with_missing_texts_does_not_open(session: Session) -> None:
    wave = make_world(session).wave
    del wave.items[0].wording.texts["ar"]
    with pytest.raises(NothingToAsk):
        open_wave(session, wave, None, TODAY)


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        (WaveState.DRAFT, {"open"}),
        (WaveState.OPEN, {"close", "move_last_day"}),
        (WaveState.CLOSED, {"reopen"}),
        (WaveState.PUBLISHED, set()),
    ],
)
def test_each_state_allows_only_its_own_steps(session: Session, state: WaveState, allowed: set[str]) -> None:
    steps: dict[str, Callable[[Wave], None]] = {
        "open": lambda wave: open_wave(session, wave, None, TODAY),
        "close": lambda wave: close_wave(session, wave, None, wave.closes_on),
        "move_last_day": lambda wave: move_last_day(session, wave, None, TODAY, LATER),
        "reopen": lambda wave: reopen_wave(session, wave, None, TODAY, LATER),
    }
    wave = make_world(session).wave
    for name, step in steps.items():
        wave.state = state
        session.flush()
        if name in allowed:
            step(wave)
        else:
            with pytest.raises(WrongState) as refusal:
                step(wave)
            assert refusal.value.details["state"] is state


def test_of_four_people_closing_at_once_one_does_and_three_are_told(app: Flask, session: Session) -> None:
    wave_id = make_world(session).wave.id
    open_wave(session, session.get_one(Wave, wave_id), None, TODAY)
    session.commit()

    def close(_number: int) -> str:
        with app.app_context():
            begin_writing(db.session)
            wave = db.session.get_one(Wave, wave_id)
            try:
                close_wave(db.session, wave, None, wave.closes_on)
            except WrongState as refusal:
                return f"already {refusal.details['state']}"
            db.session.commit()
            return "closed it"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(close, range(4))) == ["already closed"] * 3 + ["closed it"]


def test_what_is_next_follows_the_wave_through_its_year(session: Session) -> None:
    wave = make_world(session).wave
    arabic = wave.items[1].wording.texts["ar"]
    written, arabic.text = arabic.text, " "
    assert next_step(wave, TODAY) is Step.TRANSLATE
    arabic.text = written
    assert next_step(wave, TODAY) is Step.ADD_PLACEMENTS
    assert progress(wave, next_step(wave, TODAY))[Stop.PRINT] is Progress.HERE
    add_placement(session, wave, None, "Gården", PlaceKind.COURTYARD)
    assert next_step(wave, TODAY) is Step.OPEN
    assert progress(wave, next_step(wave, TODAY))[Stop.PRINT] is Progress.HERE, "nobody knows yet whether posters hang"
    open_wave(session, wave, None, TODAY)
    assert next_step(wave, TODAY) is Step.COLLECT
    assert progress(wave, next_step(wave, TODAY)) == {
        Stop.BUILD: Progress.BEHIND,
        Stop.TRANSLATE: Progress.BEHIND,
        Stop.PRINT: Progress.BEHIND,
        Stop.COLLECT: Progress.HERE,
        Stop.RESULTS: Progress.AHEAD,
    }
    assert days_left(wave, TODAY) == 9
    assert next_step(wave, wave.closes_on + dt.timedelta(days=1)) is Step.CLOSE
    close_wave(session, wave, None, wave.closes_on)
    assert next_step(wave, TODAY) is Step.PUBLISH
    wave.state = WaveState.PUBLISHED
    assert next_step(wave, TODAY) is Step.READ
    assert set(progress(wave, next_step(wave, TODAY)).values()) == {Progress.BEHIND}


def test_a_wave_without_statements_asks_for_them_first(session: Session) -> None:
    wave = make_world(session).wave
    for item in list(wave.items):
        session.delete(item)
    session.flush()
    session.refresh(wave)
    assert next_step(wave, TODAY) is Step.ADD_STATEMENTS
