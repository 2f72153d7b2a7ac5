"""A wave's responses as arrays: the only place that reads them."""

import gc
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Text, cast, select, type_coerce
from sqlalchemy.orm import Session

from surveyapp.models import Response, Wave
from surveyapp.services.questionnaires import Document
from surveyapp.statistics.answers import DONT_KNOW, NOT_RELEVANT, SKIPPED

CODES: dict[str | None, int] = {
    "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "na": NOT_RELEVANT, "dk": DONT_KNOW, None: SKIPPED
}  # fmt: skip
PART = 1_000
TABLE: Any = Response.__table__
READ = (
    cast(TABLE.c.answers, Text),
    cast(TABLE.c.background, Text),
    type_coerce(TABLE.c.place_kind, Text),
    type_coerce(TABLE.c.mode, Text),
    TABLE.c.language,
    TABLE.c.seconds,
    TABLE.c.questionnaire_version,
)
Codes = NDArray[np.int8]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class WaveAnswers:
    """All responses of one wave, in no particular order; every sequence has one entry per response.

    `items` holds codes by item key, `exposed` True or False by initiative key (None where nothing was said),
    `background` category keys by question key (None where nothing was said).
    """

    n: int
    items: dict[str, Codes]
    exposed: dict[str, list[bool | None]]
    background: dict[str, list[str | None]]
    place_kinds: list[str]
    modes: list[str]
    languages: list[str]
    seconds: NDArray[np.int64]
    versions: NDArray[np.int64]

    def matrix(self, keys: Sequence[str]) -> Codes:
        """Respondents by items, for these items in this order."""
        if not keys:
            return np.empty((self.n, 0), dtype=np.int8)
        return np.asfortranarray(np.column_stack([self.items[key] for key in keys]))

    def exposed_to(self, initiative: str) -> Flags:
        """Who knows, or took part in, the initiative."""
        return np.array([answer is True for answer in self.exposed[initiative]], dtype=np.bool_)


@dataclass(frozen=True)
class Questionnaires:
    """Every version of what the wave asked, the newest last."""

    documents: tuple[Document, ...]
    rows: tuple[Document, ...]

    @property
    def newest(self) -> Document:
        """The version that residents answered last."""
        return self.documents[-1]

    @cached_property
    def level_items(self) -> list[Document]:
        """The statements that carry the trend, as last worded."""
        return list(self.newest["items"])

    def wordings(self, item: str) -> dict[int, str]:
        """The fingerprint of an item in every version that asked it."""
        return {
            row["version"]: asked["fingerprint"]
            for row, document in zip(self.rows, self.documents, strict=True)
            for asked in all_items(document)
            if asked["key"] == item
        }

    def worded_otherwise(self, item: Document) -> dict[int, str]:
        """The fingerprint in each version that said the item in other words; the same one where only a slip differs."""
        words = _words(item)
        return {
            row["version"]: asked["fingerprint"]
            for row, document in zip(self.rows, self.documents, strict=True)
            for asked in all_items(document)
            if asked["key"] == item["key"] and _words(asked) != words
        }


def all_items(document: Document) -> list[Document]:
    """Level items first, then every initiative's attribution items."""
    return [*document["items"], *(item for initiative in document["initiatives"] for item in initiative["items"])]


def _words(item: Document) -> Document:
    return {language: text["text"] for language, text in item["texts"].items()} | {"": item["fingerprint"]}


def read_questionnaires(wave: Wave) -> Questionnaires:
    """What the wave asked, in every version."""
    documents = tuple(json.loads(questionnaire.document) for questionnaire in wave.questionnaires)
    rows = tuple(
        {
            "version": questionnaire.version,
            "fingerprint": questionnaire.fingerprint,
            "frozen_on": questionnaire.frozen_on.isoformat(),
        }
        for questionnaire in wave.questionnaires
    )
    return Questionnaires(documents, rows)


def read_answers(session: Session, wave: Wave, asked: Questionnaires) -> WaveAnswers:
    """Every response of the wave, as arrays; read in parts, so that only codes are held in memory.

    Answers are read as texts and parsed a part at a time: one by one takes three times as long.
    """
    rows = session.connection().execute(select(*READ).where(TABLE.c.wave_id == wave.id))
    with _no_cycles():
        parts = [_arrays(part, asked) for part in rows.partitions(PART)]
    return _joined(parts or [_arrays([], asked)])


@contextmanager
def _no_cycles() -> Iterator[None]:
    """Python looks for objects that refer in circles after every few hundred new ones; answers are flat.

    Looking takes a third of the time that reading does.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _arrays(rows: Sequence[Any], asked: Questionnaires) -> WaveAnswers:
    answer_texts, background_texts, place_kinds, modes, languages, seconds, versions = (
        zip(*rows, strict=True) if rows else ((),) * len(READ)
    )
    answers = _parsed(answer_texts)
    said = dict(zip(seen := list(set(background_texts)), _parsed(seen), strict=True))  # few texts, said by many
    background = [said[text] for text in background_texts]
    newest = asked.newest
    return WaveAnswers(
        n=len(rows),
        items={
            item["key"]: _codes(answers, item["key"]) for document in asked.documents for item in all_items(document)
        },
        exposed={
            initiative["key"]: _yes_or_no(answers, f"{initiative['key']}.{initiative['exposure']}")
            for initiative in newest["initiatives"]
        },
        background={
            question["key"]: _categories(background, question["key"], {each["key"] for each in question["categories"]})
            for question in newest["background"]
        },
        place_kinds=list(place_kinds),
        modes=list(modes),
        languages=list(languages),
        seconds=np.array(seconds, dtype=np.int64),
        versions=np.array(versions, dtype=np.int64),
    )


def _parsed(texts: Sequence[str]) -> list[dict[str, str]]:
    parsed: list[dict[str, str]] = json.loads(f"[{','.join(texts)}]")
    return parsed


def _joined(parts: list[WaveAnswers]) -> WaveAnswers:
    first = parts[0]
    return WaveAnswers(
        n=sum(part.n for part in parts),
        items={key: np.concatenate([part.items[key] for part in parts]) for key in first.items},
        exposed={key: list(chain.from_iterable(part.exposed[key] for part in parts)) for key in first.exposed},
        background={key: list(chain.from_iterable(part.background[key] for part in parts)) for key in first.background},
        place_kinds=list(chain.from_iterable(part.place_kinds for part in parts)),
        modes=list(chain.from_iterable(part.modes for part in parts)),
        languages=list(chain.from_iterable(part.languages for part in parts)),
        seconds=np.concatenate([part.seconds for part in parts]),
        versions=np.concatenate([part.versions for part in parts]),
    )


def _codes(answers: Sequence[dict[str, str]], key: str) -> Codes:
    return np.array([CODES[given.get(key)] for given in answers], dtype=np.int8)


def _yes_or_no(answers: Sequence[dict[str, str]], key: str) -> list[bool | None]:
    meaning: dict[str | None, bool | None] = {"yes": True, "no": False}
    return [meaning.get(given.get(key)) for given in answers]


def _categories(background: Sequence[dict[str, str]], key: str, known: set[str]) -> list[str | None]:
    """What was said, where it is one of the categories: "prefer not to say" counts as nothing said."""
    return [category if (category := given.get(key)) in known else None for given in background]
