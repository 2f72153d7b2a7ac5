"""What a coordinator types in beside the frozen results."""

from decimal import InvalidOperation

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.errors import NotFound, ObservationRefused
from surveyapp.models import ObservationKind, Partnership, WaveState
from surveyapp.services.observations import add_observation as add
from surveyapp.services.observations import indicators_of, take_back_observation
from surveyapp.services.partnerships import waves_of
from surveyapp.web.form_parts import number_in, options, text
from surveyapp.web.guard import requires
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.forms import ObservationForm
from surveyapp.web.words import spoken

BEFORE_ALL_WAVES = ""


@blueprint.route("/partnerships/<int:partnership_id>/observations", methods=["GET", "POST"])
@requires("observation.add")
def add_observation(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """A comment, a text, a count or an earlier figure for an indicator and a wave."""
    if not reader.leads(partnership):
        raise NotFound
    form = _form(partnership)
    if form.validate_on_submit():
        try:
            return _added(form, reader, partnership)
        except ObservationRefused as refusal:
            _explain(form, str(refusal.details["reason"]))
        except InvalidOperation:
            form.number.errors = [_("Write a number with digits, such as 12.")]
        db.session.rollback()
    page = render_template(
        "staff/add_observation.html",
        reader=reader,
        partnership=partnership,
        form=form,
        synthetic=any(survey.synthetic for survey in partnership.surveys),
    )
    return page, 422 if form.errors else 200


@blueprint.post("/partnerships/<int:partnership_id>/observations/<int:observation_id>/take-back")
@requires("observation.add")
def take_back(reader: Reader, partnership: Partnership, observation_id: int) -> ResponseReturnValue:
    """What was noted isn't shown beside the results any more."""
    if not reader.leads(partnership):
        raise NotFound
    take_back_observation(db.session, partnership, reader.user, observation_id)
    db.session.commit()
    flash(_("Taken back. It stands in no new file; the log keeps that it was noted."))
    return redirect(url_for("staff.partnership", partnership_id=partnership.id, _anchor="observations"), 303)


def _form(partnership: Partnership) -> ObservationForm:
    """The form with this partnership's indicators and waves; what the address names is chosen beforehand."""
    begun = [str(wave.id) for wave in waves_of(partnership) if wave.state is not WaveState.DRAFT]
    named = {name: request.args.get(name) for name in ("indicator", "wave", "kind")}
    form = ObservationForm(data=named | {"wave": named["wave"] or next(iter(begun), None)})
    indicators = indicators_of(db.session, partnership)
    form.indicator.choices = options((str(indicator.id), spoken(indicator.names)) for indicator in indicators)
    waves = [(str(wave.id), f"{wave.survey.name} · {wave.label}") for wave in waves_of(partnership)]
    form.wave.choices = options([*waves, (BEFORE_ALL_WAVES, _("Before the first measurement"))])
    return form


def _added(form: ObservationForm, reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    indicators = {str(row.id): row for row in indicators_of(db.session, partnership)}
    waves = {str(row.id): row for row in waves_of(partnership)}
    add(
        db.session,
        partnership,
        reader.user,
        indicator=indicators[form.indicator.data],
        wave=waves.get(form.wave.data),
        kind=ObservationKind(form.kind.data),
        number=number_in(text(form.number)),
        text=text(form.text),
        source=text(form.source),
    )
    db.session.commit()
    flash(_("Saved beside the results."))
    return redirect(url_for("staff.partnership", partnership_id=partnership.id), 303)


def _explain(form: ObservationForm, reason: str) -> None:
    field, sentence = {
        "number_missing": (form.number, _("A count and an earlier figure need a number.")),
        "no_number_wanted": (form.number, _("A text or a comment has no number: write it into the words.")),
        "negative": (form.number, _("A number of people or a share can't be below zero.")),
        "not_a_count": (form.kind, _("This indicator is a share of answers. A count can't stand for it.")),
        "not_a_text": (form.kind, _("This indicator is a share of answers. Write a comment beside it instead.")),
        "not_whole": (form.number, _("A count is a whole number, at most a million.")),
        "over_100_percent": (form.number, _("A share can't be above 100 %.")),
        "text_missing": (form.text, _("A text or a comment needs words.")),
        "source_missing": (form.source, _("Say where the earlier figure comes from.")),
        "wave_missing": (form.wave, _("Choose the measurement that this belongs to.")),
    }[reason]
    field.errors = [sentence]
