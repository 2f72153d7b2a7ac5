"""Whatever the language and however people answer, the same answers are the same data."""

import json
from collections import Counter

import pytest
from sqlalchemy.orm import Session

from surveyapp.db import db, writing
from surveyapp.models import Mode, PlaceKind, Placement
from surveyapp.services.codes import new_receipt
from surveyapp.services.composition import LANGUAGE, MODE, Range, cells_of, picture_of, renew_picture
from surveyapp.services.entrances import find_entrance, frozen_document
from surveyapp.services.fieldwork import fieldwork_totals
from surveyapp.services.placements import add_placement
from surveyapp.services.publication import publish_wave
from surveyapp.services.quotas import quotas
from surveyapp.services.responses import Given, checked_answers, store_response
from surveyapp.services.waves import close_wave, today_in
from tests.conftest import Contents
from tests.everyday_survey import LANGUAGES, open_everyday_survey
from tests.web.checking_client import CheckingClient
from tests.web.resident.conftest import ANSWERS, rows, start_writing, token_of

TEN = LANGUAGES[:10]
PEOPLE = (
    ("18-29", "woman"),
    ("30-44", "man"),
    ("45-59", "woman"),
    ("60-74", "other"),
    ("75+", "skip"),
    ("skip", "man"),
)


@pytest.fixture
def survey() -> Contents:
    return in_ten_languages


def in_ten_languages(session: Session) -> Placement:
    return open_everyday_survey(session, languages=TEN)


def test_quota_counts_are_the_same_whatever_the_language_of_the_answers(
    client: CheckingClient, session: Session, placement: Placement
) -> None:
    for language in TEN:
        page = token_of(client.get(f"/{placement.code}?lang={language}").text)
        for age, gender in PEOPLE:
            given = {**ANSWERS, "b.age": age, "b.gender": gender, "page": page, "receipt": new_receipt()}
            assert client.post(f"/{placement.code}", data=given).status_code == 200
    stored = rows(session)
    told = {
        language: Counter(
            (row.background.get("age"), row.background.get("gender"), tuple(sorted(row.answers.items())))
            for row in stored
            if row.language == language
        )
        for language in TEN
    }
    assert all(told[language] == told["da"] for language in TEN)
    assert told["da"].total() == len(PEOPLE)

    start_writing(session)
    renew_picture(session, placement.wave, today_in("Europe/Copenhagen"))
    picture = picture_of(session, placement.wave)
    assert picture
    assert cells_of(picture, LANGUAGE) == {language: Range(6, 6) for language in TEN}
    ages = {group.key: group.answers for group in quotas(placement.wave, picture)[0].groups}
    assert ages == dict.fromkeys(ages, Range(10, 10))
    genders = {group.key: group.answers for group in quotas(placement.wave, picture)[1].groups}
    assert genders == {"woman": Range(20, 20), "man": Range(20, 20), "other": Range(10, 10)}


def test_answers_on_a_phone_with_a_helper_on_a_tablet_and_on_paper_end_in_one_dataset_and_add_up(
    session: Session, placement: Placement
) -> None:
    start_writing(session)
    wave, today = placement.wave, today_in("Europe/Copenhagen")
    places = [
        placement,
        add_placement(session, wave, None, "Fest", PlaceKind.EVENT, Mode.INTERVIEWER),
        add_placement(session, wave, None, "Beboerhuset", PlaceKind.TABLET),
        add_placement(session, wave, None, "Kontoret", PlaceKind.PAPER),
    ]
    session.commit()
    per_place = {place.id: 10 + number for number, place in enumerate(places)}
    for place in places:
        entrance = find_entrance(session, place.code)
        document = frozen_document(session, wave.id, 1)
        assert document
        step = "5" if place.mode is Mode.SELF else "2"
        answers = checked_answers(document, Given({"belonging": step}, background={"age": "45-59"}))
        session.rollback()
        for _ in range(per_place[place.id]):
            with writing(db.engine) as connection:
                assert store_response(connection, entrance, 1, "da", new_receipt(), 60, answers)

    start_writing(session)
    totals = fieldwork_totals(session, wave, today)
    assert totals.responses == sum(per_place.values()) == 46
    assert {place: counts.answers for place, counts in totals.places.items()} == per_place
    renew_picture(session, wave, today)
    picture = picture_of(session, wave)
    assert picture
    by_mode = {"self": 10, "interviewer": 11, "kiosk": 12, "paper": 13}
    assert cells_of(picture, MODE) == {mode: Range(count, count) for mode, count in by_mode.items()}

    close_wave(session, wave, None, today)
    published = json.loads(publish_wave(session, wave, None, today).document)
    assert {row["category"]: row["responses"] for row in published["responses"]["by_mode"]} == by_mode
    assert published["indicators"][0]["figures"][0]["n"] == 46
