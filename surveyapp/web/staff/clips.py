"""Recordings of statements: put in, listened to, taken back."""

import io

from flask import flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.errors import FileRefused, NotFound, TextRefused
from surveyapp.models import Wave
from surveyapp.services.translations.clips import SOUND_TYPES, clip_sound
from surveyapp.services.translations.clips import add_clip as add
from surveyapp.services.translations.clips import remove_clip as remove
from surveyapp.services.translations.strings import check_language, find_string, strings_of
from surveyapp.services.waves import today_in
from surveyapp.web.guard import requires
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.translation_forms import ClipForm
from surveyapp.web.staff.translation_words import file_refusal, text_refusal


@blueprint.post("/waves/<int:wave_id>/translations/<language>/clip")
@requires("translation.edit")
def add_clip(reader: Reader, wave: Wave, language: str) -> ResponseReturnValue:
    """Keep a recording of a text; say kindly why one can't be used."""
    check_language(wave, language)
    string = find_string(wave, request.form.get("string", ""))
    form = ClipForm()
    today = today_in(wave.survey.partnership.area.time_zone)
    if not form.validate():
        return _back(wave, language, _("Choose a recording first."), "attention")
    try:
        add(db.session, string, language, form.file.data.read(), reader.user, today)
    except (FileRefused, TextRefused) as refusal:
        db.session.rollback()
        sentence = file_refusal(refusal) if isinstance(refusal, FileRefused) else text_refusal(refusal)
        return _back(wave, language, sentence, "attention")
    db.session.commit()
    return _back(wave, language, _("The recording is kept. Listen to it once."))


@blueprint.post("/waves/<int:wave_id>/translations/<language>/clip/remove")
@requires("translation.edit")
def remove_clip(reader: Reader, wave: Wave, language: str) -> ResponseReturnValue:
    """Take a recording back."""
    check_language(wave, language)
    remove(db.session, find_string(wave, request.form.get("string", "")), language, reader.user)
    db.session.commit()
    return _back(wave, language, _("The recording is removed."))


@blueprint.get("/waves/<int:wave_id>/clips/<checksum>.<kind>")
@requires("translation.view", file=True)
def clip(reader: Reader, wave: Wave, checksum: str, kind: str) -> ResponseReturnValue:
    """A recording of one of the wave's texts."""
    recordings = [each for string in strings_of(wave) for each in string.wording.recordings.values()]
    if kind not in SOUND_TYPES or checksum not in {recording.clip_checksum for recording in recordings}:
        raise NotFound
    sound = io.BytesIO(clip_sound(db.session, checksum, kind))
    return send_file(sound, SOUND_TYPES[kind], download_name=f"{checksum[:12]}.{kind}", conditional=True)


def _back(wave: Wave, language: str, sentence: str, category: str = "message") -> ResponseReturnValue:
    flash(sentence, category)
    key = request.form.get("string")
    return redirect(
        url_for("staff.translate", wave_id=wave.id, language=language, string=key, _anchor="recording"), 303
    )
