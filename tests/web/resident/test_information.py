"""Residents learn who asks, what is stored, and where the results come, in their own language."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.models import Placement
from surveyapp.services.waves import close_wave
from tests.everyday_survey import LANGUAGES, open_everyday_survey
from tests.web.checking_client import CheckingClient
from tests.web.resident.conftest import start_writing


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


def test_the_privacy_page_says_what_is_true_and_promises_no_more(client: CheckingClient, code: str) -> None:
    page = client.get(f"/{code}/privacy?lang=en").text
    for sentence in (
        "We do not know who answered.",
        "We store no names, numbers or addresses. Single answers are handled as personal data until they are deleted.",
        "deleted 3 months after the results are published",
        "Boligforeningen Egebo</bdi> is responsible for the survey.",
        "12 34 56 78",
    ):
        assert sentence in page
    for promise in ("anonym", "impossible", "nobody can", "no one can"):
        assert promise not in page.lower()
    assert f'href="/{code}/withdraw?lang=en"' in page


def test_every_page_speaks_every_language_whole(client: CheckingClient, session: Session) -> None:
    code = open_everyday_survey(session).code
    english = {path: client.get(f"/{code}{path}?lang=en").text for path in ("", "/privacy", "/results", "/withdraw")}
    for language in LANGUAGES:
        for path, in_english in english.items():
            page = client.get(f"/{code}{path}?lang={language}").text
            assert f'<html lang="{language}"' in page
            assert "%(" not in page
            assert ".." not in page.split("<main>")[1]  # a day that ends with a full stop, at the end of a sentence
            assert language == "en" or heading(page) != heading(in_english)


def test_the_results_address_thanks_before_and_after_closing(
    client: CheckingClient, placement: Placement, session: Session, no_waiting: None
) -> None:
    page = client.get(f"/{placement.code}/results?lang=da")
    assert "Undersøgelsen er åben til og med" in page.text
    assert f'href="/{placement.code}?lang=da">Til undersøgelsen' in page.text
    start_writing(session)
    close_wave(session, placement.wave, None, placement.wave.closes_on)
    session.commit()
    page = client.get(f"/{placement.code}/results?lang=da")
    assert page.status_code == 200
    assert "Undersøgelsen er lukket." in page.text
    assert "Tak til alle, der svarede." in page.text


def test_the_first_visitor_of_a_new_installation_is_sent_to_set_it_up(client: CheckingClient, app: Flask) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.location) == (303, "/first-visit")


def test_typing_a_code_needs_no_scanner(client: CheckingClient, code: str) -> None:
    page = client.get("/", headers={"Accept-Language": "ti"})
    assert page.status_code == 200
    assert '<html lang="ti" dir="ltr">' in page.text
    assert client.get(f"/?code={code.lower()}").location == f"/{code}"


def test_the_language_chosen_before_typing_a_code_is_spoken_after_it(client: CheckingClient, code: str) -> None:
    assert '<input type="hidden" name="lang" value="ar">' in client.get("/?lang=ar").text
    assert client.get(f"/?lang=ar&code={code}").location == f"/{code}?lang=ar"


def heading(page: str) -> str:
    return page.split("<h1>")[1].split("</h1>")[0]
