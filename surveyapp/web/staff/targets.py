"""What a partnership aims for with each indicator."""

from decimal import Decimal, InvalidOperation

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, StringField, TextAreaField

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.errors import ChangedMeanwhile, NotFound, TargetRefused
from surveyapp.models import Indicator, IndicatorKind, Partnership, TargetKind
from surveyapp.services.observations import indicators_of
from surveyapp.services.targets import Aim, aim_of, kinds_for, save_target, target_for, target_version
from surveyapp.web.form_parts import at_most, choice_of, conflict_or_error, number_in, options, text
from surveyapp.web.guard import requires
from surveyapp.web.staff import blueprint
from surveyapp.web.words import plain_number

NOTHING = ""
KINDS = {
    TargetKind.AT_LEAST: _("At least"),
    TargetKind.AT_MOST: _("At most"),
    TargetKind.RANGE: _("Between two values"),
    TargetKind.POINT: _("Exactly"),
    TargetKind.INCREASING: _("Rising"),
    TargetKind.DECREASING: _("Falling"),
    TargetKind.NONE: _("In words"),
}
REFUSALS = {
    "number_missing": _("Write the number that is aimed for."),
    "negative": _("A target can't be below zero."),
    "over_100_percent": _("A share can't be above 100 percent."),
    "not_whole": _("This indicator is a count: write a whole number, without percent."),
    "too_many_decimals": _("At most three decimals."),
    "upper_not_above": _("The second value must be above the first."),
    "only_between": _("Only “Between two values” has an upper value. Choose that, or empty this field."),
    "text_missing": _("Write what is aimed for."),
    "year_out_of_range": _("Write a year from 2000 to 2100, such as 2030."),
    "not_a_number": _("Write a number with digits, such as 85 or 62,5."),
    "percent_sign": _("Write the number alone, without the percent sign."),
    "no_number_possible": _("This indicator is a text, so its target is in words."),
}


class YearIfAnyField(IntegerField):
    """A year, or nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the year, or say how to write it."""
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as not_a_year:
            raise ValueError(REFUSALS["year_out_of_range"]) from not_a_year


class TargetForm(FlaskForm):  # type: ignore[misc]
    """One indicator's target."""

    seen = HiddenField()
    kind = choice_of(_("Target"), [])
    value = StringField(_("Value"), [at_most(20)], render_kw={"inputmode": "decimal"})
    upper = StringField(
        _("Upper value"),
        [at_most(20)],
        description=_("Only for “Between two values”."),
        render_kw={"inputmode": "decimal"},
    )
    year = YearIfAnyField(_("To be reached in"), render_kw={"inputmode": "numeric"})
    text = TextAreaField(_("In words"), [at_most(500)], render_kw={"rows": 2})


@blueprint.get("/partnerships/<int:partnership_id>/targets")
@requires("target.edit")
def targets(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """Every indicator with what is aimed for."""
    rows = [(row, target_for(partnership, row)) for row in indicators_of(db.session, partnership)]
    return render_template(
        "staff/targets/targets.html",
        reader=reader,
        partnership=partnership,
        rows=rows,
        synthetic=any(survey.synthetic for survey in partnership.surveys),
    )


@blueprint.route("/partnerships/<int:partnership_id>/targets/<key>", methods=["GET", "POST"])
@requires("target.edit")
def edit_target(reader: Reader, partnership: Partnership, key: str) -> ResponseReturnValue:
    """Set, change or drop one indicator's target."""
    indicator = _indicator(partnership, key)
    form, theirs = _form(partnership, indicator), False
    if form.validate_on_submit():
        try:
            save_target(db.session, partnership, reader.user, indicator, _aim(form), text(form.seen))
            db.session.commit()
            flash(gettext("Saved."))
            return redirect(url_for("staff.targets", partnership_id=partnership.id), 303)
        except TargetRefused as refusal:
            form[str(refusal.details["field"])].errors = [REFUSALS[str(refusal.details["reason"])]]
        except ChangedMeanwhile as changed:
            form.seen.data, theirs = str(changed.details["theirs"]), True
        db.session.rollback()
    page = render_template(
        "staff/targets/edit_target.html",
        reader=reader,
        partnership=partnership,
        indicator=indicator,
        form=form,
        synthetic=any(survey.synthetic for survey in partnership.surveys),
        versions=_versions(partnership, indicator, form) if theirs else [],
    )
    return page, conflict_or_error(form.errors, theirs)


def _indicator(partnership: Partnership, key: str) -> Indicator:
    found = next((row for row in indicators_of(db.session, partnership) if row.key == key), None)
    if found is None:
        raise NotFound
    return found


def _form(partnership: Partnership, indicator: Indicator) -> TargetForm:
    target = target_for(partnership, indicator)
    aim = aim_of(target)
    form = TargetForm(data={"seen": target_version(target), **_typed(aim), "year": aim.year if aim else None})
    kinds = [(kind.value, KINDS[kind]) for kind in kinds_for(indicator)]
    form.kind.choices = options([(NOTHING, gettext("No target")), *kinds])
    if indicator.kind is IndicatorKind.SHARE:
        form.value.description = gettext("In percent, such as 85 or 62,5.")
    elif indicator.kind is IndicatorKind.COUNT:
        form.value.description = gettext("A whole number: how many.")
    return form


def _aim(form: TargetForm) -> Aim | None:
    """What was typed. Raises TargetRefused for something that is no number."""
    if not form.kind.data:
        return None
    kind = TargetKind(form.kind.data)
    value, upper = _number(form, "value"), _number(form, "upper")
    if upper is not None and kind is not TargetKind.RANGE:
        raise TargetRefused(field="upper", reason="only_between")
    return Aim(kind, value, upper, form.year.data, text(form.text))


def _number(form: TargetForm, name: str) -> Decimal | None:
    try:
        return number_in(text(form[name]).replace("\u00a0", " "))
    except InvalidOperation as not_a_number:
        reason = "not_a_number" if "%" not in text(form[name]) else "percent_sign"
        raise TargetRefused(field=name, reason=reason) from not_a_number


def _typed(aim: Aim | None) -> dict[str, str]:
    """An aim as somebody would type it into the form."""
    if aim is None:
        return {"kind": NOTHING, "value": "", "upper": "", "year": "", "text": ""}
    return {
        "kind": aim.kind.value,
        "value": "" if aim.value is None else plain_number(aim.value),
        "upper": "" if aim.upper is None else plain_number(aim.upper),
        "year": str(aim.year or ""),
        "text": aim.text,
    }


def _versions(partnership: Partnership, indicator: Indicator, form: TargetForm) -> list[tuple[str, str, str]]:
    """What stands now beside what was typed, for the lines that either of them fills."""
    theirs = _typed(aim_of(target_for(partnership, indicator)))
    yours = {name: text(form[name]) for name in theirs}
    kinds = {NOTHING: gettext("No target")} | {kind.value: str(words) for kind, words in KINDS.items()}
    theirs["kind"], yours["kind"] = kinds[theirs["kind"]], kinds[yours["kind"]]
    return [(form[name].label.text, theirs[name], yours[name]) for name in theirs if theirs[name] or yours[name]]
