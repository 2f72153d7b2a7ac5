"""Before fieldwork: how many answers a precision or a change needs, and what a given number can show."""

from collections.abc import Callable
from dataclasses import dataclass
from math import asin, ceil, isfinite, sqrt
from statistics import NormalDist

from surveyapp.statistics.change import Direction
from surveyapp.statistics.checks import is_confidence, is_count, is_share
from surveyapp.statistics.intervals import normal_quantile
from surveyapp.statistics.status import Status


@dataclass(frozen=True, slots=True)
class SampleSize:
    """Answers needed for a margin of error. ``n_required`` is the one to say; the others are before rounding up.

    ``n_wilson_half_width_no_fpc`` is the n at which Wilson's interval has this half-width in a large population.
    """

    status: Status
    n_required: int | None = None
    n_exact: float | None = None
    n_wilson_half_width_no_fpc: float | None = None

    @property
    def n(self) -> int | None:
        """The number of answers to plan for."""
        return self.n_required


@dataclass(frozen=True, slots=True)
class WavePower:
    """Answers per wave that detect a change, and the power with ``n`` per wave; by the normal and arcsine ways."""

    status: Status
    n: int
    n_per_wave_normal: float | None = None
    n_per_wave_normal_ceiling: int | None = None
    n_per_wave_arcsine: float | None = None
    power_at_n_normal: float | None = None
    power_at_n_arcsine: float | None = None


@dataclass(frozen=True, slots=True)
class DetectableChange:
    """The nearest later share that ``n`` answers per wave would show, and the change in percentage points."""

    status: Status
    n: int
    share_late: float | None = None
    points: float | None = None


def sample_size_margin_of_error(
    margin: float,
    share: float = 0.5,
    population: int | None = None,
    confidence: float = 0.95,
    design_effect: float = 1.0,
) -> SampleSize:
    """Answers needed so that the interval reaches ``margin`` (a fraction) to each side of ``share``.

    With the finite-population correction if a ``population`` is given. The expected ``design_effect`` multiplies.
    Cochran 1977, chapter 4; Valliant, Dever & Kreuter 2018. ``invalid_input`` for a margin outside 0 to 1,
    a share of 0 or 1, a population below 1 or a design effect that is not positive.
    """
    usable = is_confidence(margin) and is_confidence(share) and is_confidence(confidence)
    populated = population is None or (is_count(population) and population >= 1)
    if not (usable and populated and isfinite(design_effect) and design_effect > 0):
        return SampleSize(Status.INVALID_INPUT)
    z, spread = normal_quantile(confidence), share * (1 - share)
    exact = design_effect * _cochran(margin, spread, z, population)
    discriminant = margin**2 - spread * (4 * margin**2 - spread)
    wilson = (z / margin) ** 2 / 2 * (spread - 2 * margin**2 + sqrt(max(0.0, discriminant)))
    return SampleSize(Status.OK, _round_up(exact), exact, wilson * design_effect if wilson > 0 else None)


def power_two_waves(
    share_early: float, share_late: float, n_per_wave: int, alpha: float = 0.05, power: float = 0.8
) -> WavePower:
    """Answers per wave to detect the change with ``power``, and the power that ``n_per_wave`` answers give.

    The normal way (Fleiss) ignores the opposite tail, so for tiny changes it can fall below ``alpha``; the arcsine
    way (Cohen 1988) does not. ``no_difference`` for equal shares, ``no_answers`` for an n of 0,
    ``invalid_input`` for shares outside 0 to 1.
    """
    problem = _problem(share_early, n_per_wave, alpha, power) or (
        None if is_share(share_late) else Status.INVALID_INPUT
    )
    if problem is None and share_early == share_late:
        problem = Status.NO_DIFFERENCE
    if problem is not None:
        return WavePower(problem, n_per_wave)
    normal = _n_normal(share_early, share_late, alpha, power)
    effect = abs(2 * asin(sqrt(share_late)) - 2 * asin(sqrt(share_early)))
    return WavePower(
        Status.OK,
        n_per_wave,
        normal,
        _round_up(normal),
        _solved(lambda n: _power_arcsine(effect, n, alpha) - power),
        _power_normal(share_early, share_late, n_per_wave, alpha),
        _power_arcsine(effect, n_per_wave, alpha),
    )


def minimal_detectable_change(
    share_early: float,
    n_per_wave: int,
    alpha: float = 0.05,
    power: float = 0.8,
    direction: Direction = Direction.INCREASE,
) -> DetectableChange:
    """The smallest rise or fall from ``share_early`` that ``n_per_wave`` answers detect with ``power``.

    By the normal way of :func:`power_two_waves`. ``points`` is positive for a rise, negative for a fall.
    ``not_detectable`` where even a later share of 1, or 0, would not show.
    """
    problem = _problem(share_early, n_per_wave, alpha, power)
    if problem is not None:
        return DetectableChange(problem, n_per_wave)
    end = 1.0 if direction == Direction.INCREASE else 0.0

    def missing_power(share_late: float) -> float:
        return _power_normal(share_early, share_late, n_per_wave, alpha) - power

    nearest = share_early + (end - share_early) * 1e-9
    if share_early == end or missing_power(end) < 0:
        return DetectableChange(Status.NOT_DETECTABLE, n_per_wave)
    late = _crossing(missing_power, nearest, end)
    return DetectableChange(Status.OK, n_per_wave, late, 100 * (late - share_early))


def _problem(share: float, n: int, alpha: float, power: float) -> Status | None:
    if not (is_share(share) and is_count(n) and is_confidence(alpha) and is_confidence(power)):
        return Status.INVALID_INPUT
    return Status.NO_ANSWERS if n == 0 else None


def _cochran(margin: float, spread: float, z: float, population: int | None) -> float:
    needed = z * z * spread
    if population is None:
        return needed / margin**2
    if population == 1:
        return 1.0
    return population / (population - 1) * needed / (margin**2 + needed / (population - 1))


def _round_up(n: float) -> int:
    # A hair below a whole number is that number, not a rounding error away from one answer more.
    return ceil(n - 1e-9)


def _n_normal(early: float, late: float, alpha: float, power: float) -> float:
    mean = (early + late) / 2
    z_alpha, z_power = normal_quantile(1 - alpha), NormalDist().inv_cdf(power)
    reach = z_alpha * sqrt(2 * mean * (1 - mean)) + z_power * sqrt(early * (1 - early) + late * (1 - late))
    return float(reach**2 / (late - early) ** 2)


def _power_normal(early: float, late: float, n: float, alpha: float) -> float:
    mean = (early + late) / 2
    z = normal_quantile(1 - alpha)
    distance = abs(late - early) * sqrt(n) - z * sqrt(2 * mean * (1 - mean))
    spread = sqrt(early * (1 - early) + late * (1 - late))
    if spread == 0:
        return 1.0 if distance > 0 else 0.0
    return NormalDist().cdf(distance / spread)


def _power_arcsine(effect: float, n: float, alpha: float) -> float:
    z, shift = normal_quantile(1 - alpha), effect * sqrt(n / 2)
    return NormalDist().cdf(shift - z) + NormalDist().cdf(-shift - z)


def _solved(missing_power: Callable[[float], float]) -> float | None:
    """The n at which nothing is missing; None where already the smallest n has the power."""
    low, high = 1e-9, 1.0
    if missing_power(low) >= 0:
        return None
    while missing_power(high) < 0:
        high *= 2
    return _crossing(missing_power, low, high)


def _crossing(missing_power: Callable[[float], float], lacking: float, enough: float) -> float:
    """Where the power is just reached, between a value that lacks some and one that has it; by halving, to the end."""
    while (middle := (lacking + enough) / 2) not in (lacking, enough):
        lacking, enough = (middle, enough) if missing_power(middle) < 0 else (lacking, middle)
    return enough
