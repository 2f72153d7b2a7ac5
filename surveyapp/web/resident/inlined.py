"""What a page carries inside itself: style, script and logo, small, and allowed by their hashes alone."""

import base64
import hashlib
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import quote

import rcssmin
import rjsmin

from surveyapp.colours import Accent, dark_accent, light_accent

FOLDER = Path(__file__).parents[2] / "templates" / "resident"
SCRIPTS = ("keeping", "steps", "reviewing", "sending", "listening", "start")


@cache
def script() -> str:
    """The page's script: its files in order, in one scope of their own."""
    parts = [(FOLDER / "script" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return str(rjsmin.jsmin("(()=>{\n" + "\n".join(parts) + "\n})()"))


@lru_cache(maxsize=256)
def style(accent: str) -> str:
    """The page's style in an organisation's colour, light and dark."""
    rules = (FOLDER / "style.css").read_text(encoding="utf-8")
    light, dark = _variables(light_accent(accent)), _variables(dark_accent(accent))
    return str(rcssmin.cssmin(f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}" + rules))


@lru_cache(maxsize=256)
def content_security_policy(accent: str) -> str:
    """What the browser may run: this style, this script, sending to ourselves, and nothing else."""
    return (
        f"default-src 'none'; style-src {_source(style(accent))}; script-src {_source(script())}; img-src data:; "
        "connect-src 'self'; media-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def logo_address(svg: str) -> str:
    """A logo as an address that asks for nothing; as an image it can neither run nor load anything."""
    return "data:image/svg+xml," + quote(svg, safe=" !$&'()*+,-./:;=?@_~")


def _variables(accent: Accent) -> str:
    return f"--accent:{accent.colour};--soft:{accent.soft};--on-accent:{accent.on_colour};"


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
