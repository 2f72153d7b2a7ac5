"""What residents meet: one page, one request, no cookie."""

from flask import Flask

from surveyapp.web.account import csrf
from surveyapp.web.resident.addresses import PlacementCode, blueprint
from surveyapp.web.resident.first_views import FirstViews
from surveyapp.web.resident.memory import Memory
from surveyapp.web.resident.opened import OpenedCounts


def init_resident_pages(app: Flask) -> None:
    """Add the resident's addresses. The page token stands in for CSRF protection, which would need a cookie."""
    from surveyapp.web.resident import answering, clips, entering, information, tablet, withdrawing  # noqa: F401 - they add the views

    app.url_map.converters["code"] = PlacementCode
    memory = app.extensions["resident"] = Memory(OpenedCounts(app))
    app.wsgi_app = FirstViews(app.wsgi_app, memory)  # type: ignore[method-assign]
    csrf.exempt(blueprint)
    app.register_blueprint(blueprint)
