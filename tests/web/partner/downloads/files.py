"""The example's files, fetched by somebody who is signed in."""

import io
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.web.checking_client import CheckingClient
from tests.web.partner.reading import OWN

RESULTS = f"{OWN}/results"
STEPS = ("5", "4", "3", "2", "1")


def fetch(client: CheckingClient, file: str, language: str = "da") -> bytes:
    answer = client.get(f"{RESULTS}{file}?language={language}")
    assert answer.status_code == 200
    content: bytes = answer.data
    return content


def book_of(client: CheckingClient, language: str = "da") -> Workbook:
    return load_workbook(io.BytesIO(fetch(client, ".xlsx", language)))


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    """The sheet's one table, row by row, by the heads of its columns."""
    return [{name: cell.value for name, cell in row.items()} for row in cells_of(sheet)]


def cells_of(sheet: Worksheet) -> list[dict[str, Any]]:
    """The same with the cells themselves, which know how they are shown."""
    (found,) = sheet.tables.values()
    head, *rows = sheet[found.ref]
    return [dict(zip((cell.value for cell in head), row, strict=True)) for row in rows]


def shares(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry for entry in document["indicators"] if entry["kind"] == "share"]
