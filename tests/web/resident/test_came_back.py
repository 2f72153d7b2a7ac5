"""What residents get back: plain words and pictures from the published figures, in every language, in one request."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from surveyapp.models import Wave
from surveyapp.services.publication import publish_wave, release_results, show_to_residents
from surveyapp.services.waves import close_wave
from tests.answered import GIVE_BACK, PUBLISHED_ON, answer, say_what_happens_now, steps
from tests.everyday_survey import LANGUAGES, LEVEL, TEXTS, open_everyday_survey
from tests.web.checking_client import CheckingClient

BUDGET = 14_600
ARABIC = "نضع مقاعد في الفناء"
# Six of ten people agree: two persons of a hundred more or less than that stay six of ten.
SHARES = dict(zip(LEVEL, (60, 41, 22, 48, 96, 30, 55, 8), strict=True))


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


def shown(session: Session, columns: dict[str, list[str | None]], wave: Wave) -> str:
    """The code of a wave that was answered like this, published, and shown to its residents."""
    answer(session, wave, columns)
    close_wave(session, wave, None, wave.closes_on)
    publish_wave(session, wave, None, PUBLISHED_ON)
    say_what_happens_now(session, wave, ar=ARABIC)
    release_results(session, wave, None, PUBLISHED_ON)
    show_to_residents(session, wave, None, PUBLISHED_ON)
    session.commit()
    return wave.placements[0].code


@pytest.fixture
def code(session: Session) -> str:
    wave = open_everyday_survey(session).wave
    return shown(session, {key: steps(share, 100) for key, share in SHARES.items()}, wave)


def people(page: str) -> list[tuple[int, int]]:
    """How many of how many people are filled in, picture by picture."""
    drawn = re.findall(r'<svg class="ten".*?</svg>', page, re.DOTALL)
    return [(picture.count('fill="currentColor"'), picture.count("<path")) for picture in drawn]


def test_the_page_is_one_small_document_in_every_language(app: Flask, code: str) -> None:
    client = FlaskClient(app)
    for language in LANGUAGES:
        sent = client.get(f"/{code}/results?lang={language}", headers={"Accept-Encoding": "gzip, br"})
        head = f"HTTP/1.1 {sent.status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in sent.headers)
        assert len(head) + len(sent.data) <= BUDGET, language
        assert "Set-Cookie" not in sent.headers
        assert "Cookie" not in sent.headers["Vary"]


def test_every_language_reads_its_own_statements_and_its_own_words(client: CheckingClient, code: str) -> None:
    english = client.get(f"/{code}/results?lang=en").text
    for language in LANGUAGES:
        page = client.get(f"/{code}/results?lang={language}").text
        assert TEXTS[language]["trust"] in page
        assert "%(" not in page
        assert language == "en" or "of those who answered" not in page
        assert people(page) == people(english)


def test_the_pictures_show_the_published_shares_of_ten(client: CheckingClient, code: str) -> None:
    page = client.get(f"/{code}/results?lang=da").text
    assert people(page) == [(number, 10) for number in (6, 4, 2, 5, 10, 3, 6, 1)]
    assert "6 af 10 af dem, der svarede, er enige:" in page
    assert "96\u00a0% af dem, der svarede, er enige:" in page  # all ten would say that nobody disagrees


def test_a_first_figure_stands_alone_without_a_change_to_tell(client: CheckingClient, code: str) -> None:
    page = client.get(f"/{code}/results?lang=da").text
    assert re.search(r'<p class="small">\d+\u00a0%</p>', page)
    assert "% ·" not in page


def test_what_happens_now_is_said_in_the_readers_language_or_marked_as_the_surveys_own(
    client: CheckingClient, code: str
) -> None:
    assert f"<p>{ARABIC}</p>" in client.get(f"/{code}/results?lang=ar").text
    somali = client.get(f"/{code}/results?lang=so").text
    assert f'<p lang="da" dir="ltr">{GIVE_BACK}</p>' in somali


def test_a_figure_that_is_withheld_is_said_in_words(session: Session, client: CheckingClient) -> None:
    wave = open_everyday_survey(session, languages=["da", "en"]).wave
    columns = {key: steps(50, 100) for key in LEVEL}
    code = shown(session, columns | {"belonging": steps(2, 100)}, wave)
    page = client.get(f"/{code}/results?lang=en").text
    assert people(page) == []
    assert page.count("We show no figure here") == len(LEVEL)
    assert "2 of" not in page


def test_whoever_comes_after_it_closed_finds_the_way_to_the_results(client: CheckingClient, code: str) -> None:
    page = client.get(f"/{code}?lang=da")
    assert page.status_code == 410
    assert "Resultaterne er klar." in page.text
    assert f'class="button" href="/{code}/results?lang=da"' in page.text
