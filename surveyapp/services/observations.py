"""Observations: what is typed in beside the frozen results. Never changed: a new one replaces or takes back another."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.errors import NotFound, ObservationRefused
from surveyapp.models import (
    Indicator,
    IndicatorKind,
    Observation,
    ObservationKind,
    Partnership,
    Survey,
    User,
    Wave,
)
from surveyapp.services import audit

PERCENT = Decimal(100)
LARGEST_COUNT = Decimal(1_000_000)
NEEDS_NUMBER = frozenset({ObservationKind.COUNT, ObservationKind.EARLIER_FIGURE})


def add_observation(
    session: Session,
    partnership: Partnership,
    user: User | None,
    *,
    indicator: Indicator,
    wave: Wave | None,
    kind: ObservationKind,
    number: Decimal | None = None,
    text: str = "",
    source: str = "",
) -> Observation:
    """A count, text, comment or earlier external figure for an indicator and a wave.

    Shares are in percent, counts in whole pieces. Raises NotFound for an indicator or a wave of another partnership,
    and ObservationRefused, whose details["reason"] says why.
    """
    if indicator not in indicators_of(session, partnership):
        raise NotFound
    if wave is not None and wave.survey.partnership_id != partnership.id:
        raise NotFound
    _check(indicator, wave, kind, number, text.strip(), source.strip())
    observation = Observation(
        partnership=partnership,
        indicator=indicator,
        wave=wave,
        kind=kind,
        number=number,
        text=text.strip(),
        source=source.strip(),
        noted_at=dt.datetime.now(dt.UTC),
        noted_by=user,
    )
    session.add(observation)
    session.flush()
    audit.record(session, partnership.lead, user, "observation.added", f"observation {observation.id}", kind=kind)
    return observation


def take_back_observation(session: Session, partnership: Partnership, user: User | None, observation_id: int) -> None:
    """What was noted isn't shown any more; it and who took it back stay on record.

    Raises NotFound for an observation of another partnership, and for one that was replaced or taken back already.
    """
    noted = next((row for row in current_observations(partnership) if row.id == observation_id), None)
    if noted is None:
        raise NotFound
    partnership.observations.append(
        Observation(
            indicator=noted.indicator,
            wave=noted.wave,
            kind=noted.kind,
            source=noted.source,
            noted_at=dt.datetime.now(dt.UTC),
            noted_by=user,
        )
    )
    session.flush()
    audit.record(
        session, partnership.lead, user, "observation.taken_back", f"observation {observation_id}", kind=noted.kind
    )


def indicators_of(session: Session, partnership: Partnership) -> list[Indicator]:
    """What the partnership's surveys measure, in their order, each once."""
    surveys = session.scalars(select(Survey).where(Survey.partnership_id == partnership.id).order_by(Survey.id))
    return list(dict.fromkeys(indicator for survey in surveys for indicator in survey.indicators))


def current_observations(partnership: Partnership) -> list[Observation]:
    """The newest of each indicator, wave and kind, and source of an earlier figure, in the order of their noting."""
    newest = {(row.indicator_id, row.wave_id, row.kind, _earlier_source(row)): row for row in partnership.observations}
    return sorted((row for row in newest.values() if not row.takes_back), key=lambda row: row.id)


def _earlier_source(row: Observation) -> str:
    """What tells one earlier figure from another; whoever else counts in a wave replaces whoever counted before."""
    return row.source.casefold() if row.kind is ObservationKind.EARLIER_FIGURE else ""


def _check(
    indicator: Indicator, wave: Wave | None, kind: ObservationKind, number: Decimal | None, text: str, source: str
) -> None:
    if kind in NEEDS_NUMBER:
        _check_number(indicator, kind, number)
    elif number is not None:
        raise ObservationRefused(reason="no_number_wanted")
    elif not text:
        raise ObservationRefused(reason="text_missing")
    if kind is ObservationKind.TEXT and indicator.kind is IndicatorKind.SHARE:
        raise ObservationRefused(reason="not_a_text")
    if kind is ObservationKind.EARLIER_FIGURE and not source:
        raise ObservationRefused(reason="source_missing")
    if kind is not ObservationKind.EARLIER_FIGURE and wave is None:
        raise ObservationRefused(reason="wave_missing")


def _check_number(indicator: Indicator, kind: ObservationKind, number: Decimal | None) -> None:
    if number is None:
        raise ObservationRefused(reason="number_missing")
    if not number.is_finite() or number < 0:
        raise ObservationRefused(reason="negative")
    if kind is ObservationKind.COUNT and indicator.kind is not IndicatorKind.COUNT:
        raise ObservationRefused(reason="not_a_count")
    if indicator.kind is IndicatorKind.COUNT and (number != number.to_integral_value() or number > LARGEST_COUNT):
        raise ObservationRefused(reason="not_whole")
    if indicator.kind is IndicatorKind.SHARE and number > PERCENT:
        raise ObservationRefused(reason="over_100_percent")
