"""How answers become figures is the same on both databases, once they are read: publication is tested on both."""

import pytest


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url
