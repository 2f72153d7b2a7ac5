"""The page token: which wave, version, placement and language a page was made for, signed."""

from dataclasses import dataclass
from functools import lru_cache

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from surveyapp.errors import PageNotOurs
from surveyapp.services.entrances import Entrance


@dataclass(frozen=True)
class Token:
    """What a page says about itself. Without a time in it, it is the same on everybody's phone and never gets old."""

    wave_id: int
    version: int
    placement_id: int
    language: str


def write_token(token: Token) -> str:
    """The token as text for a hidden field."""
    return str(
        _signer(str(current_app.secret_key)).dumps([token.wave_id, token.version, token.placement_id, token.language])
    )


def read_token(text: str, entrance: Entrance) -> Token:
    """The token of a page made for this entrance. Raises PageNotOurs when it is forged or another wave's."""
    token = _verified(str(current_app.secret_key), text)
    if (token.wave_id, token.placement_id) != (entrance.wave_id, entrance.placement_id):
        raise PageNotOurs
    return token


@lru_cache(maxsize=1024)
def _verified(secret_key: str, text: str) -> Token:
    try:
        return Token(*_signer(secret_key).loads(text))
    except BadSignature as error:
        raise PageNotOurs from error


@lru_cache(maxsize=4)
def _signer(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt="resident page")
