"""A comparison area: how much more changed here than there, only where both asked the same in the same years."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Area, Partnership, Survey
from surveyapp.services.publication import correct_results
from surveyapp.statistics import difference_in_differences_mover
from tests.answered import PUBLISHED_ON, answer, publish, published_wave, start, steps
from tests.builders import World, make_wave, make_world
from tests.result_schema import checked_document, indicator


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def elsewhere(session: Session, world: World, shares: dict[int, int], *, wording: str = "Jeg hører til her") -> None:
    """A comparison area whose belonging was that many of 100 in the waves of those numbers, and is compared with."""
    area = Area(organisation=world.lead, name="Birkeparken", adults=900)
    other = Partnership(lead=world.lead, area=area, name="Partnerskab Birkeparken")
    other.initiatives = []
    survey = Survey(
        partnership=other,
        name="Birkeparken",
        default_language="da",
        languages=["da", "en", "ar"],
        indicators=list(world.survey.indicators),
    )
    session.add(survey)
    own = world.survey.partnership
    for number, positive in shares.items():
        survey.partnership = own  # the builder takes the initiative of the partnership
        wave = make_wave(session, survey, number)
        survey.partnership = other
        wave.items[0].wording.texts["da"].text = wording
        start(session, wave)
        answer(session, wave, {"belonging": steps(positive, 100), "trust": steps(50, 100)})
        publish(session, wave)
    own.comparison = other
    session.commit()


def compared(session: Session, world: World, number: int, positive: int, base: int = 100) -> dict[str, Any]:
    columns = {"belonging": steps(positive, base), "trust": steps(20, 40)}
    document = checked_document(published_wave(session, world, number, columns))
    found: dict[str, Any] = indicator(document, "belonging")["difference_in_differences"]
    return found


def test_the_difference_is_movers_of_the_four_published_shares(session: Session, world: World) -> None:
    elsewhere(session, world, {0: 40, 1: 44})
    compared(session, world, 0, 41)
    found = compared(session, world, 1, 61)
    expected = difference_in_differences_mover((41, 100), (61, 100), (40, 100), (44, 100))
    assert expected.low is not None
    assert expected.high is not None
    assert (found["status"], found["area"], found["wave"]) == ("ok", "Birkeparken", 1)
    assert (found["change_here"], found["change_there"], found["difference"]) == (20.0, 4.0, 16.0)
    assert (found["low"], found["high"]) == (round(100 * expected.low, 1), round(100 * expected.high, 1))
    assert (found["assumption"], found["interval_assumption"]) == (
        "parallel_trends",
        "respondents_answer_like_residents",
    )
    assert world.partnership.comparison is not None
    assert found["published_in"] == world.partnership.comparison.surveys[0].waves[1].results[-1].checksum


def test_without_a_comparison_area_there_is_nothing(session: Session, world: World) -> None:
    document = checked_document(published_wave(session, world, 0, {"belonging": steps(20, 40), "trust": steps(20, 40)}))
    assert indicator(document, "belonging")["difference_in_differences"] is None


def test_a_baseline_has_no_difference_yet(session: Session, world: World) -> None:
    elsewhere(session, world, {0: 40})
    assert compared(session, world, 0, 41)["status"] == "no_earlier_wave"


def test_an_area_that_did_not_ask_that_year_is_not_compared_with(session: Session, world: World) -> None:
    elsewhere(session, world, {0: 40})
    compared(session, world, 0, 41)
    found = compared(session, world, 1, 61)
    assert (found["status"], found["difference"]) == ("not_measured", None)


def test_another_wording_is_not_compared_with(session: Session, world: World) -> None:
    elsewhere(session, world, {0: 40, 1: 44}, wording="Jeg føler mig hjemme her")
    compared(session, world, 0, 41)
    assert compared(session, world, 1, 61)["status"] == "not_comparable"


def test_a_share_that_is_not_published_exactly_gives_no_difference(session: Session, world: World) -> None:
    elsewhere(session, world, {0: 2, 1: 44})
    compared(session, world, 0, 41)
    found = compared(session, world, 1, 61)
    assert (found["status"], found["low"]) == ("withheld", None)


def test_naming_an_area_later_needs_a_corrected_version(session: Session, world: World) -> None:
    compared(session, world, 0, 41)
    assert compared(session, world, 1, 61) is None
    elsewhere(session, world, {0: 40, 1: 44})
    wave = world.survey.waves[1]
    document = checked_document(correct_results(session, wave, None, "Birkeparken er med", PUBLISHED_ON))
    assert indicator(document, "belonging")["difference_in_differences"]["difference"] == 16.0
