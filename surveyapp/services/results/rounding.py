"""How figures are rounded before they are frozen.

A percentage is frozen whole; a difference, an end of an interval and an expected count with one decimal. Where such a
number stands whole, it is the frozen decimal that is rounded, so that page, files and whoever recalculates from the
document agree.
"""

from decimal import ROUND_HALF_UP, Decimal

WHOLE, TENTHS = Decimal(1), Decimal("0.1")


def fraction(value: float) -> float:
    """A share or a p-value, to six decimals."""
    return round(float(value), 6)


def whole_percent(share: float) -> int:
    """The percentage as it is published: whole, halves upwards, as people round."""
    return int(_percent(share).quantize(WHOLE, ROUND_HALF_UP))


def points(value: float) -> float:
    """A percentage or a difference in points, to one decimal, halves away from zero; never minus zero."""
    return float(_percent(value).quantize(TENTHS, ROUND_HALF_UP)) + 0.0


def tenths(value: float) -> float:
    """A count, a ratio or points as they are, to one decimal, halves away from zero; never minus zero."""
    return float(Decimal(str(fraction(value))).quantize(TENTHS, ROUND_HALF_UP)) + 0.0


def optional_fraction(value: float | None) -> float | None:
    """As `fraction`; nothing stays nothing."""
    return None if value is None else fraction(value)


def _percent(value: float) -> Decimal:
    """Exact: as binary numbers 100 * 0.575 is 57.49999999999999, and would be published as 57."""
    return 100 * Decimal(str(fraction(value)))
