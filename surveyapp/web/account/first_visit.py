"""The first visit to a new installation."""

from pathlib import Path

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.db import db
from surveyapp.errors import NotFound, TooManyAttempts, WrongCode
from surveyapp.services.first_visit import (
    Founding,
    forget_first_visit_code,
    found_first_organisation,
    is_first_visit,
)
from surveyapp.web.account import blueprint
from surveyapp.web.account.forms import FirstVisitForm
from surveyapp.web.account.signed_in import start_session
from surveyapp.web.form_parts import text
from surveyapp.web.guard import public
from surveyapp.web.languages import staff_language


@blueprint.route("/first-visit", methods=["GET", "POST"])
@public
def first_visit() -> ResponseReturnValue:
    """Found the first organisation; there is no such page afterwards."""
    if not is_first_visit(db.session):
        raise NotFound
    form = FirstVisitForm()
    if form.validate_on_submit():
        try:
            return _found(form)
        except WrongCode:
            form.code.errors = [_("This isn't the code. Look in the terminal where the app was started.")]
        except TooManyAttempts as refusal:
            minutes = refusal.details["minutes"]
            form.code.errors = [_("Too many wrong codes. Try again in %(minutes)s minutes.", minutes=minutes)]
    return render_template("account/first_visit.html", form=form), 422 if form.errors else 200


def _found(form: FirstVisitForm) -> ResponseReturnValue:
    instance = Path(current_app.instance_path)
    founding = Founding(
        organisation=text(form.organisation),
        short_name=text(form.short_name),
        slug=text(form.slug),
        name=text(form.name),
        email=text(form.email),
        password=form.password.data or "",
    )
    person = found_first_organisation(db.session, instance, text(form.code), founding)
    person.language = staff_language()
    db.session.commit()
    forget_first_visit_code(instance)
    start_session(person)
    return redirect(url_for("account.organisations"), 303)
