"""What is typed in beside the results makes sense, and nothing typed before is lost."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from surveyapp.errors import NotFound, ObservationRefused
from surveyapp.models import Indicator, IndicatorKind, ObservationKind
from surveyapp.services.observations import add_observation, current_observations, take_back_observation
from tests.builders import World, make_world, note_earlier_figures


@pytest.fixture
def world(session: Session) -> World:
    world = make_world(session)
    internships = Indicator(
        organisation_id=world.lead.id, key="internships", kind=IndicatorKind.COUNT, names={"da": "Unge i praktik"}
    )
    world.survey.indicators.append(internships)
    session.flush()
    return world


def test_a_newer_count_replaces_the_earlier_and_both_are_kept(session: Session, world: World) -> None:
    for number in (3, 4):
        add_observation(
            session,
            world.partnership,
            None,
            indicator=world.survey.indicators[-1],
            wave=world.wave,
            kind=ObservationKind.COUNT,
            number=Decimal(number),
        )
    session.expire_all()
    assert [row.number for row in world.partnership.observations] == [3, 4]
    assert [row.number for row in current_observations(world.partnership)] == [4]


def test_earlier_figures_stand_side_by_side_and_only_the_same_source_is_replaced(
    session: Session, world: World
) -> None:
    note_earlier_figures(session, world, (38, "Tryghed 2021"), (40, "Tryghed 2023"), (39, "tryghed 2021"))
    session.expire_all()
    assert [row.number for row in current_observations(world.partnership)] == [40, 39]


def test_what_is_taken_back_is_gone_and_kept_on_record_and_may_be_noted_again(session: Session, world: World) -> None:
    def earlier(source: str) -> None:
        kind, indicator = ObservationKind.EARLIER_FIGURE, world.survey.indicators[0]
        number = Decimal(38)
        add_observation(
            session, world.partnership, None, indicator=indicator, wave=None, kind=kind, number=number, source=source
        )

    for source in ("Tyrghed 2021", "Tryghed 2021"):
        earlier(source)
    misspelt = world.partnership.observations[0]
    take_back_observation(session, world.partnership, None, misspelt.id)
    session.expire_all()
    assert [row.source for row in current_observations(world.partnership)] == ["Tryghed 2021"]
    assert [row.source for row in world.partnership.observations] == ["Tyrghed 2021", "Tryghed 2021", "Tyrghed 2021"]
    with pytest.raises(NotFound):
        take_back_observation(session, world.partnership, None, misspelt.id)
    earlier("Tyrghed 2021")
    session.expire_all()
    assert len(current_observations(world.partnership)) == 2


@pytest.mark.parametrize(
    ("indicator", "given", "reason"),
    [
        (-1, {"kind": ObservationKind.COUNT, "number": Decimal(-3)}, "negative"),
        (-1, {"kind": ObservationKind.COUNT, "number": Decimal("2.5")}, "not_whole"),
        (-1, {"kind": ObservationKind.COUNT, "number": Decimal("NaN")}, "negative"),
        (-1, {"kind": ObservationKind.COUNT}, "number_missing"),
        (0, {"kind": ObservationKind.COUNT, "number": Decimal(3)}, "not_a_count"),
        (0, {"kind": ObservationKind.COMMENT, "text": "  "}, "text_missing"),
        (0, {"kind": ObservationKind.COMMENT, "text": "Hej", "wave": None}, "wave_missing"),
        (0, {"kind": ObservationKind.EARLIER_FIGURE, "number": Decimal(101), "source": "Survey"}, "over_100_percent"),
        (0, {"kind": ObservationKind.EARLIER_FIGURE, "number": Decimal(61)}, "source_missing"),
    ],
)
def test_what_makes_no_sense_is_refused(
    session: Session, world: World, indicator: int, given: dict[str, Any], reason: str
) -> None:
    indicators = world.survey.indicators
    with pytest.raises(ObservationRefused) as refusal:
        add_observation(
            session, world.partnership, None, **{"wave": world.wave, "indicator": indicators[indicator], **given}
        )
    assert refusal.value.details["reason"] == reason
    assert world.partnership.observations == []


def test_an_indicator_or_wave_of_somebody_else_does_not_exist_here(session: Session, world: World) -> None:
    foreign = Indicator(organisation_id=world.foreign.id, key="trust", kind=IndicatorKind.SHARE, names={"da": "Tillid"})
    session.add(foreign)
    session.flush()
    with pytest.raises(NotFound):
        add_observation(
            session, world.partnership, None, indicator=foreign, wave=world.wave, kind=ObservationKind.TEXT, text="Hej"
        )
