"""Names of downloaded files: area, wave and language, in characters that every system takes."""

import re
import unicodedata

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa", "ß": "ss"})
_LONGEST_PART = 80  # an area, a wave and the rest together stay below the 255 bytes that disks take
_NOT_SAFE = re.compile(r"[^A-Za-z0-9]+")


def file_name(area: str, wave: str, language: str, file: str) -> str:
    """ "Egeparken-Aar-1-da-codebook.csv" for Egeparken, År 1, da, -codebook.csv."""
    parts = [part for text in (area, wave) if (part := _cleaned(text))]
    return "-".join([*(parts or ["results"]), language]) + file


def _cleaned(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode()
    return _NOT_SAFE.sub("-", plain).strip("-")[:_LONGEST_PART].rstrip("-")
