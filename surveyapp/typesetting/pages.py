"""From plain values to pages: text without what could break a line, and Typst."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from surveyapp.typesetting.fonts import SCRIPTS, CharacterMissing, FontMissing, load_fonts, uncovered

if TYPE_CHECKING:
    from typst import Compiler

ROOT = Path(__file__).parents[1]
"""What templates may import from: a template names a shared file as "/typesetting/common.typ"."""
BREAKS = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode categories: control characters, halves of letters, ends of lines and of paragraphs."""


class PictureDamaged(Exception):
    """A picture within the data can't be read."""


def pdf(template: Path, data: dict[str, Any], languages: Iterable[str], font_paths: Sequence[Path]) -> bytes:
    """Give the template, filled with the data, as tagged PDF (PDF/UA-1).

    Its bytes depend on nothing but the input. Raises FontMissing, CharacterMissing and PictureDamaged.
    """
    return _compiled(_compiler(template, data, languages, font_paths))


def pictures(
    template: Path, data: dict[str, Any], languages: Iterable[str], font_paths: Sequence[Path], *, scale: float = 1
) -> tuple[bytes, ...]:
    """Give every page as a PNG with `scale` pixels a point. Raises what pdf does."""
    compiler = _compiler(template, data, languages, font_paths)
    _compiled(compiler)  # only a PDF is refused for the characters that it lacks
    pages = compiler.compile(format="png", ppi=72 * scale)
    return tuple(page for page in (pages if isinstance(pages, list) else [pages]) if page)


def spoken(words: dict[str, Any]) -> dict[str, Any]:
    """Give what is said in one language together with its style of writing."""
    return {**words, "script": SCRIPTS.get(words["language"])}


def colour(text: str) -> str:
    """Give the colour back. Raises ValueError unless it is #rrggbb."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValueError(f"not a colour: {text}")
    return text


def _compiler(template: Path, data: dict[str, Any], languages: Iterable[str], font_paths: Sequence[Path]) -> Compiler:
    from typst import Compiler

    fonts = load_fonts(font_paths)
    missing = uncovered(dict.fromkeys(languages), fonts)
    if missing:
        raise FontMissing(missing)
    inputs = {"data": json.dumps(_plain(data))}
    return Compiler(template, root=ROOT, font_paths=fonts, ignore_system_fonts=True, sys_inputs=inputs)


def _plain(value: object) -> object:
    """Give every text within the value on one line, without control characters and broken halves of characters.

    Spaces that hold words together stay: a percent sign belongs to its number.
    """
    if isinstance(value, str):
        words = "".join(" " if unicodedata.category(letter) in BREAKS else letter for letter in value)
        return " ".join(word for word in words.split(" ") if word)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _compiled(compiler: Compiler) -> bytes:
    """Typeset; the templates date nothing, so that the bytes depend on nothing else."""
    from typst import TypstError

    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    except TypstError as error:
        if "failed to process image" in error.message:
            raise PictureDamaged from error
        characters = re.findall(r'the text `"(.+?)"` could not be displayed', error.diagnostic)
        if not characters:
            raise
        raise CharacterMissing(dict.fromkeys(characters)) from error
    assert isinstance(made, bytes)
    return made
