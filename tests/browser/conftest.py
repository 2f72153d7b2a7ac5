"""Real pages in a real Chromium: the app served from a thread on SQLite, one browser for all tests."""

import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from surveyapp.config import Settings

QUIET = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run --disable-quic"
)
PHONE: ViewportSize = {"width": 360, "height": 740}
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
OpenBrowser = Callable[..., Page]
expect.set_options(timeout=20_000)  # a page that comes late on a busy machine is a page


class Silent(WSGIRequestHandler):
    """Answers without a line in the log."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None: ...


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def door() -> Iterator[socket.socket]:
    """The live app's port, taken before the app is made, so that it knows its own address."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken


@pytest.fixture
def settings(database_url: str, door: socket.socket, tmp_path: Path) -> Settings:
    return Settings("s" * 40, database_url, f"http://127.0.0.1:{door.getsockname()[1]}", tmp_path)


@pytest.fixture
def live(app: Flask, settings: Settings, door: socket.socket) -> Iterator[str]:
    """The address of the running app."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent, fd=door.fileno())
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield settings.public_url
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET.split())
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser) -> Iterator[OpenBrowser]:
    """Open a fresh phone, or with viewport=LAPTOP a laptop: nothing stored, Danish unless `locale` says otherwise.

    Whatever a page throws, or its content security policy refuses, fails the test at the end.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_it(**options: Any) -> Page:
        context = chromium.new_context(**{"viewport": PHONE, "locale": "da-DK", **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if "Security Policy" in line.text else None)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


def axe_findings(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """What axe finds on the page with every movement at its end: half faded in, texts are pale. Best practices count.

    After a click, wait for something of the page that it leads to first: on a busy machine the old one is still there.
    With `rules`, those alone are looked for.
    """
    page.wait_for_load_state()
    page.evaluate("document.getAnimations().forEach(animation => animation.finish())")
    if not page.evaluate("'axe' in window"):  # half a megabyte, and as long to read as many a page to check
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    # Only what is wrong comes back: what passed is much more, and takes as long to send as to find
    found = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def axe_findings_by_day_and_night(page: Page) -> list[str]:
    """What axe finds in light, and in dark, where nothing differs but colours."""
    page.emulate_media(color_scheme="light")
    found = axe_findings(page)
    page.emulate_media(color_scheme="dark")
    return found + [f"in dark: {finding}" for finding in axe_findings(page, ("color-contrast", "link-in-text-block"))]
