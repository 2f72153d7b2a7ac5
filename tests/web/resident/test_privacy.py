"""A whole run leaves nothing that could tell who answered, from where, with what or when."""

import io
import json
import logging

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveyapp.db import db
from surveyapp.models import Response
from surveyapp.web.resident import answering
from tests.everyday_survey import LANGUAGES, open_everyday_survey
from tests.web.checking_client import CheckingClient
from tests.web.resident.conftest import ANSWERS, RECEIPT, hidden_fields, rows, token_of

TRACES = ("198.51.100.7", "Marsrover/7.0", "tracking=1", "https://elsewhere.example/", RECEIPT)
FAILING_ROW = "Failing row contains"


@pytest.fixture
def log(app: Flask) -> io.StringIO:
    """What the app logs, line by line."""
    [handler] = logging.getLogger("surveyapp").handlers
    assert isinstance(handler, logging.StreamHandler)
    lines = io.StringIO()
    handler.setStream(lines)
    return lines


def test_a_whole_run_leaves_no_trace_in_tables_or_logs(
    app: Flask,
    client: CheckingClient,
    session: Session,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    code = open_everyday_survey(session, languages=["da"]).code
    logger = logging.getLogger("surveyapp")
    logger.addHandler(caplog.handler)
    carried = {
        "environ_overrides": {"REMOTE_ADDR": TRACES[0]},
        "headers": {"User-Agent": TRACES[1], "Cookie": TRACES[2], "Referer": TRACES[3], "X-Forwarded-For": TRACES[0]},
    }
    page = client.get(f"/{code}", **carried).text
    review = client.post(f"/{code}", data={**ANSWERS, "page": token_of(page)}, **carried).text
    client.post(f"/{code}", data={**hidden_fields(review), "receipt": RECEIPT, "seconds": "83"}, **carried)
    client.get(f"/{code}/privacy", **carried)
    app.extensions["resident"].opened.write()
    logger.removeHandler(caplog.handler)

    assert len(rows(session)) == 1
    kept = everything_in_the_database()
    for trace in TRACES:
        assert trace not in kept
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_a_fault_while_storing_logs_nothing_of_the_answer(
    app: Flask,
    client: CheckingClient,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    log: io.StringIO,
) -> None:
    code = open_everyday_survey(session, languages=["da"]).code
    fields = {**ANSWERS, "page": token_of(client.get(f"/{code}").text), "receipt": RECEIPT}

    def refused_by_the_database(*given: object) -> bool:
        raise IntegrityError("INSERT INTO response", given, ValueError(FAILING_ROW, given))

    monkeypatch.setattr(answering, "store_response", refused_by_the_database)
    app.testing = False
    assert client.post(f"/{code}", data=fields).status_code == 500
    assert "IntegrityError" in log.getvalue()
    assert "in refused_by_the_database" in log.getvalue()
    for told in (RECEIPT, FAILING_ROW, code, "belonging"):
        assert told not in log.getvalue()


def test_the_response_table_has_no_column_for_a_moment_or_a_person() -> None:
    assert set(Response.__table__.columns.keys()) == {
        "wave_id",
        "receipt_hash",
        "questionnaire_version",
        "placement_id",
        "place_kind",
        "mode",
        "language",
        "seconds",
        "answers",
        "background",
    }


def test_the_same_answers_in_every_language_are_identical_rows_but_for_the_language(
    client: CheckingClient, session: Session
) -> None:
    code = open_everyday_survey(session).code
    for number, language in enumerate(LANGUAGES):
        page = token_of(client.get(f"/{code}?lang={language}").text)
        receipt = f"AAAAAAAAAA{number:02}"
        assert client.post(f"/{code}", data={**ANSWERS, "page": page, "receipt": receipt}).status_code == 200
    stored = rows(session)
    assert sorted(row.language for row in stored) == sorted(LANGUAGES)
    assert len({json.dumps([row.answers, row.background, row.seconds, row.mode]) for row in stored}) == 1


def everything_in_the_database() -> str:
    """Every table's every row as text."""
    with db.engine.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        contents = [connection.exec_driver_sql(f'SELECT * FROM "{table}"').fetchall() for table in tables]
    return repr(contents)
