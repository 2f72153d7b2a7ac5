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
from surveyapp.errors import GiveBackMissing, NotReleased, ReasonMissing, ResponsesGone, TooFewAnswers, WrongState
from surveyapp.models import AuditEvent, PlaceKind, Response, Result, Role, Wave, WaveState
from surveyapp.services import audit
from surveyapp.services.give_back import given_back
from surveyapp.services.placements import add_placement
from surveyapp.services.publication import (
    correct_results,
    hide_from_residents,
    prepare_correction,
    prepare_publication,
    publish_wave,
    release_results,
    show_to_residents,
)
from surveyapp.services.waves import close_wave, reopen_wave
from tests.answered import GIVE_BACK, PUBLISHED_ON, answer, published_wave, say_what_happens_now, start, steps
from tests.builders import World, make_wave, make_world, user
from tests.result_schema import checked_document, indicator

ENOUGH = {"belonging": steps(41, 100), "trust": steps(45, 100)}
LATER = PUBLISHED_ON + dt.timedelta(days=10)


def closed_wave(session: Session, world: World) -> Wave:
    start(session, world.wave)
    answer(session, world.wave, ENOUGH)
    close_wave(session, world.wave, None, world.wave.closes_on)
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


def test_who_published_and_corrected_what_is_in_the_audit_log(session: Session) -> None:
    world = make_world(session)
    coordinator = user(session, world.lead, Role.COORDINATOR, "karin@egebo.example")
    result = publish_wave(session, closed_wave(session, world), coordinator, PUBLISHED_ON)
    corrected = correct_results(session, result.wave, coordinator, "Målet var skrevet forkert", LATER)
    for action, version, checksum in (
        ("wave.published", 1, result.checksum),
        ("results.corrected", 2, corrected.checksum),
    ):
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == action)).one()
        assert event.user_id == coordinator.id
        assert event.details == {"version": version, "checksum": checksum}


def test_nine_answers_to_one_indicator_stop_publication_and_are_named(session: Session) -> None:
    wave = make_world(session).wave
    start(session, wave)
    answer(session, wave, {"belonging": steps(41, 100), "trust": steps(4, 9, ["dk"] * 91)})
    close_wave(session, wave, None, wave.closes_on)
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


def test_what_was_prepared_is_what_is_published(session: Session) -> None:
    world = make_world(session)
    wave = closed_wave(session, world)
    prepared = prepare_publication(session, wave, PUBLISHED_ON)
    world.partnership.targets[0].value = Decimal(60)  # typed after the button was pressed
    result = publish_wave(session, wave, None, PUBLISHED_ON, prepared)
    assert result.document == canonical_json(prepared.document)
    assert indicator(checked_document(result), "belonging")["target"]["value"] != 60


def test_what_was_prepared_is_computed_anew_once_the_wave_has_taken_answers_again(session: Session) -> None:
    wave = closed_wave(session, make_world(session))
    prepared = prepare_publication(session, wave, PUBLISHED_ON)
    reopen_wave(session, wave, None, wave.closes_on, wave.closes_on)
    answer(session, wave, {"belonging": ["5"], "trust": ["5"]})
    close_wave(session, wave, None, wave.closes_on)
    document = checked_document(publish_wave(session, wave, None, PUBLISHED_ON, prepared))
    assert (prepared.document["responses"]["all"], document["responses"]["all"]) == (100, 101)


def test_that_somebody_reads_the_results_meanwhile_outdates_nothing(session: Session) -> None:
    world = make_world(session)
    wave = closed_wave(session, world)
    publish_wave(session, wave, None, PUBLISHED_ON)
    prepared = prepare_correction(session, wave, "Målet", LATER)
    world.partnership.targets[0].value = Decimal(60)
    audit.record(session, world.lead, None, "results.viewed", f"wave {wave.id}")
    session.flush()
    corrected = correct_results(session, wave, None, "Målet", LATER, prepared)
    assert corrected.document == canonical_json(prepared.document)


def test_what_was_prepared_is_computed_anew_once_a_result_that_it_cites_is_corrected(session: Session) -> None:
    world = make_world(session)
    published_wave(session, world, 0, ENOUGH)
    wave = make_wave(session, world.survey, 1)
    start(session, wave)
    answer(session, wave, ENOUGH)
    close_wave(session, wave, None, wave.closes_on)
    prepared = prepare_publication(session, wave, LATER)
    corrected = correct_results(session, world.wave, None, "Målet", LATER)
    document = checked_document(publish_wave(session, wave, None, LATER, prepared))
    assert document["earlier_results"] == [{"wave": 0, "version": 2, "checksum": corrected.checksum}]


def test_of_two_corrections_prepared_at_once_the_second_corrects_the_first(session: Session) -> None:
    wave = closed_wave(session, make_world(session))
    publish_wave(session, wave, None, PUBLISHED_ON)
    both = {reason: prepare_correction(session, wave, reason, LATER) for reason in ("Målet", "Sammensætningen")}
    made = [correct_results(session, wave, None, reason, LATER, prepared) for reason, prepared in both.items()]
    assert [(result.version, result.reason) for result in made] == [(2, "Målet"), (3, "Sammensætningen")]
    assert checked_document(made[1])["replaces"] == made[0].checksum


def test_members_see_results_only_once_released_and_releasing_twice_changes_nothing(session: Session) -> None:
    wave = closed_wave(session, make_world(session))
    result = publish_wave(session, wave, None, PUBLISHED_ON)
    say_what_happens_now(session, wave)
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
    say_what_happens_now(session, wave)
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


def test_nothing_is_released_before_residents_are_told_what_happens_now(session: Session) -> None:
    wave = closed_wave(session, make_world(session))
    result = publish_wave(session, wave, None, PUBLISHED_ON)
    with pytest.raises(GiveBackMissing):
        release_results(session, wave, None, LATER)
    assert result.released_on is None


def test_residents_see_results_by_a_consent_of_its_own_that_can_be_taken_back(session: Session) -> None:
    wave = closed_wave(session, make_world(session))
    publish_wave(session, wave, None, PUBLISHED_ON)
    say_what_happens_now(session, wave)
    with pytest.raises(NotReleased):
        show_to_residents(session, wave, None, LATER)
    release_results(session, wave, None, LATER)
    assert given_back(session, wave.id) is None
    show_to_residents(session, wave, None, LATER)
    shown = given_back(session, wave.id)
    assert shown is not None
    assert shown.said_in("ar") == (GIVE_BACK, "da")
    hide_from_residents(session, wave, None)
    assert given_back(session, wave.id) is None
    actions = session.scalars(select(AuditEvent.action).where(AuditEvent.action.like("results.%residents"))).all()
    assert sorted(actions) == ["results.hidden_from_residents", "results.shown_to_residents"]


def test_a_correction_of_what_residents_see_is_what_they_see_from_then_on(session: Session) -> None:
    wave = closed_wave(session, make_world(session))
    publish_wave(session, wave, None, PUBLISHED_ON)
    say_what_happens_now(session, wave)
    release_results(session, wave, None, LATER)
    show_to_residents(session, wave, None, LATER)
    correct_results(session, wave, None, "Målet var skrevet forkert", LATER)
    shown = given_back(session, wave.id)
    assert shown is not None
    assert shown.document["version"] == 2
    hide_from_residents(session, wave, None)
    assert [result.shown_to_residents_on for result in wave.results] == [None, None]


def test_a_wave_closed_early_says_on_which_day_it_really_ended(session: Session) -> None:
    wave = make_world(session).wave
    start(session, wave)
    answer(session, wave, ENOUGH)
    ended = wave.closes_on - dt.timedelta(days=5)
    close_wave(session, wave, None, ended)
    document = checked_document(publish_wave(session, wave, None, PUBLISHED_ON))
    assert document["wave"]["closed_on"] == ended.isoformat()


def test_a_wave_closed_by_hand_after_its_last_day_ended_on_that_day(session: Session) -> None:
    wave = make_world(session).wave
    start(session, wave)
    close_wave(session, wave, None, wave.closes_on + dt.timedelta(days=9))
    assert wave.closed_on == wave.closes_on
    reopen_wave(session, wave, None, wave.closes_on, wave.closes_on)
    assert wave.closed_on is None


def test_revoked_codes_are_counted_in_the_document(session: Session) -> None:
    wave = make_world(session).wave
    start(session, wave)
    add_placement(session, wave, None, "Vaskeriet", PlaceKind.LAUNDRY).revoked_on = wave.opens_on
    answer(session, wave, ENOUGH)
    close_wave(session, wave, None, wave.closes_on)
    document = checked_document(publish_wave(session, wave, None, PUBLISHED_ON))
    assert document["responses"]["revoked_codes"] == 1
