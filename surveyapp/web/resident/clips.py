"""Recorded statements, fetched when somebody taps to listen."""

import io

from flask import send_file
from flask.typing import ResponseReturnValue

from surveyapp.db import db
from surveyapp.services.translations.clips import SOUND_TYPES, clip_sound
from surveyapp.web.guard import public
from surveyapp.web.resident.addresses import blueprint
from surveyapp.web.resident.memory import memory

A_YEAR = 365 * 24 * 60 * 60


@blueprint.get("/<code:code>/clip/<checksum>.<kind>")
@public
def clip(code: str, checksum: str, kind: str) -> ResponseReturnValue:
    """The sound with this checksum: never another, so a phone may keep it."""
    memory().entrance(code)
    sound = io.BytesIO(clip_sound(db.session, checksum, kind))
    answer = send_file(sound, SOUND_TYPES[kind], max_age=A_YEAR, etag=checksum)
    answer.cache_control.immutable = True
    return answer
