"""The library that ships with the app: indicators, statement templates, exposure and background questions.

The folder library/ holds the texts, readable and editable; this module gives them names and types.
"""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SOURCE_LANGUAGE = "da"
_FOLDER = Path(__file__).with_name("library")
_WRITTEN_HERE = "written for this library"
_TRANSLATED = "machine translation of the source"


@dataclass(frozen=True)
class LibraryText:
    """One text in one language, with how far it can be trusted.

    `status` is "source" in the language it was written in and "machine" in every other: nobody has reviewed any.
    `source` says in English where the text comes from.
    """

    text: str
    status: str
    source: str


Texts = dict[str, LibraryText]
Names = dict[str, str]  # for staff: da, sv and en


@dataclass(frozen=True)
class IndicatorTemplate:
    """What is measured. `definitions` say whose share a figure is, `guide_definitions` what the guide prints."""

    key: str
    kind: str
    names: Names
    opposites: Names
    definitions: Names
    guide_definitions: Names


@dataclass(frozen=True)
class ItemTemplate:
    """A statement, perhaps with slots, in every survey language.

    `exposure` is whom an attribution item is meant for, those who know of the initiative or took part in it; empty
    where it names none. `note` tells a translator in English what is meant. `tags` are keys of Library.tags.
    """

    key: str
    form: str
    indicator: str
    polarity: str
    exposure: str
    tags: tuple[str, ...]
    note: str
    texts: Texts


@dataclass(frozen=True)
class ExposureTemplate:
    """How to ask whether somebody knows, or took part in, an initiative."""

    key: str
    exposure: str
    note: str
    texts: Texts


@dataclass(frozen=True)
class BackgroundTemplate:
    """A question about the person; its key is the dimension of the area's margins."""

    key: str
    note: str
    texts: Texts
    categories: dict[str, Texts]


@dataclass(frozen=True)
class Library:
    """Everything that ships, by key, in the order in which it is offered.

    `statement` says that no standard questionnaire exists: a measurement belongs to its place.
    """

    statement: Names
    tags: dict[str, Names]
    indicators: dict[str, IndicatorTemplate]
    items: dict[str, ItemTemplate]
    exposures: dict[str, ExposureTemplate]
    background: dict[str, BackgroundTemplate]


@cache
def library() -> Library:
    """The shipped library, read once."""
    about = _read("about")
    indicators = {key: _read(key) for key in about["indicators"]}
    return Library(
        statement=about["statement"],
        tags=about["tags"],
        indicators={key: _indicator(key, row) for key, row in indicators.items()},
        items={
            key: _item(key, row, indicator)
            for indicator, rows in indicators.items()
            for key, row in rows.get("items", {}).items()
        },
        exposures={
            key: ExposureTemplate(key, row["exposure"], row["note"], texts_of(row["texts"]))
            for key, row in _read("exposures").items()
        },
        background={key: _background(key, row) for key, row in _read("background").items()},
    )


def search(text: str = "", language: str = "da", tags: Collection[str] = (), form: str = "") -> list[ItemTemplate]:
    """The items that hold every word of `text` in that language, carry all the tags and have the form.

    Words are looked for in the statement, its indicator's name and opposite and its tags' names; parts of words count.
    What is left empty doesn't narrow the search; the order is the library's.
    """
    words = text.casefold().split()
    return [
        item
        for item in library().items.values()
        if set(tags) <= set(item.tags)
        and form in ("", item.form)
        and all(word in _searchable(item, language) for word in words)
    ]


def texts_of(raw: dict[str, str], source: str = _WRITTEN_HERE) -> Texts:
    """Texts by language with their status: written in Danish, where they come from `source`, and translated from it."""
    return {
        language: LibraryText(text, "source", source)
        if language == SOURCE_LANGUAGE
        else LibraryText(text, "machine", _TRANSLATED)
        for language, text in raw.items()
    }


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _indicator(key: str, row: dict[str, Any]) -> IndicatorTemplate:
    return IndicatorTemplate(
        key=key,
        kind=row["kind"],
        names=row["names"],
        opposites=row.get("opposites", {}),
        definitions=row["definitions"],
        guide_definitions=row.get("guide_definitions", {}),
    )


def _item(key: str, row: dict[str, Any], indicator: str) -> ItemTemplate:
    return ItemTemplate(
        key=key,
        form=row["form"],
        indicator=indicator,
        polarity=row["polarity"],
        exposure=row.get("exposure", ""),
        tags=tuple(row["tags"]),
        note=row["note"],
        texts=texts_of(row["texts"], row.get("source", _WRITTEN_HERE)),
    )


def _background(key: str, row: dict[str, Any]) -> BackgroundTemplate:
    categories = {name: texts_of(texts) for name, texts in row["categories"].items()}
    return BackgroundTemplate(key, row["note"], texts_of(row["texts"]), categories)


def _searchable(item: ItemTemplate, language: str) -> str:
    indicator = library().indicators[item.indicator]
    named: list[Names] = [indicator.names, indicator.opposites, *(library().tags[tag] for tag in item.tags)]
    said = [item.texts[language].text] if language in item.texts else []
    return " ".join(said + [names.get(language, "") for names in named]).casefold()
