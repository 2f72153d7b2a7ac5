"""Signing in and out as a person meets it."""

import re

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveyapp.db import db, writing
from surveyapp.models import Membership, Organisation, Role, User
from surveyapp.services.accounts import reset_password
from tests.builders import PASSWORD, make_world, user
from tests.web.checking_client import CheckingClient


@pytest.fixture
def coordinator(session: Session) -> User:
    world = make_world(session)
    person = user(session, world.lead, Role.COORDINATOR, "anna@egebo.example")
    session.commit()
    return person


def test_a_coordinator_signs_in_and_lands_in_the_only_organisation(client: CheckingClient, coordinator: User) -> None:
    answer = client.send("/login", email=" Anna@Egebo.example ", password=PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/account/organisations")
    assert client.get(answer.location).location == "/o/egebo/"
    assert client.get("/o/egebo/").status_code == 200


def test_nobody_waits_to_write_while_a_password_is_checked(
    client: CheckingClient, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify = PasswordHasher.verify

    def write_meanwhile(self: PasswordHasher, hashed: str, password: str) -> bool:
        with writing(db.engine) as connection:  # on SQLite it fails after five seconds where somebody else writes
            connection.execute(update(Organisation).values(contact="skrevet imens"))
        return verify(self, hashed, password)

    monkeypatch.setattr(PasswordHasher, "verify", write_meanwhile)
    assert client.send("/login", email="anna@egebo.example", password=PASSWORD).status_code == 303
    assert db.session.scalars(select(Organisation.contact).distinct()).all() == ["skrevet imens"]


def test_somebody_in_two_organisations_chooses(client: CheckingClient, session: Session, coordinator: User) -> None:
    other = session.query(Organisation).filter_by(slug="birkebo").one()
    coordinator.memberships.append(Membership(organisation=other, role=Role.READER))
    session.commit()
    client.sign_in(coordinator)
    page = client.get("/account/organisations").text
    assert "/o/egebo/" in page
    assert "/o/birkebo/" in page


def test_the_page_that_was_asked_for_comes_after_signing_in(client: CheckingClient, coordinator: User) -> None:
    to_login = client.get("/o/egebo/?tab=1")
    assert to_login.location == "/login?next=/o/egebo/?tab%3D1"
    assert client.send(to_login.location, email=coordinator.email, password=PASSWORD).location == "/o/egebo/?tab=1"


@pytest.mark.parametrize(
    "wanted", ["//evil.example/", "https://evil.example/", "/\\evil.example", "\\\\evil.example", "/%09/evil.example"]
)
def test_signing_in_never_leads_away_from_here(client: CheckingClient, coordinator: User, wanted: str) -> None:
    answer = client.send(f"/login?next={wanted}", email=coordinator.email, password=PASSWORD)
    assert answer.location == "/account/organisations"


def test_wrong_unknown_and_locked_get_the_same_words(client: CheckingClient, coordinator: User) -> None:
    wrong = client.send("/login", email=coordinator.email, password="gættet")
    unknown = client.send("/login", email="ingen@egebo.example", password="gættet")
    for _attempt in range(4):
        client.send("/login", email=coordinator.email, password="gættet")
    locked = client.send("/login", email=coordinator.email, password=PASSWORD)

    assert {wrong.status_code, unknown.status_code, locked.status_code} == {422}
    alerts = {
        re.sub(r'value="[^"]*"', "", answer.text[answer.text.index('role="alert"') :])
        for answer in (wrong, unknown, locked)
    }
    assert len(alerts) == 1
    assert f'value="{coordinator.email}"' in wrong.text
    assert "gættet" not in wrong.text


def test_a_session_ends_at_sign_out(client: CheckingClient, coordinator: User) -> None:
    client.sign_in(coordinator)
    assert client.send("/logout").location == "/login"
    assert client.get("/o/egebo/").location.startswith("/login")
    assert client.get("/logout").status_code == 405


def test_a_password_reset_elsewhere_ends_the_session(
    client: CheckingClient, session: Session, coordinator: User
) -> None:
    client.sign_in(coordinator)
    assert client.get("/account").status_code == 200
    reset_password(session, coordinator.email, "en helt ny adgangskode")
    session.commit()
    assert client.get("/account").status_code == 303


def test_signing_in_keeps_nothing_of_the_visitor_before(client: CheckingClient, coordinator: User) -> None:
    with client.session_transaction("/login") as before:
        before["planted"] = "yes"
    client.send("/login", email=coordinator.email, password=PASSWORD)
    with client.session_transaction("/login") as after:
        assert "planted" not in after


def test_the_cookie_is_for_this_site_alone(client: CheckingClient, coordinator: User) -> None:
    answer = client.send("/login", email=coordinator.email, password=PASSWORD)
    cookie = answer.headers["Set-Cookie"]
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


def test_a_form_sent_over_https_needs_no_referer(client: CheckingClient, coordinator: User) -> None:
    client.get("/login", base_url="https://svar.example")
    page = client.get("/login", base_url="https://svar.example").text
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert token
    answer = client.post(
        "/login",
        base_url="https://svar.example",
        data={"csrf_token": token[1], "email": coordinator.email, "password": PASSWORD},
    )
    assert answer.status_code == 303


def test_a_form_from_another_site_is_refused(client: CheckingClient, coordinator: User) -> None:
    assert client.post("/login", data={"email": coordinator.email, "password": PASSWORD}).status_code == 400
