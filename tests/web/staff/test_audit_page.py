"""The log of who did what, when: in words, a page at a time, each organisation its own."""

import re
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

import surveyapp
from surveyapp.models import Role
from surveyapp.services import audit
from surveyapp.web.staff.audit import ACTIONS, EVENTS_A_PAGE
from tests.answered import published_wave, steps
from tests.builders import World, find_world, make_world, user
from tests.conftest import Contents
from tests.web.checking_client import CheckingClient

AUDIT = "/o/egebo/audit"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def contents() -> Contents:
    return one_published_wave


def one_published_wave(session: Session) -> None:
    published_wave(session, make_world(session), 0, {"belonging": steps(41, 100), "trust": steps(45, 100)})


@pytest.fixture
def world(session: Session, client: CheckingClient) -> World:
    """One published wave, and Karin signed in as the lead's coordinator."""
    made = find_world(session)
    karin = user(session, made.lead, Role.COORDINATOR, "karin@egebo.example")
    karin.language = "en"
    session.commit()
    client.sign_in(karin)
    return made


def rows(html: str) -> list[str]:
    found = re.findall(r"<tr>\s*<td>(.*?)</tr>", html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def test_who_looked_at_which_results_is_told(client: CheckingClient, world: World) -> None:
    client.get("/o/egebo/partnerships/1/results")
    client.get("/o/egebo/partnerships/1/results.csv")
    newest, before, *_ = rows(client.get(AUDIT).text)
    assert "karin Downloaded results: Egeparken Baseline version 1 · .csv · en" in newest
    assert "karin Looked at results: Egeparken Baseline version 1" in before
    assert re.match(r"\d{1,2} \w+ \d{4}, \d{2}:\d{2}:\d{2}", newest)


def test_the_log_is_read_a_page_at_a_time_without_gap_or_repeat(
    session: Session, client: CheckingClient, world: World
) -> None:
    for number in range(2 * EVENTS_A_PAGE):
        audit.record(session, world.lead, None, "area.changed", f"area {number}", reason=f"reason {number}.")
    session.commit()
    page, told = client.get(AUDIT).text, []
    while True:
        told += rows(page)
        older = re.search(r'href="([^"]*before=\d+)"', page)
        if older is None:
            break
        page = client.get(older[1]).text
    numbers = [int(found[1]) for row in told if (found := re.search(r"reason (\d+)\.", row))]
    assert numbers == list(reversed(range(2 * EVENTS_A_PAGE)))


def test_another_organisations_doings_are_not_in_it(session: Session, client: CheckingClient, world: World) -> None:
    audit.record(session, world.member, None, "area.added", "area 7", reason="theirs")
    session.commit()
    assert "theirs" not in client.get(AUDIT).text


def test_everything_that_is_recorded_has_words() -> None:
    recorded = set()
    for file in Path(surveyapp.__file__).parent.rglob("*.py"):
        for call in re.findall(
            r"(?:audit\.record|_note|_record|record)\((.*?)\n", file.read_text().replace(",\n", ", ")
        ):
            recorded |= set(re.findall(r'"([a-z_]+\.[a-z_]+)"', call))
    assert len(recorded) > 30
    assert recorded - set(ACTIONS) == set()
