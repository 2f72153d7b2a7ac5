"""An administrator decides what residents see of the organisation; nothing harmful or unreadable gets through."""

import io
import random
import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import AuditEvent, Role, User
from tests.builders import World, user
from tests.posters.samples import png
from tests.web.checking_client import CheckingClient

PAGE = "/o/egebo/settings"
FACTS = {
    "name": "Boligforeningen Egebo",
    "short_name": "Egebo",
    "contact": "Boligsocialt kontor",
    "privacy_contact": "dpo@egebo.example",
    "accent": "#7a1f2b",
}
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"><path fill="#c33" d="M0 0h3v1H0z"/></svg>'


@pytest.fixture
def admin(client: CheckingClient, session: Session, world: World) -> User:
    person = user(session, world.lead, Role.ADMIN, "ida@egebo.example")
    person.language = "en"
    session.commit()
    client.sign_in(person)
    return person


def seen(client: CheckingClient) -> str:
    found = re.search(r'name="seen"[^>]* value="(\w+)"', client.get(PAGE).text)
    assert found
    return found[1]


def logo(content: bytes) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), "logo.svg"


def test_name_contacts_colour_and_logo_are_kept_and_on_record(
    client: CheckingClient, session: Session, world: World, admin: User
) -> None:
    answer = client.send(PAGE, **FACTS, seen=seen(client), logo=logo(DRAWING.encode()))
    assert answer.location == PAGE
    session.rollback()
    assert (world.lead.accent, world.lead.contact) == ("#7a1f2b", "Boligsocialt kontor")
    assert world.lead.logo_svg
    assert "M0 0h3v1H0z" in world.lead.logo_svg
    event = session.scalars(select(AuditEvent).filter_by(action="organisation.changed")).one()
    assert event.details == {"fields": ["contact", "privacy_contact", "accent", "logo_svg"]}
    assert 'src="data:image/svg+xml;base64,' in client.get(PAGE).text
    session.rollback()
    client.send(PAGE, **FACTS, seen=seen(client), without_logo="y")
    session.rollback()
    assert world.lead.logo_svg is None


@pytest.mark.parametrize("accent", ["#8a8f8c", "#ffff00", "red", "#0b5d5", ""])
def test_a_colour_that_cannot_be_read_is_refused_and_what_was_typed_stays(
    client: CheckingClient, session: Session, world: World, admin: User, accent: str
) -> None:
    answer = client.send(PAGE, **FACTS | {"accent": accent, "name": "Nyt navn"}, seen=seen(client))
    assert answer.status_code == 422
    assert "too pale to be read on white" in answer.text
    assert 'value="Nyt navn"' in answer.text
    session.rollback()
    assert world.lead.accent == "#0b5d5e"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (DRAWING.replace("<path", "<script>alert(1)</script><path").encode(), "holds more than shapes and colours"),
        (DRAWING.replace("<path", '<image href="https://spy.example/x.png"/><path').encode(), "more than shapes"),
        (b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + DRAWING.encode(), "more than shapes"),
        (b"%PDF-1.7", "no SVG drawing"),
        (png(60, 20)[:-20], "PNG is too large or damaged"),
        (png(5000, 1), "4,000 pixels a side"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "as an SVG drawing"),
        (DRAWING.replace("M0 0", "M0 0" + " " * 100_000).encode(), "at most 100 kB"),
    ],
)
def test_a_logo_that_could_do_more_than_be_looked_at_is_refused_with_what_to_do(
    client: CheckingClient, session: Session, world: World, admin: User, content: bytes, sentence: str
) -> None:
    answer = client.send(PAGE, **FACTS | {"name": "Nyt navn"}, seen=seen(client), logo=logo(content))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Nyt navn"' in answer.text
    session.rollback()
    assert world.lead.logo_svg is None


def test_a_logo_of_twenty_megabytes_is_refused_before_it_is_read(
    client: CheckingClient, session: Session, world: World, admin: User
) -> None:
    body = b"--x\r\nContent-Disposition: form-data; name=logo; filename=a.svg\r\n\r\n" + bytes(20 * 1024 * 1024)
    answer = client.post(PAGE, data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert "100 kB as an SVG drawing, 70 kB as a PNG" in answer.text
    session.rollback()
    assert world.lead.logo_svg is None


def test_two_administrators_at_once_see_both_versions(
    client: CheckingClient, session: Session, world: World, admin: User
) -> None:
    mine = seen(client)
    client.send(PAGE, **FACTS | {"contact": "Hendes kontor"}, seen=mine)
    answer = client.send(PAGE, **FACTS | {"contact": "Mit kontor"}, seen=mine)
    assert answer.status_code == 409
    assert "Hendes kontor" in answer.text
    assert 'value="Mit kontor"' in answer.text
    session.rollback()
    assert world.lead.contact == "Hendes kontor"


def test_only_administrators_find_the_way_there(client: CheckingClient, world: World, coordinator: User) -> None:
    client.sign_in(coordinator)
    assert PAGE not in client.get("/o/egebo/").text
    assert client.get(PAGE).status_code == 403


def test_a_logo_that_phones_would_wait_for_is_kept_for_posters_and_the_page_says_so(
    client: CheckingClient, admin: User
) -> None:
    dice = random.Random(4)
    lines = "".join(f"L{dice.random():.6f} {dice.random():.6f}" for _ in range(1500))
    client.send(PAGE, **FACTS, seen=seen(client), logo=logo(DRAWING.replace("M0 0", "M0 0" + lines).encode()))
    page = client.get(PAGE).text
    assert 'src="data:image/svg+xml;base64,' in page
    assert "too heavy for a slow phone" in page
    for light in (DRAWING.encode(), png(100, 100)):
        client.send(PAGE, **FACTS, seen=seen(client), logo=logo(light))
        assert "too heavy for a slow phone" not in client.get(PAGE).text
