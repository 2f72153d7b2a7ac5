"""The chi-square distribution. scipy has it, but loading scipy takes longer than every page that needs this."""

from math import erfc, exp, lgamma, log, sqrt


def chi_square_tail(chi_square: float, degrees_of_freedom: int) -> float:
    """Give the probability of at least this statistic: the p-value of a chi-square test.

    A finite sum for whole degrees of freedom, from 1. Abramowitz & Stegun 1964, 26.4.4 and 26.4.5.
    """
    half = chi_square / 2
    if half == 0:
        return 1.0
    first, tail = (1, erfc(sqrt(half))) if degrees_of_freedom % 2 else (0, 0.0)
    return tail + sum(
        exp(each / 2 * log(half) - half - lgamma(each / 2 + 1)) for each in range(first, degrees_of_freedom, 2)
    )
