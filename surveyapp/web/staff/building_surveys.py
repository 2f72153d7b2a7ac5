"""Surveys and new waves: what stands before the statements."""

import datetime as dt

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.access import Reader
from surveyapp.content.agreement_scale import languages
from surveyapp.db import db
from surveyapp.errors import ChangedMeanwhile, IndicatorInUse, NotFound, WrongState
from surveyapp.i18n import own_name
from surveyapp.models import Partnership, Survey, Wave, WaveState
from surveyapp.services.building.surveys import (
    change_survey,
    create_survey,
    default_is_fixed,
    offered_indicators,
    survey_version,
)
from surveyapp.services.building.waves import WaveFacts, change_wave, create_wave, draft_of, wave_version
from surveyapp.services.building.writing import Author
from surveyapp.services.partnership_setup import SurveyPlan
from surveyapp.services.waves import today_in
from surveyapp.web.form_parts import conflict_or_error, options, text
from surveyapp.web.guard import requires
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.building_forms import NewWaveForm, SurveyForm, WaveForm
from surveyapp.web.staff.building_phone import beside
from surveyapp.web.words import spoken

FIELDWORK_DAYS = 28


def author_of(reader: Reader, partnership: Partnership) -> Author:
    """The reader as somebody who builds, today where the residents live."""
    return Author(reader.user, reader.role.value, today_in(partnership.area.time_zone))


@blueprint.route("/partnerships/<int:partnership_id>/surveys/new", methods=["GET", "POST"])
@requires("survey.build")
def new_survey(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """One more series of measurements."""
    form = _survey_form(reader, None)
    if form.validate_on_submit():
        survey = create_survey(db.session, partnership, author_of(reader, partnership), _plan(form))
        db.session.commit()
        flash(_("The survey is set up. Now plan its first measurement."))
        return redirect(url_for("staff.new_wave", partnership_id=partnership.id, survey=survey.id), 303)
    return _survey_page(reader, partnership, None, form)


@blueprint.route("/partnerships/<int:partnership_id>/surveys/<int:survey>", methods=["GET", "POST"])
@requires("survey.build")
def edit_survey(reader: Reader, partnership: Partnership, survey: int) -> ResponseReturnValue:
    """Another name, other languages, other indicators."""
    found = _survey_of(partnership, survey)
    form, theirs = _survey_form(reader, found), False
    if form.validate_on_submit():
        try:
            change_survey(db.session, found, author_of(reader, partnership), _plan(form), text(form.seen))
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for("staff.partnership", partnership_id=partnership.id), 303)
        except IndicatorInUse as refusal:
            form.indicators.errors = [_in_use(found, refusal)]
        except ChangedMeanwhile as changed:
            form.seen.data, theirs = str(changed.details["theirs"]), True
        db.session.rollback()
    return _survey_page(reader, partnership, found, form, _survey_versions(found, form) if theirs else [])


@blueprint.route("/partnerships/<int:partnership_id>/surveys/<int:survey>/waves/new", methods=["GET", "POST"])
@requires("survey.build")
def new_wave(reader: Reader, partnership: Partnership, survey: int) -> ResponseReturnValue:
    """The next measurement: a baseline, or a copy of the last."""
    found = _survey_of(partnership, survey)
    draft = draft_of(found)
    if draft:
        flash(_("This measurement is still being built. Open it before you plan the next."), "attention")
        return redirect(url_for("staff.wave", wave_id=draft.id), 303)
    last = found.waves[-1] if found.waves else None
    form = NewWaveForm(data=_suggested_facts(found, last))
    if form.validate_on_submit():
        suggested = last is None and bool(form.suggested.data)
        wave = create_wave(db.session, found, author_of(reader, partnership), _facts(form), suggested=suggested)
        db.session.commit()
        flash(_("The measurement is a draft now. Nothing is asked before you open it."))
        return redirect(url_for("staff.build_items", wave_id=wave.id), 303)
    page = render_template(
        "staff/building/new_wave.html",
        reader=reader,
        partnership=partnership,
        survey=found,
        last=last,
        form=form,
        synthetic=found.synthetic,
    )
    return page, 422 if form.errors else 200


@blueprint.route("/waves/<int:wave_id>/build/facts", methods=["GET", "POST"])
@requires("survey.build")
def build_facts(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """A draft's name and dates."""
    expect_draft(wave)
    form, theirs = WaveForm(data={"seen": wave_version(wave), **_facts_of(wave)}), False
    if form.validate_on_submit():
        try:
            change_wave(db.session, wave, author_of(reader, wave.survey.partnership), _facts(form), text(form.seen))
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for("staff.build_facts", wave_id=wave.id), 303)
        except ChangedMeanwhile as changed:
            db.session.rollback()
            form.seen.data, theirs = str(changed.details["theirs"]), True
    versions = _wave_versions(wave, form) if theirs else []
    page = render_template(
        "staff/building/facts.html",
        reader=reader,
        wave=wave,
        form=form,
        versions=versions,
        synthetic=wave.survey.synthetic,
        **beside(wave),
    )
    return page, conflict_or_error(form.errors, versions)


def expect_draft(wave: Wave) -> None:
    """Only a draft is built: raise WrongState for one that has begun."""
    if wave.state is not WaveState.DRAFT:
        raise WrongState(state=wave.state)


def _survey_of(partnership: Partnership, survey_id: int) -> Survey:
    for survey in partnership.surveys:
        if survey.id == survey_id:
            return survey
    raise NotFound


def _survey_form(reader: Reader, survey: Survey | None) -> SurveyForm:
    data: dict[str, object] = {"default_language": "da", "languages": ["da", "en"]}
    if survey:
        data = {
            "seen": survey_version(survey),
            "name": survey.name,
            "indicators": [indicator.key for indicator in survey.indicators],
            "languages": survey.languages,
            "default_language": survey.default_language,
        }
    form = SurveyForm(data=data)
    asked = [(code, own_name(code)) for code in languages()]
    if survey and default_is_fixed(survey):
        form.default_language.choices = options(each for each in asked if each[0] == survey.default_language)
    else:
        form.default_language.choices = options(asked)
    offered = offered_indicators(db.session, reader.organisation, survey.indicators if survey else ())
    form.languages.choices = options(asked)
    form.indicators.choices = options((key, spoken(names)) for key, names in offered.items())
    return form


def _plan(form: SurveyForm) -> SurveyPlan:
    return SurveyPlan(
        text(form.name), form.default_language.data, form.languages.data or [], form.indicators.data or []
    )


def _in_use(survey: Survey, refusal: IndicatorInUse) -> str:
    keys = refusal.details["indicators"]
    assert isinstance(keys, list)
    names = [spoken(each.names) for each in survey.indicators if each.key in keys]
    sentence: str = _(
        "A measurement asks about this, so it stays in the survey: %(indicators)s. Archive it in the library instead.",
        indicators=", ".join(names),
    )
    return sentence


def _survey_page(
    reader: Reader,
    partnership: Partnership,
    survey: Survey | None,
    form: SurveyForm,
    versions: list[tuple[str, str, str]] | None = None,
) -> tuple[str, int]:
    page = render_template(
        "staff/building/survey.html",
        reader=reader,
        partnership=partnership,
        survey=survey,
        form=form,
        versions=versions,
    )
    return page, conflict_or_error(form.errors, versions)


def _survey_versions(survey: Survey, form: SurveyForm) -> list[tuple[str, str, str]]:
    names = {value: label for value, label, *_rest in form.indicators.iter_choices()}
    typed = ", ".join(names.get(key, key) for key in form.indicators.data or [])
    return [
        (form.name.label.text, survey.name, text(form.name)),
        (form.indicators.label.text, ", ".join(spoken(each.names) for each in survey.indicators), typed),
        (
            form.languages.label.text,
            ", ".join(map(own_name, sorted(survey.languages))),
            ", ".join(map(own_name, sorted({*(form.languages.data or []), form.default_language.data}))),
        ),
    ]


def _suggested_facts(survey: Survey, last: Wave | None) -> dict[str, object]:
    """A year after the last, or in two weeks."""
    today = today_in(survey.partnership.area.time_zone)
    opens_on = max(last.opens_on + dt.timedelta(days=364), today) if last else today + dt.timedelta(days=14)
    label = _("Year %(number)s", number=last.number + 1) if last else _("Baseline")
    return {"label": label, "opens_on": opens_on, "closes_on": opens_on + dt.timedelta(days=FIELDWORK_DAYS)}


def _facts(form: WaveForm) -> WaveFacts:
    first, last = form.opens_on.data, form.closes_on.data
    assert first is not None
    assert last is not None
    return WaveFacts(text(form.label), first, last)


def _facts_of(wave: Wave) -> dict[str, object]:
    return {"label": wave.label, "opens_on": wave.opens_on, "closes_on": wave.closes_on}


def _wave_versions(wave: Wave, form: WaveForm) -> list[tuple[str, str, str]]:
    theirs = _facts_of(wave)
    return [(form[name].label.text, str(value), str(form[name].data or "")) for name, value in theirs.items()]
