"""The API's description, OpenAPI 3.1: openapi.json, with the result document's own schema put in."""

import json
from functools import cache
from pathlib import Path
from typing import Any

DESCRIPTION = Path(__file__).with_name("openapi.json")
RESULT_SCHEMA = Path(__file__).parents[3] / "docs" / "schemas" / "result-1.json"
OF_A_FILE = ("$schema", "$id")


@cache
def openapi_document() -> dict[str, Any]:
    """The whole description; whoever reads it needs no other file."""
    described: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    text = RESULT_SCHEMA.read_text(encoding="utf-8").replace("#/$defs/", "#/components/schemas/")
    schema: dict[str, Any] = json.loads(text)
    parts = schema.pop("$defs")
    described["components"]["schemas"] |= parts
    described["components"]["schemas"]["result_document"] = {
        name: value for name, value in schema.items() if name not in OF_A_FILE
    }
    return described
