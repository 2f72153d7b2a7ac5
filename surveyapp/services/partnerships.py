"""What an organisation takes part in, and what it may see of it."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload, object_session, selectinload
from sqlalchemy.sql.base import ExecutableOption

from surveyapp.models import (
    BackgroundCategory,
    BackgroundQuestion,
    Initiative,
    InitiativeExposure,
    Item,
    Organisation,
    Partnership,
    Result,
    Survey,
    Wave,
    WaveState,
    Wording,
)


def led_by(session: Session, organisation: Organisation) -> Sequence[Partnership]:
    """The partnerships that the organisation leads, by name."""
    return session.scalars(_with_parties().where(Partnership.lead_id == organisation.id)).all()


def joined_by(session: Session, organisation: Organisation) -> Sequence[Partnership]:
    """The partnerships that another organisation leads and this one is a member of, by name."""
    return session.scalars(_with_parties().where(Partnership.members.contains(organisation))).all()


def _with_parties() -> Select[Partnership]:
    """Partnerships with their area and organisations, read at once for all of them."""
    parties = (joinedload(Partnership.area), joinedload(Partnership.lead), selectinload(Partnership.members))
    return select(Partnership).options(*parties).order_by(Partnership.name)


def current_waves(session: Session, partnerships: Sequence[Partnership]) -> dict[int, Wave]:
    """By partnership, the wave that people work on now: the oldest that isn't published, else the newest.

    Each is read with everything that says where it stands, for all of them at once.
    """
    wanted = (
        select(Survey.partnership_id, Wave.id, Wave.state)
        .join(Wave.survey)
        .where(Survey.partnership_id.in_([partnership.id for partnership in partnerships]))
        .order_by(Wave.opens_on)
    )
    chosen: dict[int, tuple[int, bool]] = {}
    for partnership_id, wave_id, state in session.execute(wanted):
        is_published = state is WaveState.PUBLISHED
        if chosen.get(partnership_id, (0, True))[1]:
            chosen[partnership_id] = (wave_id, is_published)
    ids = [wave_id for wave_id, _ in chosen.values()]
    waves = session.scalars(select(Wave).where(Wave.id.in_(ids)).options(*_where_it_stands()))
    return {wave.survey.partnership_id: wave for wave in waves}


def _where_it_stands() -> tuple[ExecutableOption, ...]:
    """What a wave's next step depends on."""
    texts = (selectinload(Wording.texts), selectinload(Wording.recordings))
    clause = joinedload(Initiative.clause).options(*texts)
    questions = selectinload(Wave.background_questions)
    return (
        joinedload(Wave.survey).joinedload(Survey.partnership).selectinload(Partnership.initiatives).options(clause),
        selectinload(Wave.placements),
        selectinload(Wave.items).options(joinedload(Item.indicator), joinedload(Item.wording).options(*texts)),
        selectinload(Wave.exposures).joinedload(InitiativeExposure.wording).options(*texts),
        questions.joinedload(BackgroundQuestion.wording).options(*texts),
        questions.selectinload(BackgroundQuestion.categories).joinedload(BackgroundCategory.wording).options(*texts),
    )


def newest_released(session: Session, partnerships: Sequence[Partnership]) -> dict[int, Wave]:
    """By partnership, the newest wave whose results its members may see."""
    wanted = (
        select(Survey.partnership_id, Wave)
        .join(Wave.survey)
        .where(
            Survey.partnership_id.in_([partnership.id for partnership in partnerships]),
            Wave.results.any(Result.released_on.is_not(None)),
        )
        .order_by(Wave.opens_on)
    )
    return dict(session.execute(wanted).all())


def waves_of(partnership: Partnership) -> list[Wave]:
    """All waves, the newest first, each with what was published of it."""
    session = object_session(partnership)
    assert session is not None
    wanted = select(Wave).join(Wave.survey).where(Survey.partnership_id == partnership.id)
    waves = session.scalars(
        wanted.order_by(Survey.id, Wave.number).options(
            contains_eager(Wave.survey), selectinload(Wave.results).joinedload(Result.wave)
        )
    )
    return sorted(waves, key=lambda wave: wave.opens_on, reverse=True)


def released_waves_of(partnership: Partnership) -> list[Wave]:
    """What a member organisation sees: published waves whose results were released, the newest first."""
    return [
        wave
        for wave in waves_of(partnership)
        if wave.state is WaveState.PUBLISHED and any(result.released_on for result in wave.results)
    ]
