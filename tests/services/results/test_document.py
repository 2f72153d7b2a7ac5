"""What a result document says of a wave as a whole, and what it keeps to itself."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from surveyapp.services.results.figures import withheld
from tests.answered import (
    ages,
    mixed,
    published_wave,
    second_item_for_trust,
    steps,
)
from tests.builders import make_world
from tests.result_schema import checked_document, indicator
from tests.services.results.documents import FIRST, SECOND, of_first_wave


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
