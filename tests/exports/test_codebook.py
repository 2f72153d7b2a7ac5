"""Files and other systems read one codebook."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from surveyapp.exports.codebook import METHODS, codebook_of, codebook_rows
from surveyapp.exports.long_table_codes import LIMITS, MEASURES, STATUSES
from surveyapp.exports.tidy_table import tidy_rows
from surveyapp.models import ObservationKind, TargetKind, TextStatus
from surveyapp.statistics import Status
from tests.answered import ages, mixed, published_wave, steps
from tests.builders import make_world
from tests.exports.results import labels, loaded
from tests.result_schema import FILE


def test_every_text_that_other_systems_read_stands_in_the_file_in_the_same_language(session: Session) -> None:
    world = make_world(session)
    columns: dict[str, Sequence[str | None]] = {
        "belonging": steps(20, 40),
        "trust": steps(15, 40),
        "dinners.knows": ["yes"] * 40,
        "dinners_trust": steps(30, 40),
    }
    published_wave(session, world, 0, {"belonging": steps(20, 40), "trust": steps(15, 40)})
    document = loaded(published_wave(session, world, 1, columns).document)
    in_file = {(row["language"], row["text"]) for row in codebook_rows(document, labels())}
    codebook = codebook_of(document)
    written = set(texts(codebook))
    assert len(written) > 30
    assert written <= in_file
    assert set(codebook["methods"].items()) <= {
        (row["key"], row["text"]) for row in codebook_rows(document, labels()) if row["table"] == "method"
    }


def test_every_code_of_the_long_table_is_explained(session: Session) -> None:
    world = make_world(session)
    columns: dict[str, Sequence[str | None]] = {
        "belonging": mixed(41, 100),
        "trust": mixed(8, 20),
        "dinners.knows": ["yes"] * 40 + ["no"] * 60,
    }
    for number in range(2):
        document = loaded(published_wave(session, world, number, columns, {"age": ages(30, 40, 30)}).document)
    explained = {(row["table"], row["code"]) for row in codebook_rows(document, labels())}
    unexplained = {
        (column, str(row[column]))
        for row in tidy_rows(document, "", [], [], labels())
        for column in ("table", "measure", "unit", "status")
        if row[column] and (f"column {column}", row[column]) not in explained
    } - {("measure", key) for key in METHODS}
    assert unexplained == set()


def test_every_status_and_limit_that_a_document_may_have_is_explained() -> None:
    named = {name: set(codes_named(json.loads(FILE.read_text(encoding="utf-8")), name)) for name in ("status", "key")}
    of_texts = {status.value for status in TextStatus}
    assert len(named["status"]) > len(of_texts)
    assert named["status"] - of_texts <= set(STATUSES)
    assert named["key"] == set(LIMITS)
    assert {status.value for status in Status} <= set(STATUSES)
    assert {kind.value for kind in (*TargetKind, *ObservationKind)} <= set(MEASURES)


def codes_named(schema: Any, name: str) -> Iterator[str]:
    """Every code that the schema allows for properties of this name."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).get(name, {}).get("enum", [])
    for each in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from codes_named(each, name)


def texts(content: Any) -> Iterator[tuple[str, str]]:
    """Every text with its language, wherever it stands."""
    if isinstance(content, list):
        for each in content:
            yield from texts(each)
    elif isinstance(content, dict):
        for key, each in content.items():
            if key in {"da", "en", "ar"} and isinstance(each, str):
                yield key, each
            elif key in {"da", "en", "ar"} and "labels" in each:
                yield from ((key, text) for text in each["labels"].values())
            elif key in {"da", "en", "ar"}:
                yield key, each["text"]
            else:
                yield from texts(each)
