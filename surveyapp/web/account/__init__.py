"""Signing in and out, one's own account, and the first visit."""

import datetime as dt

from flask import Blueprint, Flask, request
from flask_login import LoginManager, current_user
from flask_wtf import CSRFProtect

from surveyapp.db import begin_writing, db
from surveyapp.web.account.signed_in import load_account
from surveyapp.web.security import RESIDENT

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
READS_FIRST = frozenset({"account.login", "staff.publish_wave", "partner.correct"})
"""They begin to write once the password is checked or the figures are computed: nobody else waits for that."""
LONGEST_SESSION = dt.timedelta(hours=12)

blueprint = Blueprint("account", __name__)
csrf = CSRFProtect()


def init_accounts(app: Flask) -> None:
    """Add the account addresses, and know who is signed in."""
    from surveyapp.web.account import first_visit, views  # noqa: F401 - they add the views

    app.config.update(
        PERMANENT_SESSION_LIFETIME=LONGEST_SESSION,
        WTF_CSRF_TIME_LIMIT=None,  # a form may lie open as long as the session lasts
        WTF_CSRF_SSL_STRICT=False,  # it wants a Referer, which our Referrer-Policy doesn't send
    )
    app.before_request(_write_from_the_start)  # before anything below reads who is signed in
    csrf.init_app(app)
    login = LoginManager()
    login.init_app(app, add_context_processor=False)  # it would read the session on resident pages
    login.user_loader(load_account)
    app.jinja_env.globals["current_user"] = current_user
    app.register_blueprint(blueprint)


def _write_from_the_start() -> None:
    is_ours = request.blueprint not in (None, RESIDENT) and request.endpoint not in READS_FIRST
    if request.method not in SAFE_METHODS and is_ours:
        begin_writing(db.session)
