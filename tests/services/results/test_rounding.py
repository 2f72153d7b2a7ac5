"""Percentages and points as they are published, against whole-number arithmetic."""

from fractions import Fraction

from surveyapp.services.results.rounding import points, tenths, whole_percent


def test_every_share_of_up_to_three_hundred_rounds_as_people_do() -> None:
    for n in range(1, 301):
        for positive in range(n + 1):
            assert whole_percent(positive / n) == (200 * positive + n) // (2 * n), (positive, n)


def test_points_round_to_the_nearest_tenth_with_halves_away_from_zero() -> None:
    for numerator in range(-2000, 2001, 25):
        tenths = int(abs(Fraction(numerator, 2)) + Fraction(1, 2)) * (1 if numerator >= 0 else -1)
        assert points(numerator / 2000) == tenths / 10, numerator


def test_counts_round_to_the_nearest_tenth_with_halves_away_from_zero() -> None:
    for hundredths in range(-2000, 2001):
        nearest = (abs(hundredths) + 5) // 10 * (1 if hundredths >= 0 else -1)
        assert tenths(hundredths / 100) == nearest / 10, hundredths
