"""A survey that is open, and somebody who answers it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.db import begin_writing
from surveyapp.models import Placement, PlacementDay, Response
from surveyapp.services.questionnaires import freeze
from surveyapp.web.resident import memory
from tests.conftest import Contents
from tests.everyday_survey import find_placement, open_everyday_survey
from tests.web.checking_client import CheckingClient

RECEIPT = "K7M4QX2P9TRW"
ANSWERS = {
    "lives_here": "yes",
    "i.belonging": "5",
    "i.trust": "4",
    "i.co_creation": "na",
    "i.safety": "dk",
    "g.dinners.knows": "yes",
    "i.dinners_trust": "2",
    "b.age": "30-44",
    "b.gender": "skip",
}
STORED = {
    "belonging": "5",
    "trust": "4",
    "co_creation": "na",
    "safety": "dk",
    "dinners.knows": "yes",
    "dinners_trust": "2",
}
Send = Callable[..., TestResponse]


@pytest.fixture
def survey() -> Contents:
    """What the tests that answer it begin with: the everyday survey in three languages, or another that says so."""
    return in_three_languages


@pytest.fixture
def contents(request: pytest.FixtureRequest) -> Contents | None:
    """The survey, for tests that know its placement; others make their own."""
    survey: Contents = request.getfixturevalue("survey")
    return survey if "placement" in request.fixturenames else None


def in_three_languages(session: Session) -> Placement:
    return open_everyday_survey(session, languages=["da", "en", "ar"])


@pytest.fixture
def placement(session: Session) -> Placement:
    return find_placement(session)


@pytest.fixture
def code(placement: Placement) -> str:
    return placement.code


@pytest.fixture
def send(client: CheckingClient, code: str) -> Send:
    """Send the usual answers, changed as the test says; a field of None is left out."""

    def send_it(language: str = "da", **changes: str | None) -> TestResponse:
        page = token_of(client.get(f"/{code}?lang={language}").text)
        changed = {name.replace("__", "."): value for name, value in changes.items()}
        fields = {"page": page, **ANSWERS, "receipt": RECEIPT, **changed}
        return client.post(f"/{code}", data={name: value for name, value in fields.items() if value is not None})

    return send_it


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the database on every view, as a worker does once two seconds have passed."""
    monkeypatch.setattr(memory, "MOST_SECONDS_STALE", 0)


def start_writing(session: Session) -> None:
    """Let go of what the test has read so far: on SQLite nobody may write on top of an old reading."""
    session.rollback()
    begin_writing(session)


def correct_a_typo(session: Session, placement: Placement) -> None:
    """A new version of the open wave's questionnaire."""
    start_writing(session)
    placement.wave.items[0].wording.texts["da"].text += "."
    freeze(session, placement.wave, placement.wave.opens_on)
    session.commit()


def token_of(html: str) -> str:
    """The signed token in a page's form."""
    found = re.search(r'name="page" value="([^"]+)"', html)
    assert found, "no page token"
    return found[1]


def hidden_fields(html: str) -> dict[str, str]:
    """What a page's form would send without anything being touched."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


def rows(session: Session) -> list[Response]:
    """Every response as the database has it now."""
    session.rollback()
    return list(session.scalars(select(Response).execution_options(populate_existing=True)))


def counts(session: Session) -> dict[str, Any]:
    """The counts of the only placement and day; empty before there are any."""
    session.rollback()
    day = session.scalars(select(PlacementDay).execution_options(populate_existing=True)).one_or_none()
    names = ("opened", "not_resident", "completed", "withdrawn")
    return {name: getattr(day, name) for name in names if getattr(day, name)} if day else {}
