"""A coordinator types something in beside the results."""

import re

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Indicator, IndicatorKind, User, WaveState
from tests.builders import World, make_wave
from tests.web.checking_client import CheckingClient

PAGE = "/o/egebo/partnerships/1/observations"


@pytest.fixture
def internships(session: Session, world: World) -> Indicator:
    indicator = Indicator(
        organisation_id=world.lead.id, key="internships", kind=IndicatorKind.COUNT, names={"da": "Unge i praktik"}
    )
    world.survey.indicators.append(indicator)
    session.commit()
    return indicator


def test_a_count_stands_on_the_partnerships_page(
    client: CheckingClient, world: World, coordinator: User, internships: Indicator
) -> None:
    client.sign_in(coordinator)
    answer = client.send(
        PAGE, indicator=internships.id, wave=world.wave.id, kind="count", number="1,200", source="Jobcentret"
    )
    assert answer.location == "/o/egebo/partnerships/1"
    page = client.get(answer.location).text
    assert "1,200" in page
    assert "Jobcentret" in page


def test_a_danish_number_is_read_as_danes_write_it(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    coordinator.language = "da"
    session.commit()
    client.sign_in(coordinator)
    belonging = world.survey.indicators[0].id
    client.send(PAGE, indicator=belonging, wave="", kind="earlier_figure", number="61,5", source="Tryghed 2022")
    assert "61,5\u00a0%" in client.get("/o/egebo/partnerships/1").text


def test_what_was_noted_wrongly_is_taken_back_with_a_button(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    belonging = world.survey.indicators[0].id
    client.send(PAGE, indicator=belonging, wave="", kind="earlier_figure", number="61", source="Tyrghed 2022")
    page = client.get("/o/egebo/partnerships/1").text
    (action,) = re.findall(r'action="([^"]+/take-back)"', page)
    answer = client.send(action)
    assert answer.location == "/o/egebo/partnerships/1#observations"
    page = client.get("/o/egebo/partnerships/1").text
    assert "Tyrghed" not in page
    assert "Taken back." in page
    assert client.send(action).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-3", "below zero"),
        ("−3", "below zero"),
        ("abc", "with digits"),
        ("2.5", "whole number"),
        ("", "need a number"),
        ("NaN", "with digits"),
        ("1e1", "with digits"),
    ],
)
def test_a_number_that_makes_no_sense_is_refused_and_stays_on_the_page(
    client: CheckingClient,
    session: Session,
    world: World,
    coordinator: User,
    internships: Indicator,
    typed: str,
    sentence: str,
) -> None:
    client.sign_in(coordinator)
    answer = client.send(
        PAGE, indicator=internships.id, wave=world.wave.id, kind="count", number=typed, text="Tre", source="Jobcentret"
    )
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#39;", "'")
    assert f'value="{typed}"' in answer.text
    assert ">\r\nTre</textarea>" in answer.text
    session.rollback()
    assert world.partnership.observations == []


def test_a_comments_number_would_be_lost_and_is_asked_for_in_words(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    typed = {"indicator": world.survey.indicators[0].id, "wave": world.wave.id, "kind": "comment"}
    answer = client.send(PAGE, **typed, number="12", text="Naboerne fik et fælleshus.")
    assert answer.status_code == 422
    assert "has no number: write it into the words" in answer.text
    assert 'value="12"' in answer.text
    session.rollback()
    assert world.partnership.observations == []


def test_a_comment_is_offered_for_the_newest_measurement_that_has_begun(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    world.wave.state = WaveState.CLOSED
    make_wave(session, world.survey, 1)  # still a draft
    session.commit()
    client.sign_in(coordinator)
    assert f'<option selected value="{world.wave.id}">' in client.get(PAGE).text


def test_another_organisations_indicator_is_no_choice(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    foreign = Indicator(organisation_id=world.foreign.id, key="trust", kind=IndicatorKind.SHARE, names={"da": "X"})
    session.add(foreign)
    session.commit()
    client.sign_in(coordinator)
    answer = client.send(PAGE, indicator=foreign.id, wave=world.wave.id, kind="comment", text="Hej")
    assert answer.status_code == 422


def test_a_text_beside_a_share_is_refused_as_nothing_would_show_it(
    client: CheckingClient, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    belonging = world.survey.indicators[0].id
    answer = client.send(PAGE, indicator=belonging, wave=world.wave.id, kind="text", text="Det går bedre")
    assert answer.status_code == 422
    assert "Write a comment beside it instead." in answer.text
    assert "Det går bedre" in answer.text
