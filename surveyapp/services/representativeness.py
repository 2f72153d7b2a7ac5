"""The one word for how well those who answered resemble the area. The tests behind it stand beside it."""

from collections.abc import Iterable
from enum import StrEnum

from surveyapp.statistics import MarginCheck

SIGNIFICANT = 0.05
NOTICEABLE_POINTS = 10.0


class Representativeness(StrEnum):
    """On screen: passer, lidt skæv, skæv."""

    FITS = "fits"
    SLIGHTLY_SKEWED = "slightly_skewed"
    SKEWED = "skewed"


def representativeness(checks: Iterable[MarginCheck]) -> Representativeness | None:
    """The word for the worst of these margins; None where no margin can be judged.

    Skewed: a category is 10 points or more from the area's, and the test says that chance rarely does that (adjusted
    p below .05). Slightly skewed: only one of the two. With few answers even a large distance may be chance.
    """
    signs = [
        (check.fit.max_abs_deviation_points >= NOTICEABLE_POINTS)
        + (check.adjusted_p is not None and check.adjusted_p < SIGNIFICANT)
        for check in checks
        if check.fit.max_abs_deviation_points is not None
    ]
    return list(Representativeness)[max(signs)] if signs else None
