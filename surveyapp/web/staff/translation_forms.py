"""The forms of the translation pages."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, TextAreaField

from surveyapp.services.translations.review import DAYS_OPEN
from surveyapp.web.form_parts import choice_of

DAYS = (3, 7, DAYS_OPEN, 30)


class TextForm(FlaskForm):  # type: ignore[misc]
    """One text in one language; `seen` is the edition that stood before whoever wrote it."""

    text = TextAreaField(_("Text"))
    machine = BooleanField(_("A machine made this translation"))
    string = HiddenField()
    seen = HiddenField()


class TextFileForm(FlaskForm):  # type: ignore[misc]
    """A PO or XLSX file that comes back."""

    file = FileField(
        _("File"),
        [FileRequired(_("Choose a file."))],
        description=_("PO or XLSX, downloaded here and filled in. At most 2 megabytes."),
        render_kw={"accept": ".po,.xlsx"},
    )


class ClipForm(FlaskForm):  # type: ignore[misc]
    """A recording of a text."""

    file = FileField(_("Recording"), [FileRequired(_("Choose a file."))], render_kw={"accept": "audio/*,.m4a,.3gp"})
    string = HiddenField()


class ReviewLinkForm(FlaskForm):  # type: ignore[misc]
    """How long a new link is open."""

    days = choice_of(_("Open for"), [(str(days), _("%(days)s days", days=days)) for days in DAYS])
