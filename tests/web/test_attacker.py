"""Somebody who has every file of two waves and a corrected version learns no more than the documents say.

Three steps. What can be downloaded doesn't change when the answers behind it do, so no file holds anything that isn't
in the frozen documents. The documents together withstand adding and subtracting. And two surveys that differ in nothing
but a withheld number give the same documents, bit by bit.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.models import Organisation, Response, Role
from surveyapp.services.publication import correct_results, release_results
from tests.answered import PUBLISHED_ON, ages, answer, mixed, publish, start, steps
from tests.builders import World, make_wave, make_world, user
from tests.services.test_disclosure import FEWEST_ON_A_SIDE, MARGINS, PEOPLE, leaks, possible_counts
from tests.web.api.reading import token_of
from tests.web.checking_client import CheckingClient
from tests.web.reachable import READER, SYSTEM, read_everything

Files = dict[str, dict[str, bytes]]
Fetch = Callable[[str], TestResponse]
Measured = tuple[World, list[list[Response]]]
EXPECTED = {"": {(0, 1), (1, 2)}, "api": {(0, 1), (1, 1), (1, 2)}, "resident": set()}  # waves and versions
HIDDEN = 2  # of 41 agreed to a statement at the baseline: shown as "fewer than 3 of 41"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


def measure(session: Session, hidden: int = HIDDEN) -> Measured:
    """A baseline with a coded figure, and a year 1 with a group of nine; a corrected version over other margins."""
    world = make_world(session)
    start(session, world.wave)
    belonging, trust = mixed(20, 41), steps(hidden, 41)
    people = [answer(session, world.wave, {"belonging": belonging, "trust": trust}, {"age": ages(3, 20, 15, 3)})]
    forget(session, people[-1])
    publish(session, world.wave)
    later = make_wave(session, world.survey, 1)
    start(session, later)
    columns = {"belonging": mixed(45, 100), "trust": mixed(55, 100)}
    people.append(answer(session, later, columns, {"age": ages(*PEOPLE.values())}))
    forget(session, people[-1])
    publish(session, later)
    for wave in (world.wave, later):
        release_results(session, wave, None, PUBLISHED_ON.replace(year=2027))
    for margin, count in zip(world.partnership.area.margins, MARGINS[1], strict=True):
        margin.persons = count
    correct_results(session, later, None, "Fordelingen var forkert", PUBLISHED_ON.replace(year=2027))
    session.commit()
    return world, people


def forget(session: Session, people: list[Response]) -> None:
    """Let the test remember what was answered, while the database seals it."""
    for person in people:
        session.expunge(person)


@pytest.fixture
def survey(session: Session) -> Measured:
    return measure(session)


@pytest.fixture
def attacker(app: Flask, session: Session, survey: Measured) -> Callable[[], Files]:
    """What the lead's board, a company, an ESG system of each, and anybody with a poster's code can read."""
    app.test_client_class = CheckingClient
    world, _people = survey
    browsers = {each.slug: _browser(app, session, each) for each in (world.lead, world.member)}
    systems = {each.slug: _system(app, token_of(session, each)) for each in (world.lead, world.member)}
    codes = [placement.code for wave in world.survey.waves for placement in wave.placements]
    checksums = [result.checksum for wave in world.survey.waves for result in wave.results]

    def read() -> Files:
        found = {slug: read_everything(app, fetch, READER, org=[slug]) for slug, fetch in browsers.items()}
        for slug, fetch in systems.items():
            found[f"{slug} api"] = read_everything(app, fetch, SYSTEM, which=["newest", *checksums])
        pages = [f"/{code}/results?lang={language}" for code in codes for language in ("da", "ar")]
        return found | {"resident": {page: app.test_client().get(page).data for page in pages}}

    return read


def _browser(app: Flask, session: Session, organisation: Organisation) -> Fetch:
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    client.sign_in(user(session, organisation, Role.READER, f"reader@{organisation.slug}.example"))
    session.commit()
    return client.get


def _system(app: Flask, token: str) -> Fetch:
    client = app.test_client()
    return lambda path: client.get(path, headers={"Authorization": f"Bearer {token}"})


def test_no_file_holds_anything_that_is_not_in_the_documents(
    session: Session, attacker: Callable[[], Files], tmp_path: Path
) -> None:
    before = attacker()
    assert {path.partition("?")[0].rpartition(".")[2] for path in before["egebo"]} >= {"csv", "json", "xlsx"}
    assert all(before.values())
    forget_the_answers(session, tmp_path)
    after = attacker()
    for reader, files in before.items():
        assert set(files) == set(after[reader])
        assert [path for path, content in files.items() if content != after[reader][path]] == [], reader


def forget_the_answers(session: Session, instance: Path) -> None:
    """Other answers, other people, other counts, and no picture kept from before."""
    session.rollback()
    session.execute(text("UPDATE response SET answers = '{}', background = '{}', seconds = 0, language = 'ar'"))
    session.execute(text("UPDATE placement_day SET opened = 0, not_resident = 0, completed = 0, withdrawn = 0"))
    session.commit()
    for kept in ("charts", "pictures"):
        shutil.rmtree(instance / kept, ignore_errors=True)


def test_every_document_that_anybody_reaches_withstands_the_others(
    attacker: Callable[[], Files], survey: Measured
) -> None:
    _world, people = survey
    for reader, files in attacker().items():
        documents = list(documents_in(files))
        reached = {(each["wave"]["number"], each["version"]) for each in documents}
        assert reached >= EXPECTED["resident" if reader == "resident" else reader.partition(" ")[2]]
        for wave, asked in enumerate(people):
            versions = [each for each in documents if each["wave"]["number"] == wave]
            assert not versions or list(leaks(versions, asked)) == [], reader
        versions = [each for each in documents if each["wave"]["number"] == 1]
        for key in ("belonging", "trust") if versions else ():
            possible = possible_counts(versions, key)
            assert max(possible) - min(possible) >= FEWEST_ON_A_SIDE - 2, (reader, key)


def documents_in(files: dict[str, bytes]) -> Iterator[dict[str, Any]]:
    """Every result document among the files, each once."""
    seen = set()
    for content in files.values():
        if content.startswith(b'{"checksum"') and b'"document"' in content and content not in seen:
            seen.add(content)
            yield json.loads(content)["document"]


def test_whether_one_or_two_agreed_shows_in_no_document(session: Session) -> None:
    world, _people = measure(session, hidden=2)
    two = [result.document for wave in world.survey.waves for result in wave.results]
    assert '"coding":"bottom_coded"' in two[0]
    session.rollback()
    for table in reversed(world.lead.metadata.sorted_tables):
        session.execute(table.delete())
    session.commit()
    session.expunge_all()
    world, _people = measure(session, hidden=1)
    assert [result.document for wave in world.survey.waves for result in wave.results] == two
