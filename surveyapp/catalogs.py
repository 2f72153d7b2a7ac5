"""The interface's gettext catalogs: extracted from the source, kept by translators, built before a start.

`python -m surveyapp.catalogs update` brings the .po files up to the source, `build` makes the .mo files.
"""

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from surveyapp.content.agreement_scale import languages
from surveyapp.i18n import STAFF_LANGUAGES, catalog_folder, locale

PACKAGE = Path(__file__).parent
RESIDENT_SOURCES = ("templates/resident", "templates/errors", "web/resident")
METHODS = {".py": "python", ".html": "jinja2.ext:babel_extract"}


@dataclass(frozen=True)
class Domain:
    """One set of catalogs: what residents read, or what staff read."""

    name: str
    languages: tuple[str, ...]

    def sources(self) -> Iterator[Path]:
        """The files whose strings belong to this domain."""
        for file in sorted(PACKAGE.rglob("*")):
            for_residents = file.relative_to(PACKAGE).as_posix().startswith(RESIDENT_SOURCES)
            if file.suffix in METHODS and for_residents == (self.name == "resident"):
                yield file

    def template(self) -> Catalog:
        """Every string of the source, untranslated, with the comments written for translators."""
        catalog = Catalog(fuzzy=False)
        for file in self.sources():
            for line, message, comments, context in extract_from_file(
                METHODS[file.suffix], file, DEFAULT_KEYWORDS, ("Translators:",), {}, strip_comment_tags=True
            ):
                place = (file.relative_to(PACKAGE.parent).as_posix(), line)
                catalog.add(message, None, [place], auto_comments=comments, context=context)
        return catalog

    def file(self, language: str) -> Path:
        """Where this domain's catalog of a language lies."""
        return catalog_folder(language) / f"{self.name}.po"

    def read(self, language: str) -> Catalog:
        """The catalog of a language as translators left it; empty where there is none yet."""
        file = self.file(language)
        if not file.exists():
            return Catalog(locale=locale(language), fuzzy=False)
        with file.open("rb") as source:
            return read_po(source, locale=locale(language), domain=self.name)

    def updated(self, language: str) -> bytes:
        """The catalog of a language brought up to the source: new strings empty, strings no longer used gone."""
        catalog = self.read(language)
        catalog.update(self.template(), no_fuzzy_matching=True, update_header_comment=False)
        catalog.obsolete.clear()
        return _po(catalog)


DOMAINS = (Domain("staff", STAFF_LANGUAGES), Domain("resident", tuple(languages())))


def update() -> None:
    """Bring every .po file up to the source."""
    for domain in DOMAINS:
        for language in domain.languages:
            domain.file(language).parent.mkdir(parents=True, exist_ok=True)
            domain.file(language).write_bytes(domain.updated(language))


def build() -> None:
    """Make every .mo file from its .po file."""
    for domain in DOMAINS:
        for language in domain.languages:
            with domain.file(language).with_suffix(".mo").open("wb") as target:
                write_mo(target, domain.read(language))


def _po(catalog: Catalog) -> bytes:
    """A .po file without dates, line numbers or a tool's name: it changes only when a text does."""
    for message in catalog:
        message.locations = sorted({(file, 0) for file, _ in message.locations})
    buffer = io.BytesIO()
    write_po(buffer, catalog, omit_header=True, include_lineno=False, sort_output=True, width=110)
    return buffer.getvalue()


if __name__ == "__main__":
    {"update": update, "build": build}[sys.argv[1]]()
