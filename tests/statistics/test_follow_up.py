"""Kommuninvest's classes: every printed row, the order of the rules, and what a reader must be told beside it."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from surveyapp.statistics.change import Direction, Verdict
from surveyapp.statistics.follow_up import (
    Flag,
    FollowUp,
    FollowUpClass,
    Number,
    Target,
    TargetKind,
    kommuninvest_colour,
)
from surveyapp.statistics.status import BadInput

ROWS = json.loads((Path(__file__).parent / "reference" / "kommuninvest.json").read_text(encoding="utf-8"))["rows"]
AT_LEAST_80 = Target(TargetKind.AT_LEAST, 80)


@pytest.mark.parametrize("row", ROWS, ids=[row["indicator"] for row in ROWS])
def test_every_printed_row_is_classed_as_the_method_says(row: dict[str, Any]) -> None:
    target = row["target"]
    found = kommuninvest_colour(
        row["baseline"],
        tuple(row["outcome"]) if isinstance(row["outcome"], list) else row["outcome"],
        Target(TargetKind(target["kind"]), target.get("value"), target.get("low"), target.get("high")),
        direction=None if row["direction"] is None else Direction(row["direction"]),
    )
    assert (found.follow_up_class, sorted(found.flags)) == (row["class"], row["flags"])


@pytest.mark.parametrize(
    ("baseline", "outcome", "previous", "target", "expected", "flags"),
    [
        (90, 86, None, AT_LEAST_80, FollowUpClass.TARGET_REACHED, {Flag.WORSE_THAN_BASELINE}),
        (None, 86, None, AT_LEAST_80, FollowUpClass.TARGET_REACHED, {Flag.NO_BASELINE}),
        (None, 70, None, AT_LEAST_80, FollowUpClass.NOT_CLASSIFIED, {Flag.NO_BASELINE}),
        (41, 50, 50, AT_LEAST_80, FollowUpClass.POSITIVE_TREND, {Flag.FLAT_SINCE_PREVIOUS}),
        (60, 60, 50, AT_LEAST_80, FollowUpClass.POSITIVE_TREND, set()),
        (60, 59, 50, AT_LEAST_80, FollowUpClass.WORSE_THAN_BASELINE, set()),
        (60, 59, 65, AT_LEAST_80, FollowUpClass.WORSE_THAN_BASELINE, set()),
        (41, 50, 55, AT_LEAST_80, FollowUpClass.NEGATIVE_TREND, set()),
        (60, 60, 65, AT_LEAST_80, FollowUpClass.NEGATIVE_TREND, set()),
        (60, (59, 61), None, AT_LEAST_80, FollowUpClass.NOT_CLASSIFIED, {Flag.AMBIGUOUS_OUTCOME}),
        (41, 43, None, Target(TargetKind.AT_LEAST), FollowUpClass.POSITIVE_TREND, {Flag.TARGET_NOT_EVALUABLE}),
        (41, 43, None, Target(TargetKind.RANGE, low=90), FollowUpClass.NOT_CLASSIFIED,
         {Flag.TARGET_NOT_EVALUABLE, Flag.DIRECTION_UNKNOWN}),
        (80, 80, None, Target(TargetKind.POINT, 80), FollowUpClass.NO_CHANGE, {Flag.TARGET_NOT_EVALUABLE}),
        (19, 0, None, Target(TargetKind.POINT, 0), FollowUpClass.TARGET_REACHED, set()),
        (19, 20, None, Target(TargetKind.POINT, 0), FollowUpClass.WORSE_THAN_BASELINE, set()),
        (5, 4, None, Target(TargetKind.AT_MOST, 3), FollowUpClass.POSITIVE_TREND, set()),
        (5, 3, None, Target(TargetKind.AT_MOST, 3), FollowUpClass.TARGET_REACHED, set()),
        (105, 102, None, Target(TargetKind.RANGE, low=90, high=100), FollowUpClass.POSITIVE_TREND, set()),
        (50, 110, 95, Target(TargetKind.RANGE, low=90, high=100), FollowUpClass.NEGATIVE_TREND, set()),
        (5, 90, None, Target(TargetKind.INCREASING), FollowUpClass.POSITIVE_TREND, set()),
    ],
)  # fmt: skip
def test_the_rules_come_in_their_order(
    baseline: Number | None,
    outcome: Number | tuple[Number, Number],
    previous: Number | None,
    target: Target,
    expected: FollowUpClass,
    flags: set[Flag],
) -> None:
    found = kommuninvest_colour(baseline, outcome, target, previous=previous)
    assert (found.follow_up_class, set(found.flags)) == (expected, flags)


def test_published_decimals_are_compared_not_binary_fractions() -> None:
    target = Target(TargetKind.AT_LEAST, "0.3")
    assert kommuninvest_colour("0.1", Decimal("0.1") * 3, target).follow_up_class == FollowUpClass.TARGET_REACHED
    assert kommuninvest_colour(0.1, 0.3, target).follow_up_class == FollowUpClass.TARGET_REACHED


def test_a_class_is_grey_while_the_change_cannot_be_told() -> None:
    assert kommuninvest_colour(41, 43, AT_LEAST_80, verdict=Verdict.CANNOT_TELL).grey
    assert not kommuninvest_colour(41, 60, AT_LEAST_80, verdict=Verdict.RISE).grey


def test_a_target_inside_the_uncertainty_is_said() -> None:
    near = kommuninvest_colour(60, 78, AT_LEAST_80, interval=(70, 85))
    just = kommuninvest_colour(60, 72, AT_LEAST_80, interval=(62, 80))
    far = kommuninvest_colour(60, 65, AT_LEAST_80, interval=(55, 74))
    assert Flag.TARGET_WITHIN_UNCERTAINTY in near.flags
    assert Flag.TARGET_WITHIN_UNCERTAINTY in just.flags
    assert far.flags == frozenset()


def test_a_count_is_never_compared_with_a_percentage() -> None:
    found = kommuninvest_colour(3, 90, Target(TargetKind.AT_LEAST, 80, unit="percent"), unit="count")
    assert found == FollowUp(FollowUpClass.POSITIVE_TREND, frozenset({Flag.TARGET_NOT_EVALUABLE}))


@pytest.mark.parametrize("wrong", [float("nan"), "many", float("inf")])
def test_what_is_no_number_is_refused(wrong: Number) -> None:
    with pytest.raises(BadInput):
        kommuninvest_colour(41, wrong, AT_LEAST_80)


def test_a_range_turned_round_is_refused() -> None:
    with pytest.raises(BadInput, match="turned round"):
        kommuninvest_colour(41, 43, Target(TargetKind.RANGE, low=100, high=90))
