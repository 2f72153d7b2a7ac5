"""Publishing and releasing tell those who may see the results, and a mail server that is away undoes nothing."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.config import Settings
from surveyapp.mail import Encryption, MailServer
from surveyapp.models import AuditEvent, Membership, Role, WaveState
from surveyapp.services.waves import close_wave
from tests.answered import answer, say_what_happens_now, start, steps
from tests.builders import World, make_world, user
from tests.mail_server import SENDER, Postbox, free_port, mail_server
from tests.web.checking_client import CheckingClient

PUBLISH = "/o/egebo/waves/1/publish"
RESULTS = "/o/egebo/partnerships/1/results"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def world(session: Session) -> World:
    """A closed wave; in the lead a Swedish reader and a translator, in the member organisation a reader."""
    world = make_world(session)
    user(session, world.lead, Role.READER, "lena@egebo.example").language = "sv"
    user(session, world.lead, Role.TRANSLATOR, "tolk@egebo.example")
    user(session, world.member, Role.READER, "bent@solsikken.example")
    user(session, world.foreign, Role.ADMIN, "fremmed@birkebo.example")
    start(session, world.wave)
    answer(session, world.wave, {"belonging": steps(20, 40), "trust": steps(15, 40)})
    close_wave(session, world.wave, None, world.wave.closes_on)
    say_what_happens_now(session, world.wave)
    session.commit()
    return world


@pytest.fixture
def coordinator(client: CheckingClient, session: Session, world: World) -> CheckingClient:
    client.sign_in(user(session, world.lead, Role.COORDINATOR, "karin@egebo.example"))
    session.commit()
    return client


def told(postbox: Postbox) -> dict[str, str]:
    """What each person was told, and that nobody was told twice."""
    found = {letter["To"]: str(letter.get_content()) for letter in postbox.letters}
    assert len(found) == len(postbox.letters)
    return found


def test_the_lead_is_told_at_publication_and_the_members_at_release(
    app: Flask, session: Session, coordinator: CheckingClient, world: World
) -> None:
    postbox = Postbox()
    with mail_server(postbox) as app.config["MAIL_SERVER"]:
        page = coordinator.get(coordinator.send(PUBLISH).location)
        assert "Sendt med kontrolsum til 2 personer" in page.text
        session.rollback()
        checksum = world.wave.results[-1].checksum
        first = told(postbox)
        assert set(first) == {"karin@egebo.example", "lena@egebo.example"}
        assert all(checksum in text and "/o/egebo/partnerships/1/results?wave=1" in text for text in first.values())
        assert "Kontrollsumman" in first["lena@egebo.example"]
        coordinator.send(f"{RESULTS}/release")
        coordinator.send(f"{RESULTS}/release")
    (released,) = set(told(postbox)) - set(first)
    assert released == "bent@solsikken.example"
    assert "/o/solsikken/partnerships/1/results?wave=1" in told(postbox)[released]


def test_a_letter_holds_no_figures(app: Flask, coordinator: CheckingClient, session: Session) -> None:
    postbox = Postbox()
    with mail_server(postbox) as app.config["MAIL_SERVER"]:
        coordinator.send(PUBLISH)
    assert postbox.letters
    for text in told(postbox).values():
        assert "%" not in text
        assert "Tilhørsforhold" not in text


def test_a_letter_names_the_measurement_and_says_what_its_checksum_proves_and_that_figures_are_invented(
    app: Flask, coordinator: CheckingClient, session: Session, world: World
) -> None:
    world.survey.synthetic = True
    session.commit()
    postbox = Postbox()
    with mail_server(postbox) as app.config["MAIL_SERVER"]:
        coordinator.send(PUBLISH)
    session.rollback()
    (letter,) = (letter for letter in postbox.letters if letter["To"] == "karin@egebo.example")
    assert letter["Subject"] == "Resultater: Egeparken, Baseline"
    assert letter.get_content().replace("\r\n", "\n").split("\n\n") == [
        "Hej karin",
        "Resultaterne for Egeparken, Baseline, er udgivet.",
        "Tallene er opdigtede: det er et eksempel.",
        "Læs dem her:\nhttps://svar.example/o/egebo/partnerships/1/results?wave=1",
        f"Kontrolsummen på resultatdokumentet:\n{world.wave.results[-1].checksum}",
        "Gem denne mail. En fil med samme kontrolsum kommer fra dette dokument. "
        "Det beviser filen og siger intet om, hvor rigtige tallene er.\n",
    ]


@pytest.mark.parametrize("released", [True, False])
def test_a_correction_is_mailed_with_its_reason_and_checksum_to_whoever_may_see_it(
    app: Flask, session: Session, coordinator: CheckingClient, world: World, released: bool
) -> None:
    both = user(session, world.lead, Role.READER, "mette@egebo.example")
    both.memberships.append(Membership(organisation=world.member, role=Role.READER))
    session.commit()
    coordinator.send(PUBLISH)
    if released:
        coordinator.send(f"{RESULTS}/release")
    postbox = Postbox()
    with mail_server(postbox) as app.config["MAIL_SERVER"]:
        coordinator.send(f"{RESULTS}/correct", reason="Målet var skrevet forkert")
    session.rollback()
    lead = {"karin@egebo.example", "lena@egebo.example", "mette@egebo.example"}
    assert set(told(postbox)) == lead | ({"bent@solsikken.example"} if released else set())
    for text in told(postbox).values():
        assert world.wave.results[1].checksum in text
        assert world.wave.results[0].checksum not in text
    assert "Det er rettet udgave 2: Målet var skrevet forkert" in told(postbox)["karin@egebo.example"]


def test_a_mail_server_that_is_away_undoes_no_publication_and_is_said(
    app: Flask, session: Session, coordinator: CheckingClient, world: World
) -> None:
    app.config["MAIL_SERVER"] = MailServer("127.0.0.1", free_port(), SENDER, Encryption.NONE)
    page = coordinator.get(coordinator.send(PUBLISH).location)
    assert "Mailserveren tog ikke imod mailen med kontrolsummen til 2 af 2 personer" in page.text
    session.rollback()
    assert world.wave.state is WaveState.PUBLISHED
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "checksum.mailed")).one()
    assert event.details == {"version": 1, "letters": 2, "not_taken": 2}


def test_without_a_mail_server_nothing_is_said_of_mail(coordinator: CheckingClient, settings: Settings) -> None:
    assert settings.mail_server is None
    page = coordinator.get(coordinator.send(PUBLISH).location)
    assert page.status_code == 200
    assert "kontrolsum til" not in page.text
