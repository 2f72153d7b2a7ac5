"""What a page carries inside itself: style, script and logo, small, and allowed by their hashes alone."""

import base64
import hashlib
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import quote

import brotli
import rcssmin
import rjsmin

from surveyapp.colours import Accent, dark_accent, light_accent

FOLDER = Path(__file__).parents[2] / "templates" / "resident"
LARGEST_LOGO = 4_000
"""Bytes on the wire: with more the page wouldn't arrive in one round trip."""
SCRIPTS = ("keeping", "steps", "reviewing", "sending", "listening", "start")
TABLET_SCRIPTS = (
    *("keeping", "steps", "reviewing", "listening", "start"),
    *("tablet_drafts", "tablet_sending", "tablet_pages", "tablet_idle", "tablet_ending", "tablet"),
)


@cache
def script() -> str:
    """The page's script: its files in order, in one scope of their own."""
    return _joined(SCRIPTS)


@cache
def tablet_script() -> str:
    """A shared tablet's script: the page's own without its drafts and its sending, and what a tablet does instead."""
    return _joined(TABLET_SCRIPTS)


@cache
def tablet_style() -> str:
    """What a shared tablet's page adds to the style."""
    return str(rcssmin.cssmin((FOLDER / "tablet.css").read_text(encoding="utf-8")))


@cache
def worker() -> str:
    """The service worker that gives a tablet its pages without a connection."""
    return str(rjsmin.jsmin((FOLDER / "worker.js").read_text(encoding="utf-8")))


@lru_cache(maxsize=256)
def style(accent: str) -> str:
    """The page's style in an organisation's colour, light and dark."""
    rules = (FOLDER / "style.css").read_text(encoding="utf-8")
    light, dark = _variables(light_accent(accent)), _variables(dark_accent(accent))
    return str(rcssmin.cssmin(f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}" + rules))


@lru_cache(maxsize=256)
def content_security_policy(accent: str) -> str:
    """What the browser may run: this style, this script, sending to ourselves, and nothing else."""
    return _policy(style(accent), script())


@lru_cache(maxsize=256)
def tablet_policy(accent: str) -> str:
    """The same for a shared tablet's page, which alone may have a service worker."""
    return _policy(style(accent), tablet_script(), tablet_style()) + "; worker-src 'self'"


@lru_cache(maxsize=256)
def page_logo(svg: str) -> str | None:
    """The address of a logo that a resident's page can carry; None for one that would make it too large."""
    address = logo_address(svg)
    return address if len(brotli.compress(address.encode())) <= LARGEST_LOGO else None


def logo_address(svg: str) -> str:
    """A logo as an address that asks for nothing; as an image it can neither run nor load anything."""
    return "data:image/svg+xml," + quote(svg, safe=" !$&'()*+,-./:;=?@_~")


def _variables(accent: Accent) -> str:
    return f"--accent:{accent.colour};--soft:{accent.soft};--on-accent:{accent.on_colour};"


def _joined(names: tuple[str, ...]) -> str:
    parts = [(FOLDER / "script" / f"{name}.js").read_text(encoding="utf-8") for name in names]
    return str(rjsmin.jsmin("(()=>{\n" + "\n".join(parts) + "\n})()"))


def _policy(style: str, script: str, more_style: str = "") -> str:
    styles = " ".join(_source(each) for each in (style, more_style) if each)
    return (
        f"default-src 'none'; style-src {styles}; script-src {_source(script)}; img-src data:; "
        "connect-src 'self'; media-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
