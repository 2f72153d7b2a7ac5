"""How numbers are written: a target as it was typed, a percentage as people round."""

from typing import Any

import pytest

from surveyapp.exports.labels import within_sentence
from tests.exports.results import labels


def target(kind: str, value: float | None, upper: float | None = None) -> dict[str, Any]:
    return {"kind": kind, "value": value, "upper": upper, "year": None, "text": ""}


@pytest.mark.parametrize(
    ("aim", "unit", "written"),
    [
        (target("at_least", 62.5), "percent", "≥ 62,5 %"),
        (target("at_least", 85), "percent", "≥ 85 %"),
        (target("at_most", 4.125), "percent", "≤ 4,125 %"),
        (target("range", 40.5, 62), "percent", "40,5–62 %"),
        (target("point", 12), "count", "12"),
    ],
)
def test_a_target_is_written_as_it_was_typed(aim: dict[str, Any], unit: str, written: str) -> None:
    assert labels().target(aim, unit).replace("\u00a0", " ") == written


def test_the_year_of_a_target_stands_with_it() -> None:
    assert labels().target(target("at_least", 62.5) | {"year": 2028}, "percent") == "≥\u00a062,5\u00a0% (2028)"


@pytest.mark.parametrize(("value", "whole"), [(14.5, "15"), (52.5, "53"), (100 * 0.575, "58"), (0.4, "0")])
def test_a_half_is_rounded_up_wherever_a_percentage_is_written(value: float, whole: str) -> None:
    assert labels().whole(value) == whole
    assert labels().percent(value) == whole + "\u00a0%"
    assert labels("en").percent(value) == whole + "%"


def test_a_difference_keeps_its_sign_and_its_halves_move_away_from_nothing() -> None:
    assert [labels().signed(points) for points in (2.5, -11.5, 0.4, -0.4)] == ["+3", "−12", "0", "0"]


def test_an_interval_that_leaves_out_zero_is_never_written_as_if_it_reached_it() -> None:
    assert [labels().end(points) for points in (0.3, -0.4, 0, 12.4, -3.5)] == ["+0,3", "−0,4", "0", "+12", "−4"]


@pytest.mark.parametrize(
    ("name", "said"), [("Tillid til Egeparken", "tillid til Egeparken"), ("CO₂ og dåb", "CO₂ og dåb"), ("", "")]
)
def test_a_name_within_a_sentence_keeps_its_own_large_letters(name: str, said: str) -> None:
    assert within_sentence(name) == said
