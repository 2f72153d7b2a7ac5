"""The forms around an account."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, Length, Optional, Regexp

from surveyapp.i18n import STAFF_LANGUAGES, own_name
from surveyapp.services.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD
from surveyapp.web.form_parts import at_most, choice_of, required

EMAIL = r"^\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*$"
LONGEST_NAME = 120


def new_password() -> tuple[DataRequired, Length]:
    """What a new password must be."""
    too_short_or_long = _("A password has %(min)d to %(max)d characters. Several words make a good one.")
    return required(), Length(SHORTEST_PASSWORD, LONGEST_PASSWORD, too_short_or_long)


class SignInForm(FlaskForm):  # type: ignore[misc]
    """E-mail and password."""

    email = EmailField(_("E-mail"), [required(), at_most(LONGEST_NAME)], render_kw={"autocomplete": "username"})
    password = PasswordField(
        _("Password"), [required(), at_most(LONGEST_PASSWORD)], render_kw={"autocomplete": "current-password"}
    )


class ProfileForm(FlaskForm):  # type: ignore[misc]
    """Name and language."""

    name = StringField(_("Your name"), [required(), at_most(LONGEST_NAME)], render_kw={"autocomplete": "name"})
    language = choice_of(_("Language"), [(code, own_name(code)) for code in STAFF_LANGUAGES])


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password, with the old one."""

    old = PasswordField(
        _("Current password"), [required(), at_most(LONGEST_PASSWORD)], render_kw={"autocomplete": "current-password"}
    )
    new = PasswordField(_("New password"), [*new_password()], render_kw={"autocomplete": "new-password"})


class FirstVisitForm(FlaskForm):  # type: ignore[misc]
    """The first organisation and its administrator."""

    code = StringField(
        _("One-time code"),
        [required(), at_most(40)],
        description=_("It was printed in the terminal when the app started, and stands in instance/first-visit-code."),
        render_kw={"autocomplete": "one-time-code"},
    )
    organisation = StringField(
        _("The organisation's full name"),
        [required(), at_most(LONGEST_NAME)],
        render_kw={"autocomplete": "organization"},
    )
    short_name = StringField(
        _("Short name"), [required(), at_most(30)], description=_("What residents call you, such as Egebo.")
    )
    slug = StringField(
        _("Name in addresses"),
        [Optional(), at_most(40), Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*$", message=_("Only a–z, digits and hyphens."))],
        description=_("Leave it empty and it is made from the short name."),
    )
    name = StringField(_("Your name"), [required(), at_most(LONGEST_NAME)], render_kw={"autocomplete": "name"})
    email = EmailField(
        _("Your e-mail"),
        [
            required(),
            at_most(LONGEST_NAME),
            Regexp(EMAIL, message=_("This doesn't look like an e-mail address, such as name@example.dk.")),
        ],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _("Choose a password"),
        [*new_password()],
        description=_("At least 12 characters. Several words make a good one."),
        render_kw={"autocomplete": "new-password"},
    )
