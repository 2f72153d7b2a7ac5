"""Published results for other systems: /api/v1/…, read-only, with a token of an organisation."""

from flask import Blueprint, Flask

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


def init_api(app: Flask) -> None:
    """Add the API's addresses."""
    from surveyapp.web.api import problems, views  # noqa: F401 - they add the views and their errors

    app.register_blueprint(blueprint)
