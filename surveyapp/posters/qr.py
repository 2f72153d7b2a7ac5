"""QR codes as vector paths, and the address as it is printed: in the code, and to be typed."""

from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

import qrcode
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q

QUIET_ZONE = 4
"""Empty modules that a reader needs on every side."""

SMALLEST_VERSION = 2
"""25 modules a side: no code is coarser, so no quiet zone is wider than 4/25 of its code."""

OUTDOOR_KINDS = frozenset({"courtyard", "event"})
"""Kinds of placement where rain and scratches reach the print."""

Modules = list[list[bool]]
"""Rows of a code, True where it is dark, without the quiet zone."""


def printed_address(url: str) -> str:
    """Give the address as the code holds it: in capitals, which make a coarser code.

    Schemes, hosts and our codes mean the same in either case; a host with other letters becomes its ASCII form.
    Raises ValueError for anything but http(s)://host[:port]/code: a longer path could mean something else in capitals.
    """
    parts = urlsplit(url)
    code = parts.path.removeprefix("/")
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ValueError(f"not an address that a poster can show: {url}")
    if not (code.isascii() and code.isalnum()) or parts.query or parts.fragment:
        raise ValueError(f"not the address of a placement: {url}")
    host = parts.netloc.encode("idna").decode("ascii")
    return f"{parts.scheme}://{host}/{code}".upper()


def domain(url: str) -> str:
    """Give what a person types first: the host, with its port if it has one."""
    return urlsplit(url).netloc.lower()


def typed_code(url: str) -> str:
    """Give the code in groups of three, the way it is easiest to copy: "K7M 4QX"."""
    code = urlsplit(url).path.removeprefix("/").upper()
    return " ".join(code[start : start + 3] for start in range(0, len(code), 3))


def modules(url: str, kind: str) -> Modules:
    """Give the code for the address on a placement of that kind.

    Outdoors a quarter of it may be lost (level Q), indoors a seventh (level M).
    """
    return _modules(printed_address(url), ERROR_CORRECT_Q if kind in OUTDOOR_KINDS else ERROR_CORRECT_M)


def screen_modules(url: str) -> Modules:
    """Give the code for any address as it is written, to be read from a screen, where nothing scratches it."""
    return _modules(url, ERROR_CORRECT_M)


def code_svg(rows: Modules, alternative: str, quiet_zone: int = QUIET_ZONE) -> str:
    """Give the code alone as an SVG document: one black path on white, one unit a module.

    `alternative` is the text for those who can't see it.
    """
    side = len(rows) + 2 * quiet_zone
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img"'
        f' aria-label={quoteattr(alternative)}><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path d="{_path(rows, quiet_zone)}"/></svg>'
    )


def scanning_distance_cm(code_width_mm: float) -> int:
    """Give from how far a code of that width, without its quiet zone, is read: ten times its width, less a quarter."""
    return int(code_width_mm * 10 * 0.75 / 10)


def _modules(text: str, level: int) -> Modules:
    code = qrcode.QRCode(version=SMALLEST_VERSION, error_correction=level, border=0)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def _path(rows: Modules, quiet_zone: int) -> str:
    """Draw each run of dark modules in a row as one rectangle."""
    drawn = []
    for top, row in enumerate(rows, quiet_zone):
        starts = [x for x, dark in enumerate(row) if dark and not (x and row[x - 1])]
        ends = [x for x, dark in enumerate(row, 1) if dark and not (x < len(row) and row[x])]
        drawn += [
            f"M{start + quiet_zone} {top}h{end - start}v1h{start - end}z"
            for start, end in zip(starts, ends, strict=True)
        ]
    return "".join(drawn)
