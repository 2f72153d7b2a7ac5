"""Every result document made by a test must fit the published schema."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from surveyapp.models import Result

FILE = Path(__file__).parents[1] / "docs" / "schemas" / "result-1.json"


@cache
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def checked_document(result: Result) -> dict[str, Any]:
    """A frozen result's document, after checking it against the schema."""
    document: dict[str, Any] = json.loads(result.document)
    validator().validate(document)
    return document


def indicator(document: dict[str, Any], key: str) -> dict[str, Any]:
    """One indicator's entry."""
    return next(entry for entry in document["indicators"] if entry["key"] == key)
