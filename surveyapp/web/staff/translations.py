"""Translations: how far each language has come, and the page on which its texts are written."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.access import Reader
from surveyapp.content.agreement_scale import languages
from surveyapp.db import db
from surveyapp.errors import ChangedMeanwhile, TextRefused, WrongState
from surveyapp.models import TextStatus, Wave, WaveState, WordingText
from surveyapp.services.partnerships import led_by, waves_of
from surveyapp.services.translations.checks import LONGEST_TEXT
from surveyapp.services.translations.clips import SOUND_TYPES
from surveyapp.services.translations.fielding import LONGEST_REASON, languages_without_review, write_reason
from surveyapp.services.translations.files import note_on, slots_of
from surveyapp.services.translations.review import is_of_today, verdicts_on
from surveyapp.services.translations.saving import NewText, Signature, save_text
from surveyapp.services.translations.strings import (
    SETTLED,
    SPOKEN,
    String,
    TextState,
    check_language,
    find_string,
    progress,
    strings_of,
)
from surveyapp.services.waves import today_in
from surveyapp.services.year import next_step
from surveyapp.web.guard import requires
from surveyapp.web.phone import screen_of
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.forms import ConfirmForm
from surveyapp.web.staff.translation_forms import ClipForm, TextForm
from surveyapp.web.staff.translation_words import signature, text_refusal

SHOWN_STATES = (TextState.REVIEWED, TextState.MACHINE, TextState.DRAFT, TextState.STALE, TextState.MISSING)
REVIEWED = "reviewed"


@blueprint.get("/waves/<int:wave_id>/translations")
@requires("translation.view")
def translations(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """How far each language has come, and for those not reviewed, why they are fielded."""
    return _languages_page(reader, wave)


def _languages_page(reader: Reader, wave: Wave, typed: dict[str, str] | None = None, refused: str = "") -> str:
    """The languages; `typed` reasons stand in place of those kept, beside why they were `refused`."""
    return render_template(
        "staff/translations/languages.html",
        reader=reader,
        wave=wave,
        step=next_step(wave, today_in(wave.survey.partnership.area.time_zone)),
        progress=progress(wave),
        states=SHOWN_STATES,
        own=TextState.SOURCE,
        unreviewed=languages_without_review(wave),
        may_give_reason=reader.may("wave.open") and wave.state is WaveState.DRAFT,
        reasons=wave.unreviewed_reasons | (typed or {}),
        refused=refused,
        longest=LONGEST_REASON,
        form=ConfirmForm(),
        synthetic=wave.survey.synthetic,
    )


@blueprint.post("/waves/<int:wave_id>/translations/<language>/reason")
@requires("wave.open")
def translation_reason(reader: Reader, wave: Wave, language: str) -> ResponseReturnValue:
    """Say why a language is fielded although not all of it is reviewed."""
    reason = request.form.get("reason", "")
    try:
        write_reason(db.session, wave, reader.user, language, reason)
        db.session.commit()
    except TextRefused as refusal:
        db.session.rollback()
        return _languages_page(reader, wave, {language: reason}, text_refusal(refusal)), 422
    flash(_("The reason is kept, and stands with the results."))
    return redirect(url_for("staff.translations", wave_id=wave.id), 303)


@blueprint.get("/waves/<int:wave_id>/translations/<language>")
@requires("translation.view")
def translate(reader: Reader, wave: Wave, language: str) -> ResponseReturnValue:
    """One text with everything needed to write it, beside the phone; all the others in a list."""
    check_language(wave, language)
    string = _chosen(wave, language, request.args.get("string", ""))
    return _page(reader, wave, language, string, _filled_form(string, language) if string else None)


@blueprint.post("/waves/<int:wave_id>/translations/<language>")
@requires("translation.edit")
def save_translation(reader: Reader, wave: Wave, language: str) -> ResponseReturnValue:
    """Keep what was written, or show it again beside what kept it from being saved."""
    check_language(wave, language)
    string = find_string(wave, request.form.get("string", ""))
    form = TextForm()
    theirs: WordingText | None = None
    status = 422
    try:
        if form.validate():
            row = save_text(db.session, string, language, _new_text(form), signature_of(reader, wave))
            db.session.commit()
            return _saved(wave, language, string, row)
    except TextRefused as refusal:
        form.text.errors = [text_refusal(refusal)]
    except ChangedMeanwhile:
        theirs, status = string.text(language), 409
    except WrongState:
        form.text.errors, status = [_("The measurement has begun, so the text wasn't changed.")], 409
    db.session.rollback()
    form.seen.data = string.edition(language)
    return _page(
        reader, wave, language, string, form, conflict=status == 409 and not form.errors, theirs=theirs
    ), status


def signature_of(reader: Reader, wave: Wave) -> Signature:
    """The reader's name and role, today where the residents live."""
    return Signature(reader.user.name, reader.role.value, today_in(wave.survey.partnership.area.time_zone))


def translation_work(reader: Reader) -> str:
    """A translator's first page: the measurements whose texts can still change, and those that have begun."""
    waves = [wave for partnership in led_by(db.session, reader.organisation) for wave in waves_of(partnership)]
    current = [wave for wave in waves if wave.state in {WaveState.DRAFT, WaveState.OPEN}]
    return render_template(
        "staff/translations/work.html",
        reader=reader,
        work=[(wave, progress(wave)) for wave in current],
        settled=SETTLED,
    )


def _chosen(wave: Wave, language: str, key: str) -> String | None:
    """The string asked for, else the first that needs work, else the first; None in a wave that says nothing."""
    if key:
        return find_string(wave, key)
    strings = strings_of(wave)
    waiting = [string for string in strings if string.state(language) not in SETTLED]
    return next(iter(waiting or strings), None)


def _filled_form(string: String, language: str) -> TextForm:
    row = string.text(language)
    return TextForm(
        data={
            "text": string.words(language),
            "string": string.key,
            "seen": string.edition(language),
            "machine": bool(row and row.status is TextStatus.MACHINE),
        }
    )


def _new_text(form: TextForm) -> NewText:
    if request.form.get("as") == REVIEWED:
        status = TextStatus.REVIEWED
    else:
        status = TextStatus.MACHINE if form.machine.data else TextStatus.DRAFT
    return NewText(form.text.data or "", status, form.seen.data or "")


def _saved(wave: Wave, language: str, string: String, row: WordingText) -> ResponseReturnValue:
    """Reviewed: on to the next that needs work. Saved: the same text again, as it stands now."""
    if row.status is not TextStatus.REVIEWED:
        flash(_("Saved."))
        return redirect(url_for("staff.translate", wave_id=wave.id, language=language, string=string.key), 303)
    flash(_("Saved as reviewed: %(text)s", text=string.said(language)))
    following = _next_to_do(wave, language, string)
    key = following.key if following else string.key
    return redirect(url_for("staff.translate", wave_id=wave.id, language=language, string=key), 303)


def _next_to_do(wave: Wave, language: str, string: String) -> String | None:
    strings = strings_of(wave)
    here = [each.key for each in strings].index(string.key)
    rest = strings[here + 1 :] + strings[:here]
    return next((each for each in rest if each.state(language) not in SETTLED), None)


def _page(
    reader: Reader,
    wave: Wave,
    language: str,
    string: String | None,
    form: TextForm | None,
    *,
    conflict: bool = False,
    theirs: WordingText | None = None,
) -> str:
    strings = strings_of(wave)
    return render_template(
        "staff/translations/translate.html",
        reader=reader,
        wave=wave,
        language=language,
        strings=strings,
        counts=progress(wave)[language],
        states=SHOWN_STATES,
        scale=languages()[language],
        form=form,
        conflict=conflict,
        theirs=theirs,
        longest=LONGEST_TEXT,
        signature=signature,
        synthetic=wave.survey.synthetic,
        **(_about(strings, string, language, form.text.data or "") if string and form else {"string": None}),
    )


def _about(strings: Sequence[String], string: String, language: str, written: str) -> dict[str, object]:
    """What is shown of the one string that is being worked on."""
    place = [each.key for each in strings].index(string.key)
    wave = string.wave
    row = string.text(language)
    return {
        "string": string,
        "place": place + 1,
        "before": strings[place - 1] if place else None,
        "after": strings[place + 1] if place + 1 < len(strings) else None,
        "row": row,
        "state": string.state(language),
        "slots": slots_of(string, language),
        "note": note_on(string),
        "others": [code for code in wave.survey.languages if code not in (language, string.source_language)],
        "verdicts": [(verdict, is_of_today(verdict, string)) for verdict in verdicts_on(db.session, string, language)],
        "screen": screen_of(string, language, written),
        "is_source": language == string.source_language,
        "may_edit": wave.state is WaveState.DRAFT and language != string.source_language,
        "may_record": wave.state is WaveState.DRAFT and string.kind in SPOKEN and bool(string.words(language)),
        "recording": string.wording.recordings.get(language),
        "sound_types": SOUND_TYPES,
        "clip_form": ClipForm(formdata=None, data={"string": string.key}),
    }
