"""What may be said of one set of answers depends on how many they are and how they fall."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.orm import Session

from surveyapp.models import Polarity, Response
from surveyapp.services.results.figures import figure
from surveyapp.statistics.answers import DONT_KNOW
from tests.answered import (
    answer,
    second_item_for_trust,
    start,
    steps,
)
from tests.builders import make_world
from tests.result_schema import indicator
from tests.services.results.documents import of_first_wave, own, unpublished


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
