"""A shared tablet in people's hands, and what can be seen of it from outside."""

import datetime as dt
from collections.abc import Callable
from urllib.parse import parse_qs

from playwright.sync_api import Page, Request, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.db import begin_writing
from surveyapp.models import Tablet
from surveyapp.services.waves import today_in
from tests.browser.resident_phone import press_next, tap, to_review

TABLET = {"width": 800, "height": 1280}
TODAY = today_in("Europe/Copenhagen")
LAST_DAY = TODAY + dt.timedelta(days=20)
EVERYTHING_KEPT = """async () => JSON.stringify({
    ...localStorage, ...sessionStorage, databases: await indexedDB.databases(),
    pages: (await (await caches.open((await caches.keys())[0])).keys()).map(page => page.url.split('/').pop()).sort()
})"""


def kept_by(page: Page) -> list[int]:
    """How many service workers, caches and values the device has."""
    counted: list[int] = page.evaluate(
        "async () => [await navigator.serviceWorker.getRegistrations(), await caches.keys(), Object.keys(localStorage)]"
        ".map(kept => kept.length)"
    )
    return counted


def answer(page: Page, belonging: str, trust: str, language: str) -> None:
    """One person's whole turn, up to the thanks."""
    if language != "da":
        page.locator(f"nav a[lang={language}]").click()
    expect(page.locator(f"html.ready[lang={language}] #begin")).to_be_visible()
    page.locator("#begin").click()
    for key, code in {"belonging": belonging, "trust": trust}.items():
        expect(page.locator(f'fieldset:not([hidden]) [name="i.{key}"]').first).to_be_attached()
        page.clock.run_for(310)  # a second tap of two is ignored that long
        tap(page, f"i.{key}", code)
        page.clock.run_for(400)  # and the page goes on by itself
    to_review(page)
    press_next(page)
    expect(page.locator("#waiting")).to_be_visible()


def walk_away(page: Page) -> None:
    """Touch nothing until the page has asked, and then cleared itself."""
    page.clock.fast_forward("01:05")
    expect(page.locator("dialog")).to_be_visible()
    page.clock.fast_forward("00:30")


def fresh_start(page: Page) -> None:
    """The start shows in the survey's own language, as nobody has touched it."""
    expect(page.locator("html.ready[lang=da] #begin")).to_be_visible()
    expect(page.locator("dialog")).to_be_hidden()


def watch_what_is_sent(page: Page) -> list[str]:
    """Each person's two answers, in the order in which the tablet sends them."""
    sent: list[str] = []

    def look(request: Request) -> None:
        fields = parse_qs(request.post_data or "")
        if "i.belonging" in fields:
            sent.append(fields["i.belonging"][0] + fields["i.trust"][0])

    page.context.on("request", look)
    return sent


def reported(session: Session) -> list[int]:
    """How many answers wait on each tablet, as far as the server has heard."""
    session.rollback()
    return list(session.scalars(select(Tablet.waiting)))


def becomes(page: Page, look: Callable[[], object], wanted: object) -> None:
    """Wait until the server has heard of it."""
    for _attempt in range(200):
        if look() == wanted:
            return
        page.wait_for_timeout(50)
    raise AssertionError(look())


def change(session: Session, step: Callable[[], object]) -> None:
    """Take a step of the wave while the tablet isn't looking; no worker remembers what was before."""
    session.rollback()
    begin_writing(session)
    step()
    session.commit()
