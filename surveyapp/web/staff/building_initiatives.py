"""Initiatives: what a partner does, since when, and the clause that says it in every language."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from surveyapp.access import Reader
from surveyapp.content.agreement_scale import languages
from surveyapp.db import db
from surveyapp.errors import ChangedMeanwhile, InitiativeRefused, TextRefused
from surveyapp.i18n import own_name
from surveyapp.models import Initiative, Partnership
from surveyapp.services.building import initiatives as service
from surveyapp.services.building.initiatives import InitiativeFacts, find_initiative, initiative_version, languages_of
from surveyapp.web.form_parts import DayField, at_most, conflict_or_error, required, text
from surveyapp.web.guard import requires
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.building_phone import clause_screen
from surveyapp.web.staff.building_surveys import author_of
from surveyapp.web.staff.building_words import initiative_refusal, refusal_words


class InitiativeForm(FlaskForm):  # type: ignore[misc]
    """What a partner does; initiative_form adds a clause for each language."""

    seen = HiddenField()
    partner = StringField(lazy_gettext("Partner"), [required(), at_most(80)])
    started_on = DayField(lazy_gettext("Since"))


@blueprint.route("/partnerships/<int:partnership_id>/initiatives/new", methods=["GET", "POST"])
@requires("survey.build")
def new_initiative(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """Something a partner does."""
    form = _initiative_form(partnership, None)
    if form.validate_on_submit():
        try:
            facts = _initiative_facts(form, partnership)
            service.add_initiative(db.session, partnership, author_of(reader, partnership), facts)
            db.session.commit()
            flash(_("The initiative is saved. A measurement that opens after it started can ask about it."))
            return redirect(url_for("staff.partnership", partnership_id=partnership.id), 303)
        except TextRefused as refusal:
            _refuse_clause(form, refusal)
    return _initiative_page(reader, partnership, None, form)


@blueprint.route("/partnerships/<int:partnership_id>/initiatives/<key>", methods=["GET", "POST"])
@requires("survey.build")
def edit_initiative(reader: Reader, partnership: Partnership, key: str) -> ResponseReturnValue:
    """Change an initiative that no begun measurement asks about."""
    initiative = find_initiative(partnership, key)
    form, theirs = _initiative_form(partnership, initiative), False
    if form.validate_on_submit():
        try:
            facts = _initiative_facts(form, partnership)
            author = author_of(reader, partnership)
            service.change_initiative(db.session, initiative, author, facts, text(form.seen))
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for("staff.partnership", partnership_id=partnership.id), 303)
        except TextRefused as refusal:
            _refuse_clause(form, refusal)
        except InitiativeRefused as refusal:
            db.session.rollback()
            form.form_errors.append(initiative_refusal(refusal))
        except ChangedMeanwhile as changed:
            db.session.rollback()
            form.seen.data, theirs = str(changed.details["theirs"]), True
    return _initiative_page(
        reader, partnership, initiative, form, _initiative_versions(initiative, form) if theirs else []
    )


def _initiative_form(partnership: Partnership, initiative: Initiative | None) -> InitiativeForm:
    """The form with a clause for every language of the partnership's surveys; the first one is needed."""
    fields: dict[str, object] = {}
    for place, language in enumerate(languages_of(partnership)):
        checks = [required(), at_most(140)] if place == 0 else [at_most(140)]
        direction = {"lang": language, "dir": languages()[language].direction}
        if place == 0:
            direction["data-clause"] = ""  # what the phone beside it shows
        fields[f"clause_{language}"] = StringField(own_name(language), checks, render_kw=direction)
    data: dict[str, object] = {}
    if initiative:
        data = {"seen": initiative_version(initiative), "partner": initiative.partner}
        data["started_on"] = initiative.started_on
        data |= {f"clause_{language}": row.text for language, row in initiative.clause.texts.items()}
    form: InitiativeForm = type("ClausesForm", (InitiativeForm,), fields)(data=data)
    return form


def _initiative_facts(form: InitiativeForm, partnership: Partnership) -> InitiativeFacts:
    started_on = form.started_on.data
    assert started_on is not None
    clauses = {language: text(form[f"clause_{language}"]) for language in languages_of(partnership)}
    return InitiativeFacts(text(form.partner), started_on, clauses)


def _refuse_clause(form: InitiativeForm, refusal: TextRefused) -> None:
    db.session.rollback()
    form[f"clause_{refusal.details['language']}"].errors = [refusal_words(refusal)]


def _initiative_versions(initiative: Initiative, form: InitiativeForm) -> list[tuple[str, str, str]]:
    rows = [
        (form.partner.label.text, initiative.partner, text(form.partner)),
        (form.started_on.label.text, str(initiative.started_on), str(form.started_on.data)),
    ]
    for language in languages_of(initiative.partnership):
        row = initiative.clause.texts.get(language)
        rows.append((own_name(language), row.text if row else "", text(form[f"clause_{language}"])))
    return rows


def _initiative_page(
    reader: Reader,
    partnership: Partnership,
    initiative: Initiative | None,
    form: InitiativeForm,
    versions: list[tuple[str, str, str]] | None = None,
) -> tuple[str, int]:
    first = languages_of(partnership)[0]
    page = render_template(
        "staff/building/initiative.html",
        reader=reader,
        partnership=partnership,
        initiative=initiative,
        form=form,
        clauses=[form[f"clause_{language}"] for language in languages_of(partnership)],
        in_use=initiative is not None and service.is_in_use(db.session, initiative),
        versions=versions,
        screen=clause_screen(partnership, first, text(form.partner), text(form[f"clause_{first}"])),
    )
    return page, conflict_or_error(form.errors or form.form_errors, versions)
