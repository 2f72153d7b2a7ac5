"""One's own account, and the first visit to a new installation."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.models import Organisation, Role, User
from surveyapp.services.first_visit import first_visit_code
from tests.builders import PASSWORD, make_world, user
from tests.web.checking_client import CheckingClient

NEW = "en helt anden sætning"
FOUNDING = {
    "organisation": "Boligforeningen Åhaven",
    "short_name": "Åhaven",
    "slug": "",
    "name": "Åse",
    "email": "aase@aahaven.example",
    "password": NEW,
}


@pytest.fixture
def anna(session: Session) -> User:
    person = user(session, make_world(session).lead, Role.COORDINATOR, "anna@egebo.example")
    session.commit()
    return person


def test_a_name_and_a_language_are_kept(client: CheckingClient, session: Session, anna: User) -> None:
    client.sign_in(anna)
    assert client.send("/account", name="Anna Åkesson", language="sv").location == "/account"
    page = client.get("/account").text
    assert 'lang="sv"' in page
    assert "Sparat." in page
    session.rollback()
    assert (anna.name, anna.language) == ("Anna Åkesson", "sv")


def test_an_empty_name_is_refused(client: CheckingClient, session: Session, anna: User) -> None:
    client.sign_in(anna)
    assert client.send("/account", name=" ", language="da").status_code == 422
    assert client.send("/account", name="Anna", language="xx").status_code == 422


def test_a_new_password_keeps_this_session_and_ends_the_others(app: Flask, client: CheckingClient, anna: User) -> None:
    elsewhere = app.test_client()
    assert isinstance(elsewhere, CheckingClient)
    client.sign_in(anna)
    elsewhere.sign_in(anna)
    assert client.send("/account/password", old="forkert", new=NEW).status_code == 422
    assert client.send("/account/password", old=PASSWORD, new="kort").status_code == 422
    assert elsewhere.get("/account").status_code == 200
    assert client.send("/account/password", old=PASSWORD, new=NEW).status_code == 303
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303


def test_the_first_visitor_founds_the_organisation_and_is_signed_in(
    app: Flask, client: CheckingClient, session: Session
) -> None:
    instance = Path(app.instance_path)
    code = first_visit_code(instance)
    assert client.get("/login").location == "/first-visit"
    answer = client.send("/first-visit", code=code, **FOUNDING)
    assert answer.location == "/account/organisations"
    assert client.get(answer.location).location == "/o/aahaven/"
    assert client.get("/o/aahaven/").status_code == 200
    assert not (instance / "first-visit-code").exists()
    assert client.get("/first-visit").status_code == 404
    assert app.test_client().get("/login").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [{"code": "0000 0000 0000"}, {"password": "kort"}, {"email": "ikke en adresse"}, {"slug": "Å/haven"}, {"name": ""}],
)
def test_a_first_visit_gone_wrong_makes_nothing_and_keeps_what_was_typed(
    app: Flask, client: CheckingClient, session: Session, wrong: dict[str, str]
) -> None:
    code = first_visit_code(Path(app.instance_path))
    answer = client.send("/first-visit", **{"code": code, **FOUNDING, **wrong})
    assert answer.status_code == 422
    assert 'value="Boligforeningen Åhaven"' in answer.text
    assert 'role="alert"' in answer.text
    assert session.query(Organisation).count() == 0


def test_the_first_visit_is_over_once_anybody_works_here(client: CheckingClient, anna: User) -> None:
    assert client.get("/first-visit").status_code == 404
    assert client.get("/login").status_code == 200
