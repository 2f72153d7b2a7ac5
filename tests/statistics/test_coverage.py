"""Do the intervals hold what they promise? Samples are drawn from known shares and the hits counted."""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from surveyapp.statistics.change import newcombe_difference
from surveyapp.statistics.indicators import multi_item_indicator
from surveyapp.statistics.intervals import wilson_interval, wilson_interval_effective_n, wilson_interval_fpc
from surveyapp.statistics.raking import rake

SHARES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
SIZES = [50, 60, 70, 80, 90, 100]
PROMISED = (0.93, 0.965)

pytestmark = pytest.mark.slow


@cache
def wilson(k: int, n: int) -> tuple[float | None, float | None]:
    found = wilson_interval(k, n)
    return found.low, found.high


@cache
def newcombe(k_late: int, n_late: int, k_early: int, n_early: int) -> tuple[float | None, float | None]:
    found = newcombe_difference(k_late, n_late, k_early, n_early)
    return found.low, found.high


def holds(ends: tuple[float | None, float | None], truth: float) -> bool:
    low, high = ends
    return low is not None and high is not None and low <= truth <= high


def assert_promised(hits: list[bool]) -> None:
    assert PROMISED[0] <= np.mean(hits) <= PROMISED[1]


def test_single_items() -> None:
    rng = np.random.default_rng(1927)
    assert_promised(
        [holds(wilson(int(k), n), share) for n in SIZES for share in SHARES for k in rng.binomial(n, share, size=1000)]
    )


def test_changes_between_waves() -> None:
    rng = np.random.default_rng(1998)
    draws: Iterator[tuple[int, float, float]] = (
        (n, late, early) for n in SIZES for late in SHARES for early in SHARES for _ in range(30)
    )
    assert_promised(
        [
            holds(newcombe(int(rng.binomial(n, late)), n, int(rng.binomial(n, early)), n), late - early)
            for n, late, early in draws
        ]
    )


def test_the_correction_for_a_small_area() -> None:
    rng = np.random.default_rng(1977)
    hits = []
    for share in SHARES:
        residents = round(200 * share)
        for k in rng.hypergeometric(residents, 200 - residents, 70, size=1000):
            found = wilson_interval_fpc(int(k), 70, 200)
            hits.append(holds((found.low, found.high), residents / 200))
    assert_promised(hits)


def indicator_answers(rng: np.random.Generator, n: int, items: int, share: float, likeness: float) -> NDArray[np.int64]:
    """Answers that resemble each other within a person: the person's own share is beta distributed."""
    spread = 1 / likeness - 1
    own = rng.beta(share * spread, (1 - share) * spread, size=(n, 1))
    answers = np.where(rng.random((n, items)) < own, 5, 2)
    return np.where(rng.random((n, items)) < 0.1, -2, answers)


@pytest.mark.parametrize("items", [3, 6])
def test_indicators_of_several_items(items: int) -> None:
    rng = np.random.default_rng(items)
    hits = []
    for n in (50, 75, 100):
        for share in SHARES:
            for likeness in (0.1, 0.4, 0.7):
                for _ in range(60):
                    found = multi_item_indicator(indicator_answers(rng, n, items, share, likeness)).interval
                    hits.append(holds((found.low, found.high), share))
    assert_promised(hits)


def test_raked_shares() -> None:
    """Women answer twice as often as men; half of the residents are women, and they are ten points more positive.

    With the interval as it is published: from the whole percent and the rounded design effect.
    """
    rng = np.random.default_rng(1940)
    hits = []
    for n in (50, 75, 100):
        for share in SHARES[1:-1]:
            for _ in range(120):
                is_woman = rng.random(n) < 2 / 3
                answers = np.where(rng.random(n) < share + np.where(is_woman, 0.05, -0.05), 5, 1)
                gender = ["woman" if each else "man" for each in is_woman]
                raked = rake({"gender": gender}, {"gender": {"woman": 0.5, "man": 0.5}})
                estimate = multi_item_indicator(answers, weights=raked.weights).share
                assert estimate is not None
                assert raked.design_effect is not None
                found = wilson_interval_effective_n(round(estimate, 2), n / round(raked.design_effect, 1))
                hits.append(holds((found.low, found.high), share))
    assert_promised(hits)
