"""Kommuninvest's five follow-up classes, on point values ("punktværdi"), compared as published decimals.

The class never says that a change is certain: for survey indicators the verdict leads and the class stands beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from surveyapp.statistics.change import Direction, Verdict
from surveyapp.statistics.status import BadInput

Number = Decimal | int | float | str


class FollowUpClass(StrEnum):
    """Kommuninvest's classes, and ``not_classified`` where the table does not say enough."""

    WORSE_THAN_BASELINE = "worse_than_baseline"
    NEGATIVE_TREND = "negative_trend"
    NO_CHANGE = "no_change"
    POSITIVE_TREND = "positive_trend"
    TARGET_REACHED = "target_reached"
    NOT_CLASSIFIED = "not_classified"


class Flag(StrEnum):
    """What a reader must know beside the class."""

    NOT_MEASURED = "not_measured"
    AMBIGUOUS_OUTCOME = "ambiguous_outcome"
    TARGET_NOT_EVALUABLE = "target_not_evaluable"
    NO_BASELINE = "no_baseline"
    WORSE_THAN_BASELINE = "worse_than_baseline"
    DIRECTION_UNKNOWN = "direction_unknown"
    FLAT_SINCE_PREVIOUS = "flat_since_previous"
    TARGET_WITHIN_UNCERTAINTY = "target_within_uncertainty"


class TargetKind(StrEnum):
    """What a target asks for; ``point`` is a number without a sign, ``none`` is text only."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"
    POINT = "point"
    INCREASING = "increasing"
    DECREASING = "decreasing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Target:
    """A target. ``value`` for at_least, at_most and point; ``low`` and ``high`` for a range.

    A value that is not set yet makes the target not evaluable. ``unit`` (for example ``percent`` or ``count``) guards
    against comparing a count with a percentage.
    """

    kind: TargetKind
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The class with its flags. ``grey`` is true where the verdict is cannot_tell: the class then claims nothing."""

    follow_up_class: FollowUpClass
    flags: frozenset[Flag]
    grey: bool = False


def kommuninvest_colour(
    baseline: Number | None,
    outcome: Number | tuple[Number, Number] | None,
    target: Target,
    *,
    previous: Number | None = None,
    direction: Direction | None = None,
    unit: str | None = None,
    interval: tuple[Number, Number] | None = None,
    verdict: Verdict | None = None,
) -> FollowUp:
    """Class an indicator's ``outcome`` against ``baseline``, ``previous`` wave and ``target``.

    All values in the unit they are published in. ``outcome`` may be a pair (97–98 %); ``direction`` says which way is
    better where the target does not. ``interval`` is the outcome's uncertainty, ``verdict`` that of the change.
    Target reached goes before worse than baseline: the published legend is silent about it, so that is our choice.
    Raises :class:`BadInput` for a value that is not a number and for a range turned round.
    """
    grey = verdict == Verdict.CANNOT_TELL
    if outcome is None:
        return FollowUp(FollowUpClass.NOT_CLASSIFIED, frozenset({Flag.NOT_MEASURED}), grey)
    start = _decimal(baseline)
    rule = _rule(target, start, direction, unit)
    last = _decimal(previous)
    ends = outcome if isinstance(outcome, tuple) else (outcome,)
    found = [_classify(start, _known(end), last, rule) for end in ends]
    if len({each for each, _ in found}) > 1:
        return FollowUp(FollowUpClass.NOT_CLASSIFIED, frozenset({Flag.AMBIGUOUS_OUTCOME}), grey)
    flags = frozenset(flag for _, each in found for flag in each)
    if interval is not None and rule.holds_target(_known(interval[0]), _known(interval[1])):
        flags |= {Flag.TARGET_WITHIN_UNCERTAINTY}
    return FollowUp(found[0][0], flags, grey)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A target in numbers: ``score`` is higher where things are better (None: nobody said), ends None: no level."""

    score: Callable[[Decimal], Decimal] | None
    low: Decimal | None = None
    high: Decimal | None = None
    evaluable: bool = True

    def is_met(self, value: Decimal) -> bool:
        if self.low is None and self.high is None:
            return False
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def holds_target(self, low: Decimal, high: Decimal) -> bool:
        return any(end is not None and low <= end <= high for end in (self.low, self.high))


_SCORES: dict[Direction | None, Callable[[Decimal], Decimal] | None] = {
    Direction.INCREASE: lambda value: value,
    Direction.DECREASE: lambda value: -value,
    None: None,
}

_OWN_DIRECTION = {
    TargetKind.AT_LEAST: Direction.INCREASE,
    TargetKind.AT_MOST: Direction.DECREASE,
    TargetKind.INCREASING: Direction.INCREASE,
    TargetKind.DECREASING: Direction.DECREASE,
}


def _rule(target: Target, baseline: Decimal | None, direction: Direction | None, unit: str | None) -> _Rule:
    value, low, high = _decimal(target.value), _decimal(target.low), _decimal(target.high)
    comparable = target.unit is None or unit is None or target.unit == unit
    if target.kind == TargetKind.RANGE and low is not None and high is not None and comparable:
        return _range_rule(low, high)
    if target.kind == TargetKind.POINT and value is not None and baseline is not None and baseline != value:
        direction = Direction.INCREASE if value > baseline else Direction.DECREASE
    direction = _OWN_DIRECTION.get(target.kind, direction)
    score = _SCORES[direction]
    if target.kind in (TargetKind.INCREASING, TargetKind.DECREASING):
        return _Rule(score)
    if target.kind in (TargetKind.NONE, TargetKind.RANGE) or value is None or direction is None or not comparable:
        return _Rule(score, evaluable=False)
    return _Rule(score, low=value) if direction == Direction.INCREASE else _Rule(score, high=value)


def _range_rule(low: Decimal, high: Decimal) -> _Rule:
    if low > high:
        raise BadInput(f"The target range from {low} to {high} is turned round.")
    return _Rule(lambda value: -max(low - value, value - high, Decimal(0)), low, high)


def _classify(
    baseline: Decimal | None, outcome: Decimal, previous: Decimal | None, rule: _Rule
) -> tuple[FollowUpClass, set[Flag]]:
    flags = set() if rule.evaluable else {Flag.TARGET_NOT_EVALUABLE}
    if baseline is None:
        flags.add(Flag.NO_BASELINE)
    score = rule.score
    if rule.is_met(outcome):
        if baseline is not None and score is not None and score(outcome) < score(baseline):
            flags.add(Flag.WORSE_THAN_BASELINE)
        return FollowUpClass.TARGET_REACHED, flags
    if baseline is None:
        return FollowUpClass.NOT_CLASSIFIED, flags
    if score is None:
        if outcome == baseline:
            return FollowUpClass.NO_CHANGE, flags
        return FollowUpClass.NOT_CLASSIFIED, flags | {Flag.DIRECTION_UNKNOWN}
    since_previous = None if previous is None else score(outcome) - score(previous)
    return _trend(score(outcome) - score(baseline), since_previous, flags)


def _trend(
    since_baseline: Decimal, since_previous: Decimal | None, flags: set[Flag]
) -> tuple[FollowUpClass, set[Flag]]:
    if since_baseline < 0:
        return FollowUpClass.WORSE_THAN_BASELINE, flags
    if since_previous is not None and since_previous < 0:
        return FollowUpClass.NEGATIVE_TREND, flags
    if since_baseline > 0:
        flat = {Flag.FLAT_SINCE_PREVIOUS} if since_previous == 0 else set()
        return FollowUpClass.POSITIVE_TREND, flags | flat
    rising = since_previous is not None and since_previous > 0
    return (FollowUpClass.POSITIVE_TREND if rising else FollowUpClass.NO_CHANGE), flags


def _decimal(value: Number | None) -> Decimal | None:
    return None if value is None else _known(value)


def _known(value: Number) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation as wrong:
        raise BadInput(f"{value!r} is not a number.") from wrong
    if not number.is_finite():
        raise BadInput(f"{value!r} is not a number that can be compared.")
    return number
