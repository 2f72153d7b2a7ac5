"""These pages show frozen documents, and what is written beside them is tested on both databases: one is enough."""

import pytest
from sqlalchemy.orm import Session

from tests.builders import World, find_world
from tests.conftest import Contents
from tests.web.partner.reading import two_published_waves


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def contents() -> Contents:
    return two_published_waves


@pytest.fixture
def world(session: Session) -> World:
    return find_world(session)
