"""What coordinators and administrators work in: /o/<org>/…."""

from flask import Blueprint, Flask

blueprint = Blueprint("staff", __name__, url_prefix="/o/<org>")


def init_staff_pages(app: Flask) -> None:
    """Add staff's addresses."""
    app.register_blueprint(blueprint)
