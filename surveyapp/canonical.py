"""The one way a frozen document becomes bytes, so that its checksum means something."""

import hashlib
import json
from typing import Any


def canonical_json(document: Any) -> str:  # noqa: ANN401 - any JSON value
    """A JSON text that depends on the content alone: sorted keys, no spaces, UTF-8, no NaN."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def checksum(text: str) -> str:
    """SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
