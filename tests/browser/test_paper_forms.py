"""A pile of forms typed in by the keyboard alone."""

import re
from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from playwright.sync_api import Dialog, Page, Route, expect
from sqlalchemy.orm import Session

from surveyapp.models import PaperBatch, PlaceKind, Placement, Response, Role
from tests.browser.conftest import LAPTOP, PHONE, OpenBrowser
from tests.browser.pages import ANNA, check, sign_in
from tests.browser.test_staff import TODAY
from tests.builders import make_world, open_with_placement, user

YES, NO = "1", "2"


@pytest.fixture
def paper(session: Session) -> Placement:
    world = make_world(session)
    user(session, world.lead, Role.COORDINATOR, ANNA)
    placement = open_with_placement(session, world.wave, PlaceKind.PAPER)
    world.wave.opens_on = world.wave.closes_on = TODAY
    session.commit()
    return placement


def press(page: Page, keys: Sequence[str]) -> None:
    for key in keys:
        page.keyboard.press(key)


def store(page: Page, heading: str) -> None:
    """Enter on the button that the last key led to."""
    expect(page.locator("[data-store]")).to_be_focused()
    page.keyboard.press("Enter")
    begun(page, heading)


def begun(page: Page, heading: str) -> None:
    """The page is there with its script, and its first field waits for a key."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.wait_for_load_state()
    expect(page.locator(".paper-key").first).to_be_focused()


def test_twenty_forms_by_keyboard_with_two_typed_twice(
    live: str, session: Session, paper: Placement, open_browser: OpenBrowser
) -> None:
    page = open_browser(viewport=LAPTOP)
    sign_in(page, live)
    page.goto(f"{live}/o/egebo/waves/1/placements")
    page.get_by_role("link", name="Tast skemaer ind").press("Enter")
    expect(page.get_by_role("link", name="العربية")).to_be_visible()
    check(page)
    page.get_by_role("link", name="العربية").press("Enter")
    begun(page, "Skema 1")
    check(page)

    # Lives here, A1, A2, knows of it, B1a, age; a no to B1 jumps over B1a, space and 0 skip, arrows go back
    said_yes, said_no = [YES, "5", "n", YES, "d", "3"], [YES, " ", "2", NO, "0"]
    for number in range(1, 21):
        press(page, said_yes if number % 2 else said_no)
        if number == 3:
            press(page, ["ArrowUp", "ArrowUp", "4", "Enter"])  # B1a after all: 4
        if number == 10:
            store(page, "Skema 10, en gang til")
            check(page)
            press(page, [YES, " ", "3", NO, "0"])
            store(page, "Skema 10: se på papiret")
            expect(page.get_by_text("Først 2 (Uenig), så 3 (Hverken enig eller uenig)")).to_be_visible()
            check(page)
            page.keyboard.press("7")
            expect(page.get_by_text("Det felt findes ikke")).to_be_visible()
            page.keyboard.press("2")
        if number == 20:
            store(page, "Skema 20, en gang til")
            press(page, said_no)
        store(page, f"Skema {number + 1}")
    page.set_viewport_size({"width": 360, "height": 740})
    check(page)
    expect(page.get_by_text("2 tastet to gange: 1 af 10 felter var forskellige")).to_be_visible()

    page.keyboard.press("ArrowUp")  # from the first field back to the form just stored
    page.keyboard.press("Enter")
    begun(page, "Ret skema 20")
    press(page, ["Enter", "1"])
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    store(page, "Skema 21")
    page.get_by_role("button", name="Afslut bunken").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("20 skemaer")
    check(page)

    rows = [row.answers for row in session.scalars(sa.select(Response))]
    yes = {"belonging": "5", "trust": "na", "dinners.knows": "yes", "dinners_trust": "dk"}
    no = {"trust": "2", "dinners.knows": "no"}
    assert len(rows) == 20
    assert [rows.count(each) for each in (yes, yes | {"dinners_trust": "4"}, no, no | {"belonging": "1"})] == [
        9,
        1,
        9,
        1,
    ]
    batch = session.scalars(sa.select(PaperBatch)).one()
    assert (batch.forms, batch.second_keyed, batch.fields, batch.differing, batch.ended) == (20, 2, 10, 1, True)


def test_keys_pressed_before_the_next_form_is_there_go_to_its_lines(
    live: str, session: Session, paper: Placement, open_browser: OpenBrowser
) -> None:
    page = open_browser(viewport=LAPTOP)
    sign_in(page, live)
    page.goto(f"{live}/o/egebo/placements/{paper.id}/paper/da")
    begun(page, "Skema 1")
    press(page, [YES, "5", "n", YES, "d", "3"])
    held: list[Route] = []
    page.route(re.compile(r"/paper/da|/paper\.js"), lambda route: held.append(route))
    with page.expect_request("**/paper/da*"):
        page.keyboard.press("Enter")
    press(page, [YES, "4", "Enter"])  # while the first form is on its way
    with page.expect_request("**/paper.js*"):
        held.pop().continue_()
    expect(page.locator(".paper-key").first).to_be_focused()
    press(page, ["2", NO])  # the page is there, its script isn't
    held.pop().continue_()
    expect(page.locator(".paper-key").last).to_be_focused()  # past B1a, which the no leaves out
    page.unroute_all()
    page.keyboard.press("1")
    store(page, "Skema 3")
    assert [field.input_value() for field in page.locator(".paper-key").all()] == [""] * 6
    session.rollback()  # to see what the page has stored
    rows = [row.answers for row in session.scalars(sa.select(Response))]
    assert len(rows) == 2
    assert {"belonging": "4", "trust": "2", "dinners.knows": "no"} in rows


def test_leaving_a_form_that_is_half_typed_asks_first_and_an_untouched_one_does_not(
    live: str, paper: Placement, open_browser: OpenBrowser
) -> None:
    page = open_browser(viewport=LAPTOP)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    sign_in(page, live)
    page.goto(f"{live}/o/egebo/placements/{paper.id}/paper/da")
    begun(page, "Skema 1")
    press(page, [YES, "5"])
    with page.expect_event("dialog"):
        page.get_by_role("link", name=paper.name).click(no_wait_after=True)
    expect(page.locator(".paper-key").nth(1)).to_have_value("5")
    assert asked == ["beforeunload"]
    page.locator(".paper-key").nth(2).focus()
    press(page, ["n", NO, "3"])  # the no leaves out B1a
    store(page, "Skema 2")
    page.get_by_role("link", name=paper.name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tast skemaer ind")
    assert asked == ["beforeunload"]


def test_one_form_without_a_script_on_a_small_screen(
    live: str, session: Session, paper: Placement, open_browser: OpenBrowser
) -> None:
    page = open_browser(viewport=PHONE, java_script_enabled=False)
    sign_in(page, live)
    page.goto(f"{live}/o/egebo/placements/{paper.id}/paper/da")
    for label, key in {"0 Bor du": "1", "A1 ": "4", "A2 ": "8", "B1 ": "2", "C1 ": "3"}.items():
        page.get_by_label(label).first.fill(key)
    page.get_by_role("button", name="Gem, og gå videre").click()
    expect(page.get_by_text("A2 har ikke et felt 8")).to_be_visible()
    page.get_by_label("A2 ").fill("1")
    page.get_by_role("button", name="Gem, og gå videre").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skema 2")
    for field in page.locator(".paper-key, main button").all():
        box = field.bounding_box()
        assert box
        assert box["height"] >= 44
    session.rollback()  # to see what the page has stored
    [row] = session.scalars(sa.select(Response))
    assert row.answers == {"belonging": "4", "trust": "1", "dinners.knows": "no"}
