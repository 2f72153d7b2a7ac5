"""Publishing, as a coordinator meets it: told beforehand, refused kindly, done once."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.db import begin_writing
from surveyapp.errors import WouldReveal
from surveyapp.models import AuditEvent, Response, User, Wave, WaveState
from surveyapp.services.questionnaires import Document
from surveyapp.services.results import Edition, Material, build_document
from tests.builders import World, open_with_placement
from tests.services.test_composition import answer
from tests.web.checking_client import CheckingClient

PAGE = "/o/egebo/waves/1/publish"


def closed_with(session: Session, world: World, responses: int) -> None:
    open_with_placement(session, world.wave)
    answer(session, world.wave, ["60+"] * responses)
    for response in session.query(Response):
        response.answers = {"belonging": "4", "trust": "2"}
    world.wave.state = WaveState.CLOSED
    session.commit()


def write_whenever_figures_are_computed(monkeypatch: pytest.MonkeyPatch, session: Session, world: World) -> list[str]:
    """Another session renames the area meanwhile; gives what it could write."""
    written: list[str] = []

    def build_and_write(wave: Wave, material: Material, edition: Edition) -> Document:
        session.rollback()
        begin_writing(session)
        world.partnership.area.name = f"version {edition.version}"
        session.commit()
        written.append(world.partnership.area.name)
        return build_document(wave, material, edition)

    monkeypatch.setattr("surveyapp.services.publication.build_document", build_and_write)
    return written


@pytest.mark.parametrize(
    "words", ["sealed", "three months later", "partners see them when you release", "10 valid answers", "undone"]
)
def test_the_page_says_what_publishing_means(
    client: CheckingClient, session: Session, world: World, coordinator: User, words: str
) -> None:
    closed_with(session, world, 12)
    client.sign_in(coordinator)
    assert words in client.get(PAGE).text


def test_publishing_seals_and_shows_the_results(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    closed_with(session, world, 12)
    client.sign_in(coordinator)
    answered = client.send(PAGE)
    assert answered.location.startswith("/o/egebo/partnerships/1/results")
    assert client.get(answered.location).status_code == 200
    session.rollback()
    assert world.wave.state is WaveState.PUBLISHED
    assert {response.placement_id for response in session.query(Response)} == {None}
    for page in ("waves/1", "waves/1/fieldwork", "waves/1/placements", "partnerships/1", ""):
        assert client.get(f"/o/egebo/{page}").status_code == 200, page


def test_others_write_while_the_figures_are_computed(
    client: CheckingClient, session: Session, world: World, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_with(session, world, 12)
    client.sign_in(coordinator)
    written = write_whenever_figures_are_computed(monkeypatch, session, world)
    client.send(PAGE)
    reading = "/o/egebo/partnerships/1/results"
    client.send(f"{reading}/correct", reason="Målet var skrevet forkert")
    assert written == ["version 1", "version 2"]
    assert "Målet var skrevet forkert" in client.get(reading).text


def test_too_few_answers_are_named_and_the_wave_stays_closed(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    closed_with(session, world, 9)
    client.sign_in(coordinator)
    refused = client.send(PAGE)
    assert refused.status_code == 422
    assert "belonging: 9 answers" in refused.text
    assert "/o/egebo/waves/1/reopen" in refused.text
    assert "Publish and seal" not in refused.text
    session.rollback()
    assert world.wave.state is WaveState.CLOSED


def test_figures_that_would_tell_of_single_people_are_refused_in_words(
    client: CheckingClient, session: Session, world: World, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_with(session, world, 12)
    client.sign_in(coordinator)
    monkeypatch.setattr("surveyapp.services.results.document.cut_to_safe", would_reveal)
    refused = client.send(PAGE)
    assert refused.status_code == 422
    assert "the figures would show how single people answered" in refused.text
    assert "/o/egebo/waves/1/reopen" in refused.text
    assert "Publish and seal" not in refused.text
    session.rollback()
    assert world.wave.state is WaveState.CLOSED


def would_reveal(*_documents: object) -> Document:
    raise WouldReveal


def test_a_second_tab_publishing_the_same_wave_is_told_so(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    closed_with(session, world, 12)
    client.sign_in(coordinator)
    client.send(PAGE)
    client.get("/o/egebo/waves/1")
    second = client.send(PAGE)
    assert second.location == "/o/egebo/waves/1"
    assert "is published, so nothing was changed" in client.get(second.location).text
    session.rollback()
    assert session.query(AuditEvent).filter_by(action="wave.published").count() == 1
