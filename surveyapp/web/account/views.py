"""Sign in, sign out, choose an organisation, mind one's own account."""

import datetime as dt

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from surveyapp.db import begin_writing, db
from surveyapp.errors import WrongPassword
from surveyapp.services.accounts import change_password, check_password, sign_in
from surveyapp.services.first_visit import is_first_visit
from surveyapp.web.account import blueprint
from surveyapp.web.account.forms import PasswordForm, ProfileForm, SignInForm
from surveyapp.web.account.signed_in import start_session
from surveyapp.web.form_parts import text
from surveyapp.web.guard import public, signed_in


@blueprint.route("/login", methods=["GET", "POST"])
@public
def login() -> ResponseReturnValue:
    """Ask for e-mail and password, then go where the person wanted to go."""
    if is_first_visit(db.session):
        return redirect(url_for("account.first_visit"), 303)
    if current_user.is_authenticated:
        return redirect(_wanted(), 303)
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("account/login.html", form=form), 422 if form.errors else 200
    checked = check_password(db.session, text(form.email), form.password.data or "")
    db.session.commit()
    begin_writing(db.session)
    try:
        person = sign_in(db.session, checked, dt.datetime.now(dt.UTC))
    except WrongPassword:
        db.session.commit()  # the attempt counts
        form.form_errors.append(
            _("E-mail and password don't fit together. After five wrong attempts an account is closed for 15 minutes.")
        )
        return render_template("account/login.html", form=form), 422
    db.session.commit()
    start_session(person)
    return redirect(_wanted(), 303)


@blueprint.post("/logout")
@signed_in
def logout() -> ResponseReturnValue:
    """End the session."""
    logout_user()
    flash(_("You are signed out."))
    return redirect(url_for("account.login"), 303)


@blueprint.get("/account/organisations")
@signed_in
def organisations() -> ResponseReturnValue:
    """The only organisation, or a choice between them."""
    mine = sorted((membership.organisation for membership in current_user.person.memberships), key=lambda o: o.name)
    if len(mine) == 1:
        return redirect(url_for("staff.organisation", org=mine[0].slug), 303)
    return render_template("account/organisations.html", organisations=mine)


@blueprint.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    """Name, language and password."""
    return _account_page(ProfileForm(obj=current_user.person), PasswordForm(formdata=None))


@blueprint.post("/account")
@signed_in
def save_profile() -> ResponseReturnValue:
    """A new name or language."""
    form = ProfileForm()
    if not form.validate_on_submit():
        return _account_page(form, PasswordForm(formdata=None)), 422
    current_user.person.name, current_user.person.language = text(form.name), form.language.data
    db.session.commit()
    with force_locale(form.language.data):
        flash(_("Saved."))
    return redirect(url_for("account.account"), 303)


@blueprint.post("/account/password")
@signed_in
def save_password() -> ResponseReturnValue:
    """A new password; every other session of this person ends."""
    form, person = PasswordForm(), current_user.person
    if form.validate_on_submit():
        try:
            change_password(db.session, person, form.old.data or "", form.new.data or "", dt.datetime.now(dt.UTC))
        except WrongPassword:
            form.old.errors = [_("This isn't your current password.")]
        db.session.commit()
    if form.errors:
        return _account_page(ProfileForm(formdata=None, obj=person), form), 422
    start_session(person)
    flash(_("Your password is changed. Everywhere else you are signed out."))
    return redirect(url_for("account.account"), 303)


def _account_page(profile: ProfileForm, password: PasswordForm) -> str:
    return render_template("account/account.html", profile=profile, password=password)


def _wanted() -> str:
    """Where the address says the person was going, if that is a path of ours; else their organisation."""
    wanted = request.args.get("next", "")
    is_path = wanted.startswith("/") and not wanted.startswith("//") and wanted.isprintable() and "\\" not in wanted
    return wanted if is_path else url_for("account.organisations")
