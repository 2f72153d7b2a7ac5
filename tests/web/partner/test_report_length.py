"""However much was asked, in however many languages and years: the report stays one that people read."""

from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.i18n import STAFF_LANGUAGES
from surveyapp.models import User
from tests.large_example import load_large_example
from tests.web.checking_client import CheckingClient

pytestmark = [
    pytest.mark.parametrize("contents", [load_large_example], ids=["large example"]),
    pytest.mark.xdist_group("large example"),  # it takes long to load: once for all who use it
]

pymupdf: Any = import_module("pymupdf")  # imported by name because only half of it has types


@pytest.mark.slow
def test_a_large_survey_has_a_report_of_at_most_eight_pages(session: Session, client: CheckingClient) -> None:
    client.sign_in(session.scalars(select(User)).one())
    for language in STAFF_LANGUAGES:
        answer = client.get(f"/o/egebo/partnerships/1/results.pdf?language={language}")
        assert 4 <= len(pymupdf.open(stream=answer.data)) <= 8, language
