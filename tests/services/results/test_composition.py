"""Who answered, beside the area: small groups never show, and who is missing is said."""

import pytest
from sqlalchemy.orm import Session

from tests.answered import (
    ages,
    mixed,
    steps,
)
from tests.builders import make_world
from tests.result_schema import indicator
from tests.services.results.documents import of_first_wave


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
