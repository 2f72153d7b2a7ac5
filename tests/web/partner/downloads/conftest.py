"""The example in an app of its own, whose pictures are drawn once for all tests here."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import create_app
from surveyapp.config import Settings
from surveyapp.db import db
from surveyapp.models import Result, User
from surveyapp.services.example import EMAIL
from tests.conftest import PUBLIC_URL
from tests.web.checking_client import CheckingClient


@pytest.fixture(scope="package")
def app(example_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("downloads")
    shutil.copy(example_sqlite, folder / "survey.sqlite")
    made = create_app(Settings("s" * 40, f"sqlite:///{folder / 'survey.sqlite'}", PUBLIC_URL, folder))
    made.testing = True
    made.test_client_class = CheckingClient
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    with app.app_context():
        client.sign_in(db.session.query(User).filter_by(email=EMAIL).one())
    return client


@pytest.fixture
def result(session: Session) -> Result:
    """The newest."""
    return session.scalars(select(Result).order_by(Result.wave_id.desc())).first() or pytest.fail("no result")


@pytest.fixture
def document(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.document)
    return found
