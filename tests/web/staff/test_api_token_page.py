"""An administrator makes a token, sees it once, and takes it back."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import ApiToken, Role
from tests.builders import World, user
from tests.web.checking_client import CheckingClient

PAGE = "/o/egebo/api-tokens"
FIELDS = {"name": "ESG-rapport", "scope": "results", "days": "90"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def admin(client: CheckingClient, session: Session, world: World) -> CheckingClient:
    client.sign_in(user(session, world.lead, Role.ADMIN, "karin@egebo.example"))
    session.commit()
    return client


def test_the_token_is_shown_once_and_works_until_it_is_revoked(admin: CheckingClient, session: Session) -> None:
    made = admin.send(PAGE, **FIELDS)
    assert made.status_code == 201
    found = re.search(r"survey_[\w-]{40,}", made.text)
    assert found
    secret = found[0]
    header = {"Authorization": f"Bearer {secret}"}
    assert admin.get("/api/v1/partnerships", headers=header).status_code == 200
    assert 'value="ESG-rapport"' not in made.text, "a second tap would make another"
    page = admin.get(PAGE).text
    assert secret not in page
    token = session.scalars(select(ApiToken)).one()
    assert token.prefix in page
    assert "ESG-rapport" in page
    assert (token.expires_on - token.made_on).days == 90
    admin.send(f"{PAGE}/{token.id}/revoke")
    assert admin.get("/api/v1/partnerships", headers=header).status_code == 401
    assert "tilbagekaldt" in admin.get(PAGE).text


def test_loading_the_page_again_makes_no_second_token(admin: CheckingClient, session: Session) -> None:
    admin.send(PAGE, **FIELDS)
    again = admin.send(PAGE, **FIELDS)
    assert again.status_code == 422
    assert "En adgangsnøgle med dette navn gælder allerede" in again.text
    token = session.scalars(select(ApiToken)).one()
    admin.send(f"{PAGE}/{token.id}/revoke")
    assert admin.send(PAGE, **FIELDS).status_code == 201


@pytest.mark.parametrize(
    "wrong", [{"name": "  "}, {"name": "x" * 81}, {"scope": "everything"}, {"days": "100000"}, {"days": ""}]
)
def test_a_form_with_a_mistake_makes_no_token_and_keeps_what_was_typed(
    admin: CheckingClient, session: Session, wrong: dict[str, str]
) -> None:
    answer = admin.send(PAGE, **FIELDS | wrong)
    assert answer.status_code == 422
    assert (wrong.get("name", FIELDS["name"]).strip() or "maxlength") in answer.text
    assert session.scalars(select(ApiToken)).all() == []
