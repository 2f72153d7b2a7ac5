"""Every code that a result document may hold has words: a view that meets one without would fail."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from surveyapp.web.partner.labels import WORDS
from tests.result_schema import FILE

SCHEMA: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
SHOWN_OTHERWISE = {
    "change": {"ok"},
    "compared": {"ok"},
    "coding": {"exact"},
    # said with facts of their own: web/partner/answer.py
    "limit": {
        "composition_skewed",
        "smallest_detectable_change",
        "small_base",
        "translations_not_reviewed",
        "mode_mix_changed",
    },
}


def codes(schema: Any, name: str) -> Iterator[str]:
    """Every code of the properties of this name within a part of the schema."""
    if isinstance(schema, dict):
        yield from (code for code in schema.get("properties", {}).get(name, {}).get("enum", []) if code)
    for each in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from codes(each, name)


def part(name: str) -> Any:
    return SCHEMA["$defs"][name]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("reason", codes(SCHEMA, "reason")),
        ("coding", codes(SCHEMA, "coding")),
        ("verdict", codes(SCHEMA, "verdict")),
        ("class", codes(SCHEMA, "class")),
        ("test", codes(SCHEMA, "test")),
        ("sensitivity", codes(SCHEMA, "without")),
        ("exposure", codes(SCHEMA, "exposure")),
        ("break", iter(part("break_reason")["enum"])),
        ("change", codes(part("change"), "status")),
        ("compared", codes(part("difference_in_differences"), "status")),
        ("limit", codes(SCHEMA["properties"]["limits"], "key")),
    ],
)
def test_a_code_has_words(words: str, found: Iterator[str]) -> None:
    known = set(found)
    assert len(known) > 1
    assert {code for code in known if f"{words}.{code}" not in WORDS} == SHOWN_OTHERWISE.get(words, set())
