"""The page token: which wave, version, placement and language a page was made for, signed."""

from dataclasses import dataclass

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
    return str(_signer().dumps([token.wave_id, token.version, token.placement_id, token.language]))


def read_token(text: str, entrance: Entrance) -> Token:
    """The token of a page made for this entrance. Raises PageNotOurs when it is forged or another wave's."""
    try:
        token = Token(*_signer().loads(text))
    except BadSignature as error:
        raise PageNotOurs from error
    if (token.wave_id, token.placement_id) != (entrance.wave_id, entrance.placement_id):
        raise PageNotOurs
    return token


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="resident page")
