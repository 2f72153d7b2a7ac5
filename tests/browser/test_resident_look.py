"""Every language on small phones, with large text, by day and night: nothing cut, everything within a thumb's reach."""

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy.orm import Session

from surveyapp.i18n import direction
from surveyapp.models import PlaceKind
from surveyapp.services.placements import add_placement
from surveyapp.services.translations.clips import add_clip
from surveyapp.services.translations.strings import find_string
from tests.browser.conftest import OpenBrowser, axe_findings, axe_findings_by_day_and_night
from tests.browser.resident_phone import begin, press_next, receipt, tap
from tests.everyday_survey import LANGUAGES, LEVEL, TEXTS, draft_everyday_survey, open_everyday_survey
from tests.services.translations.recordings import recorded

WIDTHS = (320, 360, 412)
SMALLEST_TARGET = 44

# What sticks out sideways, is cut off, or is too small to hit.
MISFITS = """() => {
  const seen = [...document.querySelectorAll('body *')]
    .filter(one => one.checkVisibility() && !one.closest('.unseen, svg'))
  const name = one => one.tagName + ' ' + (one.textContent || one.name || '').trim().slice(0, 40)
  const box = one => one.getBoundingClientRect()
  return [
    ...(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []),
    ...seen.filter(one => box(one).left < -1 || box(one).right > innerWidth + 1).map(one => 'sticks out: ' + name(one)),
    ...seen.filter(one => one.matches('a, button, label, label span, h1, h2, p, li, b') && one.clientWidth)
      .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => 'is cut: ' + name(one)),
    ...seen.filter(one => one.matches('a, button, summary, fieldset label, input:not([type=hidden])'))
      .filter(one => box(one).height < TARGET || box(one).width < TARGET).map(one => 'is small: ' + name(one)),
  ]
}""".replace("TARGET", str(SMALLEST_TARGET))


@pytest.fixture
def address(live: str, session: Session) -> str:
    return f"{live}/{open_everyday_survey(session).code}"


@pytest.mark.parametrize("first", range(0, len(LANGUAGES), 6))
def test_nothing_is_cut_too_small_or_amiss_in_any_language_at_any_size(
    open_browser: OpenBrowser, address: str, first: int
) -> None:
    page, plain = open_browser(reduced_motion="reduce", color_scheme="dark"), open_browser()
    strip_scripts(plain, address)
    for language in LANGUAGES[first : first + 6]:
        plain.goto(f"{address}?lang={language}")
        assert misfits_at_every_size(plain) == [], language
        assert axe_findings(plain) == [], language
        page.goto(f"{address}?lang={language}")
        assert misfits_at_every_size(page) == [], language
        page.locator("#begin").click()
        assert page.locator("html").get_attribute("dir") == direction(language)
        show_every_step(page)
        assert misfits_at_every_size(page) == [], language
        assert axe_findings(page) == [], language
        page.evaluate("localStorage.clear()")


@pytest.mark.parametrize("language", ["da", "ar"])
def test_axe_finds_nothing_without_javascript_by_day_or_night(
    open_browser: OpenBrowser, address: str, language: str
) -> None:
    page = open_browser()
    strip_scripts(page, address)
    page.goto(f"{address}?lang={language}")
    assert axe_findings_by_day_and_night(page) == []
    tap(page, "lives_here", "yes")
    tap(page, "i.belonging", "5")
    press_next(page)
    assert axe_findings_by_day_and_night(page) == []
    assert misfits_at_every_size(page) == []
    page.locator("form button").last.click()
    receipt(page)
    assert axe_findings_by_day_and_night(page) == []
    assert misfits_at_every_size(page) == []


def test_axe_finds_nothing_on_the_pages_around_the_survey(open_browser: OpenBrowser, address: str, live: str) -> None:
    page = open_browser(color_scheme="dark")
    for path in ("/privacy", "/results", "/withdraw"):
        page.goto(address + path)
        assert axe_findings(page) == []
        assert misfits_at_every_size(page) == []
    for path in ("/", "/K7M4QX", "/nowhere/at/all"):
        page.goto(live + path)
        assert axe_findings(page) == []


def test_axe_finds_nothing_on_a_page_that_says_it_is_not_real(
    open_browser: OpenBrowser, live: str, session: Session
) -> None:
    wave = draft_everyday_survey(session, ["da"])
    wave.survey.synthetic = True
    placement = add_placement(session, wave, None, "Gården", PlaceKind.COURTYARD)
    session.commit()
    page = open_browser()
    page.goto(f"{live}/{placement.code}")
    expect(page.get_by_text("TEST")).to_be_visible()
    expect(page.get_by_text("Eksempel med opdigtede tal")).to_be_visible()
    assert axe_findings(page) == []
    page.locator("#begin").click()
    expect(page.get_by_text("TEST")).to_be_visible()
    assert misfits_at_every_size(page) == []


def test_with_eight_languages_the_start_button_is_on_the_first_screen(
    open_browser: OpenBrowser, live: str, session: Session
) -> None:
    languages = ["da", "en", "ar", "tr", "so", "ur", "uk", "ti"]
    code = open_everyday_survey(session, languages=languages).code
    page = open_browser()
    for language in languages:
        page.goto(f"{live}/{code}?lang={language}")
        box = page.locator("#begin").bounding_box()
        assert box
        assert box["y"] + box["height"] <= 740, language


@pytest.mark.parametrize("language", ["da", "so", "uk", "ur"])
def test_a_whole_statement_fits_one_screen_even_where_it_names_a_partner_and_what_they_did(
    open_browser: OpenBrowser, address: str, language: str
) -> None:
    page = open_browser()
    begin(page, f"{address}?lang={language}")
    longest = 0
    while page.locator("#review").is_hidden():
        if page.locator('.step:visible input[value="5"]').count():
            box = page.locator("#next").bounding_box()
            assert box
            assert box["y"] + box["height"] <= 740, page.locator(".step:visible h2").inner_text()
            longest = max(longest, len(page.locator(".step:visible h2").inner_text()))
        elif page.locator('.step:visible input[value="yes"]').count():
            page.wait_for_timeout(310)  # a second tap of two is ignored that long
            tap(page, "g.dinners.knows", "yes")
        press_next(page)
    assert longest > 90


def test_the_keyboard_alone_is_enough_and_nothing_moves_by_itself(open_browser: OpenBrowser, address: str) -> None:
    page = open_browser()
    page.goto(address)
    page.locator("#begin").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=TEXTS["da"]["belonging"])).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(500)
    expect(page.get_by_role("radio", name="Enig", exact=True)).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=TEXTS["da"]["trust"])).to_be_focused()
    order = []
    for _ in range(3):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.id || document.activeElement.name"))
    assert order == ["i.trust", "back", "next"]


def test_steps_are_announced_as_a_group_with_their_statement(open_browser: OpenBrowser, address: str) -> None:
    page = open_browser()
    begin(page, address)
    group = page.get_by_role("group", name=TEXTS["da"]["belonging"], exact=True)
    expect(group.get_by_role("radio")).to_have_count(7)
    expect(group.get_by_role("radio").first).to_have_accessible_name("Helt enig")


def test_the_first_step_is_first_in_reading_order_in_both_directions(open_browser: OpenBrowser, address: str) -> None:
    page = open_browser()
    for language in ("da", "ar"):
        begin(page, f"{address}?lang={language}")
        steps = [page.locator(f'.step:visible label:has([value="{code}"])').bounding_box() for code in "54321"]
        assert [box["y"] for box in steps if box] == sorted(box["y"] for box in steps if box)
        back, forward = page.locator("#back").bounding_box(), page.locator("#next").bounding_box()
        assert back
        assert forward
        assert (back["x"] < forward["x"]) == (language == "da")
        page.evaluate("localStorage.clear()")


def test_reduced_motion_is_respected(open_browser: OpenBrowser, address: str) -> None:
    moving = "getComputedStyle(document.querySelector('.step')).animationName"
    for wish, animation in (("reduce", "none"), ("no-preference", "arrive")):
        page = open_browser(reduced_motion=wish)
        begin(page, address)
        assert page.evaluate(moving) == animation


@pytest.mark.parametrize(("local", "offered"), [(True, True), (False, False)])
def test_reading_aloud_is_offered_only_with_a_voice_that_stays_on_the_phone(
    open_browser: OpenBrowser, address: str, local: bool, offered: bool
) -> None:
    page = open_browser()
    page.add_init_script(VOICE.replace("LOCAL", str(local).lower()))
    begin(page, address)
    listen = page.get_by_role("button", name="Lyt")
    expect(listen).to_be_visible(visible=offered)
    if offered:
        listen.click()
        said = page.evaluate("said")
        assert said[:3] == [TEXTS["da"]["belonging"], "Helt enig", "Enig"]
        assert len(said) == 8


def test_a_recording_is_fetched_on_tap_alone(open_browser: OpenBrowser, live: str, session: Session) -> None:
    wave = draft_everyday_survey(session, ["da", "so"])
    add_clip(session, find_string(wave, f"item.{LEVEL[0]}"), "so", recorded(1), None, wave.opens_on)
    placement = add_placement(session, wave, None, "Gården", PlaceKind.COURTYARD)
    session.commit()
    page = open_browser()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    begin(page, f"{live}/{placement.code}?lang=so")
    listen = page.get_by_role("button", name="Dhageyso")
    expect(listen).to_be_visible()
    assert len(asked) == 1
    with page.expect_response("**/clip/*") as sound:
        listen.click()
    assert sound.value.ok
    assert sound.value.header_value("content-type") == "audio/ogg"
    press_next(page)
    expect(listen).to_be_hidden()


VOICE = """
window.said = []
const voice = {localService: LOCAL, lang: 'da-DK', name: 'test'}
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
Object.defineProperty(window, 'speechSynthesis', {value: {
  getVoices: () => [voice], speak: words => said.push(words.text), cancel() {}, speaking: false
}})
"""


def misfits_at_every_size(page: Page) -> list[str]:
    """What doesn't fit at 320, 360 and 412 px, and at 320 px with text of 200 %."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        found += [f"{width}: {misfit}" for misfit in page.evaluate(MISFITS)]
    page.set_viewport_size({"width": 320, "height": 740})
    page.evaluate("document.documentElement.style.fontSize = '212.5%'")
    found += [f"200 %: {misfit}" for misfit in page.evaluate(MISFITS)]
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def show_every_step(page: Page) -> None:
    """All screens under one another, so that one look takes in every text."""
    hidden = "document.querySelectorAll('.step, #review, #resume, #waiting, #waiting p')"
    page.evaluate(f"{hidden}.forEach(part => {{ part.hidden = false }})")


def strip_scripts(page: Page, address: str) -> None:
    """Let the page meet the survey as a phone without JavaScript does; scripts stay possible for axe."""

    def stripped(route: Route) -> None:
        answer = route.fetch()
        start, _, rest = answer.text().partition("<script>")
        route.fulfill(response=answer, body=start + rest.partition("</script>")[2])

    page.route(f"{address}**", stripped)
