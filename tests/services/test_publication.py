"""Publishing happens once, under the rules, and freezes what nobody can change afterwards."""

import datetime as dt
import hashlib
import json
import threading
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveyapp.canonical import canonical_json
from surveyapp.db import begin_writing, db
from surveyapp.errors import ReasonMissing, ResponsesGone, TooFewAnswers, WrongState
from surveyapp.models import AuditEvent, Response, Result, Role, Wave, WaveState
from surveyapp.services.publication import correct_results, publish_wave, release_results
from surveyapp.services.waves import close_wave
from tests.answered import PUBLISHED_ON, answer, published_wave, start, steps
from tests.builders import World, make_world, user
from tests.result_schema import checked_document, indicator

ENOUGH = {"belonging": steps(41, 100), "trust": steps(45, 100)}
LATER = PUBLISHED_ON + dt.timedelta(days=10)


def closed_wave(session: Session, world: World) -> Wave:
    start(session, world.wave)
    answer(session, world.wave, ENOUGH)
    close_wave(session, world.wave, None)
    session.commit()
    return world.wave


def test_publishing_freezes_a_document_whose_checksum_anybody_can_compute(session: Session) -> None:
    wave = closed_wave(session, make_world(session))
    result = publish_wave(session, wave, None, PUBLISHED_ON)
    session.commit()
    assert wave.state is WaveState.PUBLISHED
    assert result.checksum == hashlib.sha256(result.document.encode()).hexdigest()
    assert canonical_json(json.loads(result.document)) == result.document
    assert result.checksum not in result.document
    assert (result.version, result.method_version, result.published_on) == (1, "1", PUBLISHED_ON)
    assert checked_document(result)["wave"]["published_on"] == PUBLISHED_ON.isoformat()


def test_who_published_what_is_in_the_audit_log(session: Session) -> None:
    world = make_world(session)
    coordinator = user(session, world.lead, Role.COORDINATOR, "karin@egebo.example")
    result = publish_wave(session, closed_wave(session, world), coordinator, PUBLISHED_ON)
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "wave.published")).one()
    assert event.user_id == coordinator.id
    assert event.details == {"version": 1, "checksum": result.checksum}


def test_nine_answers_to_one_indicator_stop_publication_and_are_named(session: Session) -> None:
    wave = make_world(session).wave
    start(session, wave)
    answer(session, wave, {"belonging": steps(41, 100), "trust": steps(4, 9, ["dk"] * 91)})
    close_wave(session, wave, None)
    with pytest.raises(TooFewAnswers) as refusal:
        publish_wave(session, wave, None, PUBLISHED_ON)
    assert refusal.value.details["bases"] == {"trust": 9}
    assert wave.state is WaveState.CLOSED
    assert wave.results == []
    assert session.scalars(select(Response.placement_id)).first() is not None  # nothing was sealed


@pytest.mark.parametrize("state", [WaveState.DRAFT, WaveState.OPEN, WaveState.PUBLISHED])
def test_only_a_closed_wave_is_published(session: Session, state: WaveState) -> None:
    wave = closed_wave(session, make_world(session))
    wave.state = state
    session.flush()
    with pytest.raises(WrongState) as refusal:
        publish_wave(session, wave, None, PUBLISHED_ON)
    assert refusal.value.details["state"] is state


def test_a_second_tab_publishing_the_same_wave_is_told_that_it_is_published(app: Flask) -> None:
    with app.app_context():
        begin_writing(db.session)
        wave_id = closed_wave(db.session, make_world(db.session)).id
    outcomes: list[str] = []
    both_have_read = threading.Barrier(2, timeout=20)

    def publish_in_a_tab() -> None:
        with app.app_context():
            wave = db.session.get_one(Wave, wave_id)  # the page was fetched before either pressed the button
            assert wave.state is WaveState.CLOSED
            db.session.rollback()
            both_have_read.wait()
            begin_writing(db.session)
            try:
                publish_wave(db.session, db.session.get_one(Wave, wave_id), None, PUBLISHED_ON)
                db.session.commit()
                outcomes.append("published")
            except WrongState as refusal:
                db.session.rollback()
                outcomes.append(str(refusal.details["state"]))

    tabs = [threading.Thread(target=publish_in_a_tab) for _ in range(2)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join(timeout=30)
    assert sorted(outcomes) == ["published", "published"]
    with app.app_context():
        assert len(db.session.scalars(select(Result)).all()) == 1


def test_members_see_results_only_once_released_and_releasing_twice_changes_nothing(session: Session) -> None:
    wave = closed_wave(session, make_world(session))
    result = publish_wave(session, wave, None, PUBLISHED_ON)
    assert result.released_on is None
    release_results(session, wave, None, LATER)
    release_results(session, wave, None, LATER + dt.timedelta(days=1))
    assert result.released_on == LATER
    released = select(AuditEvent).where(AuditEvent.action == "results.released")
    assert len(session.scalars(released).all()) == 1


def test_an_unpublished_wave_cannot_be_released(session: Session) -> None:
    wave = closed_wave(session, make_world(session))
    with pytest.raises(WrongState):
        release_results(session, wave, None, LATER)


def test_a_corrected_version_keeps_the_first_and_uses_the_same_sealed_answers(session: Session) -> None:
    world = make_world(session)
    wave = closed_wave(session, world)
    first = publish_wave(session, wave, None, PUBLISHED_ON)
    kept = first.document
    release_results(session, wave, None, PUBLISHED_ON)
    world.partnership.targets[0].value = Decimal(60)
    second = correct_results(session, wave, None, "Målet var skrevet forkert", LATER)
    session.commit()
    before, after = json.loads(kept), checked_document(second)
    assert first.document == kept
    assert (second.version, second.reason, after["replaces"]) == (2, "Målet var skrevet forkert", first.checksum)
    assert indicator(after, "belonging")["target"]["value"] == 60
    assert indicator(after, "belonging")["figures"] == indicator(before, "belonging")["figures"]
    assert after["wave"] == before["wave"]
    assert (after["version_published_on"], second.released_on) == (LATER.isoformat(), LATER)


def test_a_correction_of_results_that_members_never_saw_stays_with_the_lead(session: Session) -> None:
    wave = closed_wave(session, make_world(session))
    publish_wave(session, wave, None, PUBLISHED_ON)
    assert correct_results(session, wave, None, "Målet var skrevet forkert", LATER).released_on is None


def test_a_correction_needs_its_reason(session: Session) -> None:
    wave = closed_wave(session, make_world(session))
    publish_wave(session, wave, None, PUBLISHED_ON)
    with pytest.raises(ReasonMissing):
        correct_results(session, wave, None, "  ", LATER)


def test_nothing_can_be_corrected_once_the_responses_are_deleted(session: Session) -> None:
    wave = closed_wave(session, make_world(session))
    publish_wave(session, wave, None, PUBLISHED_ON)
    session.execute(delete(Response))
    with pytest.raises(ResponsesGone):
        correct_results(session, wave, None, "For sent", LATER)
    assert len(wave.results) == 1


def test_a_wave_that_was_never_published_has_nothing_to_correct(session: Session) -> None:
    wave = closed_wave(session, make_world(session))
    with pytest.raises(WrongState):
        correct_results(session, wave, None, "For tidligt", LATER)


def test_the_next_wave_is_held_against_the_corrected_version(session: Session) -> None:
    world = make_world(session)
    publish_wave(session, closed_wave(session, world), None, PUBLISHED_ON)
    corrected = correct_results(session, world.wave, None, "Målet var skrevet forkert", LATER)
    document = checked_document(published_wave(session, world, 1, ENOUGH))
    assert document["earlier_results"] == [{"wave": 0, "version": 2, "checksum": corrected.checksum}]
