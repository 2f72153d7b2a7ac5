"""What somebody with a review link meets: no account, one sentence at a time."""

from flask import Flask

from surveyapp.web.account import csrf
from surveyapp.web.review.views import blueprint


def init_review_pages(app: Flask) -> None:
    """Add the addresses. The secret in them stands in for CSRF protection: whoever forges a form doesn't know it."""
    csrf.exempt(blueprint)
    app.register_blueprint(blueprint)
