"""A client that checks every page it fetches."""

import pytest
from flask import Flask

from tests.web.checking_client import CheckingClient


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    app.test_client_class = CheckingClient
    made = app.test_client()
    assert isinstance(made, CheckingClient)
    return made
