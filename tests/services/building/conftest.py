"""A world whose baseline can be built, opened and followed."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Role
from surveyapp.services.building.writing import Author
from tests.builders import World, find_world, make_world, user
from tests.conftest import Contents


@pytest.fixture
def contents() -> Contents:
    return make_world


@pytest.fixture
def world(session: Session) -> World:
    return find_world(session)


@pytest.fixture
def author(session: Session, world: World) -> Author:
    person = user(session, world.lead, Role.COORDINATOR, "anna@egebo.example")
    session.commit()
    return Author(person, "coordinator", dt.date(2026, 11, 21))
