"""A world with somebody in each role, seen through the checking client."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Role, User
from tests.builders import World, find_world, make_world, user
from tests.conftest import Contents


@pytest.fixture
def contents() -> Contents:
    return make_world


@pytest.fixture
def world(session: Session) -> World:
    return find_world(session)


@pytest.fixture
def coordinator(session: Session, world: World) -> User:
    person = user(session, world.lead, Role.COORDINATOR, "anna@egebo.example")
    person.language = "en"
    session.commit()
    return person


@pytest.fixture
def member(session: Session, world: World) -> User:
    person = user(session, world.member, Role.ADMIN, "bo@solsikken.example")
    person.language = "en"
    session.commit()
    return person
