"""A world whose baseline can be built, opened and followed."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Role
from surveyapp.services.building.writing import Author
from tests.builders import World, make_world, user


@pytest.fixture
def world(session: Session) -> World:
    world = make_world(session)
    session.commit()
    return world


@pytest.fixture
def author(session: Session, world: World) -> Author:
    person = user(session, world.lead, Role.COORDINATOR, "anna@egebo.example")
    session.commit()
    return Author(person, "coordinator", dt.date(2026, 11, 21))
