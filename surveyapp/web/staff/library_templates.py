"""The organisation's own statements in the library, written in any of the survey languages."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import TextAreaField

from surveyapp.access import Reader
from surveyapp.content.agreement_scale import languages
from surveyapp.db import db
from surveyapp.errors import ChangedMeanwhile, TextRefused
from surveyapp.i18n import own_name
from surveyapp.models import Exposure, Form, ItemTemplate, Polarity, WordingText
from surveyapp.services.building import templates as service
from surveyapp.services.building.templates import Statement, find_template, template_version
from surveyapp.services.building.writing import SLOTS_OF, text_in
from surveyapp.web.form_parts import conflict_or_error, options, text
from surveyapp.web.guard import requires
from surveyapp.web.languages import staff_language
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.building_forms import EXPOSURES, FORMS, POLARITIES, TemplateForm
from surveyapp.web.staff.building_phone import template_screen
from surveyapp.web.staff.building_words import refusal_words
from surveyapp.web.staff.library import author_in, indicator_names
from surveyapp.web.staff.translation_words import signature, text_refusal
from surveyapp.web.words import spoken, text_state_words, text_status_words

Versions = list[tuple[str, str, str]]


@blueprint.route("/library/own/new", methods=["GET", "POST"])
@requires("survey.build")
def new_template(reader: Reader) -> ResponseReturnValue:
    """A statement of the organisation's own."""
    form = _form(reader, None)
    if form.validate_on_submit():
        new, others = _statement(form, staff_language()), _others(form)
        try:
            service.add_template(db.session, reader.organisation, author_in(reader), new, others)
            db.session.commit()
            flash(_("The statement is in your library."))
            return redirect(url_for("staff.library"), 303)
        except TextRefused as refusal:
            _refuse(form, refusal)
    return _page(reader, None, form)


@blueprint.route("/library/own/<key>", methods=["GET", "POST"])
@requires("survey.build")
def edit_template(reader: Reader, key: str) -> ResponseReturnValue:
    """Change one of the organisation's own statements, or say it in another language."""
    template = find_template(db.session, reader.organisation, key)
    form = _form(reader, template)
    versions: Versions = []
    if form.validate_on_submit():
        new, others = _statement(form, template.wording.source_language), _others(form)
        try:
            service.change_template(db.session, template, author_in(reader), new, others, text(form.seen))
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for("staff.library"), 303)
        except TextRefused as refusal:
            _refuse(form, refusal)
        except ChangedMeanwhile as changed:
            db.session.rollback()
            form.seen.data = str(changed.details["theirs"])
            versions = _versions(template, form)
    return _page(reader, template, form, versions)


@blueprint.post("/library/own/<key>/remove")
@requires("survey.build")
def remove_template(reader: Reader, key: str) -> ResponseReturnValue:
    """Forget one of the organisation's own statements."""
    service.remove_template(db.session, find_template(db.session, reader.organisation, key), author_in(reader))
    db.session.commit()
    flash(_("The statement is out of your library. Surveys that ask it keep it."))
    return redirect(url_for("staff.library"), 303)


@blueprint.post("/library/<key>/copy")
@requires("survey.build")
def copy_template(reader: Reader, key: str) -> ResponseReturnValue:
    """A statement of the organisation's own with another one's texts."""
    made = service.copy_template(db.session, reader.organisation, author_in(reader), key)
    db.session.commit()
    flash(_("Copied. Change it so that it fits your place."))
    return redirect(url_for("staff.edit_template", key=made.key), 303)


def _form(reader: Reader, template: ItemTemplate | None) -> TemplateForm:
    """The form, with a field for each language besides the one in which the statement is first written."""
    source = template.wording.source_language if template else staff_language()
    data: dict[str, object] = {"indicator": request.args.get("indicator", "")}
    texts: Mapping[str, WordingText] = template.wording.texts if template else {}
    if template:
        data = {
            "seen": template_version(template),
            "text": text_in(template.wording, source),
            "polarity": template.polarity.value,
            "indicator": template.indicator.key,
            "form": template.form.value,
            "exposure": (template.exposure or Exposure.KNOWS).value,
        }
    fields = {_name(code): _field(code, texts.get(code)) for code in languages() if code != source}
    data |= {_name(code): row.text for code, row in texts.items()}
    form: TemplateForm = type("TextsForm", (TemplateForm,), fields)(data=data)
    names = indicator_names(reader)
    if template:
        names |= {template.indicator.key: spoken(template.indicator.names)}
    form.indicator.choices = options(names.items())
    return form


def _name(language: str) -> str:
    return f"text_{language}"


def _field(language: str, row: WordingText | None) -> TextAreaField:
    look = {"rows": 2, "lang": language, "dir": languages()[language].direction}
    return TextAreaField(own_name(language), description=_standing(row) if row and row.text else "", render_kw=look)


def _standing(row: WordingText) -> str:
    """How far a text has come and who brought it there, in a line."""
    said = signature(row) or text_status_words(row.status)
    return f"{said} · {text_state_words('stale')}" if row.is_stale else said


def _others(form: TemplateForm) -> dict[str, str]:
    return {code: text(form[_name(code)]) for code in languages() if _name(code) in form}


def _statement(form: TemplateForm, language: str) -> Statement:
    kind = Form(form["form"].data)
    exposure = Exposure(form.exposure.data) if kind is Form.ATTRIBUTION else None
    return Statement(language, text(form.text), form.indicator.data, kind, Polarity(form.polarity.data), exposure)


def _refuse(form: TemplateForm, refusal: TextRefused) -> None:
    db.session.rollback()
    language = refusal.details.get("language")
    if language:
        form[_name(str(language))].errors = [text_refusal(refusal)]
        return
    slots = " ".join(f"{{{slot}}}" for slot in sorted(SLOTS_OF[Form(form["form"].data)]))
    form.text.errors = [refusal_words(refusal, slots)]


def _versions(template: ItemTemplate, form: TemplateForm) -> Versions:
    said = text_in(template.wording, template.wording.source_language)
    names = {value: label for value, label, *_rest in form.indicator.iter_choices()}
    exposure = template.exposure or Exposure.KNOWS
    rows = [
        (form.text.label.text, said, text(form.text)),
        (form.indicator.label.text, spoken(template.indicator.names), str(names[form.indicator.data])),
        (form["form"].label.text, str(FORMS[template.form]), str(FORMS[Form(form["form"].data)])),
        (form.exposure.label.text, str(EXPOSURES[exposure]), str(EXPOSURES[Exposure(form.exposure.data)])),
        (form.polarity.label.text, str(POLARITIES[template.polarity]), str(POLARITIES[Polarity(form.polarity.data)])),
    ]
    others = [(own_name(code), text_in(template.wording, code, ""), yours) for code, yours in _others(form).items()]
    return rows + [row for row in others if row[1] != row[2]]


def _page(
    reader: Reader, template: ItemTemplate | None, form: TemplateForm, versions: Versions | None = None
) -> tuple[str, int]:
    language = template.wording.source_language if template else staff_language()
    page = render_template(
        "staff/library/template.html",
        reader=reader,
        template=template,
        form=form,
        language=language,
        others=[form[_name(code)] for code in languages() if _name(code) in form],
        versions=versions,
        screen=template_screen(reader.organisation, language, text(form.text)),
    )
    return page, conflict_or_error(form.errors, versions)
