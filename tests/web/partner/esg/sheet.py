"""The ESG sheet as a program reads it: where it lies, its file row by row, and a place in the document."""

import csv
import io
from typing import Any

from tests.web.checking_client import CheckingClient

ESG = "/o/egebo/partnerships/1/esg"
THEIRS = "/o/solsikken/partnerships/1/esg"
RESULTS = "/o/egebo/partnerships/1/results"
Rows = dict[tuple[str, str], list[dict[str, str]]]


def rows_of(client: CheckingClient, address: str) -> Rows:
    """The CSV by indicator and column."""
    answer = client.get(address)
    assert answer.status_code == 200
    found: Rows = {}
    for row in csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";"):
        found.setdefault((row["indicator"], row["column"]), []).append(row)
    return found


def at(file: dict[str, Any], place: str) -> Any:
    """What stands at a JSON pointer: /document/indicators/1/figures/1/percent."""
    value: Any = file
    for step in place.removeprefix("/").split("/"):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value
