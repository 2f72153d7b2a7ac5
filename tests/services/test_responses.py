"""What is stored of a response, and that one person's answers are stored once however often they are sent."""

from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.db import db, writing
from surveyapp.errors import AnswerOutsideCodes, CodeRevoked, CodeUnknown, NothingAnswered, WaveNotTakingAnswers
from surveyapp.models import Placement, PlacementDay, Response
from surveyapp.services.entrances import Entrance, find_entrance, frozen_document
from surveyapp.services.questionnaires import Document
from surveyapp.services.responses import Answers, Given, checked_answers, store_response
from surveyapp.services.waves import close_wave, today_in
from tests.everyday_survey import open_everyday_survey

RECEIPT = "K7M4QX2P9TRW"
ANSWERS = Answers({"trust": "4"}, {})


@pytest.fixture
def entrance(session: Session) -> Entrance:
    return find_entrance(session, open_everyday_survey(session, languages=["da"]).code)


@pytest.fixture
def document(session: Session, entrance: Entrance) -> Document:
    found = frozen_document(session, entrance.wave_id, entrance.version)
    assert found
    return found


def test_every_code_is_accepted_and_kept_as_it_is(document: Document) -> None:
    given = {
        "belonging": "5",
        "trust": "4",
        "co_creation": "3",
        "safety": "2",
        "proud": "1",
        "help": "na",
        "meet": "dk",
    }
    assert checked_answers(document, Given(items=given)).answers == given


@pytest.mark.parametrize("code", ["0", "6", "05", "NA", "yes", " 5", "5\x00", "٥"])
def test_nothing_but_the_codes_is_accepted(document: Document, code: str) -> None:
    with pytest.raises(AnswerOutsideCodes) as refusal:
        checked_answers(document, Given(items={"trust": code}))
    assert refusal.value.details["statement"] == "trust"


def test_skipped_answers_are_absent(document: Document) -> None:
    given = Given({"trust": "4", "safety": ""}, {"dinners.knows": ""}, {"age": "skip", "gender": ""})
    assert checked_answers(document, given) == Answers({"trust": "4"}, {})


def test_the_background_alone_is_no_response(document: Document) -> None:
    with pytest.raises(NothingAnswered):
        checked_answers(document, Given(background={"age": "30-44"}))


def test_a_wrong_attribution_answer_is_refused_even_where_it_would_be_dropped(document: Document) -> None:
    with pytest.raises(AnswerOutsideCodes):
        checked_answers(document, Given({"trust": "4", "dinners_trust": "9"}))


@pytest.mark.parametrize(("took", "stored"), [(0, 0), (4, 0), (86, 90), (1_799, 1_800), (90_000, 1_800), (-7, 0)])
def test_seconds_are_rounded_to_ten_and_capped(session: Session, entrance: Entrance, took: int, stored: int) -> None:
    store_response(session.connection(), entrance, 1, "da", RECEIPT, took, ANSWERS)
    assert session.scalar(select(Response.seconds)) == stored


def test_a_letter_sent_from_two_places_at_once_is_one_row(app: Flask, session: Session, entrance: Entrance) -> None:
    session.rollback()
    stored: list[bool] = []

    def send() -> None:
        with app.app_context(), writing(db.engine) as connection:
            stored.append(store_response(connection, entrance, 1, "da", RECEIPT, 60, ANSWERS))

    senders = [Thread(target=send) for _ in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert stored == [True] * 8
    assert len(session.scalars(select(Response)).all()) == 1
    assert session.scalars(select(PlacementDay.completed)).all() == [1]


def test_an_entrance_says_why_it_is_closed(session: Session, entrance: Entrance) -> None:
    entrance.refuse_unless_open()
    with pytest.raises(CodeUnknown):
        find_entrance(session, "000000")
    placement = session.get_one(Placement, entrance.placement_id)
    close_wave(session, placement.wave, None, placement.wave.closes_on)
    with pytest.raises(WaveNotTakingAnswers):
        find_entrance(session, entrance.code).refuse_unless_open()
    placement.revoked_on = today_in("Europe/Copenhagen")
    session.flush()
    with pytest.raises(CodeRevoked):
        find_entrance(session, entrance.code)
