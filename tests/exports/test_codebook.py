"""Files and other systems read one codebook."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from surveyapp.exports.codebook import codebook_of, codebook_rows
from tests.answered import published_wave, steps
from tests.builders import make_world
from tests.exports.results import labels, loaded


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
