"""Whether the process lives, and whether it can work."""

from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from surveyapp.db import db
from surveyapp.migrate import current_revision, newest_revision
from surveyapp.web.guard import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "ok"}


@blueprint.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """The database answers and holds the tables this version expects."""
    try:
        ready = current_revision(db.session.connection()) == newest_revision()
    except SQLAlchemyError:
        ready = False
    return ({"status": "ok"}, 200) if ready else ({"status": "database away or not migrated"}, 503)


def init_health(app: Flask) -> None:
    """Add the two addresses."""
    app.register_blueprint(blueprint)
