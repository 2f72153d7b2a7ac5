"""A number in an address that no row can have is that of a row that isn't there, on both databases."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.models import Role
from tests.builders import World, find_world, make_world
from tests.conftest import Contents
from tests.web.api.reading import System, token_of
from tests.web.checking_client import CheckingClient
from tests.web.partner.reading import reader

NUMBERS = {"largest": f"{2**31 - 1}", "32 bits": f"{2**31}", "64 bits": f"{2**63}", "5000 digits": "9" * 5000}
of_every_size = pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)


@pytest.fixture
def contents() -> Contents:
    return make_world


@pytest.fixture
def world(session: Session, client: CheckingClient) -> World:
    """One with a coordinator who is signed in."""
    made = find_world(session)
    client.sign_in(reader(session, made.lead, Role.COORDINATOR))
    return made


@of_every_size
def test_there_is_no_page_with_a_number_that_no_row_has(client: CheckingClient, world: World, number: str) -> None:
    for address in (
        f"partnerships/{number}",
        f"partnerships/{number}/results",
        f"partnerships/{number}/results.csv",
        f"partnerships/{world.partnership.id}/surveys/{number}",
        f"areas/{number}",
        f"waves/{number}",
        f"placements/{number}",
    ):
        assert client.get(f"/o/egebo/{address}").status_code == 404, address


@of_every_size
def test_another_system_is_told_so_as_a_problem(app: Flask, session: Session, number: str) -> None:
    system = System(app, token_of(session, find_world(session).lead))
    for rest in ("results", "results/newest", "results/newest/codebook"):
        answer = system.client.get(f"/api/v1/partnerships/{number}/{rest}", headers=system.headers)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("before", "status"), [(f"{2**31 - 1}", 200), (f"{2**31}", 404), (f"{10**20}", 404), (f"-{10**20}", 404)]
)
def test_the_log_goes_on_only_from_an_event_that_can_be(
    client: CheckingClient, world: World, before: str, status: int
) -> None:
    assert client.get(f"/o/egebo/audit?before={before}").status_code == status
