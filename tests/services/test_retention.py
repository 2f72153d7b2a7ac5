"""Single answers are deleted on time, and nothing else is."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import AuditEvent, Mode, PlaceKind, Response, Result, Wave
from surveyapp.services.retention import KEPT_DAYS, purge_responses
from tests.builders import TODAY, make_wave, make_world, open_with_placement


def answered(session: Session, wave: Wave, published_on: dt.date | None) -> None:
    open_with_placement(session, wave)
    session.add(
        Response(
            wave_id=wave.id,
            receipt_hash=bytes(32),
            questionnaire_version=1,
            place_kind=PlaceKind.COURTYARD,
            mode=Mode.SELF,
            language="da",
            seconds=60,
            answers={"belonging": "5"},
            background={},
        )
    )
    if published_on:
        session.add(
            Result(
                wave_id=wave.id,
                version=1,
                document="{}",
                checksum="",
                method_version="1",
                published_on=published_on,
            )
        )
    session.commit()


def left(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Response)) or 0


def test_responses_go_three_months_after_publication_and_results_stay(session: Session) -> None:
    answered(session, make_world(session).wave, TODAY - dt.timedelta(days=KEPT_DAYS + 1))
    assert purge_responses(session, TODAY) == 1
    assert left(session) == 0
    assert session.scalar(select(func.count()).select_from(Result)) == 1
    assert session.scalar(select(AuditEvent.action).order_by(AuditEvent.id.desc())) == "responses.deleted"


def test_responses_stay_until_then(session: Session) -> None:
    answered(session, make_world(session).wave, TODAY - dt.timedelta(days=KEPT_DAYS))
    assert purge_responses(session, TODAY) == 0
    assert left(session) == 1


def test_a_wave_that_is_not_published_keeps_its_responses(session: Session) -> None:
    world = make_world(session)
    answered(session, world.wave, TODAY - dt.timedelta(days=400))
    answered(session, make_wave(session, world.survey, 1), None)
    assert purge_responses(session, TODAY) == 1
    assert left(session) == 1
