"""Errors as pages, in the visitor's language: what happened and what to do, in that order. No trace ever shows."""

from flask import Flask, Response, make_response, render_template, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from surveyapp import errors, i18n
from surveyapp.content.agreement_scale import languages
from surveyapp.web.logs import logger

STATUS: dict[type[errors.DomainError], int] = {
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.WrongState: 409,
    errors.NothingToAsk: 422,
    errors.TooFewAnswers: 422,
    errors.ReasonMissing: 422,
    errors.ResponsesGone: 409,
    errors.AlreadyTaken: 422,
    errors.WrongPassword: 422,
    errors.PasswordTooShort: 422,
    errors.WrongCode: 422,
    errors.ObservationRefused: 422,
    errors.ClosingDatePassed: 422,
    errors.TooManyAttempts: 429,
}
RETRY_AFTER_SECONDS = "5"


def init_error_pages(app: Flask) -> None:
    """Turn everything that can go wrong into a page with a status."""

    @app.errorhandler(errors.DomainError)
    def domain_error(error: errors.DomainError) -> Response:
        return error_page(STATUS.get(type(error), 422), error.key)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        return error_page(error.code or 500, f"http_{error.code}")

    @app.errorhandler(OperationalError)
    def database_away(error: OperationalError) -> Response:
        logger.error("database away", extra={"kind": type(error.orig).__name__})
        response = error_page(503, "http_503")
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
        return response

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        logger.error("unexpected error", extra={"kind": type(error).__name__}, exc_info=error)
        return error_page(500, "http_500")


def error_page(status: int, key: str) -> Response:
    """A page that says, in the visitor's language, what happened and what to do."""
    language = i18n.negotiate(request.accept_languages, list(languages()), "da")
    catalog = i18n.resident_catalog(language)
    html = render_template(
        "errors/page.html",
        key=key,
        status=status,
        language=language,
        text_direction=i18n.direction(language),
        _=catalog.gettext,
    )
    return make_response(html, status)
