"""What a coordinator can print or show besides the A4 poster."""

import io
import re

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy.orm import Session

from surveyapp.models import PlaceKind, Placement, User
from surveyapp.services.placements import add_placement
from tests.builders import World
from tests.posters.reading import POINTS_PER_MM, code_boxes, pymupdf
from tests.web.checking_client import CheckingClient

PAGE = "/o/egebo/waves/1/placements"
READ = "HTTPS://SVAR.EXAMPLE/K7M4QX"


@pytest.fixture
def placement(session: Session, world: World) -> Placement:
    placement = add_placement(session, world.wave, None, "Gården", PlaceKind.COURTYARD)
    placement.code = "K7M4QX"
    session.commit()
    return placement


@pytest.mark.parametrize(
    ("product", "size", "codes"),
    [
        ("a4", (210, 297), 1),
        ("a3", (297, 420), 1),
        ("flyer", (148, 210), 1),
        ("slips", (210, 297), 8),
        ("strips", (210, 297), 9),
    ],
)
def test_every_product_comes_for_one_place_and_for_all(
    client: CheckingClient, placement: Placement, coordinator: User, product: str, size: tuple[int, int], codes: int
) -> None:
    client.sign_in(coordinator)
    for path in (f"/o/egebo/placements/{placement.id}/poster.pdf", "/o/egebo/waves/1/posters.pdf"):
        page = pymupdf.open(stream=client.get(f"{path}?product={product}").data)[0]
        assert (page.rect.width / POINTS_PER_MM, page.rect.height / POINTS_PER_MM) == pytest.approx(size, abs=0.1)
        assert len(code_boxes(page)) == codes
        assert "K7M 4QX" in page.get_text()


@pytest.mark.parametrize(("screen", "size"), [("portrait", (1080, 1920)), ("landscape", (1920, 1080))])
def test_a_screens_picture_has_its_pixels_and_leads_to_the_placement(
    client: CheckingClient, placement: Placement, coordinator: User, screen: str, size: tuple[int, int]
) -> None:
    client.sign_in(coordinator)
    answer = client.get(f"/o/egebo/placements/{placement.id}/screen.png?screen={screen}")
    assert answer.mimetype == "image/png"
    picture = Image.open(io.BytesIO(answer.data))
    assert picture.size == size
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [READ]


def test_languages_that_no_screen_has_room_for_get_a_second_picture_with_a_link(
    client: CheckingClient, session: Session, world: World, placement: Placement, coordinator: User
) -> None:
    client.sign_in(coordinator)
    path = f"/o/egebo/placements/{placement.id}/screen.png?screen=landscape"
    assert "Wide screen (PNG), 2 of 2" not in client.get(PAGE).text
    assert client.get(f"{path}&picture=2").status_code == 404
    world.survey.languages = ["da", "en", "ar", "tr", "uk", "so", "pl"]
    session.commit()
    assert "Wide screen (PNG), 2 of 2" in client.get(PAGE).text
    first, second = (client.get(f"{path}&picture={number}").data for number in (1, 2))
    assert first != second


def test_the_page_offers_every_product_with_the_distance_it_is_read_from_and_its_links_lead_somewhere(
    client: CheckingClient, placement: Placement, coordinator: User
) -> None:
    client.sign_in(coordinator)
    page = client.get(PAGE).text
    assert "Poster, A4 · up to 59 cm" in page
    assert "Slips for letter boxes, eight on A4 · up to 21 cm" in page
    options = re.findall(r'<option value="(\w+)">\w+[^<]* cm<', page)
    links = re.findall(r'href="([^"]+/(?:poster\.pdf|screen\.png|code\.svg)[^"]*)"', page)
    assert len(options) == 5
    assert len(links) == 1 + 1 + 4 + 2
    for path in [*(f"/o/egebo/waves/1/posters.pdf?product={option}" for option in options), *links]:
        assert client.get(path.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("query", ["poster.pdf?product=banner", "screen.png?screen=round", "screen.png?picture=0"])
def test_what_is_not_offered_is_not_there(
    client: CheckingClient, placement: Placement, coordinator: User, query: str
) -> None:
    client.sign_in(coordinator)
    assert client.get(f"/o/egebo/placements/{placement.id}/{query}").status_code == 404


def test_an_organisations_logo_stands_on_what_is_printed(
    client: CheckingClient, session: Session, world: World, placement: Placement, coordinator: User
) -> None:
    world.lead.logo_svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"><path fill="#c33" d="M0 0h3v1H0z"/></svg>'
    )
    session.commit()
    client.sign_in(coordinator)
    page = pymupdf.open(stream=client.get(f"/o/egebo/placements/{placement.id}/poster.pdf").data)[0]
    drawn = page.get_pixmap(dpi=36, alpha=False)
    colours = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples).getcolors(1 << 20) or []
    assert sum(count for count, colour in colours if colour == pytest.approx((204, 51, 51), abs=2)) > 20
