"""The phone beside what is being built looks as the organisation's residents will see it."""

from sqlalchemy.orm import Session

from surveyapp.models import User
from tests.builders import World
from tests.web.checking_client import CheckingClient

PAGE = "/o/egebo/waves/1/build"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'


def test_the_phone_carries_the_organisations_colour_and_logo_or_its_letter(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    world.lead.accent = "#7a1f2b"
    session.commit()
    page = client.get(PAGE).text
    assert 'fill="#7a1f2b"' in page
    assert "</svg>E</span>" in page
    world.lead.logo_svg = DRAWING
    session.commit()
    page = client.get(PAGE).text
    assert 'class="phone-sender"><img src="data:image/svg+xml,' in page
    assert "</svg>E</span>" not in page
