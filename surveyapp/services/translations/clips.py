"""Recorded clips: somebody saying a statement or a question in a language, for those who would rather listen."""

import datetime as dt
import hashlib

from sqlalchemy.orm import Session

from surveyapp.errors import NotFound, TextRefused
from surveyapp.models import Clip, Recording, User
from surveyapp.services import audit
from surveyapp.services.translations.saving import refuse_unless_draft
from surveyapp.services.translations.sound import SmallSound, shrink
from surveyapp.services.translations.strings import SPOKEN, String, TextState

# How a clip's file is called → what it holds.
OPUS, M4A = "opus", "m4a"
SOUND_TYPES = {OPUS: "audio/ogg", M4A: "audio/mp4"}


def add_clip(
    session: Session, string: String, language: str, data: bytes, user: User | None, today: dt.date
) -> Recording:
    """Keep a recording of the text as it stands, made small; an earlier one is replaced.

    Raises WrongState once the wave has begun, NotFound for a string that isn't spoken alone, TextRefused, "missing",
    while there is nothing to say, or FileRefused for what isn't a short recording.
    """
    refuse_unless_draft(string.wave)
    if string.kind not in SPOKEN:
        raise NotFound
    if string.state(language) is TextState.MISSING:
        raise TextRefused(reason="missing")
    clip = _kept(session, shrink(data))
    recording = string.wording.recordings.get(language) or Recording(language=language)
    recording.clip_checksum, recording.spoken, recording.added_on = clip.checksum, string.said(language), today
    string.wording.recordings[language] = recording
    _record(session, string, language, user, "clip.added")
    session.flush()
    return recording


def remove_clip(session: Session, string: String, language: str, user: User | None) -> None:
    """Take a recording back. Frozen questionnaires that play it keep it. Raises WrongState once the wave has begun."""
    refuse_unless_draft(string.wave)
    if string.wording.recordings.pop(language, None) is not None:
        _record(session, string, language, user, "clip.removed")
        session.flush()


def clip_sound(session: Session, checksum: str, kind: str) -> bytes:
    """A clip's bytes as "opus" or "m4a". Raises NotFound."""
    clip = session.get(Clip, checksum)
    if clip is None or kind not in SOUND_TYPES:
        raise NotFound
    return clip.opus if kind == OPUS else clip.m4a


def _kept(session: Session, sound: SmallSound) -> Clip:
    """The clip with this sound; the same one again is kept once."""
    checksum = hashlib.sha256(sound.opus).hexdigest()
    clip = session.get(Clip, checksum)
    if clip is None:
        clip = Clip(checksum=checksum, opus=sound.opus, m4a=sound.m4a)
        session.add(clip)
        session.flush()
    return clip


def _record(session: Session, string: String, language: str, user: User | None, action: str) -> None:
    lead = string.wave.survey.partnership.lead
    audit.record(session, lead, user, action, f"wave {string.wave.id}", string=string.key, language=language)
