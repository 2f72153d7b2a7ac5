"""The library: the statements that ship, the organisation's own, and its indicators."""

import datetime as dt

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.access import Reader
from surveyapp.content.agreement_scale import languages
from surveyapp.content.library import library as shipped_library
from surveyapp.db import db
from surveyapp.errors import AlreadyTaken, ChangedMeanwhile, IndicatorInUse, TextRefused
from surveyapp.models import Exposure, Form, IndicatorKind, ItemTemplate, Polarity
from surveyapp.services.building import templates as service
from surveyapp.services.building.indicators import (
    add_indicator,
    archive_indicator,
    find_indicator,
    indicators_of,
    remove_indicator,
)
from surveyapp.services.building.surveys import offered_indicators
from surveyapp.services.building.templates import Statement, find_template, template_version
from surveyapp.services.building.writing import SLOTS_OF, Author, text_in
from surveyapp.web.form_parts import conflict_or_error, options, text
from surveyapp.web.guard import requires
from surveyapp.web.languages import staff_language
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.building_forms import FORMS, KINDS, POLARITIES, IndicatorForm, TemplateForm
from surveyapp.web.staff.building_words import refusal_words
from surveyapp.web.staff.forms import ConfirmForm
from surveyapp.web.words import spoken


@blueprint.get("/library")
@requires("survey.build")
def library(reader: Reader) -> ResponseReturnValue:
    """Every statement one can take, searched and filtered, and the organisation's indicators."""
    search = {name: request.args.get(name, "")[:100] for name in ("text", "indicator", "form", "tag")}
    language = request.args.get("language", staff_language())
    language = language if language in languages() else staff_language()
    found = service.offers(
        db.session,
        reader.organisation,
        text=search["text"],
        language=language,
        indicators=[search["indicator"]] if search["indicator"] else [],
        form=search["form"],
        tag=search["tag"],
    )
    shipped = shipped_library()
    return render_template(
        "staff/library/library.html",
        reader=reader,
        statement=spoken(shipped.statement),
        offers=found,
        search=search,
        language=language,
        languages=languages(),
        indicators=_indicator_names(reader),
        tags={key: spoken(names) for key, names in shipped.tags.items()},
        forms=FORMS,
        kinds=KINDS,
        own_indicators=indicators_of(db.session, reader.organisation),
        form=ConfirmForm(),
    )


@blueprint.route("/library/own/new", methods=["GET", "POST"])
@requires("survey.build")
def new_template(reader: Reader) -> ResponseReturnValue:
    """A statement of the organisation's own."""
    form = _template_form(reader, None)
    if form.validate_on_submit():
        try:
            service.add_template(db.session, reader.organisation, _author(reader), _statement(form, staff_language()))
            db.session.commit()
            flash(_("The statement is in your library."))
            return redirect(url_for("staff.library"), 303)
        except TextRefused as refusal:
            _refuse(form, refusal)
    return _template_page(reader, None, form)


@blueprint.route("/library/own/<key>", methods=["GET", "POST"])
@requires("survey.build")
def edit_template(reader: Reader, key: str) -> ResponseReturnValue:
    """Change one of the organisation's own statements."""
    template = find_template(db.session, reader.organisation, key)
    form = _template_form(reader, template)
    versions: list[tuple[str, str, str]] = []
    if form.validate_on_submit():
        new = _statement(form, template.wording.source_language)
        try:
            service.change_template(db.session, template, _author(reader), new, text(form.seen))
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for("staff.library"), 303)
        except TextRefused as refusal:
            _refuse(form, refusal)
        except ChangedMeanwhile as changed:
            db.session.rollback()
            form.seen.data = str(changed.details["theirs"])
            versions = _versions(template, form)
    return _template_page(reader, template, form, versions)


@blueprint.post("/library/own/<key>/remove")
@requires("survey.build")
def remove_template(reader: Reader, key: str) -> ResponseReturnValue:
    """Forget one of the organisation's own statements."""
    service.remove_template(db.session, find_template(db.session, reader.organisation, key), _author(reader))
    db.session.commit()
    flash(_("The statement is out of your library. Surveys that ask it keep it."))
    return redirect(url_for("staff.library"), 303)


@blueprint.post("/library/<key>/copy")
@requires("survey.build")
def copy_template(reader: Reader, key: str) -> ResponseReturnValue:
    """A statement of the organisation's own with another one's texts."""
    made = service.copy_template(db.session, reader.organisation, _author(reader), key)
    db.session.commit()
    flash(_("Copied. Change it so that it fits your place."))
    return redirect(url_for("staff.edit_template", key=made.key), 303)


@blueprint.route("/library/indicators/new", methods=["GET", "POST"])
@requires("survey.build")
def new_indicator(reader: Reader) -> ResponseReturnValue:
    """An indicator of the organisation's own."""
    form = IndicatorForm()
    if form.validate_on_submit():
        names = {language: text(form[f"name_{language}"]) for language in ("da", "sv", "en")}
        definitions = {staff_language(): text(form.definition)}
        try:
            add_indicator(
                db.session,
                reader.organisation,
                _author(reader),
                names=names,
                definitions=definitions,
                kind=IndicatorKind(form.kind.data),
            )
            db.session.commit()
            flash(_("The indicator is saved. Surveys can measure it from now on."))
            return redirect(url_for("staff.library", _anchor="indicators"), 303)
        except AlreadyTaken:
            db.session.rollback()
            form.name_da.errors = [_("There is an indicator of this name already.")]
    page = render_template("staff/library/indicator.html", reader=reader, form=form)
    return page, 422 if form.errors else 200


@blueprint.post("/library/indicators/<key>/remove")
@requires("survey.build")
def delete_indicator(reader: Reader, key: str) -> ResponseReturnValue:
    """Forget an indicator; one with figures is archived instead."""
    indicator = find_indicator(db.session, reader.organisation, key)
    name = spoken(indicator.names)
    try:
        remove_indicator(db.session, reader.organisation, _author(reader), indicator)
        flash(_("Removed: %(statement)s", statement=name))
    except IndicatorInUse:
        archive_indicator(db.session, reader.organisation, _author(reader), indicator, archived=True)
        sentence = _("%(indicator)s has statements, targets or results, so it can't be deleted.", indicator=name)
        instead = _("It is archived instead: no longer offered, and its results stay.")
        flash(f"{sentence} {instead}", "attention")
    db.session.commit()
    return redirect(url_for("staff.library", _anchor="indicators"), 303)


@blueprint.post("/library/indicators/<key>/restore")
@requires("survey.build")
def restore_indicator(reader: Reader, key: str) -> ResponseReturnValue:
    """Offer an archived indicator again."""
    indicator = find_indicator(db.session, reader.organisation, key)
    archive_indicator(db.session, reader.organisation, _author(reader), indicator, archived=False)
    db.session.commit()
    flash(_("%(indicator)s is offered again.", indicator=spoken(indicator.names)))
    return redirect(url_for("staff.library", _anchor="indicators"), 303)


def _author(reader: Reader) -> Author:
    return Author(reader.user, reader.role.value, dt.date.today())


def _indicator_names(reader: Reader) -> dict[str, str]:
    return {key: spoken(names) for key, names in offered_indicators(db.session, reader.organisation).items()}


def _template_form(reader: Reader, template: ItemTemplate | None) -> TemplateForm:
    data: dict[str, object] = {"indicator": request.args.get("indicator", "")}
    if template:
        data = {
            "seen": template_version(template),
            "text": text_in(template.wording, template.wording.source_language),
            "polarity": template.polarity.value,
            "indicator": template.indicator.key,
            "form": template.form.value,
            "exposure": (template.exposure or Exposure.KNOWS).value,
        }
    form = TemplateForm(data=data)
    names = _indicator_names(reader)
    if template:
        names |= {template.indicator.key: spoken(template.indicator.names)}
    form.indicator.choices = options(names.items())
    return form


def _statement(form: TemplateForm, language: str) -> Statement:
    kind = Form(form["form"].data)
    exposure = Exposure(form.exposure.data) if kind is Form.ATTRIBUTION else None
    return Statement(language, text(form.text), form.indicator.data, kind, Polarity(form.polarity.data), exposure)


def _refuse(form: TemplateForm, refusal: TextRefused) -> None:
    db.session.rollback()
    slots = " ".join(f"{{{slot}}}" for slot in sorted(SLOTS_OF[Form(form["form"].data)]))
    form.text.errors = [refusal_words(refusal, slots)]


def _versions(template: ItemTemplate, form: TemplateForm) -> list[tuple[str, str, str]]:
    said = text_in(template.wording, template.wording.source_language)
    return [
        (form.text.label.text, said, text(form.text)),
        (form.polarity.label.text, POLARITIES[template.polarity], POLARITIES[Polarity(form.polarity.data)]),
        (form["form"].label.text, FORMS[template.form], FORMS[Form(form["form"].data)]),
    ]


def _template_page(
    reader: Reader,
    template: ItemTemplate | None,
    form: TemplateForm,
    versions: list[tuple[str, str, str]] | None = None,
) -> tuple[str, int]:
    language = template.wording.source_language if template else staff_language()
    page = render_template(
        "staff/library/template.html",
        reader=reader,
        template=template,
        form=form,
        language=language,
        versions=versions,
    )
    return page, conflict_or_error(form.errors, versions)
