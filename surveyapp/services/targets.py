"""Targets: what a partnership aims for with each indicator. They may change; a published result keeps its own."""

from dataclasses import asdict, dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from surveyapp.canonical import canonical_json, checksum
from surveyapp.errors import ChangedMeanwhile, NotFound, TargetRefused
from surveyapp.models import Indicator, IndicatorKind, Partnership, Target, TargetKind, User
from surveyapp.services import audit
from surveyapp.services.observations import LARGEST_COUNT, PERCENT, indicators_of

NEEDS_VALUE = frozenset({TargetKind.AT_LEAST, TargetKind.AT_MOST, TargetKind.RANGE, TargetKind.POINT})
YEARS = range(2000, 2101)
MOST_DECIMALS = 3


@dataclass(frozen=True)
class Aim:
    """What is aimed for. Shares are in percent, counts in pieces; `upper` belongs to a range alone."""

    kind: TargetKind
    value: Decimal | None = None
    upper: Decimal | None = None
    year: int | None = None
    text: str = ""


def aim_of(target: Target | None) -> Aim | None:
    """The target as it stands; None where nothing is aimed for."""
    if target is None:
        return None
    return Aim(target.kind, target.value, target.upper, target.year, target.text)


def target_for(partnership: Partnership, indicator: Indicator) -> Target | None:
    """The partnership's target for an indicator."""
    return next((target for target in partnership.targets if target.indicator_id == indicator.id), None)


def kinds_for(indicator: Indicator) -> list[TargetKind]:
    """What can be aimed for: a text has no number."""
    return [TargetKind.NONE] if indicator.kind is IndicatorKind.TEXT else list(TargetKind)


def save_target(
    session: Session, partnership: Partnership, user: User | None, indicator: Indicator, aim: Aim | None, seen: str
) -> None:
    """Aim for this, or with None for nothing, in the place of what stood as `seen`.

    Raises NotFound for an indicator that the partnership doesn't measure, ChangedMeanwhile, and TargetRefused, whose
    details["reason"] says why.
    """
    if indicator not in indicators_of(session, partnership):
        raise NotFound
    session.refresh(partnership, with_for_update=True)
    target = target_for(partnership, indicator)
    if seen != target_version(target):
        raise ChangedMeanwhile(theirs=target_version(target))
    if aim:
        _check(indicator, aim)
    if target and aim is None:
        session.delete(target)
    elif aim:
        target = target or Target(partnership_id=partnership.id, indicator_id=indicator.id)
        target.kind, target.value, target.upper = aim.kind, aim.value, aim.upper
        target.year, target.text = aim.year, aim.text.strip()
        session.add(target)
    session.flush()
    session.expire(partnership, ["targets"])
    audit.record(
        session, partnership.lead, user, "target.saved", f"partnership {partnership.id}", indicator=indicator.key
    )


def target_version(target: Target | None) -> str:
    """A fingerprint of the target as it stands: whoever saves must have seen this one."""
    aim = aim_of(target)
    content = {name: None if value is None else str(value) for name, value in asdict(aim).items()} if aim else None
    for number in ("value", "upper"):
        if content and content[number]:
            content[number] = str(Decimal(str(content[number])).normalize())
    return checksum(canonical_json(content))[:16]


def _check(indicator: Indicator, aim: Aim) -> None:
    if aim.kind not in kinds_for(indicator):
        raise TargetRefused(field="kind", reason="no_number_possible")
    if aim.kind in NEEDS_VALUE:
        _check_number(indicator, aim.value, "value")
    if aim.kind is TargetKind.RANGE:
        _check_number(indicator, aim.upper, "upper")
        if (aim.upper or 0) <= (aim.value or 0):
            raise TargetRefused(field="upper", reason="upper_not_above")
    if aim.kind is TargetKind.NONE and not aim.text.strip():
        raise TargetRefused(field="text", reason="text_missing")
    if aim.year is not None and aim.year not in YEARS:
        raise TargetRefused(field="year", reason="year_out_of_range")


def _check_number(indicator: Indicator, number: Decimal | None, field: str) -> None:
    if number is None:
        raise TargetRefused(field=field, reason="number_missing")
    if not number.is_finite() or number < 0:
        raise TargetRefused(field=field, reason="negative")
    if indicator.kind is IndicatorKind.SHARE and number > PERCENT:
        raise TargetRefused(field=field, reason="over_100_percent")
    if indicator.kind is IndicatorKind.COUNT and (number != number.to_integral_value() or number > LARGEST_COUNT):
        raise TargetRefused(field=field, reason="not_whole")
    if round(number, MOST_DECIMALS) != number:
        raise TargetRefused(field=field, reason="too_many_decimals")
