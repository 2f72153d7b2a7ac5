"""What is signed: the page token, and the key that makes a device a placement's tablet."""

import base64
import hmac
from dataclasses import dataclass
from functools import lru_cache

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from surveyapp.errors import PageNotOurs
from surveyapp.models import Mode
from surveyapp.services.entrances import Entrance

TABLET_KEY_BYTES = 10


@dataclass(frozen=True)
class Token:
    """What a page says about itself. Without a time in it, it is the same on everybody's phone and never gets old."""

    wave_id: int
    version: int
    placement_id: int
    language: str
    mode: Mode = Mode.SELF


def write_token(token: Token) -> str:
    """The token as text for a hidden field. The mode stands in it only where it isn't one's own phone."""
    mode = [] if token.mode is Mode.SELF else [token.mode]
    parts = [token.wave_id, token.version, token.placement_id, token.language, *mode]
    return str(_signer(str(current_app.secret_key)).dumps(parts))


def read_token(text: str, entrance: Entrance) -> Token:
    """The token of a page made for this entrance. Raises PageNotOurs when it is forged or another wave's."""
    token = _verified(str(current_app.secret_key), text)
    if (token.wave_id, token.placement_id) != (entrance.wave_id, entrance.placement_id):
        raise PageNotOurs
    return token


def tablet_key(code: str) -> str:
    """The secret part of the address that makes a device the tablet of the placement with this code."""
    signed = hmac.digest(str(current_app.secret_key).encode(), f"tablet {code}".encode(), "sha256")
    return base64.b32encode(signed[:TABLET_KEY_BYTES]).decode().lower()


@lru_cache(maxsize=1024)
def _verified(secret_key: str, text: str) -> Token:
    try:
        wave_id, version, placement_id, language, *mode = _signer(secret_key).loads(text)
    except BadSignature as error:
        raise PageNotOurs from error
    return Token(wave_id, version, placement_id, language, *map(Mode, mode))


@lru_cache(maxsize=4)
def _signer(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt="resident page")
