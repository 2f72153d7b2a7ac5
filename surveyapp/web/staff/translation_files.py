"""Texts as files: out as PO or XLSX, and back in after a look at what they would change."""

import dataclasses
from typing import Any

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from itsdangerous import BadSignature, URLSafeSerializer

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.errors import ChangedMeanwhile, FileRefused, NotFound
from surveyapp.models import Wave
from surveyapp.services.first_visit import suggested_slug
from surveyapp.services.translations.files import FileText, TextFile, export_texts
from surveyapp.services.translations.importing import CONFLICTS, Outcome, apply_import, plan_import
from surveyapp.services.translations.po import read_po, write_po
from surveyapp.services.translations.strings import TextState, check_language
from surveyapp.services.translations.xlsx import read_xlsx, write_xlsx
from surveyapp.web.guard import requires
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.translation_forms import TextFileForm
from surveyapp.web.staff.translation_words import file_refusal, text_refusal
from surveyapp.web.staff.translations import signature_of
from surveyapp.web.words import text_state_words

PO, XLSX = "po", "xlsx"
MEDIA_TYPES = {
    PO: "text/x-gettext-translation; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.get("/waves/<int:wave_id>/translations/<language>/texts.<kind>")
@requires("translation.view", file=True)
def texts_file(reader: Reader, wave: Wave, language: str, kind: str) -> ResponseReturnValue:
    """Every text of the language with its source, notes and state."""
    check_language(wave, language)
    if kind not in MEDIA_TYPES:
        raise NotFound
    file = export_texts(wave, language)
    data = write_po(file) if kind == PO else write_xlsx(file, _headings(), _states())
    name = f"{suggested_slug(wave.survey.name)}-{suggested_slug(wave.label)}-{language}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, content_type=MEDIA_TYPES[kind], headers=headers)


@blueprint.get("/waves/<int:wave_id>/translations/<language>/files")
@requires("translation.view")
def translation_files(reader: Reader, wave: Wave, language: str) -> ResponseReturnValue:
    """Download a language's texts, or bring them back."""
    check_language(wave, language)
    return _files_page(reader, wave, language, TextFileForm())


@blueprint.post("/waves/<int:wave_id>/translations/<language>/files")
@requires("translation.edit")
def look_at_file(reader: Reader, wave: Wave, language: str) -> ResponseReturnValue:
    """Show what a file would change; nothing is changed yet."""
    check_language(wave, language)
    form = TextFileForm()
    if form.validate():
        try:
            return _preview(reader, wave, language, _read(form.file.data.read()))
        except FileRefused as refusal:
            form.file.errors = [file_refusal(refusal)]
    return _files_page(reader, wave, language, form), 422


@blueprint.post("/waves/<int:wave_id>/translations/<language>/files/take")
@requires("translation.edit")
def take_texts(reader: Reader, wave: Wave, language: str) -> ResponseReturnValue:
    """Take over the texts that were ticked, or show everything again where something has changed meanwhile."""
    check_language(wave, language)
    file = _carried_back(request.form.get("file", ""))
    taken = dict(ticked.rsplit(" ", 1) for ticked in request.form.getlist("take") if " " in ticked)
    try:
        count = apply_import(db.session, wave, language, file, taken, reader.user, signature_of(reader, wave))
    except ChangedMeanwhile:
        db.session.rollback()
        return _preview(reader, wave, language, file, moved=True), 409
    db.session.commit()
    flash(ngettext("%(num)d text was taken over.", "%(num)d texts were taken over.", count))
    return redirect(url_for("staff.translate", wave_id=wave.id, language=language), 303)


def _read(data: bytes) -> TextFile:
    """By what the file is, not by what it is called."""
    return read_xlsx(data) if data.startswith(b"PK") else read_po(data)


def _files_page(reader: Reader, wave: Wave, language: str, form: TextFileForm) -> str:
    return render_template(
        "staff/translations/files.html",
        reader=reader,
        wave=wave,
        language=language,
        form=form,
        synthetic=wave.survey.synthetic,
    )


def _preview(reader: Reader, wave: Wave, language: str, file: TextFile, *, moved: bool = False) -> str:
    plan = plan_import(wave, language, file)
    return render_template(
        "staff/translations/preview.html",
        reader=reader,
        wave=wave,
        language=language,
        conflicts=plan.of(*CONFLICTS),
        new=plan.of(Outcome.NEW),
        refused=plan.of(Outcome.REFUSED),
        same=len(plan.of(Outcome.SAME)),
        empty=len(plan.of(Outcome.EMPTY)),
        unknown=plan.unknown,
        refusal=text_refusal,
        carried=_carrier().dumps(dataclasses.asdict(file)),
        moved=moved,
        synthetic=wave.survey.synthetic,
    )


def _carried_back(carried: str) -> TextFile:
    """The file as it was shown, carried through the page."""
    try:
        content: dict[str, Any] = _carrier().loads(carried)
    except BadSignature:
        abort(400)
    texts = tuple(FileText(**text | {"notes": tuple(text["notes"])}) for text in content.pop("texts"))
    return TextFile(**content, texts=texts)


def _carrier() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="texts of a file")


def _headings() -> tuple[str, ...]:
    return _("Key"), _("Source"), _("Notes"), _("Text"), _("State"), _("Leave as it is")


def _states() -> dict[str, str]:
    return {state.value: text_state_words(state) for state in TextState}
