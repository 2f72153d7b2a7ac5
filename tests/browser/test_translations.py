"""Translating as a translator does, reviewing as an interpreter on a phone does, listening as a resident does."""

import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.models import Role
from surveyapp.services.translations.clips import add_clip
from surveyapp.services.translations.strings import TextState, find_string
from surveyapp.services.waves import today_in
from tests.browser.conftest import LAPTOP, PHONE, OpenBrowser
from tests.browser.pages import check, sign_in
from tests.builders import World, make_world, open_with_placement, user
from tests.services.translations.recordings import recorded

TRANSLATOR, COORDINATOR = "fatima@egebo.example", "karin@egebo.example"
ARABIC = "/o/egebo/waves/1/translations/ar"
TODAY = today_in("Europe/Copenhagen")


@pytest.fixture
def world(session: Session) -> World:
    world = make_world(session)
    user(session, world.lead, Role.TRANSLATOR, TRANSLATOR)
    user(session, world.lead, Role.COORDINATOR, COORDINATOR)
    session.commit()
    return world


def state(session: Session, world: World, key: str) -> TextState:
    session.rollback()
    return find_string(world.wave, key).state("ar")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_translator_works_through_a_language(
    live: str, session: Session, world: World, open_browser: OpenBrowser, scripts: bool
) -> None:
    page = open_browser(viewport=LAPTOP, java_script_enabled=scripts)
    sign_in(page, live, TRANSLATOR)
    page.get_by_role("link", name="العربية").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tekster på العربية")
    page.get_by_role("textbox", name="Tekst på العربية").fill("أشعر أن هذا المكان مكاني")
    page.get_by_role("button", name="Lyder rigtigt: gennemgået").click()
    expect(page.get_by_role("status")).to_contain_text("Gemt som gennemgået: أشعر أن هذا المكان مكاني")
    expect(page.get_by_text("Udsagn 2 af 9")).to_be_visible()
    assert state(session, world, "item.belonging") is TextState.REVIEWED
    page.get_by_role("textbox", name="Tekst på العربية").fill("{place} أثق")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("krøllede parenteser")
    expect(page.get_by_role("textbox", name="Tekst på العربية")).to_have_value("{place} أثق")


def test_the_phone_shows_what_is_typed_with_its_slots_filled(
    live: str, world: World, open_browser: OpenBrowser
) -> None:
    page = open_browser(viewport=LAPTOP)
    sign_in(page, live, TRANSLATOR)
    page.goto(f"{live}{ARABIC}?string=item.dinners_trust")
    page.get_by_role("textbox", name="Tekst på العربية").fill("منذ {partner}")
    heading = page.locator(".phone-heading")
    expect(heading).to_have_text("منذ Supermarkedet Solsikken")
    assert heading.evaluate("one => getComputedStyle(one).direction") == "rtl"
    expect(page.get_by_text("13 af højst 140 tegn")).to_be_visible()
    page.goto(f"{live}{ARABIC}?string=clause.dinners")
    page.get_by_role("textbox", name="Tekst på العربية").fill("افتتح مقهى")
    expect(heading).to_have_text("هل تعرف أن Supermarkedet Solsikken افتتح مقهى؟")
    page.goto(f"{live}{ARABIC}?string=background.age.30-59")
    page.get_by_role("textbox", name="Tekst på العربية").fill("من 30 إلى 59")
    expect(page.locator(".phone-choices li").nth(1)).to_have_text("من 30 إلى 59")


def test_a_po_file_travels_through_a_translators_program(
    live: str, session: Session, world: World, open_browser: OpenBrowser, tmp_path: Path
) -> None:
    page = open_browser(viewport=LAPTOP)
    sign_in(page, live, TRANSLATOR)
    page.goto(f"{live}{ARABIC}/files")
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="PO, til oversætterprogrammer").click()
    text = Path(downloaded.value.path()).read_text(encoding="utf-8")
    file = tmp_path / downloaded.value.suggested_filename
    assert file.name == "egeparken-baseline-ar.po"
    file.write_text(text.replace('msgstr "أثق بجيراني"', 'msgstr "أثق في جيراني"'), encoding="utf-8")
    _bring_back(page, file)
    check(page)
    page.get_by_role("button", name="Brug dem med flueben").click()
    expect(page.get_by_role("status")).to_contain_text("1 tekst er overtaget.")
    session.rollback()
    assert find_string(world.wave, "item.trust").words("ar") == "أثق في جيراني"


def test_a_spreadsheet_comes_back_and_a_conflict_is_not_overwritten(
    live: str, session: Session, world: World, open_browser: OpenBrowser, tmp_path: Path
) -> None:
    page = open_browser(viewport=LAPTOP)
    sign_in(page, live, TRANSLATOR)
    page.goto(f"{live}{ARABIC}/files")
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="XLSX, til regneark").click()
    book = load_workbook(io.BytesIO(Path(downloaded.value.path()).read_bytes()))
    book["Texts"]["D3"], book["Texts"]["D2"] = "من الملف", "هنا بيتي"
    book.save(tmp_path / "texts.xlsx")
    page.goto(f"{live}{ARABIC}?string=item.trust")
    page.get_by_role("textbox", name="Tekst på العربية").fill("من هنا")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_role("status")).to_be_visible()
    page.goto(f"{live}{ARABIC}/files")
    _bring_back(page, tmp_path / "texts.xlsx")
    conflicts = page.get_by_role("region", name="Konflikter")
    expect(conflicts).to_contain_text("من الملف")
    expect(conflicts).to_contain_text("من هنا")
    page.get_by_role("button", name="Brug dem med flueben").click()
    expect(page.get_by_role("status")).to_contain_text("1 tekst er overtaget.")
    session.rollback()
    assert find_string(world.wave, "item.trust").words("ar") == "من هنا"
    assert find_string(world.wave, "item.belonging").words("ar") == "هنا بيتي"


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_an_interpreter_reviews_on_a_phone_and_the_coordinator_reads_what_was_said(
    live: str, session: Session, world: World, open_browser: OpenBrowser, scripts: bool
) -> None:
    staff = open_browser(viewport=LAPTOP)
    sign_in(staff, live, COORDINATOR)
    staff.goto(f"{live}{ARABIC}/review-links")
    staff.get_by_role("button", name="Lav et link").click()
    address = staff.get_by_role("textbox", name="Link").input_value()

    phone = open_browser(viewport=PHONE, java_script_enabled=scripts)
    phone.goto(address)
    phone.get_by_label("Dit navn eller din rolle").fill("Huda, tolk")
    phone.get_by_role("button", name="Begynd").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sætning 1 af 9")
    assert phone.locator(".sentence").evaluate("one => getComputedStyle(one).direction") == "rtl"
    phone.get_by_role("button", name="Lyder rigtigt").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sætning 2 af 9")
    phone.get_by_role("button", name="Noget er galt").click()
    expect(phone.get_by_role("alert")).to_contain_text("Skriv, hvad der er galt")
    phone.get_by_label("Hvis noget er galt").fill("كلمة رسمية جدا")
    phone.get_by_role("button", name="Noget er galt").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sætning 3 af 9")
    assert state(session, world, "item.belonging") is TextState.REVIEWED
    assert state(session, world, "item.trust") is TextState.MACHINE

    staff.goto(f"{live}{ARABIC}?string=item.trust")
    expect(staff.get_by_text("كلمة رسمية جدا")).to_be_visible()
    staff.goto(f"{live}{ARABIC}?string=item.belonging")
    expect(staff.get_by_text(re.compile(r"gennemgået af Huda, tolk \(via link\)"))).to_be_visible()
    staff.goto(f"{live}{ARABIC}/review-links")
    staff.get_by_role("button", name="Træk tilbage").click()
    expect(staff.get_by_role("button", name="Træk tilbage")).to_have_count(0)
    phone.goto(address)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Linket er trukket tilbage")


def test_the_reviewers_pages_are_accessible_and_both_answers_fit_the_phone(
    live: str, world: World, open_browser: OpenBrowser
) -> None:
    staff = open_browser(viewport=LAPTOP)
    sign_in(staff, live, COORDINATOR)
    staff.goto(f"{live}{ARABIC}/review-links")
    staff.get_by_role("button", name="Lav et link").click()
    address = staff.get_by_role("textbox", name="Link").input_value()
    phone = open_browser(viewport=PHONE)
    phone.goto(address)
    check(phone)
    phone.get_by_role("button", name="Begynd").click()
    expect(phone.get_by_role("button", name="Lyder rigtigt")).to_be_visible()
    check(phone)
    for name in ("Lyder rigtigt", "Noget er galt"):
        expect(phone.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    phone.goto(f"{live}/review/nothing")
    check(phone)


def test_a_recording_is_put_in_and_can_be_heard(
    live: str, world: World, open_browser: OpenBrowser, tmp_path: Path
) -> None:
    (tmp_path / "trust.wav").write_bytes(recorded(2))
    page = open_browser(viewport=LAPTOP)
    sign_in(page, live, TRANSLATOR)
    page.goto(f"{live}{ARABIC}?string=item.trust")
    page.get_by_label("Optagelse fra en telefon").set_input_files(tmp_path / "trust.wav")
    page.get_by_role("button", name="Brug denne optagelse").click()
    expect(page.get_by_role("status")).to_contain_text("Optagelsen er gemt")
    assert _seconds(page) == pytest.approx(2, abs=0.2)
    check(page)


def test_a_resident_hears_the_recording_and_nothing_is_fetched_before_the_tap(
    live: str, session: Session, world: World, open_browser: OpenBrowser
) -> None:
    add_clip(session, find_string(world.wave, "item.belonging"), "ar", recorded(2), None, TODAY)
    placement = open_with_placement(session, world.wave)
    phone = open_browser(locale="ar")
    fetched: list[str] = []
    phone.on("request", lambda request: fetched.append(request.url))
    phone.goto(f"{live}/{placement.code}?lang=ar")
    expect(phone.locator("#listen")).to_be_hidden()
    phone.locator("#begin").click()
    expect(phone.locator("#listen")).to_be_visible()
    assert not [url for url in fetched if "/clip/" in url]
    with phone.expect_response(re.compile("/clip/")) as sound:
        phone.locator("#listen").click()
    assert sound.value.status in (200, 206)
    phone.locator("#next").click()
    expect(phone.locator("#listen")).to_be_hidden()


def _bring_back(page: Page, file: Path) -> None:
    page.get_by_label("Fil", exact=True).set_input_files(file)
    page.get_by_role("button", name="Se på filen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Det vil filen ændre")


def _seconds(page: Page) -> float:
    """How long the browser finds the recording to be."""
    return float(
        page.locator("audio").evaluate(
            """one => new Promise(done => {
                one.onloadedmetadata = () => done(one.duration)
                one.preload = 'metadata'
                one.load()
            })"""
        )
    )
