"""These pages show frozen documents, and what is written beside them is tested on both databases: one is enough."""

import pytest


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url
