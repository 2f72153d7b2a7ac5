"""Somebody who has every file of two waves and a corrected version learns no more than the documents say.

The waves stand beside those of an area within, which is also the one that is compared with.

Three steps. What can be downloaded doesn't change when the answers behind it do, so no file holds anything that isn't
in the frozen documents. The documents together withstand adding and subtracting. And two surveys that differ in nothing
but a withheld number give the same documents, bit by bit.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.models import Area, Organisation, Response, Result, Role
from surveyapp.services.publication import correct_results, release_results
from tests.answered import PUBLISHED_ON, ages, answer, mixed, publish, start, steps
from tests.builders import World, make_wave, make_world, user
from tests.result_schema import indicator
from tests.services.results.test_disclosure import FEWEST_ON_A_SIDE, MARGINS, PEOPLE, leaks, possible_counts
from tests.web.api.reading import token_of
from tests.web.checking_client import CheckingClient
from tests.web.partner.test_over_time import survey_elsewhere
from tests.web.reachable import READER, SYSTEM, read_everything

Files = dict[str, dict[str, bytes]]
Fetch = Callable[[str], TestResponse]
Measured = tuple[World, dict[tuple[str, int], list[Response]]]  # who answered, by area and wave
EXPECTED = {"": {(0, 1), (1, 2)}, "api": {(0, 1), (1, 1), (1, 2)}, "resident": set()}  # waves and versions
HERE, WITHIN = "Egeparken", "Egeparken Nord"
# Of 41 agreed to a statement at the baseline, and don't know an initiative: shown as "fewer than 3", "all but fewer".
HIDDEN = 2


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


def measure(session: Session, hidden: int = HIDDEN) -> Measured:
    """A baseline with a coded figure, and a year 1 with a group of nine; a corrected version over other margins.

    The area within has a coded figure and small groups as well; a company takes part there, but nothing is released.
    """
    world = make_world(session)
    within = survey_elsewhere(
        session, world, Area(organisation=world.lead, name=WITHIN, adults=300, parent_id=world.partnership.area_id), 2
    )
    within.members, world.partnership.comparison = [world.member], within
    later = make_wave(session, world.survey, 1)
    first, second = within.surveys[0].waves
    coded: dict[str, Sequence[str | None]] = {
        "belonging": mixed(20, 41),
        "trust": steps(hidden, 41),
        "dinners.knows": ["yes"] * (41 - hidden) + ["no"] * hidden,
        "dinners_trust": mixed(20, 41 - hidden),
    }
    columns = {"belonging": mixed(45, 100), "trust": mixed(55, 100)}
    people = {}
    for wave, answers, bands in (
        (first, coded, (3, 20, 15, 3)),
        (second, {"belonging": mixed(30, 50), "trust": mixed(20, 50)}, (4, 30, 12, 4)),
        (world.wave, coded, (3, 20, 15, 3)),
        (later, columns, tuple(PEOPLE.values())),
    ):
        start(session, wave)
        asked = answer(session, wave, answers, {"age": ages(*bands)})
        forget(session, asked)
        publish(session, wave)
        people[wave.survey.partnership.area.name, wave.number] = asked
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
    checksums = list(session.scalars(select(Result.checksum)))

    def read() -> Files:
        found = {slug: read_everything(app, fetch, READER, org=[slug]) for slug, fetch in browsers.items()}
        for slug, fetch in systems.items():
            found[f"{slug} api"] = read_everything(
                app, fetch, SYSTEM, which=["newest", *checksums], partnership_id=[1, 2]
            )
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


@pytest.mark.slow
def test_no_file_holds_anything_that_is_not_in_documents_which_withstand_each_other(
    session: Session, attacker: Callable[[], Files], survey: Measured, tmp_path: Path
) -> None:
    before = attacker()
    assert {path.partition("?")[0].rpartition(".")[2] for path in before["egebo"]} >= {"csv", "json", "xlsx"}
    assert all(before.values())
    told = {slug: before[slug][f"/o/{slug}/partnerships/1/results.csv"] for slug in ("egebo", "solsikken")}
    assert (b"beside;belonging" in told["egebo"], b"beside;belonging" in told["solsikken"]) == (True, False)
    for reader, files in before.items():
        assert_nothing_leaks(reader, list(documents_in(files)), survey[1])
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
    shutil.rmtree(instance / "pictures")


def assert_nothing_leaks(
    reader: str, documents: list[dict[str, Any]], people: dict[tuple[str, int], list[Response]]
) -> None:
    """All documents that a reader can reach, subtracted from each other."""
    reached = {(each["wave"]["number"], each["version"]) for each in documents if each["area"]["name"] == HERE}
    assert reached >= EXPECTED["resident" if reader == "resident" else reader.partition(" ")[2]]
    assert any(each["area"]["name"] == WITHIN for each in documents) == (reader == "egebo api")
    for (area, wave), asked in people.items():
        versions = versions_of(documents, area, wave)
        assert not versions or list(leaks(versions, asked)) == [], reader
    versions = versions_of(documents, HERE, 1)
    for key in ("belonging", "trust") if versions else ():
        possible = possible_counts(versions, key)
        assert max(possible) - min(possible) >= FEWEST_ON_A_SIDE - 2, (reader, key)


def versions_of(documents: list[dict[str, Any]], area: str, wave: int) -> list[dict[str, Any]]:
    return [each for each in documents if (each["area"]["name"], each["wave"]["number"]) == (area, wave)]


def documents_in(files: dict[str, bytes]) -> Iterator[dict[str, Any]]:
    """Every result document among the files, each once."""
    seen = set()
    for content in files.values():
        if content.startswith(b'{"checksum"') and b'"document"' in content and content not in seen:
            seen.add(content)
            yield json.loads(content)["document"]


def assert_only_exact_figures_are_compared(published: dict[str, dict[str, Any]]) -> None:
    """A difference from the area within stands where all four figures do, and nowhere else."""
    found = set()
    for document in published.values():
        for entry in document["indicators"]:
            compared = entry["difference_in_differences"]
            if compared is None:
                continue
            found.add((entry["key"], compared["status"]))
            there = published.get(compared["published_in"])
            ends = [*entry["figures"], *(indicator(there, entry["key"])["figures"] if there else ())]
            shown = len(ends) == 4 and all(each["coding"] == "exact" for each in ends)
            assert shown == (compared["status"] == "ok") == (compared["difference"] is not None)
            assert shown or {compared[each] for each in ("change_here", "change_there", "low", "high")} == {None}
    assert found >= {("belonging", "ok"), ("trust", "withheld")}


def test_whether_one_or_two_agreed_shows_in_no_document_nor_in_what_is_compared(session: Session) -> None:
    world, _people = measure(session, hidden=2)
    two = documents_of(session)
    assert '"coding":"bottom_coded"' in two[0]
    assert '"coding":"top_coded"' in two[0]
    assert_only_exact_figures_are_compared(
        {result.checksum: json.loads(result.document) for result in session.scalars(select(Result))}
    )
    session.rollback()
    for table in reversed(world.lead.metadata.sorted_tables):
        session.execute(table.delete())
    session.commit()
    session.expunge_all()
    measure(session, hidden=1)
    assert documents_of(session) == two


def documents_of(session: Session) -> list[str]:
    return list(session.scalars(select(Result.document).order_by(Result.wave_id, Result.version)))
