"""What an organisation takes part in, and what it may see of it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Organisation, Partnership, Wave, WaveState


def led_by(session: Session, organisation: Organisation) -> Sequence[Partnership]:
    """The partnerships that the organisation leads."""
    return session.scalars(
        select(Partnership).where(Partnership.lead_id == organisation.id).order_by(Partnership.name)
    ).all()


def joined_by(session: Session, organisation: Organisation) -> Sequence[Partnership]:
    """The partnerships that another organisation leads and this one is a member of."""
    return session.scalars(
        select(Partnership).where(Partnership.members.contains(organisation)).order_by(Partnership.name)
    ).all()


def waves_of(partnership: Partnership) -> list[Wave]:
    """All waves, the newest first."""
    return sorted(
        (wave for survey in partnership.surveys for wave in survey.waves), key=lambda wave: wave.opens_on, reverse=True
    )


def released_waves_of(partnership: Partnership) -> list[Wave]:
    """What a member organisation sees: published waves whose results were released, the newest first."""
    return [
        wave
        for wave in waves_of(partnership)
        if wave.state is WaveState.PUBLISHED and any(result.released_on for result in wave.results)
    ]
