"""Difference in differences: an area with an initiative against a comparison area without."""

from dataclasses import dataclass
from math import sqrt

from surveyapp.statistics.change import Difference, newcombe_difference
from surveyapp.statistics.status import Status

ASSUMPTION = "parallel_trends"
"""The key of the sentence that must stand beside the number: without the initiative both areas would have moved alike,
and two areas say nothing about how much areas differ by themselves."""


@dataclass(frozen=True, slots=True)
class DifferenceInDifferences:
    """How much more the initiative's area changed, with its interval; the range may reach from −2 to 2.

    ``n`` is the number of answers in the two waves and two areas together.
    """

    status: Status
    n: float
    change_initiative: float | None = None
    change_comparison: float | None = None
    difference_in_differences: float | None = None
    low: float | None = None
    high: float | None = None
    assumption: str = ASSUMPTION


def difference_in_differences_mover(
    initiative_early: tuple[int, int],
    initiative_late: tuple[int, int],
    comparison_early: tuple[int, int],
    comparison_late: tuple[int, int],
    confidence: float = 0.95,
) -> DifferenceInDifferences:
    """Compare two areas' changes; every wave is given as (positive answers, valid answers).

    ``no_answers`` if any of the four waves has none, ``invalid_input`` for impossible counts.
    """
    return difference_in_differences(
        newcombe_difference(*initiative_late, *initiative_early, confidence),
        newcombe_difference(*comparison_late, *comparison_early, confidence),
    )


def difference_in_differences(initiative: Difference, comparison: Difference) -> DifferenceInDifferences:
    """Square-and-add interval (MOVER) of two changes that have intervals. Zou & Donner 2008; Donner & Zou 2012.

    A change without a number passes its status on, the initiative's first.
    """
    n = initiative.n_late + initiative.n_early + comparison.n_late + comparison.n_early
    for area in (initiative, comparison):
        if area.status != Status.OK:
            return DifferenceInDifferences(area.status, n)
    change, low, high = _numbers(initiative)
    other_change, other_low, other_high = _numbers(comparison)
    difference = change - other_change
    return DifferenceInDifferences(
        Status.OK,
        n,
        change,
        other_change,
        difference,
        difference - sqrt((change - low) ** 2 + (other_high - other_change) ** 2),
        difference + sqrt((high - change) ** 2 + (other_change - other_low) ** 2),
    )


def _numbers(area: Difference) -> tuple[float, float, float]:
    assert area.difference is not None
    assert area.low is not None
    assert area.high is not None
    return area.difference, area.low, area.high
