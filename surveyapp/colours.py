"""An organisation's one colour: checked for contrast, and made into the shades a page needs, light and dark."""

import re
from dataclasses import dataclass

DEFAULT_ACCENT = "#0b5d5e"
ENOUGH_CONTRAST = 4.5
LIGHT_GROUND = ("#faf7f2", "#ffffff")
DARK_GROUND = ("#14191a", "#1d2425")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Accent:
    """A colour for what is chosen and what can be done, a soft shade of it behind words, and words on top of it."""

    colour: str
    soft: str
    on_colour: str


def contrast(one: str, other: str) -> float:
    """How far two colours (#rrggbb) stand apart, from 1 to 21. WCAG 2.2, relative luminance."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def is_usable_accent(colour: str) -> bool:
    """Whether an organisation may set this colour: #rrggbb, readable as words on paper and on cards."""
    return bool(_HEX.fullmatch(colour)) and _readable(colour, LIGHT_GROUND)


def light_accent(colour: str) -> Accent:
    """The organisation's colour on paper; the product's own where it set none that can be read."""
    chosen = colour if is_usable_accent(colour) else DEFAULT_ACCENT
    return Accent(chosen, _mixed(chosen, LIGHT_GROUND[1], 0.09), LIGHT_GROUND[1])


def dark_accent(colour: str) -> Accent:
    """The same colour made light enough to be read on dark ground, soft shade included."""
    chosen = light_accent(colour).colour
    for share in range(100, -1, -5):
        shade = _mixed(chosen, "#ffffff", share / 100)
        soft = _mixed(shade, DARK_GROUND[1], 0.16)
        if _readable(shade, (*DARK_GROUND, soft)):
            return Accent(shade, soft, DARK_GROUND[0])
    raise AssertionError("white can be read on dark ground")


def _readable(colour: str, grounds: tuple[str, ...]) -> bool:
    return all(contrast(colour, ground) >= ENOUGH_CONTRAST for ground in grounds)


def _mixed(colour: str, other: str, share: float) -> str:
    """`share` of the one and the rest of the other."""
    channels = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one * share + two * (1 - share)):02x}" for one, two in channels)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
