"""An indicator over the waves: what is compared with what, and what is never compared."""

from decimal import Decimal

import pytest
from scipy.stats import binomtest, chi2, pearsonr
from sqlalchemy import delete
from sqlalchemy.orm import Session

from surveyapp.models import Mode, Polarity, Response, Result, TargetKind, Wave
from surveyapp.services.publication import publish_wave
from surveyapp.services.questionnaires import Document, freeze
from surveyapp.services.targets import Aim, save_target, target_version
from surveyapp.services.waves import close_wave
from tests.answered import (
    PUBLISHED_ON,
    answer,
    leave_out_belonging,
    publish,
    published_wave,
    second_item_for_trust,
    start,
    steps,
)
from tests.builders import World, make_wave, make_world
from tests.result_schema import checked_document, indicator

FIRST, SECOND, THIRD = 0, 1, 2
OTHER_WORDS = "Jeg føler mig hjemme her"


def world_with_a_baseline(session: Session) -> World:
    """41 of 100 belong, and 45 trust their neighbours."""
    world = make_world(session)
    published_wave(session, world, FIRST, {"belonging": steps(41, 100), "trust": steps(45, 100)})
    return world


def published_in_other_words(session: Session, world: World, number: int, *, trust: int) -> Result:
    """A wave whose statement about belonging reads otherwise than the baseline's; 60 of 100 agree to it."""
    wave = make_wave(session, world.survey, number)
    wave.items[0].wording.texts["da"].text = OTHER_WORDS
    start(session, wave)
    answer(session, wave, {"belonging": steps(60, 100), "trust": steps(trust, 100)})
    return publish(session, wave)


def test_the_guides_example_comes_out_with_base_interval_verdict_and_class(session: Session) -> None:
    world = world_with_a_baseline(session)
    document = checked_document(
        published_wave(session, world, SECOND, {"belonging": steps(43, 100), "trust": steps(54, 100)})
    )
    belonging, trust = indicator(document, "belonging"), indicator(document, "trust")
    assert [(each["wave"], each["percent"], each["n"]) for each in belonging["figures"]] == [(0, 41, 100), (1, 43, 100)]
    assert [each["percent"] for each in trust["figures"]] == [45, 54]
    wilson = binomtest(43, 100).proportion_ci(method="wilson")
    assert belonging["figures"][1]["low"] == round(100 * wilson.low, 1)
    assert belonging["figures"][1]["high"] == round(100 * wilson.high, 1)
    change = belonging["change_since_baseline"]
    assert (change["difference"], round(change["low"]), round(change["high"])) == (2.0, -12, 15)
    assert change["verdict"] == trust["change_since_baseline"]["verdict"] == "cannot_tell"
    assert belonging["follow_up"] == {
        "status": "ok", "class": "positive_trend", "flags": [], "grey": True, "basis": "point_value"
    }  # fmt: skip


def test_a_large_change_is_a_rise_and_its_class_keeps_its_colour(session: Session) -> None:
    world = make_world(session)
    published_wave(session, world, FIRST, {"belonging": steps(30, 100), "trust": steps(45, 100)})
    document = checked_document(
        published_wave(session, world, SECOND, {"belonging": steps(70, 100), "trust": steps(44, 100)})
    )
    assert indicator(document, "belonging")["change_since_baseline"]["verdict"] == "rise"
    assert indicator(document, "belonging")["follow_up"]["grey"] is False
    assert indicator(document, "trust")["follow_up"]["grey"] is True


AT_LEAST_85 = Aim(TargetKind.AT_LEAST, Decimal(85))


@pytest.mark.parametrize(
    ("aim", "shares", "expected", "flags"),
    [
        (AT_LEAST_85, (41, 70, 60), "negative_trend", []),
        (AT_LEAST_85, (41, 40), "worse_than_baseline", []),
        (AT_LEAST_85, (41, 41), "no_change", []),
        (AT_LEAST_85, (41, 80), "positive_trend", ["target_within_uncertainty"]),
        (Aim(TargetKind.RANGE, Decimal(50), Decimal(70)), (41, 60), "target_reached", []),
        (Aim(TargetKind.NONE, text="Som i byen"), (41, 43), "positive_trend", ["target_not_evaluable"]),
    ],
)
def test_a_share_is_classed_by_its_target_its_baseline_and_the_wave_before(
    session: Session, aim: Aim, shares: tuple[int, ...], expected: str, flags: list[str]
) -> None:
    world = make_world(session)
    (target,) = world.partnership.targets
    save_target(session, world.partnership, None, target.indicator, aim, target_version(target))
    for number, positive in enumerate(shares):
        result = published_wave(session, world, number, {"belonging": steps(positive, 100), "trust": steps(50, 100)})
    found = indicator(checked_document(result), "belonging")["follow_up"]
    assert (found["class"], found["flags"]) == (expected, flags)


def test_the_p_values_of_one_report_are_adjusted_together(session: Session) -> None:
    world = world_with_a_baseline(session)
    document = checked_document(
        published_wave(session, world, SECOND, {"belonging": steps(56, 100), "trust": steps(45, 100)})
    )
    change = indicator(document, "belonging")["change_since_baseline"]
    assert change["low"] > 0
    assert change["p_value"] < 0.05 <= change["adjusted_p_value"] == pytest.approx(2 * change["p_value"], abs=2e-6)
    assert change["verdict"] == "cannot_tell"


def test_a_change_from_a_coded_or_small_base_is_withheld(session: Session) -> None:
    world = make_world(session)
    published_wave(session, world, FIRST, {"belonging": steps(2, 41), "trust": steps(9, 20)})
    document = checked_document(
        published_wave(session, world, SECOND, {"belonging": steps(20, 41), "trust": steps(20, 41)})
    )
    for key in ("belonging", "trust"):
        assert indicator(document, key)["change_since_baseline"]["status"] == "withheld"
        assert indicator(document, key)["follow_up"]["status"] == "withheld"
        assert indicator(document, key)["follow_up"]["class"] is None


def test_a_reworded_statement_breaks_the_trend_visibly(session: Session) -> None:
    world = world_with_a_baseline(session)
    document = checked_document(published_in_other_words(session, world, SECOND, trust=54))
    belonging = indicator(document, "belonging")
    assert belonging["figures"][0]["percent"] == 41  # still shown
    assert belonging["figures"][0]["comparable"] is False
    assert belonging["figures"][0]["break_reasons"] == ["wording"]
    assert belonging["baseline_wave"] == SECOND
    not_comparable = {"status": "not_comparable", "since_wave": FIRST, "break_reasons": ["wording"]}
    for since in ("baseline", "previous"):
        assert not_comparable.items() <= belonging[f"change_since_{since}"].items()
    assert belonging["change_since_baseline"]["difference"] is None
    assert belonging["follow_up"]["status"] == "new_baseline"
    assert indicator(document, "trust")["change_since_baseline"]["status"] == "ok"
    assert {"key": "trend_broken"} in document["limits"]


@pytest.mark.parametrize(("on_paper", "points"), [(9, None), (10, 10.0), (40, 40.0)])
def test_a_wave_answered_in_other_ways_than_the_last_one_says_so(
    session: Session, on_paper: int, points: float | None
) -> None:
    world = make_world(session)
    both = {"belonging": steps(50, 100), "trust": steps(50, 100)}
    published_wave(session, world, FIRST, both)
    wave = make_wave(session, world.survey, SECOND)
    start(session, wave)
    for row in answer(session, wave, both)[:on_paper]:
        row.mode = Mode.PAPER
    document = checked_document(publish(session, wave))
    found = [limit for limit in document["limits"] if limit["key"] == "mode_mix_changed"]
    assert found == ([{"key": "mode_mix_changed", "since_wave": FIRST, "points": points}] if points else [])
    assert document["limits"][-1]["key"] == "not_externally_validated"


def test_the_baseline_is_the_first_wave_with_this_wording(session: Session) -> None:
    world = world_with_a_baseline(session)
    published_in_other_words(session, world, SECOND, trust=50)
    document = checked_document(
        published_wave(session, world, THIRD, {"belonging": steps(48, 100), "trust": steps(55, 100)})
    )
    belonging, trust = indicator(document, "belonging"), indicator(document, "trust")
    assert belonging["change_since_baseline"]["since_wave"] == FIRST
    assert belonging["change_since_previous"]["break_reasons"] == ["wording"]
    assert belonging["follow_up"]["class"] == "positive_trend"  # 60 before it was another statement
    assert belonging["trend"] is None  # two comparable waves are a change, never a trend
    assert trust["trend"]["waves"] == [0, 1, 2]


def test_a_turned_statement_and_another_set_of_statements_are_told_apart(session: Session) -> None:
    world = world_with_a_baseline(session)
    wave = make_wave(session, world.survey, SECOND)
    wave.items[0].polarity = Polarity.NEGATIVE
    second_item_for_trust(session, wave)
    start(session, wave)
    answer(session, wave, {"belonging": steps(60, 100), "trust": steps(54, 100), "trust_2": steps(50, 100)})
    document = checked_document(publish(session, wave))
    assert indicator(document, "belonging")["figures"][0]["break_reasons"] == ["polarity"]
    assert indicator(document, "trust")["figures"][0]["break_reasons"] == ["items"]


def test_an_indicator_that_is_not_asked_this_year_keeps_its_history_and_gets_no_number(session: Session) -> None:
    world = world_with_a_baseline(session)
    document = checked_document(_published_without_belonging(session, world, SECOND))
    belonging = indicator(document, "belonging")
    assert [each["percent"] for each in belonging["figures"]] == [41, None]
    assert belonging["figures"][1]["status"] == "not_asked"
    assert belonging["figures"][0]["break_reasons"] == []
    assert belonging["baseline_wave"] == FIRST
    nothing = {"status": "not_asked", "since_wave": None, "difference": None, "verdict": None}
    for since in ("baseline", "previous"):
        assert nothing.items() <= belonging[f"change_since_{since}"].items()
    assert (belonging["follow_up"]["status"], belonging["follow_up"]["class"]) == ("not_asked", None)
    assert "small_base" not in {limit["key"] for limit in document["limits"]}


def test_a_year_without_the_question_breaks_nothing(session: Session) -> None:
    world = world_with_a_baseline(session)
    _published_without_belonging(session, world, SECOND)
    document = checked_document(
        published_wave(session, world, THIRD, {"belonging": steps(70, 100), "trust": steps(54, 100)})
    )
    belonging = indicator(document, "belonging")
    assert [(each["percent"], each["break_reasons"]) for each in belonging["figures"]] == [
        (41, []), (None, ["not_asked"]), (70, [])
    ]  # fmt: skip
    assert belonging["change_since_baseline"]["verdict"] == "rise"
    assert (belonging["change_since_previous"]["status"], belonging["change_since_previous"]["since_wave"]) == (
        "not_asked", SECOND
    )  # fmt: skip


def _published_without_belonging(session: Session, world: World, number: int) -> Result:
    wave = make_wave(session, world.survey, number)
    leave_out_belonging(session, wave)
    start(session, wave)
    answer(session, wave, {"trust": steps(54, 100)})
    return publish(session, wave)


def test_a_skipped_year_is_a_longer_step_of_the_trend(session: Session) -> None:
    """Against the linear regression that the test is: N r² of the answers on the years they were given in."""
    world = make_world(session)
    shares, years = (44, 59, 59), (2026, 2027, 2030)
    for number, (positive, year) in enumerate(zip(shares, years, strict=True)):
        wave = world.wave if number == FIRST else make_wave(session, world.survey, number)
        wave.opens_on, wave.closes_on = wave.opens_on.replace(year=year), wave.closes_on.replace(year=year)
        start(session, wave)
        answer(session, wave, {"belonging": steps(positive, 100), "trust": steps(50, 100)})
        document = checked_document(publish(session, wave))
    belonging = indicator(document, "belonging")
    answers = [person < positive for positive in shares for person in range(100)]
    r = pearsonr([year for year in years for _ in range(100)], answers).statistic
    assert [each["year"] for each in belonging["figures"]] == list(years)
    assert belonging["trend"]["p_value"] == pytest.approx(chi2.sf(300 * r**2, 1), abs=1e-6)
    assert belonging["trend"]["adjusted_p_value"] == pytest.approx(2 * belonging["trend"]["p_value"], abs=2e-6)


def test_earlier_figures_come_from_their_document_and_are_never_computed_again(session: Session) -> None:
    world = make_world(session)
    first = published_wave(session, world, FIRST, {"belonging": steps(41, 100), "trust": steps(45, 100)})
    session.execute(delete(Response))
    document = checked_document(
        published_wave(session, world, SECOND, {"belonging": steps(43, 100), "trust": steps(54, 100)})
    )
    earlier = indicator(document, "belonging")["figures"][0]
    assert (earlier["percent"], earlier["n"], earlier["published_in"]) == (41, 100, first.checksum)
    assert indicator(document, "belonging")["change_since_baseline"]["status"] == "ok"
    assert document["earlier_results"] == [{"wave": 0, "version": 1, "checksum": first.checksum}]


def _changed_while_open(session: Session, wave: Wave) -> Document:
    start(session, wave)
    answer(session, wave, {"belonging": steps(10, 25), "trust": steps(10, 25)})
    wave.items[0].wording.texts["da"].text = OTHER_WORDS
    freeze(session, wave, wave.opens_on)
    answer(session, wave, {"belonging": steps(30, 75), "trust": steps(30, 75)}, questionnaire_version=2)
    close_wave(session, wave, None, wave.closes_on)
    return checked_document(publish_wave(session, wave, None, PUBLISHED_ON))


def test_a_first_measurement_that_was_changed_while_it_was_open_was_not_measured_otherwise_before(
    session: Session,
) -> None:
    document = _changed_while_open(session, make_world(session).wave)
    assert indicator(document, "belonging")["change_since_baseline"]["status"] == "no_earlier_wave"
    assert {"key": "trend_broken"} not in document["limits"]


def test_a_statement_changed_while_the_wave_was_open_is_compared_with_nothing(session: Session) -> None:
    world = world_with_a_baseline(session)
    document = _changed_while_open(session, make_wave(session, world.survey, SECOND))
    belonging = indicator(document, "belonging")
    assert belonging["items"][0]["earlier_wordings"][0]["share_of_responses"] == 0.25
    assert "changed_during_fieldwork" in belonging["figures"][0]["break_reasons"]
    assert belonging["change_since_baseline"]["status"] == "not_comparable"
    assert indicator(document, "trust")["change_since_baseline"]["status"] == "ok"
