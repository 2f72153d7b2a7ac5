"""What coordinators and administrators work in: /o/<org>/…."""

from typing import Any

from flask import Blueprint, Flask, request
from flask_bootstrap import Bootstrap5

from surveyapp.web.staff.posters import placement_address
from surveyapp.web.words import init_words

blueprint = Blueprint("staff", __name__, url_prefix="/o/<org>")


def init_staff_pages(app: Flask) -> None:
    """Add staff's addresses, and the look they share with the partnership's pages."""
    from surveyapp.web.staff import (  # noqa: F401 - they add the views
        api_tokens,
        areas,
        audit,
        building,
        building_background,
        building_checks,
        building_initiatives,
        building_library,
        building_surveys,
        clips,
        fieldwork,
        library,
        library_templates,
        margin_tables,
        margins,
        observations,
        paper,
        partnership_setup,
        placements,
        review_links,
        settings,
        steps,
        tablets,
        targets,
        translation_files,
        translations,
        views,
    )

    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    Bootstrap5(app)
    app.url_defaults(_same_organisation(app))
    init_words(app)
    app.jinja_env.filters["address"] = placement_address
    app.register_blueprint(blueprint)


def _same_organisation(app: Flask) -> Any:  # noqa: ANN401
    """Links inside an organisation's pages stay in that organisation without saying so."""

    def add_organisation(endpoint: str, values: dict[str, Any]) -> None:
        if app.url_map.is_endpoint_expecting(endpoint, "org") and request and request.view_args:
            values.setdefault("org", request.view_args.get("org"))

    return add_organisation
