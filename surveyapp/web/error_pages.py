"""Errors as pages, in the visitor's language: what happened and what to do, in that order. No trace ever shows."""

import traceback

from flask import Flask, Response, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from surveyapp import errors
from surveyapp.colours import DEFAULT_ACCENT
from surveyapp.content.agreement_scale import languages
from surveyapp.web.api import problems
from surveyapp.web.logs import logger
from surveyapp.web.resident.finished_pages import html_answer
from surveyapp.web.resident.language_choice import chosen_language
from surveyapp.web.resident.rendering import render
from surveyapp.web.security import RESIDENT

STATUS: dict[type[errors.DomainError], int] = {
    errors.NotFound: 404,
    errors.CodeUnknown: 404,
    errors.CodeRevoked: 410,
    errors.CodeReplaced: 410,
    errors.NotAllowed: 403,
    errors.WrongState: 409,
    errors.ChangedMeanwhile: 409,
    errors.ReviewLinkClosed: 410,
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
GONE = 410
RETRY_AFTER_SECONDS = "5"


def init_error_pages(app: Flask) -> None:
    """Turn everything that can go wrong into a page with a status."""

    @app.errorhandler(errors.DomainError)
    def domain_error(error: errors.DomainError) -> Response:
        status = STATUS.get(type(error), 422)
        if isinstance(error, errors.CodeUnknown | errors.CodeRevoked):
            typed = str(error.details["code"])[:40] if status != GONE else ""
            lost = status == GONE and request.method == "POST"
            return error_page(status, error.key, asks_for_code=True, typed=typed, came_too_late=lost)
        return error_page(status, error.key)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        status = error.code or 500
        return error_page(status, f"http_{status}", asks_for_code=status == 404 and _could_be_a_code(request.path))

    @app.errorhandler(OperationalError)
    def database_away(error: OperationalError) -> Response:
        logger.error("database away", extra={"kind": type(error.orig).__name__})
        response = error_page(503, "http_503", resend=_sent_by_a_resident())
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
        return response

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        # Where it happened and of what kind, but not its message: a database's holds what somebody sent
        where = traceback.format_tb(error.__traceback__)
        logger.error("unexpected error", extra={"kind": type(error).__name__, "where": where})
        return error_page(500, "http_500")


def error_page(status: int, key: str, **values: object) -> Response:
    """A page that says, in the visitor's language, what happened and what to do; to another system, a problem."""
    if problems.is_asked():
        return problems.problem(status)
    language = chosen_language(list(languages()), "da")
    offered = languages() if values.get("asks_for_code") else None
    html = render("errors/page.html", language, DEFAULT_ACCENT, key=key, status=status, languages=offered, **values)
    return html_answer(html, status, DEFAULT_ACCENT)


def _could_be_a_code(path: str) -> bool:
    """Whether somebody may have typed a poster's code wrongly: one word straight after the domain."""
    return "/" not in path.strip("/")


def _sent_by_a_resident() -> list[tuple[str, str]]:
    """A resident's answers, to be sent again from the error page; they are never asked twice."""
    return list(request.form.items()) if request.blueprint == RESIDENT else []
