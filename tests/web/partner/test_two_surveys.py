"""A partnership with two surveys: every link, step and file is of the measurement that it is called after."""

import json

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import ObservationKind, Result, Role, Survey
from surveyapp.services.observations import add_observation
from tests.answered import answer, publish, start, steps
from tests.builders import World, make_wave, user
from tests.web.api.reading import System, token_of
from tests.web.checking_client import CheckingClient
from tests.web.partner.reading import MEMBERS, OWN, nothing_published_yet, text_of

pytestmark = nothing_published_yet


@pytest.fixture
def results(session: Session, world: World, client: CheckingClient) -> list[Result]:
    """The baseline of the survey that was there, and a year later that of a second one; the lead is signed in."""
    second = Survey(
        partnership=world.partnership,
        name="Birkeparken",
        default_language="da",
        languages=["da", "en", "ar"],
        indicators=list(world.survey.indicators),
    )
    session.add(second)
    later = make_wave(session, second, 0)
    later.opens_on, later.closes_on = (day.replace(year=day.year + 1) for day in (later.opens_on, later.closes_on))
    for wave, positive in ((world.wave, 41), (later, 62)):
        start(session, wave)
        answer(session, wave, {"belonging": steps(positive, 100), "trust": steps(50, 100)})
        publish(session, wave)
    karin = user(session, world.lead, Role.COORDINATOR, "karin@egebo.example")
    karin.language = "en"
    for result, said in zip(
        session.scalars(select(Result).order_by(Result.wave_id)), ("First.", "Second."), strict=True
    ):
        add_observation(
            session,
            world.partnership,
            karin,
            indicator=world.survey.indicators[0],
            wave=result.wave,
            kind=ObservationKind.COMMENT,
            text=said,
        )
    session.commit()
    client.sign_in(karin)
    return list(session.scalars(select(Result).order_by(Result.wave_id)))


def test_each_measurements_link_opens_its_own_results(
    session: Session, client: CheckingClient, results: list[Result]
) -> None:
    for result, share, said, other in zip(
        results, ("41%", "62%"), ("First.", "Second."), ("Second.", "First."), strict=True
    ):
        wave = client.get(f"/o/egebo/waves/{result.wave_id}").text
        address = f"{OWN}/results?wave={result.wave_id}"
        assert address in wave
        page = text_of(client.get(address).text)
        assert share in page
        assert "Egeparken: Baseline" in page
        assert "Birkeparken: Baseline" in page
        assert said in page
        assert other not in page
        assert client.get(f"{OWN}/results.json?wave={result.wave_id}").get_json()["checksum"] == result.checksum


def test_the_newest_is_the_same_on_the_page_and_for_other_systems(
    app: Flask, session: Session, world: World, client: CheckingClient, results: list[Result]
) -> None:
    assert client.get(f"{OWN}/results.json").get_json()["checksum"] == results[1].checksum
    session.rollback()
    listed = System(app, token_of(session, world.lead)).read("/api/v1/partnerships/1/results")
    assert json.dumps(listed).index(results[1].checksum) < json.dumps(listed).index(results[0].checksum)


def test_a_step_is_taken_with_the_measurement_whose_page_it_stands_on(
    session: Session, client: CheckingClient, results: list[Result]
) -> None:
    client.send(f"{OWN}/results/release?wave={results[0].wave_id}")
    client.send(f"{OWN}/results/correct?wave={results[0].wave_id}", reason="The target was typed wrongly")
    session.rollback()
    first, second = (result.wave for result in results)
    assert [result.released_on is not None for result in first.results] == [True, True]
    assert [(result.version, result.released_on) for result in second.results] == [(1, None)]
    mads = user(session, results[0].wave.survey.partnership.members[0], Role.READER, "mads@solsikken.example")
    session.commit()
    client.sign_in(mads)
    assert client.get(f"{MEMBERS}/results?wave={second.id}").status_code == 404
    assert client.get(f"{MEMBERS}/results.json").get_json()["document"]["version"] == 2
