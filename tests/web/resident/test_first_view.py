"""The first view: one small document from memory, with nothing in it that could follow anybody."""

import gzip
import re
from random import Random

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from surveyapp.i18n import direction
from surveyapp.models import PlaceKind, Placement
from surveyapp.services.placements import add_placement
from surveyapp.services.waves import open_wave
from tests.conftest import Contents
from tests.everyday_survey import LANGUAGES, TEXTS, draft_everyday_survey, open_everyday_survey
from tests.web.checking_client import CheckingClient
from tests.web.resident.conftest import correct_a_typo

BUDGET = 14_600


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def packed(app: Flask) -> FlaskClient:
    """A client that takes pages as they travel."""
    return FlaskClient(app)


@pytest.fixture
def survey() -> Contents:
    return open_everyday_survey


def test_the_page_fits_the_first_congestion_window_in_every_language(packed: FlaskClient, placement: Placement) -> None:
    for language in LANGUAGES:
        answer = packed.get(f"/{placement.code}?lang={language}", headers={"Accept-Encoding": "gzip, deflate, br"})
        assert answer.headers["Content-Encoding"] == "br"
        head = f"HTTP/1.1 {answer.status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
        of_the_server = "server: granian\r\ndate: Sat, 21 Nov 2026 10:00:00 GMT\r\n\r\n"
        assert len(head) + len(of_the_server) + len(answer.data) <= BUDGET, language


@pytest.mark.parametrize(("curves", "is_shown"), [(100, True), (10_000, False)])
def test_a_logo_never_makes_the_page_too_large_to_arrive_in_one_round_trip(
    packed: FlaskClient, session: Session, curves: int, is_shown: bool
) -> None:
    wave = draft_everyday_survey(session)
    random = Random(curves)  # what can't be compressed is the worst that a drawing can be
    path = "".join(f"q{random.randrange(100)} {random.randrange(100)} 9 9" for _ in range(curves))
    wave.survey.partnership.lead.logo_svg = f'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0{path}"/></svg>'
    placement = add_placement(session, wave, None, "Gården", PlaceKind.COURTYARD)
    open_wave(session, wave, None, wave.opens_on, wave.opens_on)
    session.commit()
    for language in LANGUAGES:
        answer = packed.get(f"/{placement.code}?lang={language}", headers={"Accept-Encoding": "br"})
        assert len(answer.data) + 1_400 <= BUDGET, language  # the headers and the server's own fit beside it
        page = brotli.decompress(answer.data).decode()
        assert ('<img src="data:image/svg+xml,' in page) == is_shown
        assert ('<span aria-hidden="true">E</span>' in page) != is_shown


def test_every_encoding_carries_the_same_page(packed: FlaskClient, code: str) -> None:
    plain = packed.get(f"/{code}").data
    zipped = packed.get(f"/{code}", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(zipped.data) == plain
    smallest = packed.get(f"/{code}", headers={"Accept-Encoding": "gzip, br"})
    assert brotli.decompress(smallest.data) == plain
    refused = packed.get(f"/{code}", headers={"Accept-Encoding": "br;q=0, gzip;q=0"})
    assert refused.data == plain
    assert len({answer.headers["ETag"] for answer in (zipped, smallest, refused)}) == 3


def test_no_resident_address_sets_a_cookie_or_varies_by_one(client: CheckingClient, code: str) -> None:
    for path in (f"/{code}", f"/{code}/privacy", f"/{code}/results", f"/{code}/withdraw", "/", "/K7M4QX"):
        answer = client.get(path)
        assert "Set-Cookie" not in answer.headers, path
        assert answer.headers["Vary"] == "Accept-Language, Accept-Encoding", path
    sent = client.post(f"/{code}", data={})
    assert "Set-Cookie" not in sent.headers
    assert "Cookie" not in sent.headers["Vary"]


def test_the_page_asks_for_nothing_else(client: CheckingClient, code: str) -> None:
    page = client.get(f"/{code}").text
    assert re.findall(r"""(?:src|srcset|data|poster)=["'][^"']*""", page) == []
    assert re.findall(r'<link[^>]*href="([^"]*)"', page) == ["data:,"]
    assert "url(" not in page
    assert "@import" not in page
    client.get(f"/{code}")
    [policy] = client.get(f"/{code}").headers.getlist("Content-Security-Policy")  # a second one would take the style
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_going_back_costs_nothing(client: CheckingClient, code: str) -> None:
    first = client.get(f"/{code}")
    assert first.headers["Cache-Control"] == "private, max-age=60"
    again = client.get(f"/{code}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("browser", "language"),
    [
        ("ar-SY,ar;q=0.9,en;q=0.5", "ar"),
        ("nb-NO,nb;q=0.9", "no"),
        ("nn", "no"),
        ("ku-TR", "kmr"),
        ("ckb-IQ", "ckb"),
        ("hr-HR,en;q=0.8", "bs"),
        ("sr-Latn-RS", "bs"),
        ("prs-AF", "fa"),
        ("fr-FR,so;q=0.5", "so"),
        ("en;q=0,tr;q=0.1", "tr"),
        ("ja,*;q=0.5", "da"),
        ("", "da"),
    ],
)
def test_the_browsers_language_is_spoken(
    client: CheckingClient, placement: Placement, browser: str, language: str
) -> None:
    page = client.get(f"/{placement.code}", headers={"Accept-Language": browser}).text
    assert f'<html lang="{language}" dir="{direction(language)}">' in page
    assert TEXTS[language]["trust"] in page


def test_a_chosen_language_wins_over_the_browser_and_an_unknown_one_does_not(client: CheckingClient, code: str) -> None:
    arabic = client.get(f"/{code}?lang=ar", headers={"Accept-Language": "da"}).text
    assert '<html lang="ar" dir="rtl">' in arabic
    assert '<html lang="en"' in client.get(f"/{code}?lang=xx", headers={"Accept-Language": "en"}).text


def test_the_order_is_level_then_exposure_then_attribution_then_background(client: CheckingClient, code: str) -> None:
    page = client.get(f"/{code}").text
    assert list(dict.fromkeys(re.findall(r'type="radio" name="([^"]+)"', page))) == [
        "lives_here",
        *(f"i.{key}" for key in ("belonging", "trust", "co_creation", "safety", "proud", "help", "meet", "stay")),
        "g.dinners.knows",
        "i.dinners_trust",
        "i.dinners_proud",
        *("b.age", "b.gender", "b.household"),
    ]


def test_the_first_step_comes_first_in_every_direction(client: CheckingClient, code: str) -> None:
    for language in ("da", "ar"):
        page = client.get(f"/{code}?lang={language}").text
        assert re.findall(r'name="i.trust" value="(\w+)"', page) == ["5", "4", "3", "2", "1", "na", "dk"]


def test_names_in_another_language_are_marked_as_such(client: CheckingClient, code: str) -> None:
    page = client.get(f"/{code}?lang=ar").text
    assert '<bdi lang="da">Egeparken</bdi>' in page
    assert 'بدأ <bdi lang="da">Supermarkedet Solsikken</bdi> العشاء' in page
    assert "<bdi" not in client.get(f"/{code}?lang=da").text


def test_a_name_with_markup_in_it_stays_text(client: CheckingClient, placement: Placement, session: Session) -> None:
    placement.wave.survey.partnership.area.name = "<b>Ege</b> & Park"
    session.commit()
    correct_a_typo(session, placement)
    for language in ("da", "ar"):
        page = client.get(f"/{placement.code}?lang={language}").text
        assert "&lt;b&gt;Ege&lt;/b&gt; &amp; Park" in page
        assert "<b>Ege" not in page


def test_the_survey_in_invented_figures_says_so(client: CheckingClient, session: Session) -> None:
    placement = open_everyday_survey(session, languages=["da"], synthetic=True)
    assert "Eksempel med opdigtede tal" in client.get(f"/{placement.code}").text
