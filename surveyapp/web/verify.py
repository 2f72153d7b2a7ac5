"""Anybody may ask whether a downloaded file is unchanged: nothing is kept, and no more is told than the file says."""

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from surveyapp.db import db
from surveyapp.errors import FileRefused
from surveyapp.services.issued_files import Finding, verify
from surveyapp.web.account import csrf
from surveyapp.web.guard import public

FINDINGS = {
    Finding.UNCHANGED: _("The file's content is unchanged."),
    Finding.CHANGED: _("This is not the file as we handed it out."),
    Finding.UNKNOWN: _("We don't know this file."),
}
EXPLAINED = {
    Finding.UNCHANGED: _(
        "It holds the same figures and texts as when it was downloaded here. Whether a corrected version has replaced "
        "them since, the partnership's results page says."
    ),
    Finding.CHANGED: _(
        "It names the document below, but somebody has changed it, or a program has saved it anew. Ask the partnership "
        "for a new download if you need to rely on it."
    ),
    Finding.UNKNOWN: _("It carries no checksum of a document published here."),
}


class VerifyForm(FlaskForm):  # type: ignore[misc]
    """One file. It changes nothing, so it needs no session and no token."""

    class Meta:
        """Without a token."""

        csrf = False

    file = FileField(
        _("File"),
        [FileRequired(_("Choose a file."))],
        description=_("PDF, Excel, CSV, JSON or picture, downloaded from a results page. At most 2 megabytes."),
    )


@public
def verify_file() -> ResponseReturnValue:
    """Take a file, say which document it is and whether it is unchanged, and forget it."""
    form = VerifyForm()
    if not form.validate_on_submit():
        return render_template("verify.html", form=form), 422 if form.errors else 200
    try:
        found = verify(db.session, form.file.data.read())
    except FileRefused:
        form.file.errors = [_("The file is empty. Choose another.")]
        return render_template("verify.html", form=form), 422
    return render_template(
        "verify.html",
        form=form,
        found=found,
        finding=FINDINGS[found.finding],
        explained=EXPLAINED[found.finding],
    )


def init_verify(app: Flask) -> None:
    """Add the address; in no blueprint, because posting to it writes nothing."""
    csrf.exempt(verify_file)
    app.add_url_rule("/verify", "verify", verify_file, methods=["GET", "POST"])
