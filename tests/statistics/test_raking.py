"""Raking makes the sample's margins the area's, or says why it cannot."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveyapp.statistics.checks import Vector
from surveyapp.statistics.raking import Raking, rake, rake_weighted_share, trim_weights
from surveyapp.statistics.status import BadInput, Status

TARGETS = {"gender": {"woman": 0.5, "man": 0.5}, "age": {"young": 0.3, "middle": 0.4, "old": 0.3}}
People = dict[str, list[str | None]]


def weights_of(found: Raking) -> Vector:
    assert found.status == Status.OK
    assert found.weights is not None
    return found.weights


def weighted_share(found: Raking, categories: list[str | None], category: str | None) -> float:
    weights = weights_of(found)
    return float(weights[[each == category for each in categories]].sum() / weights.sum())


@st.composite
def samples(draw: st.DrawFn) -> People:
    gender, age = st.sampled_from(["woman", "man", None]), st.sampled_from(["young", "middle", "old", None])
    people = draw(st.lists(st.tuples(gender, age), min_size=12, max_size=60))
    return {"gender": [each for each, _ in people], "age": [each for _, each in people]}


@given(samples())
def test_raking_reproduces_its_margins(people: People) -> None:
    found = rake(people, TARGETS)
    assume(found.status == Status.OK)
    weights = weights_of(found)
    assert weights.mean() == pytest.approx(1)
    assert (weights > 0).all()
    for margin, targets in TARGETS.items():
        if margin not in found.dropped_margins:
            missing = people[margin].count(None) / len(people[margin])
            assert weighted_share(found, people[margin], None) == pytest.approx(missing, abs=1e-8)
            for category, target in targets.items():
                assert weighted_share(found, people[margin], category) == pytest.approx(
                    target * (1 - missing), abs=1e-8
                )


def test_names_of_categories_and_the_order_of_people_change_nothing() -> None:
    people: People = {
        "gender": ["woman", "woman", "man", "man", "woman"],
        "age": ["young", "old", "old", "middle", "middle"],
    }
    found = weights_of(rake(people, TARGETS))
    turned = weights_of(rake({margin: list(reversed(each)) for margin, each in people.items()}, TARGETS))
    assert turned[::-1] == pytest.approx(found)


def test_a_sample_that_fits_already_gets_equal_weights() -> None:
    found = rake({"gender": ["woman", "man"] * 10}, {"gender": TARGETS["gender"]})
    assert weights_of(found) == pytest.approx(np.ones(20))
    assert found.design_effect == pytest.approx(1)
    assert found.offer_unweighted is False


def test_heavy_weights_offer_the_unweighted_result_beside() -> None:
    found = rake({"gender": ["woman"] * 19 + ["man"]}, {"gender": TARGETS["gender"]})
    assert found.max_weight == pytest.approx(10)
    assert found.offer_unweighted


def test_weights_that_were_cut_offer_it_too_although_none_is_heavy_any_more() -> None:
    found = rake({"gender": ["woman"] * 19 + ["man"]}, {"gender": TARGETS["gender"]}, weight_cap=5)
    assert found.max_weight == pytest.approx(5)
    assert found.design_effect is not None
    assert found.design_effect < 2
    assert found.offer_unweighted


def test_a_margin_that_nobody_answered_is_dropped_and_named() -> None:
    found = rake({"gender": ["woman", "man"], "age": [None, None]}, TARGETS)
    assert found.dropped_margins == ("age",)
    assert weights_of(found) == pytest.approx([1, 1])


@given(st.lists(st.floats(0.01, 30), min_size=2, max_size=40), st.floats(1.1, 5))
def test_trimming_keeps_the_sum_and_lets_nobody_above_the_cap(weights: list[float], cap: float) -> None:
    scaled = np.array(weights) / np.mean(weights)
    trimmed = trim_weights(scaled, cap)
    assert trimmed.sum() == pytest.approx(scaled.sum())
    assert trimmed.max() <= cap + 1e-9
    assert (trimmed[scaled <= cap] >= scaled[scaled <= cap] - 1e-12).all()


def test_trimmed_margins_are_no_longer_exact_and_say_so() -> None:
    people: People = {"gender": [*["woman"] * 9, "man"]}
    found = rake(people, {"gender": TARGETS["gender"]}, weight_cap=3)
    assert found.max_weight == pytest.approx(3)
    assert found.max_deviation == pytest.approx(0.2)


TWO: People = {"gender": ["woman", "man"]}


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (rake({"gender": []}, {"gender": TARGETS["gender"]}), Status.NO_ANSWERS),
        (rake({}, {}), Status.NO_ANSWERS),
        (rake(TWO, {}), Status.INVALID_INPUT),
        (rake(TWO, TARGETS), Status.INVALID_INPUT),
        (rake(TWO, {"gender": {"woman": 0.5, "man": 0.4}}), Status.INVALID_TARGETS),
        (rake(TWO, {"gender": {"woman": 1.5, "man": -0.5}}), Status.INVALID_TARGETS),
        (rake(TWO, {"gender": {"woman": float("nan"), "man": 0.5}}), Status.INVALID_TARGETS),
        (rake(TWO, {"gender": {"woman": 0.5, "man": 0.4, "other": 0.1}}), Status.EMPTY_MARGIN_CATEGORY),
        (rake(TWO, {"gender": {"woman": 1.0, "man": 0.0}}), Status.OBSERVED_IN_ZERO_TARGET_CELL),
        (rake(TWO, {"gender": {"woman": 1.0}}), Status.OBSERVED_IN_ZERO_TARGET_CELL),
        (rake({"gender": [None, None]}, {"gender": TARGETS["gender"]}), Status.NO_MARGINS),
        (rake(TWO, {"gender": TARGETS["gender"]}, weight_cap=1), Status.INVALID_INPUT),
        (
            # Women are all young and men all old, so no weights can give both margins.
            rake(
                {"gender": ["woman", "man"], "age": ["young", "old"]},
                {"gender": TARGETS["gender"], "age": {"young": 0.7, "old": 0.3}},
            ),
            Status.NOT_CONVERGED,
        ),
    ],
)
def test_bad_input_has_a_name_and_no_weights(found: Raking, status: Status) -> None:
    assert (found.status, found.weights, found.design_effect) == (status, None, None)


@pytest.mark.parametrize("values", [[1, 2], [1, float("nan")], [1], [0.5, -1]])
def test_values_that_are_no_shares_are_refused(values: list[float]) -> None:
    found = rake_weighted_share(values, TWO, {"gender": TARGETS["gender"]})
    assert (found.status, found.weighted_share, found.standard_error) == (Status.INVALID_INPUT, None, None)


def test_a_share_that_cannot_be_raked_keeps_the_reason() -> None:
    found = rake_weighted_share([1, 0], TWO, {"gender": {"woman": 0.5, "man": 0.4}})
    assert (found.status, found.weighted_share) == (Status.INVALID_TARGETS, None)


def test_one_respondent_has_a_share_but_no_standard_error() -> None:
    found = rake_weighted_share([1], {"gender": ["woman"]}, {"gender": {"woman": 1.0}})
    assert (found.weighted_share, found.standard_error, found.standard_error_calibration) == (1, None, None)


@pytest.mark.parametrize(("weights", "cap"), [([1, 3], 2), ([1, -1], 3), ([], 3), ([1, float("nan")], 3)])
def test_weights_that_cannot_be_trimmed_are_refused(weights: list[float], cap: float) -> None:
    with pytest.raises(BadInput, match="cap above their mean"):
        trim_weights(weights, cap)
