"""Where things stand: organisation and partnership, for those who lead and those who take part."""

import datetime as dt

from sqlalchemy.orm import Session

from surveyapp.models import Area, Partnership, PlaceKind, Role, User, WaveState
from surveyapp.services.placements import add_placement
from surveyapp.services.waves import today_in
from tests.builders import World, open_with_placement, user
from tests.web.checking_client import CheckingClient

TODAY = today_in("Europe/Copenhagen")


def test_the_organisations_page_names_what_is_next(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    assert "Add placements" in client.get("/o/egebo/").text
    open_with_placement(session, world.wave)
    world.wave.closes_on = TODAY + dt.timedelta(days=12)
    session.commit()
    page = client.get("/o/egebo/").text
    assert "12 days left" in page
    assert "/o/egebo/waves/1/fieldwork" in page
    world.wave.opens_on = world.wave.closes_on = TODAY - dt.timedelta(days=1)
    session.commit()
    assert "Close the measurement" in client.get("/o/egebo/").text
    world.wave.state = WaveState.CLOSED
    session.commit()
    assert "Publish" in client.get("/o/egebo/").text


def test_every_page_of_a_measurement_leads_to_what_is_next(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    pages = [f"/o/egebo/waves/1/{page}" for page in ("translations", "placements", "fieldwork")]
    add_placement(session, world.wave, None, "Gården", PlaceKind.COURTYARD)
    session.commit()
    assert all('href="/o/egebo/waves/1/open">Open the measurement' in client.get(page).text for page in pages)
    world.wave.state = WaveState.CLOSED
    session.commit()
    assert all('href="/o/egebo/waves/1/publish">Publish' in client.get(page).text for page in pages)


def test_a_paper_places_code_is_not_among_those_to_rehearse_on_a_phone(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    paper = add_placement(session, world.wave, None, "Kontoret", PlaceKind.PAPER)
    yard = add_placement(session, world.wave, None, "Gården", PlaceKind.COURTYARD)
    session.commit()
    client.sign_in(coordinator)
    page = client.get("/o/egebo/waves/1").text
    assert yard.code in page
    assert paper.code not in page


def test_a_member_sees_the_partnership_but_no_draft(client: CheckingClient, world: World, member: User) -> None:
    client.sign_in(member)
    page = client.get("/o/solsikken/").text
    assert "Partnerskab Egeparken" in page
    assert "No results have been released yet" in page
    partnership = client.get("/o/solsikken/partnerships/1").text
    assert "Baseline" not in partnership
    assert "at least 85" in partnership
    assert "/waves/" not in partnership
    assert "observations" not in partnership.replace('id="observations"', "").replace('"observations"', "")
    for path in ("waves/1", "waves/1/open", "waves/1/fieldwork", "waves/1/placements", "partnerships/1/observations"):
        assert client.get(f"/o/solsikken/{path}").status_code == 404, path


def test_a_foreign_organisation_finds_nothing(client: CheckingClient, session: Session, world: World) -> None:
    person = user(session, world.foreign, Role.ADMIN, "ib@birkebo.example")
    person.language = "en"
    session.commit()
    client.sign_in(person)
    assert "no partnership yet" in client.get("/o/birkebo/").text
    for path in ("partnerships/1", "waves/1", "waves/1/open", "waves/1/fieldwork.json"):
        assert client.get(f"/o/birkebo/{path}").status_code == 404, path


def test_a_translator_sees_neither_waves_nor_partnerships(
    client: CheckingClient, session: Session, world: World
) -> None:
    person = user(session, world.lead, Role.TRANSLATOR, "tove@egebo.example")
    person.language = "en"
    session.commit()
    client.sign_in(person)
    assert client.get("/o/egebo/").status_code == 200
    assert client.get("/o/egebo/partnerships/1").status_code == 403
    assert client.get("/o/egebo/waves/1").status_code == 403


def test_a_reader_sees_the_series_without_its_steps(client: CheckingClient, session: Session, world: World) -> None:
    person = user(session, world.lead, Role.READER, "rie@egebo.example")
    person.language = "en"
    session.commit()
    client.sign_in(person)
    page = client.get("/o/egebo/partnerships/1").text
    assert "Baseline" in page
    assert "/waves/" not in page


def test_an_example_says_so_on_every_page_about_it(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    world.survey.synthetic = True
    open_with_placement(session, world.wave)
    world.wave.closes_on = TODAY
    coordinator.language = "da"
    session.commit()
    client.sign_in(coordinator)
    for path in (
        "partnerships/1",
        "partnerships/1/observations",
        "waves/1",
        "waves/1/close",
        "waves/1/placements",
        "waves/1/fieldwork",
    ):
        assert "Eksempel med opdigtede tal" in client.get(f"/o/egebo/{path}").text, path


def test_what_has_no_room_on_the_first_page_stands_on_the_second(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    for number in range(10):
        area = Area(organisation=world.lead, name=f"Område {number:02}", adults=900)
        session.add(Partnership(lead=world.lead, area=area, name=f"A {number:02}"))
    session.commit()
    client.sign_in(coordinator)
    for address, last in (("/o/egebo/", "Partnerskab Egeparken"), ("/o/egebo/areas", "Område 09")):
        first, second = client.get(address).text, client.get(f"{address}?page=2").text
        assert last not in first
        assert last in second
        assert "?page=2" in first
        assert client.get(f"{address}?page=99").text.count(last) == second.count(last)
        assert client.get(f"{address}?page=x").status_code == 200
