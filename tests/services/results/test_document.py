"""What a result document says of a wave, and what it keeps to itself."""

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.orm import Session

from surveyapp.models import Mode, Polarity, Response, Wave
from surveyapp.services.results import Edition, build_document, read_material
from surveyapp.services.results.figures import figure, withheld
from surveyapp.statistics.answers import DONT_KNOW
from tests.answered import (
    PUBLISHED_ON,
    ages,
    answer,
    mixed,
    publish,
    published_wave,
    second_item_for_trust,
    start,
    steps,
)
from tests.builders import World, make_world
from tests.result_schema import checked_document, indicator

FIRST, SECOND = 0, 1


def of_first_wave(session: Session, world: World, columns: Any, background: Any = None) -> dict[str, Any]:
    return checked_document(published_wave(session, world, FIRST, columns, background))


def own(document: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = indicator(document, key)["figures"][-1]
    return found


def unpublished(session: Session, wave: Wave) -> dict[str, Any]:
    return build_document(wave, read_material(session, wave), Edition(1, "", PUBLISHED_ON))


@pytest.mark.parametrize(
    ("base", "status", "reason"),
    [(10, "three_groups", "fewer_than_30"), (29, "three_groups", "fewer_than_30"), (30, "full", None)],
)
def test_how_much_is_said_depends_on_the_base(session: Session, base: int, status: str, reason: str | None) -> None:
    document = of_first_wave(session, make_world(session), {"belonging": steps(4, base), "trust": steps(45, 100)})
    shown = own(document, "belonging")
    assert (shown["status"], shown["reason"], shown["n"]) == (status, reason, base)
    if status == "full":
        assert shown["percent"] == 13
        assert sum(shown["distribution"].values()) == base
    else:
        assert shown["groups"]["positive"] == 4
        assert sum(shown["groups"].values()) == base
        assert shown["percent"] is shown["low"] is shown["share"] is shown["distribution"] is None


def test_nine_answers_give_no_number_at_all(session: Session) -> None:
    world = make_world(session)
    start(session, world.wave)
    answer(session, world.wave, {"belonging": steps(4, 9, ["na"] * 91), "trust": steps(45, 100)})
    shown = own(unpublished(session, world.wave), "belonging")
    assert (shown["status"], shown["reason"]) == ("withheld", "fewer_than_10")
    assert [
        key
        for key, value in shown.items()
        if isinstance(value, int | float) and key not in ("wave", "year", "comparable")
    ] == []


def test_nobody_answering_is_a_named_status_and_never_a_number(session: Session) -> None:
    world = make_world(session)
    start(session, world.wave)
    document = unpublished(session, world.wave)
    assert own(document, "belonging")["reason"] == "no_answers"
    assert document["responses"]["all"] == 0
    assert document["composition"]["margins"][0]["check"]["status"] == "no_answers"
    assert document["weighting"]["status"] in {"no_answers", "no_margins"}
    assert document["composition"]["representativeness"] is None


def test_everybody_finding_it_not_relevant_is_a_named_status(session: Session) -> None:
    world = make_world(session)
    start(session, world.wave)
    answer(session, world.wave, {"belonging": ["na"] * 50, "trust": steps(20, 50)})
    assert own(unpublished(session, world.wave), "belonging")["reason"] == "no_answers"


@pytest.mark.parametrize(
    ("positive", "coding"), [(0, "bottom_coded"), (2, "bottom_coded"), (3, "exact"), (38, "exact"), (39, "top_coded")]
)
def test_a_handful_on_one_side_is_only_called_few(session: Session, positive: int, coding: str) -> None:
    document = of_first_wave(session, make_world(session), {"belonging": steps(positive, 41), "trust": steps(20, 41)})
    shown = own(document, "belonging")
    assert (shown["coding"], shown["n"]) == (coding, 41)
    if coding != "exact":
        assert shown["percent"] is shown["positive"] is shown["distribution"] is shown["low"] is None
        assert indicator(document, "belonging")["weighted"]["percent"] is None
        assert indicator(document, "belonging")["breakdowns"] == []


CODES = st.lists(st.sampled_from([1, 2, 3, 4, 5]), min_size=1, max_size=60)


@given(codes=CODES, unknown=st.integers(1, 20), shuffle=st.randoms(use_true_random=False))
def test_one_more_dont_know_changes_no_share_and_neither_does_the_order(
    codes: list[int], unknown: int, shuffle: random.Random
) -> None:
    said = figure(np.array(codes, dtype=np.int8).reshape(-1, 1))
    mixed = codes + [DONT_KNOW] * unknown
    shuffle.shuffle(mixed)
    with_unknown = figure(np.array(mixed, dtype=np.int8).reshape(-1, 1))
    beside = {"dont_know", "not_relevant", "without_valid_answer"}
    assert {key: value for key, value in said.items() if key not in beside} == {
        key: value for key, value in with_unknown.items() if key not in beside
    }


def test_the_same_answers_in_other_languages_and_another_order_give_the_same_figures(session: Session) -> None:
    columns = {"belonging": steps(41, 100, ["na", "dk"] * 4), "trust": steps(45, 108)}
    one = make_world(session)
    start(session, one.wave)
    answer(session, one.wave, columns, language="da")
    same = unpublished(session, one.wave)
    session.execute(delete(Response))
    people = list(range(108))
    random.Random(3).shuffle(people)
    shuffled = {key: [column[person] for person in people] for key, column in columns.items()}
    answer(session, one.wave, shuffled, language="ar")
    other = unpublished(session, one.wave)
    assert other["indicators"] == same["indicators"]
    assert other["responses"]["by_language"] != same["responses"]["by_language"]


def test_agreeing_with_a_negative_statement_is_not_positive(session: Session) -> None:
    world = make_world(session)
    world.wave.items[0].polarity = Polarity.NEGATIVE
    document = of_first_wave(session, world, {"belonging": steps(70, 100), "trust": steps(45, 100)})
    shown = own(document, "belonging")
    assert shown["percent"] == 20  # of the 30 who don't agree, 20 disagree
    assert shown["distribution"]["5"] + shown["distribution"]["4"] == 70
    assert indicator(document, "belonging")["items"][0]["positive_steps"] == [1, 2]


def test_with_two_statements_everybody_counts_once(session: Session) -> None:
    world = make_world(session)
    second_item_for_trust(session, world.wave)
    columns = {
        "belonging": steps(41, 80),
        "trust": steps(40, 80),
        "trust_2": steps(35, 40),  # the others answered only the first
    }
    document = of_first_wave(session, world, columns)
    shown = own(document, "trust")
    assert (shown["percent"], shown["n"], shown["positive"]) == (47, 80, None)  # pooled answers would give 63 %
    assert [item["figure"]["n"] for item in indicator(document, "trust")["items"]] == [80, 40]


def test_a_statement_that_the_others_would_give_back_is_withheld_with_them(session: Session) -> None:
    world = make_world(session)
    second_item_for_trust(session, world.wave)
    columns = {"belonging": steps(41, 80), "trust": steps(40, 80), "trust_2": steps(2, 80)}
    trust = indicator(of_first_wave(session, world, columns), "trust")
    assert trust["figures"][-1]["status"] == "full"
    assert {item["figure"]["reason"] for item in trust["items"]} == {"would_give_another_back"}


def test_only_those_who_know_an_initiative_stand_behind_what_is_said_of_it(session: Session) -> None:
    columns = {
        "belonging": steps(41, 100),
        "trust": steps(45, 100),
        "dinners.knows": ["yes"] * 40 + ["no"] * 50,
        "dinners_trust": [*steps(30, 40), *["5"] * 10],  # ten who don't know it can't be counted
    }
    document = of_first_wave(session, make_world(session), columns)
    dinners = document["initiatives"][0]
    assert (dinners["exposed"]["positive"], dinners["exposed"]["n"]) == (40, 90)
    of_steps = ("groups", "distribution", "not_relevant", "dont_know", "without_valid_answer")
    assert not [name for name in of_steps if dinners["exposed"][name] is not None]  # a yes or no has none
    said = dinners["items"][0]["figure"]
    assert (said["percent"], said["n"]) == (75, 40)
    assert all(item["form"] == "level" for entry in document["indicators"] for item in entry["items"])


@pytest.mark.parametrize("unaware", [0, 1, 2])
def test_how_many_know_an_initiative_does_not_follow_from_what_they_say_of_it(session: Session, unaware: int) -> None:
    columns = {
        "belonging": steps(20, 60),
        "trust": steps(20, 60),
        "dinners.knows": ["yes"] * (60 - unaware) + ["no"] * unaware,
        "dinners_trust": steps(20, 60 - unaware - 3, ["na"] * 3),
    }
    dinners = of_first_wave(session, make_world(session), columns)["initiatives"][0]
    assert (dinners["exposed"]["coding"], dinners["exposed"]["n"]) == ("top_coded", 60)
    assert [item["figure"] for item in dinners["items"]] == [withheld()]


@pytest.mark.parametrize("aware", [0, 1, 2])
def test_whether_nobody_knows_an_initiative_does_not_show_where_few_do(session: Session, aware: int) -> None:
    columns = {
        "belonging": steps(20, 60),
        "trust": steps(20, 60),
        "dinners.knows": ["yes"] * aware + ["no"] * (60 - aware),
        "dinners_trust": steps(aware, aware),
    }
    dinners = of_first_wave(session, make_world(session), columns)["initiatives"][0]
    assert dinners["exposed"]["coding"] == "bottom_coded"
    assert [item["figure"] for item in dinners["items"]] == [withheld()]


def test_one_to_four_people_in_a_category_never_show(session: Session) -> None:
    columns = {"belonging": steps(41, 100), "trust": steps(45, 100)}
    document = of_first_wave(session, make_world(session), columns, {"age": ages(3, 50, 40, 7)})
    margin = document["composition"]["margins"][0]
    counts = {each["category"]: each["responses"] for each in (*margin["categories"], *margin["without_target"])}
    assert counts["18-29"] is None
    assert sum(count is None for count in counts.values()) >= 2  # one alone would follow from the total
    assert margin["check"]["status"] == "withheld"
    assert margin["check"]["p_value"] is margin["categories"][0]["expected"] is None


def test_a_margin_that_nobody_answered_has_a_named_status(session: Session) -> None:
    document = of_first_wave(session, make_world(session), {"belonging": steps(41, 100), "trust": steps(45, 100)})
    margin = document["composition"]["margins"][0]
    assert margin["check"]["status"] == "no_answers"
    assert margin["check"]["p_value"] is margin["representativeness"] is None
    assert indicator(document, "belonging")["weighted"]["percent"] is None


def test_a_skewed_wave_says_so_and_says_who_is_missing(session: Session) -> None:
    columns = {"belonging": mixed(41, 120), "trust": mixed(45, 120)}
    document = of_first_wave(session, make_world(session), columns, {"age": ages(10, 40, 70)})
    margin = document["composition"]["margins"][0]
    assert margin["representativeness"] == document["composition"]["representativeness"] == "skewed"
    young = margin["categories"][0]
    assert (young["responses"], young["expected"], young["shortfall"]) == (10, 25.0, 15.0)  # 250 of 1,200 adults
    assert {"key": "composition_skewed", "dimensions": ["age"]} in document["limits"]


@pytest.mark.parametrize("oldest", [None, 0], ids=["not counted", "said to be nobody"])
def test_an_area_whose_figures_cannot_be_used_warns_like_one_without_any(session: Session, oldest: int | None) -> None:
    world = make_world(session)
    world.partnership.area.margins[2].persons = oldest
    columns = {"belonging": mixed(41, 120), "trust": mixed(45, 120)}
    document = of_first_wave(session, world, columns, {"age": ages(10, 40, 70)})
    assert document["composition"]["margins"][0]["representativeness"] is None
    assert {"key": "composition_unknown"} in document["limits"]


def test_small_groups_are_shown_only_together_with_their_neighbour(session: Session) -> None:
    columns = {"belonging": mixed(60, 120), "trust": mixed(55, 120)}
    document = of_first_wave(session, make_world(session), columns, {"age": ages(6, 54, 60)})
    breakdown = indicator(document, "belonging")["breakdowns"][0]
    assert breakdown["dimension"] == "age"
    assert [group["categories"] for group in breakdown["groups"]] == [["18-29", "30-59"], ["60+"]]
    assert [group["n"] for group in breakdown["groups"]] == [60, 60]


def test_the_areas_composition_weighs_a_skewed_sample(session: Session) -> None:
    """30 young of whom 24 agree, 60 others of whom 15 do; the area has 250 young among 1,200."""
    columns = {"belonging": [*steps(24, 30), *steps(15, 60)], "trust": mixed(45, 90)}
    document = of_first_wave(session, make_world(session), columns, {"age": ages(30, 30, 30)})
    assert own(document, "belonging")["percent"] == 43
    expected = 250 / 1200 * 24 / 30 + 600 / 1200 * 15 / 30 + 350 / 1200 * 0
    assert indicator(document, "belonging")["weighted"]["percent"] in (None, round(100 * expected))


def test_a_weighted_figure_that_would_give_a_small_group_away_is_withheld(session: Session) -> None:
    columns = {"belonging": mixed(43, 100), "trust": mixed(54, 100)}
    document = of_first_wave(session, make_world(session), columns, {"age": ages(7, 53, 40)})
    assert indicator(document, "belonging")["weighted"]["status"] == "withheld"
    assert document["weighting"]["design_effect"] is document["weighting"]["max_deviation_points"] is None
    assert own(document, "belonging")["percent"] == 43  # the figure itself stays


def test_nothing_is_weighed_by_a_margin_whose_counts_the_weights_would_give_back(session: Session) -> None:
    columns = {"belonging": steps(43, 100), "trust": steps(54, 100)}
    document = of_first_wave(session, make_world(session), columns, {"age": ages(17, 50, 31, 2)})
    assert document["composition"]["margins"][0]["without_target"] == [{"category": "not_stated", "responses": None}]
    assert (document["weighting"]["status"], document["weighting"]["margins"]) == ("no_margins", [])
    assert indicator(document, "belonging")["weighted"]["status"] == "no_margins"


def heavily_weighted(session: Session) -> dict[str, Any]:
    """Ten young among 260, where the area has 250 among 1,200: each would count for more than five."""
    columns = {
        "belonging": [*steps(5, 10), *steps(80, 150), *steps(45, 100)],
        "trust": [*steps(4, 10), *steps(50, 150), *steps(46, 100)],
    }
    return of_first_wave(session, make_world(session), columns, {"age": ages(10, 150, 100)})


def test_what_cutting_the_weights_leaves_between_the_figures_and_the_area_is_told(session: Session) -> None:
    cost = heavily_weighted(session)["weighting"]
    assert (cost["status"], cost["margins"], cost["offer_unweighted"]) == ("ok", ["age"], True)
    assert cost["max_deviation_points"] == round(100 * (250 / 1200 - 10 * 5 / 260), 1)


def test_a_weighted_interval_says_nothing_that_does_not_follow_from_what_is_published(session: Session) -> None:
    document = heavily_weighted(session)
    for entry in document["indicators"][:2]:
        share = entry["weighted"]["percent"] / 100
        n = entry["figures"][-1]["n_effective"] / document["weighting"]["design_effect"]
        centre, half = (share + 1.96**2 / 2 / n), 1.96 * (share * (1 - share) / n + 1.96**2 / 4 / n**2) ** 0.5
        low, high = ((centre + sign * half) / (1 + 1.96**2 / n) for sign in (-1, 1))
        assert (entry["weighted"]["low"], entry["weighted"]["high"]) == (round(100 * low), round(100 * high))


def test_fast_respondents_are_left_out_only_where_they_are_five_or_more(session: Session) -> None:
    world = make_world(session)
    start(session, world.wave)
    answer(session, world.wave, {"belonging": mixed(40, 90), "trust": mixed(45, 90)}, seconds=120)
    answer(session, world.wave, {"belonging": steps(3, 7), "trust": steps(2, 4)}, seconds=20)
    document = checked_document(publish(session, world.wave))
    belonging, trust = (
        next(each for each in indicator(document, key)["sensitivity"] if each["without"] == "speeders")
        for key in ("belonging", "trust")
    )
    assert (belonging["status"], belonging["n"], belonging["percent"]) == ("ok", 90, 44)
    assert (trust["status"], trust["n"], trust["percent"]) == ("withheld", None, None)


def test_nobody_is_called_fast_whose_time_is_not_known(session: Session) -> None:
    world = make_world(session)
    start(session, world.wave)
    answer(session, world.wave, {"belonging": mixed(40, 50), "trust": mixed(25, 50)}, seconds=120)
    answer(session, world.wave, {"belonging": mixed(10, 60), "trust": mixed(25, 60)}, seconds=0, mode=Mode.PAPER)
    document = checked_document(publish(session, world.wave))
    without = {each["without"]: each["status"] for each in indicator(document, "belonging")["sensitivity"]}
    assert without["speeders"] == "none_flagged"


def test_the_limits_stand_in_every_document(session: Session) -> None:
    document = of_first_wave(session, make_world(session), {"belonging": steps(41, 100), "trust": steps(9, 20)})
    keys = [limit["key"] for limit in document["limits"]]
    assert keys[:2] == ["self_selected", "interval_assumption"]
    assert keys[-1] == "not_externally_validated"
    assert {"key": "small_base", "indicators": ["trust"]} in document["limits"]
    assert {"key": "translations_not_reviewed", "languages": ["en", "ar"]} in document["limits"]


def test_that_residents_may_have_answered_twice_is_said_as_soon_as_a_change_is_shown(session: Session) -> None:
    world = make_world(session)
    columns = {"belonging": mixed(41, 100), "trust": mixed(45, 100)}
    first = checked_document(published_wave(session, world, FIRST, columns))
    second = checked_document(published_wave(session, world, SECOND, columns))
    too_few = {"belonging": mixed(9, 20), "trust": mixed(9, 20)}
    third = checked_document(published_wave(session, world, SECOND + 1, too_few))
    said = {"key": "waves_share_residents"}
    assert [said in document["limits"] for document in (first, second, third)] == [False, True, False]


def test_every_interval_carries_what_it_assumes(session: Session) -> None:
    world = make_world(session)
    published_wave(session, world, FIRST, {"belonging": mixed(41, 100), "trust": mixed(45, 100)})
    columns = {"belonging": mixed(43, 100), "trust": mixed(54, 100)}
    document = checked_document(published_wave(session, world, SECOND, columns, {"age": ages(30, 40, 30)}))
    assert list(_intervals_without_assumption(document)) == []


def _intervals_without_assumption(part: Any) -> Any:
    if isinstance(part, dict):
        if part.get("low") is not None and part["interval_assumption"] != "respondents_answer_like_residents":
            yield part
        for value in part.values():
            yield from _intervals_without_assumption(value)
    elif isinstance(part, list):
        for value in part:
            yield from _intervals_without_assumption(value)
