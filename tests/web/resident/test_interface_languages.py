"""Every language says what it is and how far its words can be trusted, on the page and on the poster."""

import csv
from dataclasses import asdict

import pytest

from surveyapp.i18n import CATALOGS
from surveyapp.web.resident.poster_texts import poster_text
from tests.everyday_survey import LANGUAGES

STATUS = {row["language"]: row for row in csv.DictReader((CATALOGS / "resident-status.csv").read_text().splitlines())}


def test_every_interface_language_has_a_status_and_none_is_called_reviewed_without_a_reader() -> None:
    assert sorted(STATUS) == sorted(LANGUAGES)
    for row in STATUS.values():
        assert row["status"] in {"source", "machine", "reviewed"}
        assert (row["status"] == "reviewed") == bool(row["read_by"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_poster_speaks_the_language_whole(language: str) -> None:
    words = asdict(poster_text(language))
    assert all(words.values())
    assert "&" not in "".join(words.values())
    english = asdict(poster_text("en"))
    assert language == "en" or not [name for name in words if words[name] == english[name] and name != "code"]
