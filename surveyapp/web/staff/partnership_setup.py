"""Setting up a partnership: its area, its members and its survey."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField, ValidationError

from surveyapp.access import Reader
from surveyapp.content.agreement_scale import languages
from surveyapp.content.library import library
from surveyapp.db import db
from surveyapp.errors import ChangedMeanwhile, NotFound
from surveyapp.i18n import own_name
from surveyapp.models import Partnership
from surveyapp.services.areas import areas_of
from surveyapp.services.partnership_setup import (
    SurveyPlan,
    change_partnership,
    comparisons_for,
    create_partnership,
    partnership_version,
)
from surveyapp.services.translations.checks import has_hidden_characters
from surveyapp.web.form_parts import (
    HIDDEN_CHARACTERS,
    ManyOf,
    at_most,
    choice_of,
    conflict_or_error,
    options,
    required,
    text,
)
from surveyapp.web.guard import requires
from surveyapp.web.staff import blueprint
from surveyapp.web.words import spoken

LONGEST_NAME = 120
MOST_MEMBERS = 50
NO_COMPARISON = "0"
GUIDE_INDICATORS = ("belonging", "trust", "co_creation")


class PartnershipForm(FlaskForm):  # type: ignore[misc]
    """Name and members of a partnership."""

    seen = HiddenField()
    name = StringField(_("Name of the partnership"), [required(), at_most(LONGEST_NAME)])
    members = TextAreaField(
        _("Companies and organisations that take part"),
        description=_("One on each line, besides your own. They see the results once you release them, nothing else."),
        render_kw={"rows": 4},
    )

    def validate_members(self, field: TextAreaField) -> None:
        """Names, and not a whole letter."""
        if has_hidden_characters(field.data or ""):
            raise ValidationError(HIDDEN_CHARACTERS)
        names = member_names(self)
        if len(names) > MOST_MEMBERS or any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(_("Write one name on each line, at most 120 characters, at most 50 names."))


class ChangedPartnershipForm(PartnershipForm):
    """Name, members, and the area that this one's changes are held against."""

    comparison = choice_of(
        _("Compare the change with"),
        [],
        _(
            "An area without the initiative, with a survey of its own that asks the same in the same years. Its "
            "published change is frozen into your results from the next publication on, and the members see it with "
            "them, even before that area's own results are released."
        ),
    )


class NewPartnershipForm(PartnershipForm):
    """A partnership with its area and its survey."""

    area = choice_of(_("Area"), [])
    indicators = ManyOf(_("What is measured"))
    languages = ManyOf(_("Languages residents can choose"))
    default_language = choice_of(_("First language"), [])

    def validate_indicators(self, field: ManyOf) -> None:
        """A survey measures something."""
        if not field.data:
            raise ValidationError(_("Choose at least one."))


@blueprint.route("/partnerships/new", methods=["GET", "POST"])
@requires("partnership.manage")
def new_partnership(reader: Reader) -> ResponseReturnValue:
    """A partnership around one of the organisation's areas, with a survey ready for its first measurement."""
    areas = areas_of(db.session, reader.organisation)
    form = _new_form([(str(area.id), area.name) for area in areas])
    if areas and form.validate_on_submit():
        partnership = create_partnership(
            db.session,
            reader.organisation,
            reader.user,
            name=text(form.name),
            area=next(area for area in areas if str(area.id) == form.area.data),
            members=member_names(form),
            survey=_plan(form, next(area.name for area in areas if str(area.id) == form.area.data)),
        )
        db.session.commit()
        flash(gettext("The partnership is set up."))
        return redirect(url_for("staff.partnership", partnership_id=partnership.id), 303)
    page = render_template("staff/partnership_setup/new.html", reader=reader, form=form, areas=areas)
    return page, 422 if form.errors else 200


@blueprint.route("/partnerships/<int:partnership_id>/edit", methods=["GET", "POST"])
@requires("partnership.manage")
def edit_partnership(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """Another name, other members, or another area to compare with."""
    if not reader.leads(partnership):
        raise NotFound
    others = {str(other.id): other for other in comparisons_for(db.session, partnership)}
    form, theirs = _changed_form(partnership, others), False
    if form.validate_on_submit():
        try:
            change_partnership(
                db.session,
                partnership,
                reader.user,
                name=text(form.name),
                members=member_names(form),
                comparison=others.get(form.comparison.data),
                seen=text(form.seen),
            )
            db.session.commit()
            flash(gettext("Saved."))
            return redirect(url_for("staff.partnership", partnership_id=partnership.id), 303)
        except ChangedMeanwhile as changed:
            db.session.rollback()
            form.seen.data, theirs = str(changed.details["theirs"]), True
    page = render_template(
        "staff/partnership_setup/edit.html",
        reader=reader,
        partnership=partnership,
        form=form,
        versions=_versions(partnership, form, others) if theirs else [],
    )
    return page, conflict_or_error(form.errors, theirs)


def member_names(form: PartnershipForm) -> list[str]:
    """The names that were typed, one from each line."""
    return [name for line in text(form.members).splitlines() if (name := " ".join(line.split()))]


def _changed_form(partnership: Partnership, others: dict[str, Partnership]) -> ChangedPartnershipForm:
    form = ChangedPartnershipForm(
        data={
            "seen": partnership_version(partnership),
            "name": partnership.name,
            "members": "\n".join(member.name for member in partnership.members),
            "comparison": str(partnership.comparison_id or NO_COMPARISON),
        }
    )
    form.comparison.choices = options(
        [
            (NO_COMPARISON, gettext("no other area")),
            *((key, f"{other.name} ({other.area.name})") for key, other in others.items()),
        ]
    )
    return form


def _new_form(areas: list[tuple[str, str]]) -> NewPartnershipForm:
    form = NewPartnershipForm(
        data={"indicators": list(GUIDE_INDICATORS), "languages": ["da", "en"], "default_language": "da"}
    )
    asked = [(code, own_name(code)) for code in languages()]
    form.area.choices = options(areas)
    form.indicators.choices = options((key, spoken(row.names)) for key, row in library().indicators.items())
    form.languages.choices = form.default_language.choices = options(asked)
    return form


def _plan(form: NewPartnershipForm, name: str) -> SurveyPlan:
    """The first language is always one of those that can be chosen."""
    first = form.default_language.data
    others = [code for code in form.languages.data or [] if code != first]
    return SurveyPlan(name, first, [first, *others], form.indicators.data or [])


def _versions(
    partnership: Partnership, form: ChangedPartnershipForm, others: dict[str, Partnership]
) -> list[tuple[str, str, str]]:
    members = ", ".join(member.name for member in partnership.members)
    chosen = others.get(form.comparison.data)
    return [
        (form.name.label.text, partnership.name, text(form.name)),
        (form.members.label.text, members, ", ".join(member_names(form))),
        (
            form.comparison.label.text,
            partnership.comparison.name if partnership.comparison else "",
            chosen.name if chosen else "",
        ),
    ]
