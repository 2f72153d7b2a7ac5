"""Tokens for other systems: made, shown once, revoked. For the organisation's administrators."""

import datetime as dt

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.errors import AlreadyTaken
from surveyapp.models import ApiToken, TokenScope
from surveyapp.services.api_tokens import DAYS_GOOD, make_token, revoke_token, tokens_of, why_refused
from surveyapp.web.form_parts import at_most, choice_of, required, text
from surveyapp.web.guard import requires
from surveyapp.web.staff import blueprint

SCOPES = {
    TokenScope.RESULTS: _("Results and what was asked"),
    TokenScope.CODEBOOK: _("Only what was asked, no figures"),
}
DAYS = (30, 90, DAYS_GOOD)


class TokenForm(FlaskForm):  # type: ignore[misc]
    """What a new token is for, what it opens and for how long."""

    name = StringField(
        _("Which system is it for?"),
        [required(), at_most(80)],
        description=_("So that you know later which token to revoke, such as “ESG report”."),
    )
    scope = choice_of(_("What may it read?"), [(scope.value, words) for scope, words in SCOPES.items()])
    days = choice_of(_("Good for"), [(str(days), _("%(days)s days", days=days)) for days in DAYS])


@blueprint.get("/api-tokens")
@requires("organisation.manage")
def api_tokens(reader: Reader) -> ResponseReturnValue:
    """The organisation's tokens, and a form for another."""
    return _page(reader, _another())


@blueprint.post("/api-tokens")
@requires("organisation.manage")
def make_api_token(reader: Reader) -> ResponseReturnValue:
    """Make a token and show it, which isn't stored: so it stands on this page alone."""
    form = TokenForm()
    if not form.validate():
        return _page(reader, form), 422
    try:
        _token, secret = make_token(
            db.session,
            reader.organisation,
            reader.user,
            name=text(form.name),
            scope=TokenScope(form.scope.data),
            today=_today(),
            days=int(form.days.data),
        )
    except AlreadyTaken:  # also where the page that shows a new one is loaded again
        form.name.errors = [gettext("A token with this name is good already. Revoke it first, or choose another name.")]
        return _page(reader, form), 422
    db.session.commit()
    return _page(reader, _another(), secret), 201


@blueprint.post("/api-tokens/<int:api_token_id>/revoke")
@requires("organisation.manage")
def revoke_api_token(reader: Reader, api_token: ApiToken) -> ResponseReturnValue:
    """Close a token for good."""
    revoke_token(db.session, api_token, reader.user, _today())
    db.session.commit()
    flash(gettext("The token is revoked. The system that used it reads nothing any more."))
    return redirect(url_for("staff.api_tokens"), 303)


def _another() -> TokenForm:
    """An empty form, also beside the token just made: a second tap must not make it again."""
    return TokenForm(formdata=None, data={"days": str(DAYS_GOOD)})


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _page(reader: Reader, form: TokenForm, secret: str = "") -> str:
    today = _today()
    return render_template(
        "staff/api_tokens.html",
        reader=reader,
        form=form,
        secret=secret,
        tokens=[(token, why_refused(token, today)) for token in tokens_of(db.session, reader.organisation)],
        scopes=SCOPES,
        address=current_app.config["PUBLIC_URL"] + url_for("api.partnerships"),
    )
