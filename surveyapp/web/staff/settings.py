"""The organisation's own page: how residents see it, on their phones and on posters."""

from base64 import b64encode

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, FileField, HiddenField, StringField
from wtforms.widgets import ColorInput

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.errors import AccentTooPale, ChangedMeanwhile
from surveyapp.models import Organisation
from surveyapp.posters.logo import LARGEST_SVG, PNG, LogoRefused, safe_logo, safe_svg
from surveyapp.services.organisations import (
    OrganisationFacts,
    change_organisation,
    organisation_facts,
    organisation_version,
)
from surveyapp.web.form_parts import at_most, conflict_or_error, required, text
from surveyapp.web.guard import requires
from surveyapp.web.resident.inlined import page_logo
from surveyapp.web.staff import blueprint

LONGEST_NAME = 120
LONGEST_SHORT_NAME = 40
LONGEST_CONTACT = 200
JPEG = b"\xff\xd8\xff"


class OrganisationForm(FlaskForm):  # type: ignore[misc]
    """What residents see of the organisation."""

    seen = HiddenField()
    name = StringField(_("Name"), [required(), at_most(LONGEST_NAME)])
    short_name = StringField(
        _("Short name"), [required(), at_most(LONGEST_SHORT_NAME)], description=_("Where there is little room.")
    )
    contact = StringField(
        _("Whom residents can ask"),
        [at_most(LONGEST_CONTACT)],
        description=_("An office with its telephone or address. It stands on posters."),
    )
    privacy_contact = StringField(
        _("Whom residents can ask about data protection"),
        [at_most(LONGEST_CONTACT)],
        description=_("It stands on the page that says what is stored."),
    )
    accent = StringField(
        _("Colour"),
        widget=ColorInput(),
        description=_("One colour, dark enough to be read on white: at least 4.5 to 1."),
    )
    logo = FileField(
        _("Logo"),
        description=_(
            "A drawing in SVG, at most 100 kB, or a small PNG, at most 70 kB. It stands on posters and, "
            "where it is light enough, on residents' phones."
        ),
        render_kw={"accept": ".svg,.png,image/svg+xml,image/png"},
    )
    without_logo = BooleanField(_("Use no logo"))


@blueprint.route("/settings", methods=["GET", "POST"])
@requires("organisation.manage")
def edit_organisation(reader: Reader) -> ResponseReturnValue:
    """Change what residents see of the organisation; open questionnaires stay as they were frozen."""
    organisation, versions = reader.organisation, []
    form = OrganisationForm(obj=organisation, data={"seen": organisation_version(organisation)})
    if form.validate_on_submit():
        try:
            change_organisation(db.session, organisation, reader.user, _facts(form, organisation), text(form.seen))
            db.session.commit()
            flash(gettext("Saved."))
            return redirect(url_for("staff.edit_organisation"), 303)
        except LogoRefused:
            form.logo.errors = [_refused_logo(form)]
        except AccentTooPale:
            form.accent.errors = [gettext("This colour is too pale to be read on white. Choose a darker one.")]
        except ChangedMeanwhile as changed:
            form.seen.data, versions = str(changed.details["theirs"]), _versions(organisation, form)
        db.session.rollback()
    logo = _picture(organisation.logo_svg)
    page = render_template(
        "staff/settings.html",
        reader=reader,
        form=form,
        versions=versions,
        logo=logo,
        too_heavy=bool(logo and organisation.logo_svg and page_logo(organisation.logo_svg) is None),
    )
    return page, conflict_or_error(form.errors, versions)


def _facts(form: OrganisationForm, organisation: Organisation) -> OrganisationFacts:
    logo = organisation_facts(organisation).logo_svg
    if form.logo.data and (sent := form.logo.data.read()):
        logo = safe_logo(sent)
    elif form.without_logo.data:
        logo = None
    return OrganisationFacts(
        text(form.name),
        text(form.short_name),
        text(form.contact),
        text(form.privacy_contact),
        text(form.accent).lower(),
        logo,
    )


def _refused_logo(form: OrganisationForm) -> str:
    form.logo.data.seek(0)
    sent = form.logo.data.read()
    if sent.startswith(PNG):
        return str(
            gettext("The PNG is too large or damaged: at most 70 kB and 4,000 pixels a side. Save a smaller one.")
        )
    if sent.startswith(JPEG):
        return str(gettext("This is a photo of the logo. Ask whoever made the logo for it as an SVG drawing."))
    if len(sent) > LARGEST_SVG:
        return str(gettext("The drawing is too large: at most 100 kB. Ask for a simpler one."))
    return str(gettext("The file is no SVG drawing, or it holds more than shapes and colours. Ask for a plain SVG."))


def _picture(logo_svg: str | None) -> str | None:
    """The logo as an address that an image can have; one that was never checked isn't shown."""
    try:
        drawing = logo_svg and safe_svg(logo_svg)
    except LogoRefused:
        return None
    return f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}" if drawing else None


def _versions(organisation: Organisation, form: OrganisationForm) -> list[tuple[str, str, str]]:
    return [
        (form[name].label.text, getattr(organisation, name), text(form[name]))
        for name in ("name", "short_name", "contact", "privacy_contact", "accent")
    ]
