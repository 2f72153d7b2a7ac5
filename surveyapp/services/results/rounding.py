"""How figures are rounded once, before they are frozen: nothing downstream rounds differently."""

from decimal import ROUND_HALF_UP, Decimal


def fraction(value: float) -> float:
    """A share or a p-value, to six decimals."""
    return round(float(value), 6)


def whole_percent(share: float) -> int:
    """The percentage as it is published: whole, halves upwards, as people round."""
    return int(Decimal(str(100 * fraction(share))).quantize(Decimal(1), ROUND_HALF_UP))


def points(value: float) -> float:
    """A percentage or a difference in points, to one decimal; never minus zero."""
    return round(100 * float(value), 1) + 0.0


def optional_fraction(value: float | None) -> float | None:
    """As `fraction`; nothing stays nothing."""
    return None if value is None else fraction(value)
