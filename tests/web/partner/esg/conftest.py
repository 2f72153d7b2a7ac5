"""Two years of an ESG sheet, and who reads it."""

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import (
    Indicator,
    IndicatorKind,
    ObservationKind,
    Role,
    Target,
    TargetKind,
)
from surveyapp.services.observations import add_observation
from surveyapp.services.publication import release_results
from tests.answered import PUBLISHED_ON, mixed, published_wave
from tests.builders import World, make_world, user
from tests.conftest import Contents
from tests.web.checking_client import CheckingClient


@pytest.fixture
def contents() -> Contents:
    return two_years


def two_years(session: Session) -> None:
    """A released baseline and a first year that only the lead sees; a count noted in both years, with a target."""
    world = make_world(session)
    count = Indicator(
        organisation_id=world.lead.id, key="internships", kind=IndicatorKind.COUNT, names={"da": "=Praktikpladser"}
    )
    world.survey.indicators.append(count)
    world.partnership.targets.append(Target(indicator=count, kind=TargetKind.AT_LEAST, value=Decimal(12), year=2030))
    for number, (belonging, trust, places) in enumerate([(25, 27, 4), (32, 30, 7)]):
        published_wave(session, world, number, {"belonging": mixed(belonging, 60), "trust": mixed(trust, 60)})
        wave = world.survey.waves[-1]
        karin = user(session, world.lead, Role.COORDINATOR, f"karin{number}@egebo.example")
        add_observation(
            session,
            world.partnership,
            karin,
            indicator=count,
            wave=wave,
            kind=ObservationKind.COUNT,
            number=Decimal(places),
            source="Jobcentret",
        )
    release_results(session, world.wave, None, PUBLISHED_ON)


def signed_in(client: CheckingClient, session: Session, world: World, role: Role, *, member: bool) -> CheckingClient:
    organisation = world.member if member else world.lead
    client.sign_in(user(session, organisation, role, f"{role}@{organisation.slug}.example"))
    session.commit()
    return client


@pytest.fixture
def lead(client: CheckingClient, session: Session, world: World) -> CheckingClient:
    return signed_in(client, session, world, Role.COORDINATOR, member=False)


@pytest.fixture
def member(client: CheckingClient, session: Session, world: World) -> CheckingClient:
    return signed_in(client, session, world, Role.COORDINATOR, member=True)
