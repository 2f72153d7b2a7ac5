"""A wave from draft to closed and back, as a coordinator meets it."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.models import AuditEvent, PlaceKind, User, Wave, WaveState
from surveyapp.services.placements import add_placement
from surveyapp.services.waves import today_in
from tests.builders import World, open_with_placement
from tests.web.checking_client import CheckingClient

TODAY = today_in("Europe/Copenhagen")
IN_TWO_WEEKS = (TODAY + dt.timedelta(days=14)).isoformat()
YESTERDAY = (TODAY - dt.timedelta(days=1)).isoformat()


def state_of(session: Session, world: World) -> Wave:
    session.rollback()  # to see what the requests wrote
    return world.wave


def test_opening_freezes_the_questionnaire_and_shows_its_fingerprint(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    before = client.get("/o/egebo/waves/1/open").text
    assert "frozen" in before
    answer = client.send("/o/egebo/waves/1/open", closes_on=IN_TWO_WEEKS)
    assert answer.location == "/o/egebo/waves/1"
    wave = state_of(session, world)
    assert (wave.state, wave.opens_on, wave.closes_on.isoformat()) == (WaveState.OPEN, TODAY, IN_TWO_WEEKS)
    assert wave.questionnaire
    page = client.get("/o/egebo/waves/1").text
    assert wave.questionnaire.fingerprint in page
    assert 'role="status"' in page
    event = session.query(AuditEvent).filter_by(action="wave.open").one()
    assert event.user_id == coordinator.id


def test_before_opening_early_a_coordinator_hears_which_day_was_planned(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    world.wave.opens_on, world.wave.closes_on = TODAY, TODAY + dt.timedelta(days=200)
    session.commit()
    assert "The planned first day is" not in client.get("/o/egebo/waves/1/open").text
    session.rollback()
    world.wave.opens_on = TODAY + dt.timedelta(days=100)
    session.commit()
    assert "The planned first day is" in client.get("/o/egebo/waves/1/open").text


def test_before_opening_a_coordinator_hears_that_the_posters_name_nobody_to_ask(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    warning = "The posters name nobody whom residents can ask"
    assert warning not in client.get("/o/egebo/waves/1/open").text
    world.lead.contact = ""
    session.commit()
    assert warning in client.get("/o/egebo/waves/1/open").text


def test_a_wave_with_a_missing_text_says_which_one_and_stays_a_draft(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    del world.wave.items[1].wording.texts["ar"]
    session.commit()
    client.sign_in(coordinator)
    assert "trust (ar)" in client.get("/o/egebo/waves/1/open").text
    answer = client.send("/o/egebo/waves/1/open", closes_on=IN_TWO_WEEKS)
    assert answer.status_code == 422
    assert "trust (ar)" in answer.text
    assert state_of(session, world).state is WaveState.DRAFT


def test_a_last_day_in_the_past_is_refused_kindly(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    answer = client.send("/o/egebo/waves/1/open", closes_on=YESTERDAY)
    assert answer.status_code == 422
    assert "has passed" in answer.text
    assert f'value="{YESTERDAY}"' in answer.text
    assert state_of(session, world).state is WaveState.DRAFT


def test_a_date_that_is_none_keeps_what_was_typed(client: CheckingClient, world: World, coordinator: User) -> None:
    client.sign_in(coordinator)
    answer = client.send("/o/egebo/waves/1/open", closes_on="31-31-2026")
    assert answer.status_code == 422
    assert 'value="31-31-2026"' in answer.text
    assert "30-11-2026" in answer.text


def test_a_wave_closes_reopens_and_tells_what_that_means(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    client.send("/o/egebo/waves/1/open", closes_on=IN_TWO_WEEKS)
    assert client.get("/o/egebo/waves/1/close").status_code == 200
    client.send("/o/egebo/waves/1/close")
    assert state_of(session, world).state is WaveState.CLOSED
    assert client.send("/o/egebo/waves/1/reopen", closes_on=YESTERDAY).status_code == 422
    assert state_of(session, world).state is WaveState.CLOSED
    client.send("/o/egebo/waves/1/reopen", closes_on=IN_TWO_WEEKS)
    assert state_of(session, world).state is WaveState.OPEN
    assert client.get("/o/egebo/waves/1").status_code == 200


def test_the_last_day_of_an_open_wave_is_moved_from_the_fieldwork_page(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    client.send("/o/egebo/waves/1/open", closes_on=IN_TWO_WEEKS)
    assert "/o/egebo/waves/1/last-day" in client.get("/o/egebo/waves/1/fieldwork").text
    page = client.get("/o/egebo/waves/1/last-day").text
    assert f'value="{IN_TWO_WEEKS}"' in page
    assert "print new ones" in page
    refused = client.send("/o/egebo/waves/1/last-day", closes_on=YESTERDAY)
    assert (refused.status_code, "has passed" in refused.text) == (422, True)
    moved = client.send("/o/egebo/waves/1/last-day", closes_on=TODAY.isoformat())
    assert moved.location == "/o/egebo/waves/1/fieldwork"
    assert state_of(session, world).closes_on == TODAY


def test_the_second_tab_is_told_that_somebody_was_faster(
    client: CheckingClient, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    client.send("/o/egebo/waves/1/open", closes_on=IN_TWO_WEEKS)
    client.get("/o/egebo/waves/1")
    for send in (partial(client.send, closes_on=IN_TWO_WEEKS), client.get):
        second = send("/o/egebo/waves/1/open")
        assert (second.status_code, second.location) == (303, "/o/egebo/waves/1")
        assert "is open, so nothing was changed" in client.get(second.location).text


def test_two_people_closing_at_once_close_it_once(
    app: Flask, client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    client.send("/o/egebo/waves/1/open", closes_on=IN_TWO_WEEKS)
    clients = []
    for _tab in range(4):
        tab = app.test_client()
        assert isinstance(tab, CheckingClient)
        tab.sign_in(coordinator)
        clients.append((tab, tab.csrf_token()))
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda each: each[0].post("/o/egebo/waves/1/close", data={"csrf_token": each[1]}), clients)
        )
    assert {answer.status_code for answer in answers} == {303}
    session.rollback()  # to see what the requests wrote
    assert session.query(AuditEvent).filter_by(action="wave.closed").count() == 1


def test_what_is_asked_is_shown_in_each_language_with_its_true_status(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    danish = client.get("/o/egebo/waves/1").text
    assert "Jeg hører til her" in danish
    arabic = client.get("/o/egebo/waves/1?language=ar").text
    assert 'lang="ar" dir="rtl">أنتمي إلى هذا المكان' in arabic
    assert "machine translation, not reviewed" in arabic
    world.wave.items[0].wording.source_version = 2
    session.commit()
    assert "out of date" in client.get("/o/egebo/waves/1?language=en").text
    assert client.get("/o/egebo/waves/1?language=xx").status_code == 200


def test_a_draft_leads_to_its_rehearsal(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    placement = add_placement(session, world.wave, None, "Gården", PlaceKind.COURTYARD)
    session.commit()
    client.sign_in(coordinator)
    assert f"https://svar.example/{placement.code}" in client.get("/o/egebo/waves/1").text


def test_a_wave_closed_early_shows_the_days_on_which_people_could_answer(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    open_with_placement(session, world.wave)
    world.wave.state, world.wave.closed_on = WaveState.CLOSED, dt.date(2026, 11, 20)
    session.commit()
    client.sign_in(coordinator)
    for page in ("waves/1", "waves/1/fieldwork", "partnerships/1"):
        assert "– 20 November 2026" in client.get(f"/o/egebo/{page}").text
