"""The worked example shows exactly the guide's figures, and an open wave to try."""

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Mode, Partnership, PlaceKind, Response, Wave
from surveyapp.services.example import find_example
from surveyapp.services.fieldwork import fieldwork_totals
from surveyapp.services.fieldwork_alerts import Kind, alerts
from surveyapp.services.placements import places_of
from surveyapp.services.waves import takes_answers

# Business2Community (AlmenNet, 2024), the documentation example: baseline and year 1
GUIDE = {"belonging": (41, 43), "trust": (45, 54), "co_creation": (22, 31)}


@pytest.fixture
def database_url(example_sqlite: Path) -> str:
    return f"sqlite:///{example_sqlite}"


@pytest.fixture
def example(session: Session) -> Partnership:
    return session.scalars(select(Partnership)).one()


def waves(partnership: Partnership) -> list[Wave]:
    return partnership.surveys[0].waves


def document(wave: Wave) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(wave.results[-1].document)
    return loaded


def test_the_published_shares_are_the_guides_of_a_hundred_answers_each(example: Partnership) -> None:
    indicators = {row["key"]: row for row in document(waves(example)[1])["indicators"]}
    for key, shares in GUIDE.items():
        figures = indicators[key]["figures"]
        assert [figure["percent"] for figure in figures] == list(shares)
        assert [figure["n"] for figure in figures] == [100, 100]


def test_no_change_can_be_decided_and_every_class_is_grey(example: Partnership) -> None:
    shares = [row for row in document(waves(example)[1])["indicators"] if row["kind"] == "share"]
    assert len(shares) == 4
    for row in shares:
        assert row["change_since_baseline"]["verdict"] == "cannot_tell"
        assert row["follow_up"]["grey"]


def test_safety_moves_within_its_uncertainty(example: Partnership) -> None:
    safety = next(row for row in document(waves(example)[1])["indicators"] if row["key"] == "safety")
    assert safety["figures"][0]["percent"] != safety["figures"][1]["percent"]
    assert safety["change_since_baseline"]["low"] < 0 < safety["change_since_baseline"]["high"]


def test_everything_says_that_it_is_invented(example: Partnership) -> None:
    for wave in waves(example):
        assert json.loads(wave.questionnaires[-1].document)["synthetic"] is True
        assert all(json.loads(result.document)["synthetic"] for result in wave.results)


def test_the_third_wave_is_open_half_filled_and_short_of_young_people(session: Session, example: Partnership) -> None:
    wave = waves(example)[2]
    assert takes_answers(wave, dt.date.today())
    ages = Counter(
        response.background.get("age") for response in session.scalars(select(Response).filter_by(wave_id=wave.id))
    )
    young = next(margin.persons for margin in example.area.margins if margin.category == "18-29") or 0
    assert ages["18-29"] / ages.total() < young / example.area.adults / 2


def test_counters_and_responses_tell_the_same_number(session: Session, example: Partnership) -> None:
    wave = waves(example)[2]
    counted = sum(day.completed for placement in wave.placements for day in placement.days)
    assert counted == len(session.scalars(select(Response).filter_by(wave_id=wave.id)).all())
    assert all(
        wave.opens_on <= day.day < dt.date.today() and (day.completed <= day.opened or placement.mode is Mode.PAPER)
        for placement in wave.placements
        for day in placement.days
    )


def test_the_open_waves_fieldwork_has_a_replaced_poster_a_quiet_place_a_letter_paper_and_a_tablet(
    session: Session, example: Partnership
) -> None:
    wave, today = waves(example)[2], dt.date.today()
    replaced = [place for place in places_of(wave) if len(place.codes) == 2]
    assert [place.name for place in replaced] == ["Vaskeriet"]
    assert all(any(day.completed for day in code.days) for code in replaced[0].codes)
    found = alerts(wave, fieldwork_totals(session, wave, today), None, today)
    assert {(alert.kind, alert.place.name) for alert in found if alert.place} == {(Kind.QUIET, "Egecentret")}
    assert {PlaceKind.LETTER, PlaceKind.PAPER, PlaceKind.TABLET} <= {place.kind for place in wave.placements}
    assert {Mode.SELF, Mode.KIOSK, Mode.PAPER} == {
        response.mode for response in session.scalars(select(Response).filter_by(wave_id=wave.id))
    }


def test_responses_come_in_several_languages_and_at_several_places(session: Session, example: Partnership) -> None:
    for wave in waves(example):
        responses = session.scalars(select(Response).filter_by(wave_id=wave.id)).all()
        assert len({response.language for response in responses}) >= 4
        assert len({response.place_kind for response in responses}) >= 4


def test_initiatives_are_asked_about_after_the_baseline_only(example: Partnership) -> None:
    baseline, year_1, _ = waves(example)
    assert not baseline.exposures
    assert len(year_1.exposures) == 3


def test_the_example_is_found_again(session: Session, example: Partnership) -> None:
    assert find_example(session) is example
