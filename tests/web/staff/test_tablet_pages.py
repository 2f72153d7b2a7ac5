"""Opening a placement on its tablet, and hearing of tablets before a wave closes for good."""

import datetime as dt
import html
import io
import re
from urllib.parse import unquote

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy.orm import Session

from surveyapp.models import Mode, PlaceKind, Placement, User, WaveState
from surveyapp.services.tablets import hear_from
from surveyapp.services.waves import today_in
from tests.builders import World, open_with_placement
from tests.posters.reading import pymupdf
from tests.web.checking_client import CheckingClient

PAGE, WAVE = "/o/egebo/placements/1/tablet", "/o/egebo/waves/1"
TODAY = today_in("Europe/Copenhagen")


@pytest.fixture
def kiosk(session: Session, world: World) -> Placement:
    world.wave.closes_on = TODAY
    placement = open_with_placement(session, world.wave, PlaceKind.TABLET)
    placement.name = "Centret <b>"
    session.commit()
    return placement


def test_the_code_on_the_screen_opens_the_placement_on_a_tablet(
    client: CheckingClient, kiosk: Placement, coordinator: User
) -> None:
    client.sign_in(coordinator)
    assert PAGE in client.get("/o/egebo/waves/1/placements").text
    page = client.get(PAGE).text
    picture = re.search(r'src="data:image/svg\+xml,([^"]+)"', page)
    assert picture
    svg = unquote(html.unescape(picture[1])).encode()
    pixels = pymupdf.open(stream=svg, filetype="svg")[0].get_pixmap(dpi=600).tobytes("png")
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(pixels)))
    assert read.text.startswith(f"https://svar.example/{kiosk.code}/tablet/")
    assert client.get(read.text.removeprefix("https://svar.example")).status_code == 200


@pytest.mark.parametrize("mode", [Mode.SELF, Mode.PAPER])
def test_where_people_answer_otherwise_there_is_no_code_for_a_tablet(
    client: CheckingClient, session: Session, kiosk: Placement, coordinator: User, mode: Mode
) -> None:
    kiosk.mode = mode
    session.commit()
    client.sign_in(coordinator)
    assert PAGE not in client.get("/o/egebo/waves/1/placements").text
    assert client.get(PAGE).location == "/o/egebo/waves/1/placements"


def test_a_withdrawn_code_opens_on_no_tablet(
    client: CheckingClient, session: Session, kiosk: Placement, coordinator: User
) -> None:
    kiosk.revoked_on = TODAY
    session.commit()
    client.sign_in(coordinator)
    assert PAGE not in client.get("/o/egebo/waves/1/placements").text
    assert client.get(PAGE).location == "/o/egebo/waves/1/placements"


def test_closing_publishing_and_opening_again_name_the_tablets_that_may_still_hold_answers(
    client: CheckingClient, session: Session, kiosk: Placement, coordinator: User
) -> None:
    hear_from(session, kiosk.id, "K7M4QX2P9TRW", 7, TODAY)
    hear_from(session, kiosk.id, "2P9TRWK7M4QX", 0, TODAY - dt.timedelta(days=3))
    hear_from(session, kiosk.id, "9TRWK7M4QX2P", 0, TODAY)
    session.commit()
    client.sign_in(coordinator)
    for step in ("revoke", "replace"):
        assert set(warned(client, f"/o/egebo/placements/1/{step}")) == {"K7M4", "2P9T"}
    assert warned(client, f"{WAVE}/close") == {"K7M4": "7 answers were waiting", "2P9T": "not heard of since"}
    session.rollback()
    kiosk.wave.state = WaveState.CLOSED
    session.commit()
    for step in ("publish", "reopen"):
        assert set(warned(client, f"{WAVE}/{step}")) == {"K7M4", "2P9T"}


def test_without_such_tablets_nobody_is_warned(
    client: CheckingClient, session: Session, kiosk: Placement, coordinator: User
) -> None:
    hear_from(session, kiosk.id, "9TRWK7M4QX2P", 0, TODAY)
    session.commit()
    client.sign_in(coordinator)
    assert warned(client, f"{WAVE}/close") == {}


def warned(client: CheckingClient, page: str) -> dict[str, str]:
    """Which tablets a page names, and how it goes on about them."""
    text = " ".join(client.get(page).text.split())
    found = re.findall(r"Centret &lt;b&gt;, tablet (\w{4})</strong>: (\d+ \w+ \w+ \w+|not heard of since)", text)
    return dict(found)
