"""What a text for residents must be before it is kept."""

import re
import unicodedata
from collections.abc import Set

from surveyapp.errors import TextRefused
from surveyapp.services.slots import SLOT

LONGEST_TEXT = 140
# Embedding, override and isolate controls make a text read differently from what it says. Marks (U+200E, U+200F) and
# joiners (U+200C, U+200D) are part of how some languages are written.
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OTHER_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # all but tabs and line ends


def tidy(text: str) -> str:
    """The text on one line, without spaces around it, in Unicode's composed form."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def slots_in(text: str) -> frozenset[str]:
    """The slots of a text: "partner", "initiative", "place"."""
    return frozenset(SLOT.findall(text))


def has_hidden_characters(text: str) -> bool:
    """Whether characters that nobody sees make the text read differently from what it says."""
    return bool(_BIDI_CONTROLS.search(text) or _OTHER_CONTROLS.search(text))


def check_text(text: str, slots: Set[str], longest: int = LONGEST_TEXT) -> None:
    """Refuse a text that is too long, hides its direction, or hasn't exactly these slots.

    Raises TextRefused. Markup is no matter: it is text, and escaped wherever it is shown.
    """
    if has_hidden_characters(text):
        raise TextRefused(reason="control_characters")
    if len(text) > longest:
        raise TextRefused(reason="too_long", length=len(text))
    stray = set("{}") & set(SLOT.sub("", text))
    if slots_in(text) != slots or stray:
        raise TextRefused(reason="slots_differ", slots=sorted(slots))
