"""Files that people send: opened only when they are small enough to be what they claim to be."""

import io
import zipfile
from typing import TYPE_CHECKING

from surveyapp.errors import FileRefused

if TYPE_CHECKING:
    from openpyxl import Workbook

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_UNPACKED = 20 * 1024 * 1024
MOST_PARTS = 500


def check_size(data: bytes, largest: int = LARGEST_FILE) -> None:
    """Raise FileRefused for an empty file, or one of more bytes than `largest`."""
    if not data:
        raise FileRefused(reason="empty")
    if len(data) > largest:
        raise FileRefused(reason="too_large", megabytes=largest // (1024 * 1024))


def open_spreadsheet(data: bytes) -> "Workbook":
    """An XLSX file, to be read row by row; formulas come as the text they are written with.

    Raises FileRefused: "empty", "too_large", "zip_bomb" for one that unpacks to far more than it weighs, "not_xlsx".
    """
    from openpyxl import load_workbook

    check_size(data)
    try:
        if is_zip_bomb(data):
            raise FileRefused(reason="zip_bomb")
        return load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except FileRefused:
        raise
    except Exception as broken:  # a damaged file may fail anywhere inside the reader, with any exception
        raise FileRefused(reason="not_xlsx") from broken


def is_zip_bomb(data: bytes, largest: int = LARGEST_UNPACKED) -> bool:
    """Whether a zip unpacks to more than `largest` bytes; it is never read beyond what it declares.

    Raises zipfile.BadZipFile for what is no zip.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
    return len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > largest
