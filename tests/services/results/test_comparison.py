"""A comparison area: how much more changed here than there, only where both asked the same in the same years."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Area, Partnership, Result, Survey, Wave
from surveyapp.services.publication import correct_results
from surveyapp.statistics import difference_in_differences_mover
from tests.answered import PUBLISHED_ON, answer, leave_out_belonging, publish, published_wave, start, steps
from tests.builders import World, make_wave, make_world
from tests.result_schema import checked_document, indicator


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def elsewhere(
    session: Session,
    world: World,
    shares: dict[int, int | None],
    *,
    reworded: Sequence[int] = (),
    years_before: int = 0,
) -> None:
    """A comparison area whose belonging was that many of 100 in the waves of those numbers, and is compared with.

    None leaves the statement out of a wave, `reworded` are the waves that said it otherwise, and its waves may have
    begun some years before the world's.
    """
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
        wave.opens_on = wave.opens_on.replace(year=wave.opens_on.year - years_before)
        wave.closes_on = wave.closes_on.replace(year=wave.closes_on.year - years_before)
        if number in reworded:
            wave.items[0].wording.texts["da"].text = "Jeg føler mig hjemme her"
        published(session, wave, positive)
    own.comparison = other
    session.commit()


def published(session: Session, wave: Wave, positive: int | None) -> Result:
    """A wave in which belonging was that many of 100, or wasn't asked."""
    columns = {"belonging": steps(positive or 0, 100), "trust": steps(50, 100)}
    if positive is None:
        del columns["belonging"]
        leave_out_belonging(session, wave)
    start(session, wave)
    answer(session, wave, columns)
    return publish(session, wave)


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


def test_a_reworded_statement_begins_anew_and_is_not_called_a_first_measurement(session: Session, world: World) -> None:
    elsewhere(session, world, {0: 40, 1: 44})
    compared(session, world, 0, 41)
    wave = make_wave(session, world.survey, 1)
    wave.items[0].wording.texts["da"].text = "Jeg føler mig hjemme her"
    found = indicator(checked_document(published(session, wave, 61)), "belonging")["difference_in_differences"]
    assert (found["status"], found["difference"]) == ("new_baseline", None)


def test_an_area_that_did_not_ask_that_year_is_not_compared_with(session: Session, world: World) -> None:
    elsewhere(session, world, {0: 40})
    compared(session, world, 0, 41)
    found = compared(session, world, 1, 61)
    assert (found["status"], found["difference"]) == ("not_measured", None)


def test_the_same_years_are_compared_whatever_their_waves_are_numbered(session: Session, world: World) -> None:
    elsewhere(session, world, {0: 20, 1: 40, 2: 44}, years_before=1)
    compared(session, world, 0, 41)
    found = compared(session, world, 1, 61)
    assert (found["since_wave"], found["wave"], found["change_there"]) == (1, 2, 4.0)


def test_from_the_third_wave_on_the_difference_is_still_since_the_baseline(session: Session, world: World) -> None:
    elsewhere(session, world, {0: 40, 1: 42, 2: 44})
    compared(session, world, 0, 41)
    compared(session, world, 1, 50)
    found = compared(session, world, 2, 61)
    assert (found["change_here"], found["change_there"], found["since_wave"]) == (20.0, 4.0, 0)


@pytest.mark.parametrize("reworded", [(0, 1), (0,), (1,)])
def test_another_wording_in_either_year_is_not_compared_with(
    session: Session, world: World, reworded: tuple[int, ...]
) -> None:
    elsewhere(session, world, {0: 40, 1: 44}, reworded=reworded)
    compared(session, world, 0, 41)
    assert compared(session, world, 1, 61)["status"] == "not_comparable"


@pytest.mark.parametrize(
    ("here", "there"), [((41, 61), (2, 44)), ((41, 61), (40, 2)), ((2, 61), (40, 44)), ((41, 2), (40, 44))]
)
def test_a_share_that_is_not_published_exactly_gives_no_difference(
    session: Session, world: World, here: tuple[int, int], there: tuple[int, int]
) -> None:
    elsewhere(session, world, dict(enumerate(there)))
    compared(session, world, 0, here[0])
    found = compared(session, world, 1, here[1])
    assert (found["status"], found["difference"], found["low"]) == ("withheld", None, None)


def test_a_statement_that_this_year_left_out_has_no_difference(session: Session, world: World) -> None:
    elsewhere(session, world, {0: 40, 1: 44})
    compared(session, world, 0, 41)
    document = checked_document(published(session, make_wave(session, world.survey, 1), None))
    found = indicator(document, "belonging")["difference_in_differences"]
    assert (found["status"], found["difference"]) == ("not_asked", None)


@pytest.mark.parametrize("there", [(40, None), (None, 44)])
def test_an_area_that_left_the_statement_out_is_not_compared_with(
    session: Session, world: World, there: tuple[int | None, int | None]
) -> None:
    elsewhere(session, world, dict(enumerate(there)))
    compared(session, world, 0, 41)
    found = compared(session, world, 1, 61)
    assert (found["status"], found["difference"]) == ("not_measured", None)


def test_naming_an_area_later_needs_a_corrected_version(session: Session, world: World) -> None:
    compared(session, world, 0, 41)
    assert compared(session, world, 1, 61) is None
    elsewhere(session, world, {0: 40, 1: 44})
    wave = world.survey.waves[1]
    document = checked_document(correct_results(session, wave, None, "Birkeparken er med", PUBLISHED_ON))
    assert indicator(document, "belonging")["difference_in_differences"]["difference"] == 16.0
