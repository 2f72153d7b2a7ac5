"""Forms on paper: ordinary responses, counted by the batch, and nothing that leads from one to whoever typed it."""

import datetime as dt
import json

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from surveyapp.errors import ReceiptUnknown, WaveNotTakingAnswers, WrongState
from surveyapp.models import AuditEvent, Mode, PaperBatch, PlaceKind, Placement, Response, Role, User
from surveyapp.services.codes import new_receipt
from surveyapp.services.entrances import find_entrance
from surveyapp.services.fieldwork import fieldwork_totals
from surveyapp.services.paper import PaperForm, correct_form, is_due_twice, paper_entrance, store_form
from surveyapp.services.paper_batches import SecondKeying, batches_of, end_batch
from surveyapp.services.placements import add_placement
from surveyapp.services.publication import publish_wave
from surveyapp.services.responses import Answers, store_response
from surveyapp.services.waves import close_wave, today_in
from tests.answered import PUBLISHED_ON
from tests.builders import World, make_world, open_with_placement, user

TODAY = today_in("Europe/Copenhagen")
ANSWERS = Answers({"belonging": "5", "trust": "na", "dinners.knows": "no"}, {"age": "60+"})


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


@pytest.fixture
def paper(session: Session, world: World) -> Placement:
    placement = open_with_placement(session, world.wave, PlaceKind.PAPER)
    world.wave.opens_on = world.wave.closes_on = TODAY
    session.commit()
    return placement


@pytest.fixture
def anna(session: Session, world: World) -> User:
    return user(session, world.lead, Role.COORDINATOR, "anna@egebo.example")


def form(receipt: str = "", language: str = "ar", answers: Answers = ANSWERS) -> PaperForm:
    return PaperForm(language, 1, receipt or new_receipt(), answers)


def test_a_form_is_stored_as_any_response_and_counts_in_the_live_totals(
    session: Session, world: World, paper: Placement, anna: User
) -> None:
    store_form(session, paper, anna, form())
    row = session.scalars(sa.select(Response)).one()
    assert (row.mode, row.place_kind, row.language, row.seconds) == (Mode.PAPER, PlaceKind.PAPER, "ar", 0)
    assert (row.answers, row.background) == (ANSWERS.answers, ANSWERS.background)
    totals = fieldwork_totals(session, world.wave, TODAY)
    assert (totals.responses, totals.places[paper.id].answers, totals.days) == (1, 1, {TODAY: 1})


def test_a_form_sent_twice_is_one_row_and_counts_once(session: Session, paper: Placement, anna: User) -> None:
    once = form()
    store_form(session, paper, anna, once)
    store_form(session, paper, anna, once, SecondKeying(5, 1))
    assert session.scalar(sa.select(sa.func.count()).select_from(Response)) == 1
    [batch] = batches_of(session, paper)
    assert (batch.forms, batch.second_keyed, batch.fields) == (1, 0, 0)


def test_nothing_is_stored_before_the_wave_opens_or_after_it_closes(session: Session, world: World, anna: User) -> None:
    paper = add_placement(session, world.wave, None, "Papir", PlaceKind.PAPER)
    with pytest.raises(WrongState):
        store_form(session, paper, anna, form())
    open_with_placement(session, world.wave)
    world.wave.closes_on = TODAY - dt.timedelta(days=1)
    session.flush()
    with pytest.raises(WaveNotTakingAnswers):
        store_form(session, paper, anna, form())
    assert session.scalar(sa.select(sa.func.count()).select_from(PaperBatch)) == 0


def test_every_tenth_form_is_due_twice_whoever_types_and_in_whatever_language(
    session: Session, world: World, paper: Placement, anna: User
) -> None:
    bo = user(session, world.lead, Role.ADMIN, "bo@egebo.example")
    due = []
    for number in range(1, 31):
        due += [number] * is_due_twice(session, paper)
        store_form(session, paper, bo if number % 3 else anna, form(language="da" if number % 2 else "ar"))
    assert due == [10, 20, 30]


def test_the_audit_log_has_one_event_a_batch_and_none_a_form_and_no_time_of_day(
    session: Session, paper: Placement, anna: User
) -> None:
    for number in range(12):
        store_form(session, paper, anna, form(), SecondKeying(6, 1) if number == 9 else None)
    assert end_batch(session, paper, anna, "ar", TODAY) == 12
    assert end_batch(session, paper, anna, "ar", TODAY) == 0
    [event] = session.scalars(sa.select(AuditEvent).filter_by(action="paper.typed"))
    assert event.user is anna
    assert event.at == dt.datetime.combine(TODAY, dt.time(), dt.UTC)
    assert event.details == {"forms": 12, "second_keyed": 1, "fields": 6, "differing": 1}


def test_a_batch_that_nobody_ended_ends_with_the_next_days_first_form_or_with_the_wave(
    session: Session, world: World, paper: Placement, anna: User
) -> None:
    store_form(session, paper, anna, form())
    [batch] = batches_of(session, paper)
    batch.day = TODAY - dt.timedelta(days=1)
    session.flush()
    store_form(session, paper, anna, form())
    assert [(each.day, each.ended, each.forms) for each in batches_of(session, paper)] == [
        (TODAY, False, 1),
        (TODAY - dt.timedelta(days=1), True, 1),
    ]
    close_wave(session, world.wave, anna, TODAY)
    assert all(each.ended for each in batches_of(session, paper))
    assert len(list(session.scalars(sa.select(AuditEvent).filter_by(action="paper.typed")))) == 2


def test_a_batch_that_has_ended_tells_no_language(session: Session, paper: Placement, anna: User) -> None:
    """The only form in a rare language would otherwise be known by the day on which it was typed."""
    store_form(session, paper, anna, form())
    end_batch(session, paper, anna, "ar", TODAY)
    [batch] = batches_of(session, paper)
    assert (batch.forms, batch.language) == (1, None)
    store_form(session, paper, anna, form())
    assert [each.forms for each in batches_of(session, paper)] == [1, 1]


def test_only_a_form_from_paper_can_be_corrected_and_the_counts_stay(
    session: Session, world: World, paper: Placement, anna: User
) -> None:
    phone = add_placement(session, world.wave, None, "Gården", PlaceKind.COURTYARD)
    of_resident, of_form = new_receipt(), form()
    entrance = find_entrance(session, phone.code)
    store_response(session.connection(), entrance, 1, "da", of_resident, 60, ANSWERS)
    store_form(session, paper, anna, of_form)
    other = Answers({"trust": "1"}, {})
    correct_form(session, paper, form(of_form.receipt, answers=other))
    with pytest.raises(ReceiptUnknown):
        correct_form(session, paper, form(of_resident, answers=other))
    session.expire_all()
    rows = {row.mode: row.answers for row in session.scalars(sa.select(Response))}
    assert rows == {Mode.SELF: ANSWERS.answers, Mode.PAPER: other.answers}
    assert fieldwork_totals(session, world.wave, TODAY).places[paper.id].answers == 1


def test_answers_from_phones_tablets_helpers_and_paper_add_up(
    session: Session, world: World, paper: Placement, anna: User
) -> None:
    places = {
        mode: add_placement(session, world.wave, None, mode, kind, mode)
        for mode, kind in {
            Mode.SELF: PlaceKind.COURTYARD,
            Mode.KIOSK: PlaceKind.TABLET,
            Mode.INTERVIEWER: PlaceKind.EVENT,
        }.items()
    }
    answers = Answers({"belonging": "5", "trust": "4"}, {"age": "60+"})
    wanted = {Mode.SELF: 12, Mode.KIOSK: 8, Mode.INTERVIEWER: 6, Mode.PAPER: 7}
    for mode, number in wanted.items():
        for _ in range(number):
            if mode is Mode.PAPER:
                store_form(session, paper, anna, form(answers=answers))
            else:
                entrance = find_entrance(session, places[mode].code)
                store_response(session.connection(), entrance, 1, "ar", new_receipt(), 60, answers)
    totals = fieldwork_totals(session, world.wave, TODAY)
    assert totals.responses == sum(place.answers for place in totals.places.values()) == sum(totals.days.values()) == 33
    close_wave(session, world.wave, None, TODAY)
    result = publish_wave(session, world.wave, None, PUBLISHED_ON)
    shown = json.loads(result.document)["responses"]
    assert shown["all"] == 33
    assert {each["category"]: each["responses"] for each in shown["by_mode"]} == wanted


def test_no_table_ties_a_form_to_a_person_or_a_time(session: Session, paper: Placement, anna: User) -> None:
    paper_entrance(session, paper)
    counted = {column.name for column in PaperBatch.__table__.columns}
    assert counted == {
        "id", "placement_id", "typed_by_id", "language", "day", "ended", "forms", "second_keyed", "fields", "differing"
    }  # fmt: skip
    assert not any(isinstance(column.type, sa.DateTime) for column in PaperBatch.__table__.columns)
