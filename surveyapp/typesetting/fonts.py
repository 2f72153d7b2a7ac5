"""Which fonts print which language, where they are, and what to say when one is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Fonts

DEBIAN_FONTS = Path("/usr/share/fonts/truetype/noto")

FAMILIES = {
    "latin": "Noto Sans",
    "arabic": "Noto Naskh Arabic",
    "ethiopic": "Noto Sans Ethiopic",
}
"""Style of writing → font family. Latin and Cyrillic share one."""

SCRIPTS = {
    **dict.fromkeys(("da", "sv", "no", "en", "de", "tr", "pl", "uk", "ro", "bs", "so", "kmr"), "latin"),
    **dict.fromkeys(("ar", "fa", "ur", "ckb"), "arabic"),
    "ti": "ethiopic",
}
"""Language → style of writing. Urdu is set in Naskh: of Nastaliq's many-part letters a PDF keeps no readable text."""


class FontMissing(Exception):
    """No font at hand covers the script of these languages."""

    def __init__(self, languages: Iterable[str]) -> None:
        self.languages = tuple(languages)
        super().__init__(
            f"no font here covers {', '.join(self.languages)}; "
            "run `make fonts`, or install Debian's package fonts-noto-core"
        )


class CharacterMissing(Exception):
    """No font at hand has these characters of a name or a text."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = tuple(characters)
        super().__init__(f"no font here has the characters {' '.join(self.characters)}; leave them out")


def font_paths(instance: Path) -> tuple[Path, ...]:
    """Give the folder with fonts: the instance's own where `make fonts` made one, else Debian's."""
    own = instance / "fonts"
    return (own,) if own.is_dir() else (DEBIAN_FONTS,)


def uncovered(languages: Iterable[str], fonts: Fonts) -> tuple[str, ...]:
    """Give those of the languages that these fonts can't print."""
    found = frozenset(fonts.families())
    return tuple(language for language in languages if FAMILIES.get(SCRIPTS.get(language, "")) not in found)


def load_fonts(paths: Sequence[Path]) -> Fonts:
    """Load the fonts in these folders and no others: neither the system's nor the typesetter's own."""
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(paths))
