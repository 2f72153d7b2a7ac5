"""What residents meet: one page, one request, no cookie."""

from flask import Blueprint, Flask

blueprint = Blueprint("resident", __name__)


def init_resident_pages(app: Flask) -> None:
    """Add the resident's addresses."""
    app.register_blueprint(blueprint)
