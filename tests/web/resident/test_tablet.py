"""A shared tablet's page: only for a device with the key, and its answers count as given on a tablet."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.models import Mode, PlaceKind, Placement, Tablet, WaveState
from surveyapp.services.placements import add_placement
from surveyapp.services.waves import today_in
from surveyapp.web.resident.rendering import translator
from surveyapp.web.resident.tokens import tablet_key
from tests.conftest import Contents
from tests.everyday_survey import LANGUAGES, draft_everyday_survey, open_everyday_survey
from tests.web.checking_client import CheckingClient
from tests.web.resident.conftest import ANSWERS, RECEIPT, rows, start_writing, token_of

NAME = "2P9TRWK7M4QX"
HELPER = "Somebody is helping you. They see your answers and may not pass them on."


@pytest.fixture
def survey() -> Contents:
    return on_a_tablet


def on_a_tablet(session: Session) -> None:
    as_tablet(session, open_everyday_survey(session), Mode.KIOSK)


@pytest.fixture
def kiosk(placement: Placement) -> Placement:
    return placement


@pytest.fixture
def address(app: Flask, kiosk: Placement) -> str:
    with app.app_context():
        return address_of(kiosk)


def as_tablet(session: Session, placement: Placement, mode: Mode) -> Placement:
    placement.kind, placement.mode = PlaceKind.TABLET, mode
    session.commit()
    return placement


def address_of(placement: Placement) -> str:
    return f"/{placement.code}/tablet/{tablet_key(placement.code)}"


def test_answers_from_the_tablets_page_are_stored_as_given_on_a_tablet(
    client: CheckingClient, session: Session, kiosk: Placement, address: str
) -> None:
    page = token_of(client.get(f"{address}?lang=ar").text)
    sent = client.post(f"/{kiosk.code}", data={**ANSWERS, "page": page, "receipt": RECEIPT})
    assert f'data-receipt="{RECEIPT}"' in sent.text
    assert [(row.mode, row.place_kind, row.language) for row in rows(session)] == [(Mode.KIOSK, PlaceKind.TABLET, "ar")]


def test_without_javascript_a_device_is_told_that_it_can_be_no_tablet(client: CheckingClient, address: str) -> None:
    page = client.get(f"{address}?lang=da").text
    assert "Enheden er ikke klar" in page[page.index("<noscript>") : page.index("</noscript>")]


def test_a_phone_that_reads_a_tablets_code_from_a_poster_counts_as_a_phone(
    client: CheckingClient, session: Session, kiosk: Placement
) -> None:
    page = client.get(f"/{kiosk.code}").text
    assert "worker" not in page
    assert (
        client.post(f"/{kiosk.code}", data={**ANSWERS, "page": token_of(page), "receipt": RECEIPT}).status_code == 200
    )
    assert [row.mode for row in rows(session)] == [Mode.SELF]


def test_only_a_tablets_page_may_have_a_service_worker_and_only_for_its_own_address(
    client: CheckingClient, kiosk: Placement, address: str
) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "unsafe" not in policy
    for other in (f"/{kiosk.code}", f"/{kiosk.code}/privacy", "/"):
        assert "worker-src 'self'" not in client.get(other).headers["Content-Security-Policy"]
    worker = client.get(f"{address}/worker.js")
    assert worker.mimetype == "text/javascript"
    assert worker.headers["Service-Worker-Allowed"] == address


@pytest.mark.parametrize("mode", [Mode.SELF, Mode.PAPER])
def test_where_people_answer_otherwise_no_device_becomes_a_tablet(
    client: CheckingClient, session: Session, kiosk: Placement, address: str, mode: Mode
) -> None:
    as_tablet(session, kiosk, mode)
    assert [client.get(path).status_code for path in (address, f"{address}/worker.js")] == [404, 404]
    assert hear(client, address).status_code == 404


@pytest.mark.parametrize("key", ["aaaaaaaaaaaaaaaa", "x", "å"])
def test_without_the_key_no_device_becomes_a_tablet(client: CheckingClient, kiosk: Placement, key: str) -> None:
    address = f"/{kiosk.code}/tablet/{key}"
    assert [client.get(path).status_code for path in (address, f"{address}/worker.js")] == [404, 404]
    assert hear(client, address).status_code == 404


def test_a_tablet_speaks_the_surveys_language_whatever_its_own_is(client: CheckingClient, address: str) -> None:
    answer = client.get(address, headers={"Accept-Language": "tr"})
    assert '<html lang="da"' in answer.text
    assert '<html lang="tr"' in client.get(f"{address}?lang=tr").text
    assert '<html lang="da"' in client.get(f"{address}?lang=klingon").text
    assert "Set-Cookie" not in answer.headers


def test_a_tablets_page_leads_nowhere_but_to_its_own_languages(
    client: CheckingClient, kiosk: Placement, address: str
) -> None:
    page = client.get(address).text
    links = [part.split('"', 1)[0] for part in page.split(' href="')[1:]]
    own = {f"?lang={language}" for language in LANGUAGES} | {"#about", "data:,"}
    assert set(links) - own == {f"/{kiosk.code}?lang=da"}  # before the device is a tablet: answer for yourself


def test_with_a_helper_the_first_screen_says_what_the_helper_may_not_in_every_language(
    client: CheckingClient, session: Session, kiosk: Placement, address: str
) -> None:
    sentences = {language: str(translator(language)(HELPER)) for language in LANGUAGES}
    assert [language for language, sentence in sentences.items() if sentence == HELPER] == ["en"]
    for language, sentence in sentences.items():
        assert sentence not in client.get(f"{address}?lang={language}").text, language
    as_tablet(session, kiosk, Mode.INTERVIEWER)
    for language, sentence in sentences.items():
        assert sentence in client.get(f"{address}?lang={language}").text, language


def test_what_a_tablet_says_of_itself_is_a_number_and_a_day(
    client: CheckingClient, session: Session, kiosk: Placement, address: str
) -> None:
    assert hear(client, address, waiting="7").json == {"state": "open"}
    session.rollback()
    (tablet,) = session.scalars(select(Tablet))
    assert (tablet.placement_id, tablet.name, tablet.waiting) == (kiosk.id, NAME, 7)
    assert tablet.heard_on == today_in("Europe/Copenhagen")
    assert set(Tablet.__table__.columns.keys()) == {"placement_id", "name", "waiting", "heard_on"}


@pytest.mark.parametrize("state", [WaveState.OPEN, WaveState.CLOSED, WaveState.PUBLISHED])
def test_a_tablet_whose_use_has_ended_is_forgotten(
    client: CheckingClient, session: Session, kiosk: Placement, address: str, state: WaveState
) -> None:
    hear(client, address)
    start_writing(session)
    kiosk.wave.state = state
    session.commit()
    assert hear(client, address, ended="yes").status_code == 200
    session.rollback()
    assert session.scalars(select(Tablet)).all() == []


@pytest.mark.parametrize(
    "fields", [{"waiting": "-1"}, {"waiting": "many"}, {"waiting": "1e9"}, {"name": "<b>"}, {"name": ""}]
)
def test_nonsense_about_a_tablet_is_refused(
    client: CheckingClient, session: Session, address: str, fields: dict[str, str]
) -> None:
    assert hear(client, address, **fields).status_code == 422
    assert session.scalars(select(Tablet)).all() == []


@pytest.mark.parametrize(
    ("state", "told"), [(WaveState.CLOSED, "closed"), (WaveState.PUBLISHED, "over"), (WaveState.OPEN, "open")]
)
def test_a_tablet_is_told_whether_its_answers_can_still_be_counted(
    client: CheckingClient, session: Session, kiosk: Placement, address: str, state: WaveState, told: str
) -> None:
    start_writing(session)
    kiosk.wave.state = state
    session.commit()
    assert hear(client, address).json == {"state": told}
    assert client.get(address).status_code == (200 if state is WaveState.OPEN else 410)


def test_a_withdrawn_code_takes_no_more_from_its_tablet(
    client: CheckingClient, session: Session, kiosk: Placement, address: str
) -> None:
    start_writing(session)
    kiosk.revoked_on = today_in("Europe/Copenhagen")
    session.commit()
    assert hear(client, address).json == {"state": "withdrawn"}


def test_a_rehearsal_on_a_tablet_stores_nothing(client: CheckingClient, session: Session) -> None:
    draft = as_tablet(
        session, add_placement(session, draft_everyday_survey(session), None, "Her", PlaceKind.TABLET), Mode.KIOSK
    )
    address = address_of(draft)
    assert "data-rehearses" in client.get(address).text
    hear(client, address)
    assert session.scalars(select(Tablet)).all() == []


def hear(client: CheckingClient, address: str, **changes: str) -> TestResponse:
    """What a tablet says of itself: that nothing waits, or what the test says."""
    return client.post(address, data={"name": NAME, "waiting": "0", **changes})
