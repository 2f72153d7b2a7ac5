"""Workbooks and the table of ages that most of them hold."""

import io
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

BANDS = ["0-17 år", "18-29 år", "30-44 år", "45-59 år", "60 år og derover"]
COUNTS = [402, 252, 300, 288, 360]


def workbook(fill: Callable[[Worksheet], None]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def sheet_of(*rows: list[Any]) -> bytes:
    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)

    return workbook(fill)


def age_rows() -> list[list[Any]]:
    return [[band, count] for band, count in zip(BANDS, COUNTS, strict=True)]
