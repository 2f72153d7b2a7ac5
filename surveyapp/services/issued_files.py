"""Recognising a downloaded file: every file is registered by its digest when it is handed out.

To make it again and compare would fail as soon as a word of the app or an observation beside the figures changes;
a digest recognises it for as long as the result is kept.
"""

import datetime as dt
import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from surveyapp.canonical import canonical_json, checksum
from surveyapp.db import INSERTS
from surveyapp.models import IssuedFile, Result
from surveyapp.services.uploads import check_size, is_zip_bomb

_CHECKSUM = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_MOST_CHECKSUMS = 50
_ZIP = b"PK\x03\x04"
_ABOUT_THE_FILE = "docProps/"
# How a spreadsheet's parts are packed; other ways are unpacked whole, however small a part says that it is
_UNPACKED_BIT_BY_BIT = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class Finding(StrEnum):
    """What can be said of a file."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verified:
    """A finding, with the result that the file is a view of, or says that it is."""

    finding: Finding
    result: Result | None = None

    @property
    def named(self) -> dict[str, Any]:
        """What every file says itself of its document: survey, area, measurement, version, day. No figure."""
        if self.result is None:
            return {}
        document = json.loads(self.result.document)
        return {
            "survey": document["survey"],
            "area": document["area"]["name"],
            "wave": document["wave"]["label"],
            "version": document["version"],
            "published": dt.date.fromisoformat(document["version_published_on"]),
            "checksum": self.result.checksum,
        }


def issue(session: Session, result: Result, content: bytes, file: str, language: str) -> bytes:
    """Register a file of a result before it is handed out, and give its digest; the same bytes again change nothing."""
    digest = _digest(content)
    row = {
        "digest": digest,
        "wave_id": result.wave_id,
        "version": result.version,
        "file": file,
        "language": language,
        "issued_on": dt.datetime.now(dt.UTC).date(),
    }
    insert = INSERTS[session.get_bind().dialect.name](IssuedFile)
    session.execute(insert.values(row).on_conflict_do_nothing())  # two may take a new file at once
    return digest


def verify(session: Session, content: bytes) -> Verified:
    """Whether a file is one that was handed out, byte for byte; a JSON document also where it is only laid out anew.

    Raises FileRefused for an empty or too large file.
    """
    check_size(content)
    issued = session.get(IssuedFile, _digest(content))
    if issued is not None:
        return Verified(Finding.UNCHANGED, issued.result)
    result = _named_in(session, content)
    if result is None:
        return Verified(Finding.UNKNOWN)
    return Verified(Finding.UNCHANGED if _holds_document_of(content, result) else Finding.CHANGED, result)


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _holds_document_of(content: bytes, result: Result) -> bool:
    """Whether this is a JSON file with the result's document and checksum and nothing else, however it is laid out."""
    try:
        opened = json.loads(content, object_pairs_hook=_every_key_once)
        document = canonical_json(opened.pop("document"))
        return bool(opened == {"checksum": result.checksum} and checksum(document) == result.checksum)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return False


def _every_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object. Raises ValueError for a key that stands twice: of its values other programs may read another."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _named_in(session: Session, content: bytes) -> Result | None:
    """The result whose checksum stands first in the file; other checksums in it, of earlier results, come later."""
    named = list(dict.fromkeys(found.decode() for part in _parts(content) for found in _CHECKSUM.findall(part)))
    found = session.scalars(sa.select(Result).where(Result.checksum.in_(named[:_MOST_CHECKSUMS]))).all()
    return min(found, key=lambda result: named.index(result.checksum), default=None)


def _parts(content: bytes) -> Iterator[bytes]:
    """The file's bytes; of a spreadsheet its parts unpacked, those about the file itself first."""
    if not content.startswith(_ZIP):
        yield content
        return
    try:
        if is_zip_bomb(content):
            return
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for part in sorted(packed.infolist(), key=lambda part: not part.filename.startswith(_ABOUT_THE_FILE)):
                if part.compress_type in _UNPACKED_BIT_BY_BIT:
                    with packed.open(part) as opened:
                        yield opened.read(part.file_size)  # without a number, far more may be unpacked than declared
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return  # a damaged or encrypted file names nothing
