"""Building a measurement from nothing: as a coordinator, a translator and an interpreter do it, until it is copied."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.models import Area, Margin, PlaceKind, Role, Wave
from surveyapp.services.partnership_setup import SurveyPlan, create_partnership
from surveyapp.services.placements import add_placement
from surveyapp.services.translations.strings import find_string
from surveyapp.services.waves import today_in
from tests.browser.conftest import LAPTOP, PHONE, OpenBrowser
from tests.browser.pages import sign_in
from tests.browser.test_translations import COORDINATOR, TRANSLATOR
from tests.builders import World, make_world, user

TODAY = today_in("Europe/Copenhagen")
OWN = "Jeg låner mine naboer en stige i {place}"
OWN_IN_ARABIC = "أعير جيراني سلماً في {place}"
BANDS = {"18-29": 150, "30-44": 250, "45-59": 250, "60plus": 150}


@pytest.fixture
def world(session: Session) -> World:
    """Beside the world of all tests, a partnership whose survey has no measurement yet."""
    world = make_world(session)
    user(session, world.lead, Role.COORDINATOR, COORDINATOR)
    user(session, world.lead, Role.TRANSLATOR, TRANSLATOR)
    area = Area(organisation=world.lead, name="Birkelunden", adults=800)
    for position, (category, persons) in enumerate(BANDS.items()):
        area.margins.append(
            Margin(dimension="age", category=category, position=position, persons=persons, source="test", year=2026)
        )
    plan = SurveyPlan("Birkelunden", "da", ["da", "ar"], ["belonging", "trust"])
    create_partnership(session, world.lead, None, name="Partnerskab Birkelunden", area=area, members=[], survey=plan)
    session.commit()
    return world


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).press("Enter")


def push(page: Page, name: str, what: str = "") -> None:
    """The button with this name; `what` is said only to those who hear the page."""
    page.get_by_role("button", name=re.compile(f"^{name} ?: {what}") if what else name).press("Enter")


def on_the_phone(page: Page, words: str) -> None:
    expect(page.locator(".phone-heading")).to_have_text(words)


def the_wave(session: Session) -> Wave:
    session.rollback()
    return session.query(Wave).order_by(Wave.id.desc()).first() or pytest.fail("no wave was made")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_measurement_is_built_translated_rehearsed_opened_and_copied_by_keyboard(
    live: str, session: Session, world: World, open_browser: OpenBrowser, tmp_path: Path, scripts: bool
) -> None:
    staff = open_browser(viewport=LAPTOP, java_script_enabled=scripts)
    sign_in(staff, live, COORDINATOR)
    _build(staff, scripts)
    translator = open_browser(viewport=LAPTOP, java_script_enabled=scripts)
    sign_in(translator, live, TRANSLATOR)
    _translate(translator, live, the_wave(session).id, tmp_path)
    assert find_string(the_wave(session), "item.jeg_laaner_mine_naboer_en_stige_i_place").words("ar") == OWN_IN_ARABIC

    staff.reload()
    expect(staff.get_by_text("Ingen, der taler disse sprog, har set på alle teksterne.")).to_be_visible()
    staff.get_by_role("link", name=re.compile("Send et link til gennemgang ?: العربية")).press("Enter")
    push(staff, "Lav et link")
    address = staff.get_by_role("textbox", name="Link").input_value()
    _review(open_browser(viewport=PHONE, java_script_enabled=scripts), address)

    wave = the_wave(session)
    code = add_placement(session, wave, None, "Gården", PlaceKind.COURTYARD).code
    session.commit()
    staff.goto(f"{live}/o/egebo/waves/{wave.id}")
    expect(staff.get_by_role("link", name=re.compile(code))).to_be_visible()
    phone = open_browser(java_script_enabled=scripts)
    phone.goto(f"{live}/{code}?lang=ar")
    expect(phone.get_by_text("TEST").first).to_be_visible()
    expect(phone.get_by_text("أعير جيراني سلماً في Birkelunden")).to_have_count(1)

    follow(staff, "Åbn målingen")
    staff.get_by_label("Sidste dag").fill(TODAY.isoformat())
    push(staff, "Lås og åbn")
    expect(staff.get_by_role("status")).to_contain_text("Målingen er åben")
    _copy(staff)


def test_the_phone_shows_an_initiative_as_residents_meet_it_while_it_is_written(
    live: str, world: World, open_browser: OpenBrowser
) -> None:
    page = open_browser(viewport=LAPTOP)
    sign_in(page, live, COORDINATOR)
    page.goto(f"{live}/o/egebo/partnerships/2/initiatives/new")
    on_the_phone(page, "___ ___. Kender du til det?")
    page.get_by_label("Partner").fill("Nortec")
    page.get_by_label("Dansk").fill("åbnede et mødested")
    on_the_phone(page, "Nortec åbnede et mødested. Kender du til det?")
    expect(page.get_by_label("Partner")).to_have_value("Nortec")


def _build(page: Page, scripts: bool) -> None:
    """Every step in turn, each named by the one before."""
    page.get_by_role("link", name="Partnerskab Birkelunden").press("Enter")
    follow(page, "Planlæg den første måling")
    push(page, "Lav kladden")
    heading(page, "Udsagn")
    on_the_phone(page, "Jeg føler mig som en del af mit nabolag")

    follow(page, "Tilføj fra biblioteket")
    page.get_by_label("Søg").fill("til at stole")
    page.get_by_label("Søg").press("Enter")
    on_the_phone(page, "De fleste i mit nabolag er til at stole på")
    push(page, "Tilføj", "De fleste i mit nabolag")
    expect(page.get_by_role("status").first).to_contain_text("Tilføjet: De fleste i mit nabolag er til at stole på")
    expect(page.get_by_label("Søg")).to_have_value("til at stole")
    follow(page, "Tilbage til kladden")
    push(page, "Flyt op: De fleste i mit nabolag")
    expect(page.locator(".statement").nth(1)).to_have_text("De fleste i mit nabolag er til at stole på")

    follow(page, "Skriv dit eget")
    written = page.get_by_role("textbox", name="Udsagn")
    written.fill("Jeg <b>låner</b> {partner} en stige")
    page.get_by_label("Hvad det måler").select_option(label="Tillid")
    push(page, "Tilføj")
    expect(page.get_by_role("alert")).to_contain_text("{place}")
    expect(written).to_have_value("Jeg <b>låner</b> {partner} en stige")
    written.fill(OWN)
    if scripts:
        on_the_phone(page, "Jeg låner mine naboer en stige i Birkelunden")
    push(page, "Tilføj")
    on_the_phone(page, "Jeg låner mine naboer en stige i Birkelunden")

    follow(page, "Videre til indsatserne")
    expect(page.get_by_text("Dette er baseline.")).to_be_visible()
    follow(page, "Videre til baggrundsspørgsmålene")
    push(page, "Tilføj", "Hvor gammel er du")
    on_the_phone(page, "Hvor gammel er du?")
    follow(page, "Se det hele igennem")
    finding = page.get_by_role("listitem").filter(has_text="Teksten mangler.")
    expect(finding).to_contain_text("العربية")
    expect(finding.get_by_role("link")).to_have_attribute("href", re.compile("translations/ar"))


def _translate(page: Page, live: str, wave_id: int, folder: Path) -> None:
    """The missing text, in a program of the translator's own."""
    page.goto(f"{live}/o/egebo/waves/{wave_id}/translations/ar/files")
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="PO, til oversætterprogrammer").press("Enter")
    text = Path(downloaded.value.path()).read_text(encoding="utf-8")
    file = folder / "ar.po"
    file.write_text(re.sub(rf'(msgid "{re.escape(OWN)}"\nmsgstr) ""', rf'\1 "{OWN_IN_ARABIC}"', text), encoding="utf-8")
    page.get_by_label("Fil", exact=True).set_input_files(file)
    push(page, "Se på filen")
    push(page, "Brug dem med flueben")
    expect(page.get_by_role("status")).to_contain_text("1 tekst er overtaget.")


def _review(phone: Page, address: str) -> None:
    """Every sentence sounds right to somebody who speaks the language."""
    phone.goto(address)
    phone.get_by_label("Dit navn eller din rolle").fill("Huda, tolk")
    push(phone, "Begynd")
    for place in range(1, 10):
        heading(phone, f"Sætning {place} af 9")
        push(phone, "Lyder rigtigt")
    heading(phone, "Tak. Du har været det hele igennem")


def _copy(page: Page) -> None:
    """Next year: the same words, locked, and a change that has to be meant."""
    follow(page, "Partnerskab Birkelunden")
    follow(page, "Planlæg næste måling")
    expect(page.get_by_label("Målingens navn")).to_have_value("År 1")
    push(page, "Lav kladden")
    expect(page.get_by_text("samme ord som før")).to_have_count(4)
    page.get_by_role("link", name=re.compile("Ret ?: Jeg stoler på mine naboer")).press("Enter")
    expect(page.get_by_text("Sidst blev der spurgt med disse ord: Jeg stoler på mine naboer")).to_be_visible()
    page.get_by_role("textbox", name="Udsagn").fill("Jeg stoler på folk her")
    push(page, "Gem")
    expect(page.get_by_role("alert")).to_contain_text("kan ikke sammenlignes med de tidligere år")
    expect(page.get_by_role("textbox", name="Udsagn")).to_have_value("Jeg stoler på folk her")
    page.get_by_label("Ja, bryd udviklingen").press("Space")
    push(page, "Gem")
    expect(page.get_by_text("bryder udviklingen", exact=True)).to_be_visible()
