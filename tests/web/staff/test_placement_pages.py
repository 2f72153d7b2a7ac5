"""Placements with their codes, addresses and posters."""

import io

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy.orm import Session

from surveyapp.models import PlaceKind, Placement, User, WaveState
from surveyapp.services.codes import grouped
from surveyapp.services.placements import add_placement
from tests.builders import World, make_wave
from tests.posters.reading import pymupdf
from tests.web.checking_client import CheckingClient

PAGE = "/o/egebo/waves/1/placements"


@pytest.fixture
def placement(session: Session, world: World) -> Placement:
    placement = add_placement(session, world.wave, None, "Gården", PlaceKind.COURTYARD)
    placement.code = "K7M4QX"
    session.commit()
    return placement


def test_a_new_placement_is_listed_with_its_code_and_address(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    assert client.send(PAGE, name="Vaskeriet", kind="laundry", mode="").location == PAGE
    session.rollback()
    (placement,) = world.wave.placements
    page = client.get(PAGE).text
    assert f"{placement.code[:3]} {placement.code[3:]}" in page
    assert f"https://svar.example/{placement.code}" in page
    assert page.count("<select") == page.count('<select class="form-select"') > 0  # a choice looks like one


def test_last_years_places_are_offered_to_a_wave_without_any_and_taken_once(
    client: CheckingClient, session: Session, world: World, placement: Placement, coordinator: User
) -> None:
    wave = make_wave(session, world.survey, number=1)
    session.commit()
    page = PAGE.replace("/1/", f"/{wave.id}/")
    client.sign_in(coordinator)
    assert "Use these places again" in client.get(page).text
    for _press in range(2):
        assert client.send(f"{page}/again").location == page
    session.rollback()
    (again,) = wave.placements
    assert again.code != placement.code
    shown = client.get(page).text
    assert grouped(again.code, 3) in shown
    assert "Use these places again" not in shown


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": "", "kind": "laundry", "mode": ""}, "must be filled in"),
        ({"name": "x" * 81, "kind": "laundry", "mode": ""}, "At most 80 characters"),
        ({"name": "Vaskeriet", "kind": "spaceship", "mode": ""}, "Choose again"),
    ],
)
def test_a_bad_placement_is_refused_and_what_was_typed_stays(
    client: CheckingClient, session: Session, world: World, coordinator: User, fields: dict[str, str], sentence: str
) -> None:
    client.sign_in(coordinator)
    answer = client.send(PAGE, **fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{fields["name"]}"' in answer.text
    session.rollback()
    assert world.wave.placements == []


LETTER = {"name": "Breve til blok 3", "kind": "letter", "mode": ""}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (LETTER | {"households": "12", "several_stairwells": "y"}, "At least 30 households must share"),
        (LETTER | {"several_stairwells": "y"}, "At least 30 households must share"),
        (LETTER | {"households": "mange", "several_stairwells": "y"}, "Write a whole number"),
        (LETTER | {"households": "9" * 20, "several_stairwells": "y"}, "Write a number between 1 and 100000"),
        (LETTER | {"households": "48"}, "would point at its residents"),
        (LETTER | {"kind": "event", "starts_on": "01-01-2020"}, "The measurement runs from 1 November 2026"),
        (LETTER | {"kind": "event", "ends_on": "i morgen"}, "Write the date as day-month-year"),
    ],
)
def test_a_letter_to_few_or_days_outside_the_wave_are_refused_with_a_sentence(
    client: CheckingClient, session: Session, world: World, coordinator: User, fields: dict[str, str], sentence: str
) -> None:
    client.sign_in(coordinator)
    answer = client.send(PAGE, **fields)
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#39;", "'")
    assert all(f'value="{typed}"' in answer.text for field, typed in fields.items() if field not in {"kind", "mode"})
    session.rollback()
    assert world.wave.placements == []


def test_a_name_with_markup_is_shown_as_it_was_typed(client: CheckingClient, world: World, coordinator: User) -> None:
    client.sign_in(coordinator)
    client.send(PAGE, name="<script>alert(1)</script>", kind="laundry", mode="")
    page = client.get(PAGE).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_a_closed_wave_takes_no_more_placements_and_says_so(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    world.wave.state = WaveState.CLOSED
    session.commit()
    client.sign_in(coordinator)
    assert 'name="kind"' not in client.get(PAGE).text
    answer = client.send(PAGE, name="Vaskeriet", kind="laundry", mode="")
    assert "already closed" in client.get(answer.location).text


def test_the_poster_leads_to_the_placement(client: CheckingClient, placement: Placement, coordinator: User) -> None:
    client.sign_in(coordinator)
    for path in (f"/o/egebo/placements/{placement.id}/poster.pdf", "/o/egebo/waves/1/posters.pdf"):
        answer = client.get(path)
        assert answer.mimetype == "application/pdf"
        page = pymupdf.open(stream=answer.data)[0]
        picture = Image.open(io.BytesIO(page.get_pixmap(dpi=100).tobytes("png")))
        assert [found.text for found in zxingcpp.read_barcodes(picture)] == ["HTTPS://SVAR.EXAMPLE/K7M4QX"]
        text = page.get_text()
        assert "K7M 4QX" in text
        assert "svar.example" in text
        assert "Boligforeningen Egebo" in text
        assert "30. november 2026" in text


def test_an_examples_poster_says_that_its_figures_are_invented(
    client: CheckingClient, session: Session, world: World, placement: Placement, coordinator: User
) -> None:
    client.sign_in(coordinator)
    path = f"/o/egebo/placements/{placement.id}/poster.pdf"
    assert "opdigtede" not in pymupdf.open(stream=client.get(path).data)[0].get_text()
    world.survey.synthetic = True
    session.commit()
    assert "opdigtede tal" in pymupdf.open(stream=client.get(path).data)[0].get_text()


def test_a_name_that_no_font_can_print_is_named(
    client: CheckingClient, session: Session, placement: Placement, coordinator: User
) -> None:
    placement.name = "Gården 🎈"
    session.commit()
    client.sign_in(coordinator)
    answer = client.get(f"/o/egebo/placements/{placement.id}/poster.pdf")
    assert answer.location == PAGE
    assert "🎈" in client.get(PAGE).text.split('role="status"')[1].split("</div>")[0]


def test_a_logo_that_could_do_harm_is_not_printed(
    client: CheckingClient, session: Session, world: World, placement: Placement, coordinator: User
) -> None:
    world.lead.logo_svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    session.commit()
    client.sign_in(coordinator)
    assert client.get(f"/o/egebo/placements/{placement.id}/poster.pdf").location == PAGE
    assert "logo can" in client.get(PAGE).text


def test_a_wave_without_placements_has_no_posters_to_print(
    client: CheckingClient, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    assert client.get("/o/egebo/waves/1/posters.pdf").location == PAGE


def test_the_code_alone_is_a_picture(client: CheckingClient, placement: Placement, coordinator: User) -> None:
    client.sign_in(coordinator)
    answer = client.get(f"/o/egebo/placements/{placement.id}/code.svg")
    assert answer.mimetype == "image/svg+xml"
    drawing = pymupdf.open(stream=answer.data, filetype="svg")[0].get_pixmap(dpi=400)
    picture = Image.open(io.BytesIO(drawing.tobytes("png")))
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == ["HTTPS://SVAR.EXAMPLE/K7M4QX"]


def test_files_are_for_those_signed_in(client: CheckingClient, placement: Placement) -> None:
    assert client.get(f"/o/egebo/placements/{placement.id}/poster.pdf").status_code == 401


def test_a_place_gets_another_name_and_days_of_its_own(
    client: CheckingClient, session: Session, placement: Placement, coordinator: User
) -> None:
    client.sign_in(coordinator)
    page = f"/o/egebo/placements/{placement.id}"
    assert 'value="Gården"' in client.get(page).text
    assert client.send(page, name="Gård 2", starts_on="03-11-2026", ends_on="").location == PAGE
    assert "Gård 2" in client.get(PAGE).text
    assert "3 November 2026 – 30 November 2026" in client.get(PAGE).text
    refused = client.send(page, name="Gård 2", starts_on="03-11-2026", ends_on="02-11-2026")
    assert refused.status_code == 422
    assert "must not come before the first" in refused.text
    session.rollback()
    assert (placement.name, placement.ends_on) == ("Gård 2", None)


def test_a_replaced_code_hands_its_place_to_a_new_one_with_a_poster_of_its_own(
    client: CheckingClient, session: Session, world: World, placement: Placement, coordinator: User
) -> None:
    client.sign_in(coordinator)
    page = f"/o/egebo/placements/{placement.id}"
    client.send(f"{page}/replace")
    client.send(f"{page}/replace")  # a second click, or somebody else's
    session.rollback()
    old, new = world.wave.placements
    listed = client.get(PAGE).text
    assert "Before it K7M 4QX, withdrawn on" in listed
    assert listed.count('class="card-heading"') == 1
    assert f"It has been replaced by {grouped(new.code, 3)}" in client.get(page).text
    posters = pymupdf.open(stream=client.get("/o/egebo/waves/1/posters.pdf").data)
    assert [grouped(new.code, 3) in each.get_text() for each in posters] == [True]
    assert client.get(f"{page}/poster.pdf").location == PAGE, "a withdrawn code is printed no more"
    assert (old.replaced_by, new.name) == (new, "Gården")


@pytest.mark.parametrize("step", ["revoke", "replace"])
def test_before_a_code_ends_a_page_says_what_that_means_and_changes_nothing(
    client: CheckingClient, session: Session, placement: Placement, coordinator: User, step: str
) -> None:
    client.sign_in(coordinator)
    place = f"/o/egebo/placements/{placement.id}"
    page = client.get(f"{place}/{step}").text
    assert "The code takes no more answers. Those so far still count." in page
    assert grouped(placement.code, 3) in page
    session.rollback()
    assert (placement.revoked_on, placement.replaced_by) == (None, None)
    client.send(f"{place}/{step}")
    assert client.get(f"{place}/{step}").location == place, "a second time there is nothing to end"


def test_a_withdrawn_code_stays_in_the_list_and_says_so(
    client: CheckingClient, placement: Placement, coordinator: User
) -> None:
    client.sign_in(coordinator)
    client.send(f"/o/egebo/placements/{placement.id}/revoke")
    assert "Withdrawn on" in client.get(PAGE).text
    assert "Withdraw without a new code" not in client.get(f"/o/egebo/placements/{placement.id}").text


@pytest.mark.parametrize("step", ["", "/replace", "/revoke"])
def test_once_the_wave_is_closed_its_codes_stay_as_they_are(
    client: CheckingClient, session: Session, world: World, placement: Placement, coordinator: User, step: str
) -> None:
    world.wave.state = WaveState.CLOSED
    session.commit()
    client.sign_in(coordinator)
    answer = client.send(f"/o/egebo/placements/{placement.id}{step}", name="Gården")
    assert "already closed" in client.get(answer.location).text
    session.rollback()
    assert (placement.revoked_on, placement.replaced_by_id) == (None, None)


def test_while_a_file_is_made_a_page_says_so_and_leads_to_it_by_itself(
    client: CheckingClient, placement: Placement, coordinator: User
) -> None:
    client.sign_in(coordinator)
    page = client.get("/o/egebo/waves/1/print?product=a3").text
    assert '<meta http-equiv="refresh" content="0; url=/o/egebo/waves/1/posters.pdf?product=a3">' in page
    assert "1 place · 3 languages" in page
    assert "<progress" in page
    assert client.get("/o/egebo/waves/1/print?product=banner").status_code == 404
