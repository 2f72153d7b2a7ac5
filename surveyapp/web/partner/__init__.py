"""What a partnership reads and downloads: views of frozen result documents."""

from flask import Blueprint, Flask

blueprint = Blueprint("partner", __name__, url_prefix="/o/<org>/partnerships/<int:partnership_id>")


def init_partner_pages(app: Flask) -> None:
    """Add the result pages' addresses."""
    from surveyapp.web.partner import (  # noqa: F401 - they add the views
        downloads,
        esg,
        give_back,
        releasing,
        views,
    )

    app.register_blueprint(blueprint)
