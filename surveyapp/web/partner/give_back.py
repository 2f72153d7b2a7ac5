"""What residents get back: what happens now in their languages, when they are asked again, and the poster of it."""

import datetime as dt

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, TextAreaField, ValidationError

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.errors import ChangedMeanwhile
from surveyapp.i18n import direction, own_name
from surveyapp.models import Partnership, TextStatus, Wave
from surveyapp.services.building.writing import Author
from surveyapp.services.give_back import LONGEST_GIVE_BACK, Said, give_back_version, write_give_back
from surveyapp.services.waves import today_in
from surveyapp.web.form_parts import DayField, at_most, choice_of, conflict_or_error, required, text
from surveyapp.web.guard import requires
from surveyapp.web.partner import blueprint
from surveyapp.web.partner.reading import reading_of
from surveyapp.web.partner.releasing import results_address
from surveyapp.web.staff.posters import give_back_file, languages_of
from surveyapp.web.translating import gettext
from surveyapp.web.words import TEXT_STATUSES

TEXT, STATUS = "text_", "status_"
TRANSLATED = (TextStatus.DRAFT, TextStatus.MACHINE, TextStatus.REVIEWED)


class GiveBackForm(FlaskForm):  # type: ignore[misc]
    """When residents are asked again; _form adds a text for each of their languages."""

    seen = HiddenField()
    next_wave_on = DayField(
        _("When is the next measurement?"), description=_("Residents read the month: a day near it is enough.")
    )


@blueprint.route("/results/give-back", methods=["GET", "POST"])
@requires("results.release")
def give_back(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """Write what happens now, at most 300 characters in each language."""
    reading = reading_of(reader, partnership)
    wave, theirs = reading.result.wave, False
    form = _form(wave)
    today = today_in(partnership.area.time_zone)
    if form.is_submitted() and all([form.validate(), _is_to_come(form, wave, today)]):
        try:
            author = Author(reader.user, reader.role.value, today)
            next_wave_on = form.next_wave_on.data
            assert next_wave_on is not None
            write_give_back(db.session, wave, author, _said(form, wave), next_wave_on, text(form.seen))
            db.session.commit()
            flash(gettext("Saved."))
            return redirect(results_address(partnership, wave), 303)
        except ChangedMeanwhile as changed:
            form.seen.data, theirs = str(changed.details["theirs"]), True
        db.session.rollback()
    page = render_template(
        "partner/give_back.html",
        reader=reader,
        partnership=partnership,
        reading=reading,
        form=form,
        pairs=[(form[f"{TEXT}{each}"], form[f"{STATUS}{each}"]) for each in languages_of(wave)[1:]],
        own=form[f"{TEXT}{wave.survey.default_language}"],
        versions=_versions(wave, form) if theirs else [],
        synthetic=wave.survey.synthetic,
    )
    return page, conflict_or_error(form.errors, theirs)


@blueprint.get("/results/give-back.pdf")
@requires("poster.print", file=True)
def give_back_poster(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """ "You answered. This happens now." for every placement, on A4."""
    wave = reading_of(reader, partnership).result.wave
    if wave.give_back is None:
        flash(gettext("First write to the residents what happens now. Then the poster can be printed."), "attention")
        return redirect(url_for("partner.give_back", partnership_id=partnership.id, wave=wave.id), 303)
    return give_back_file(wave)


def _is_to_come(form: GiveBackForm, wave: Wave, today: dt.date) -> bool:
    """Whether residents would read of a day that is still to come, or of the one that they read of already."""
    chosen = form.next_wave_on.data
    if chosen is None or chosen > today or chosen == wave.next_wave_on:
        return chosen is not None
    form.next_wave_on.errors = [gettext("Choose a day that is still to come.")]
    return False


def _form(wave: Wave) -> GiveBackForm:
    """A text for each language, and for every other than the survey's own how it was translated."""
    own, *others = languages_of(wave)
    fields: dict[str, Field] = {f"{TEXT}{own}": _text_field(own, required())}
    for language in others:
        fields[f"{TEXT}{language}"] = _text_field(language)
        words = gettext("%(language)s: how was it translated?", language=own_name(language))
        fields[f"{STATUS}{language}"] = choice_of(words, [(each.value, TEXT_STATUSES[each]) for each in TRANSLATED])
    form: GiveBackForm = type("GiveBackFormOfSurvey", (GiveBackForm,), fields)(data=_data(wave))
    return form


def _text_field(language: str, *validators: object) -> TextAreaField:
    return TextAreaField(
        own_name(language),
        [*validators, at_most(LONGEST_GIVE_BACK), _without_braces],
        render_kw={"rows": 3, "lang": language, "dir": direction(language)},
    )


def _data(wave: Wave) -> dict[str, object]:
    next_wave_on = wave.next_wave_on or wave.opens_on.replace(year=wave.opens_on.year + 1, day=1)
    data: dict[str, object] = {"seen": give_back_version(wave), "next_wave_on": next_wave_on}
    rows = wave.give_back.texts if wave.give_back else {}
    for language in languages_of(wave):
        row = rows.get(language)
        data[f"{TEXT}{language}"] = row.text if row else ""
        data[f"{STATUS}{language}"] = row.status.value if row else TextStatus.MACHINE.value
    return data


def _said(form: GiveBackForm, wave: Wave) -> dict[str, Said]:
    own, *others = languages_of(wave)
    said = {own: Said(text(form[f"{TEXT}{own}"]), TextStatus.SOURCE)}
    return said | {
        language: Said(text(form[f"{TEXT}{language}"]), TextStatus(form[f"{STATUS}{language}"].data))
        for language in others
    }


def _without_braces(_form: FlaskForm, field: TextAreaField) -> None:
    """Braces would be slots in a statement; nothing fills them here."""
    if set("{}") & set(text(field)):
        raise ValidationError(gettext("Write it without { and }."))


def _versions(wave: Wave, form: GiveBackForm) -> list[tuple[str, str, str]]:
    rows = wave.give_back.texts if wave.give_back else {}
    return [
        (own_name(each), rows[each].text if each in rows else "", text(form[f"{TEXT}{each}"]))
        for each in languages_of(wave)
    ]
