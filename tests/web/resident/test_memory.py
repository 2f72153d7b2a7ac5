"""What a worker remembers is never more than two seconds old, and never more than it needs."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from surveyapp.db import db
from surveyapp.models import Placement
from surveyapp.services.waves import close_wave, reopen_wave, today_in
from surveyapp.web.resident import memory
from tests.web.checking_client import CheckingClient
from tests.web.resident.conftest import ANSWERS, RECEIPT, correct_a_typo, counts, start_writing, token_of


def test_a_second_view_asks_the_database_nothing(client: CheckingClient, app: Flask, code: str) -> None:
    client.get(f"/{code}")
    with statements(app) as asked:
        assert client.get(f"/{code}").status_code == 200
        assert client.get(f"/{code}?lang=ar").status_code == 200
    assert asked == []


def test_to_send_answers_asks_the_database_only_to_store_them(
    client: CheckingClient, app: Flask, code: str, no_waiting: None
) -> None:
    page = token_of(client.get(f"/{code}?lang=da").text)
    with statements(app) as asked:
        assert client.post(f"/{code}", data={**ANSWERS, "page": page, "receipt": RECEIPT}).status_code == 200
    asked = [statement for statement in asked if not statement.startswith("BEGIN")]
    written = [re.findall(r"INSERT INTO (\w+)", statement) for statement in asked]
    in_one = db.engine.dialect.name == "postgresql"  # SQLite has no statement that writes to two tables
    assert written == ([["response", "placement_day"]] if in_one else [["response"], ["placement_day"]])


def test_closing_and_reopening_show_within_two_seconds(
    client: CheckingClient, placement: Placement, session: Session, no_waiting: None
) -> None:
    assert client.get(f"/{placement.code}").status_code == 200
    start_writing(session)
    close_wave(session, placement.wave, None, placement.wave.closes_on)
    session.commit()
    closed = client.get(f"/{placement.code}", headers={"Accept-Language": "da"})
    assert closed.status_code == 410
    assert "Undersøgelsen er lukket." in closed.text
    today = today_in("Europe/Copenhagen")
    start_writing(session)
    reopen_wave(session, placement.wave, None, today, today)
    session.commit()
    assert client.get(f"/{placement.code}").status_code == 200


def test_without_a_database_the_page_is_still_there(
    client: CheckingClient, code: str, monkeypatch: pytest.MonkeyPatch, no_waiting: None
) -> None:
    client.get(f"/{code}")

    def away(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(memory, "find_entrance", away)
    assert client.get(f"/{code}").status_code == 200
    assert client.get("/K7M4QX").status_code == 503


def test_only_first_views_are_counted_and_written_together(
    client: CheckingClient, app: Flask, code: str, session: Session
) -> None:
    etag = client.get(f"/{code}").headers["ETag"]
    client.get(f"/{code}")
    client.get(f"/{code}?lang=ar")
    client.get(f"/{code}", headers={"If-None-Match": etag})
    client.head(f"/{code}")
    assert counts(session) == {}
    app.extensions["resident"].opened.write()
    app.extensions["resident"].opened.write()
    assert counts(session) == {"opened": 2}


def test_counts_wait_for_a_database_that_is_away(
    client: CheckingClient, app: Flask, code: str, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(f"/{code}")
    opened = app.extensions["resident"].opened
    with monkeypatch.context() as away:
        away.setattr("surveyapp.web.resident.opened.begin_writing", _raise_database_away)
        opened.write()
    assert counts(session) == {}
    opened.write()
    assert counts(session) == {"opened": 1}


def _raise_database_away(_: object) -> None:
    raise OperationalError("BEGIN", {}, Exception("gone"))


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Every statement the app sends to its database."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    with app.app_context():
        engine: sa.Engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def test_two_seconds_is_as_old_as_it_gets() -> None:
    assert memory.MOST_SECONDS_STALE == 2


def test_a_correction_is_shown_and_the_memory_stays_small(
    client: CheckingClient,
    placement: Placement,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    app: Flask,
    no_waiting: None,
) -> None:
    monkeypatch.setattr(memory, "MOST_PAGES", 2)
    for dots in range(4):
        assert f"mit nabolag{'.' * dots}</h2>" in client.get(f"/{placement.code}?lang=da").text
        correct_a_typo(session, placement)
    assert len(app.extensions["resident"]._pages) == 2
