"""Whatever goes wrong, a page says in the visitor's language what happened and what to do, and shows no trace."""

import re

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from surveyapp.content.agreement_scale import languages
from surveyapp.web.guard import public
from surveyapp.web.resident import answering
from tests.everyday_survey import open_everyday_survey
from tests.web.checking_client import CheckingClient
from tests.web.resident.conftest import ANSWERS, RECEIPT, hidden_fields, rows, token_of


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.mark.parametrize("language", languages())
def test_an_error_speaks_the_visitors_language(client: CheckingClient, language: str) -> None:
    asked = "ku" if language == "kmr" else language
    page = client.get("/nowhere/at/all", headers={"Accept-Language": asked})
    assert page.status_code == 404
    assert f'<html lang="{language}"' in page.text
    assert language == "en" or "We cannot find this page." not in page.text


def test_a_fault_of_ours_shows_no_trace(app: Flask, client: CheckingClient) -> None:
    @public
    def broken() -> str:
        raise RuntimeError("the secret inside")

    app.add_url_rule("/broken", view_func=broken)
    app.testing = False
    page = client.get("/broken", headers={"Accept-Language": "da"})
    assert page.status_code == 500
    assert "Noget gik galt." in page.text
    assert "secret" not in page.text


def test_a_database_that_is_away_loses_no_answer(
    client: CheckingClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = open_everyday_survey(session, languages=["da"]).code
    fields = {**ANSWERS, "page": token_of(client.get(f"/{code}").text), "receipt": RECEIPT}
    with monkeypatch.context() as away:
        away.setattr(answering, "writing", _raise_database_away)
        refused = client.post(f"/{code}", data=fields, headers={"Accept-Language": "da"})
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert "Vi kan ikke gemme noget lige nu." in refused.text
    assert hidden_fields(refused.text) == fields
    assert client.post(f"/{code}", data=hidden_fields(refused.text)).status_code == 200
    assert len(rows(session)) == 1


def test_error_pages_look_like_the_residents_pages(client: CheckingClient) -> None:
    page = client.get("/nowhere/at/all")
    policy = page.headers["Content-Security-Policy"]
    assert re.search(r"style-src 'sha256-[^']+'", policy)
    assert page.headers["Cache-Control"] == "no-store"


def _raise_database_away(_: object) -> None:
    raise OperationalError("BEGIN", {}, Exception("database is locked"))
