"""Signing in and out, and the first visit."""

from flask import Blueprint, Flask
from flask_login import LoginManager
from flask_wtf import CSRFProtect

from surveyapp.db import db
from surveyapp.models import User

blueprint = Blueprint("account", __name__)
csrf = CSRFProtect()


def init_accounts(app: Flask) -> None:
    """Add the account addresses, and know who is signed in."""
    LoginManager(app).user_loader(_load_user)
    csrf.init_app(app)
    app.register_blueprint(blueprint)


def _load_user(user_id: str) -> User | None:
    return db.session.get(User, int(user_id))
