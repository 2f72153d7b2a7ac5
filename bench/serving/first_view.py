"""The first view on a slow phone: 400 ms round trip, 400 kbit/s, a processor four times slower; and Lighthouse."""

import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Mapping

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.browser.conftest import QUIET
from tests.browser.pages import eventually

ROUND_TRIP_MS, BYTES_PER_SECOND, TIMES_SLOWER, VISITS = 400, 400_000 / 8, 4, 7
PHONE = ViewportSize(width=360, height=740)
CHROMIUM = "/usr/bin/chromium"
LIGHTHOUSE = "lighthouse@12.8.2"  # the newest that runs on Debian's Node
LIGHTHOUSE_RUNS = 3
CATEGORIES = ("performance", "accessibility", "best-practices")
NOTE_WHEN_TAPPABLE = """
addEventListener('DOMContentLoaded', () => requestAnimationFrame(() => {
  if ([...document.querySelectorAll('button')].some(one => one.checkVisibility())) performance.mark('first-tappable')
}))
"""
TIMES = """() => {
  const marks = ['first-contentful-paint', 'first-tappable'].map(name => performance.getEntriesByName(name)[0])
  return marks.every(Boolean) && Object.fromEntries(marks.map(mark => [mark.name, mark.startTime]))
}"""
REQUESTS = "1 + performance.getEntriesByType('resource').length"


def plain_page(size: int) -> bytes:
    """An answer of so many bytes: words and a button, no style and no script."""
    start = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<!doctype html><title>x</title><button>x</button><p>"
    return start + b"word " * ((size - len(start)) // 5)


def print_first_view(address: str, floor_address: str) -> None:
    """Print requests, first contentful paint and first tappable button, beside as many bytes of plain HTML."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        requests, cookies = _what_a_visit_takes(browser, address)
        print(f"first view: {requests} request (budget 1), {cookies} cookies (budget 0)")
        visits = [(_visit_times(browser, address), _visit_times(browser, floor_address)) for _ in range(VISITS)]
        browser.close()
    for what in visits[0][0]:
        mine, least = (statistics.median(times[what] for times in side) for side in zip(*visits, strict=True))
        print(f"first view on a slow phone, {what}: {mine:,.0f} ms; as many bytes of plain HTML {least:,.0f} ms")


def print_lighthouse(addresses: Mapping[str, str]) -> None:
    """Print Lighthouse's median scores of each page, where npm can fetch it; plain HTML is the machine's own."""
    if not shutil.which("npx"):
        print("Lighthouse: not measured, npx is missing")
        return
    turns = [{page: _lighthouse_scores(address) for page, address in addresses.items()} for _ in range(LIGHTHOUSE_RUNS)]
    for page in addresses:
        scores = [turn[page] for turn in turns if turn[page]]
        shown = [f"{name} {statistics.median(one[name] for one in scores) * 100:.0f}" for name in CATEGORIES if scores]
        print(f"Lighthouse, {page}: {', '.join(shown) or 'not measured, it could not be fetched or run'}")


def _lighthouse_scores(address: str) -> dict[str, float]:
    command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json"]
    command += [f"--only-categories={','.join(CATEGORIES)}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    environment = {**os.environ, "CHROME_PATH": CHROMIUM}
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    if done.returncode:
        return {}
    found = json.loads(done.stdout)["categories"]
    return {name: found[name]["score"] or 0 for name in CATEGORIES}


def _what_a_visit_takes(browser: Browser, address: str) -> tuple[int, int]:
    page = browser.new_page(viewport=PHONE)
    page.goto(address)
    taken = page.evaluate(REQUESTS), len(page.context.cookies())
    page.close()
    return taken


def _visit_times(browser: Browser, address: str) -> dict[str, float]:
    """One visit of a phone that has never been here, in milliseconds since it asked."""
    page = browser.new_page(viewport=PHONE)
    page.add_init_script(NOTE_WHEN_TAPPABLE)
    devtools = page.context.new_cdp_session(page)
    slow = {"latency": ROUND_TRIP_MS, "downloadThroughput": BYTES_PER_SECOND, "uploadThroughput": BYTES_PER_SECOND}
    devtools.send("Network.emulateNetworkConditions", {"offline": False, **slow})
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": TIMES_SLOWER})
    page.goto(address)
    times: dict[str, float] = eventually(page, TIMES)
    page.close()
    return times
