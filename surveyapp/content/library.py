"""The library that ships with the app: indicators, statement templates, exposure and background questions.

library.toml holds the texts, readable and editable; this module gives them names and types.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Texts = dict[str, str]


@dataclass(frozen=True)
class IndicatorTemplate:
    """What is measured, with its names in the staff languages."""

    key: str
    kind: str
    names: Texts
    opposites: Texts
    definitions: Texts


@dataclass(frozen=True)
class ItemTemplate:
    """A statement, perhaps with slots, in every language it has been put into."""

    key: str
    form: str
    indicator: str
    texts: Texts


@dataclass(frozen=True)
class BackgroundTemplate:
    """A question about the person; its key is the dimension of the area's margins."""

    key: str
    texts: Texts
    categories: dict[str, Texts]


@dataclass(frozen=True)
class Library:
    """Everything in library.toml, by key."""

    source_language: str
    indicators: dict[str, IndicatorTemplate]
    items: dict[str, ItemTemplate]
    exposures: dict[str, Texts]
    background: dict[str, BackgroundTemplate]


@cache
def library() -> Library:
    """The shipped library, read once."""
    data = tomllib.loads(Path(__file__).with_name("library.toml").read_text(encoding="utf-8"))
    return Library(
        source_language=data["source_language"],
        indicators={
            key: IndicatorTemplate(key, row["kind"], row["names"], row.get("opposites", {}), row["definitions"])
            for key, row in data["indicators"].items()
        },
        items={
            key: ItemTemplate(key, row["form"], row["indicator"], row["texts"]) for key, row in data["items"].items()
        },
        exposures={key: row["texts"] for key, row in data["exposures"].items()},
        background={
            key: BackgroundTemplate(key, row["texts"], row["categories"]) for key, row in data["background"].items()
        },
    )
