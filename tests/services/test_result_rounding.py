"""Percentages and points as they are published, against whole-number arithmetic."""

from fractions import Fraction

import pytest

from surveyapp.services.results.rounding import points, whole_percent


def test_every_share_of_up_to_three_hundred_rounds_as_people_do() -> None:
    for n in range(1, 301):
        for positive in range(n + 1):
            assert whole_percent(positive / n) == (200 * positive + n) // (2 * n), (positive, n)


@pytest.mark.parametrize("numerator", range(-2000, 2001, 25))
def test_points_round_to_the_nearest_tenth_with_halves_away_from_zero(numerator: int) -> None:
    thousandths = Fraction(numerator, 2000) * 1000
    tenths = int(abs(thousandths) + Fraction(1, 2)) * (1 if numerator >= 0 else -1)
    assert points(numerator / 2000) == tenths / 10
