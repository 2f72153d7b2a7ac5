"""What goes wrong in the API, said as problem+json (RFC 9457): in English, for whoever writes the other system."""

import json
from http import HTTPStatus

from flask import Response, request
from flask.typing import ResponseReturnValue

from surveyapp.errors import NotAllowed, TokenRefused
from surveyapp.web.api import blueprint

ADDRESSES = "/api/"
REALM = 'Bearer realm="survey results"'
REFUSALS = {
    "missing": "Send a token in the header: Authorization: Bearer survey_…",
    "unknown": "There is no such token. Copy the whole of it, or ask an administrator of your organisation for one.",
    "revoked": "The token has been revoked. Ask an administrator of your organisation for a new one.",
    "expired": "The token has expired. Ask an administrator of your organisation for a new one.",
}
DETAILS = {
    HTTPStatus.NOT_FOUND: "There is nothing at this address that your organisation may read.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This can only be read: send GET.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The database doesn't answer. Try again in a moment.",
}
OTHERWISE = "The request couldn't be answered."


def is_asked() -> bool:
    """Whether this request is one to the API, also where no view of it was found."""
    return request.path.startswith(ADDRESSES)


def problem(status: int, detail: str = "", challenge: str = "") -> Response:
    """A problem document; `challenge` is what the header WWW-Authenticate says."""
    name = HTTPStatus(status)
    content = {
        "type": "about:blank",
        "title": name.phrase,
        "status": status,
        "detail": detail or DETAILS.get(name, OTHERWISE),
    }
    response = Response(json.dumps(content), status, mimetype="application/problem+json")
    if challenge:
        response.headers["WWW-Authenticate"] = challenge
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = "GET, HEAD, OPTIONS"
    return response


@blueprint.errorhandler(TokenRefused)
def refused(refusal: TokenRefused) -> ResponseReturnValue:
    """401, with what is wrong with the token; only somebody who holds it learns that it was once good."""
    reason = str(refusal.details["reason"])
    challenge = REALM if reason == "missing" else f'{REALM}, error="invalid_token"'
    return problem(HTTPStatus.UNAUTHORIZED, REFUSALS[reason], challenge)


@blueprint.errorhandler(NotAllowed)
def outside_the_scope(_refusal: NotAllowed) -> ResponseReturnValue:
    """403: the token is good, but not for this."""
    detail = "The token's scope doesn't include this. Ask for one with the scope results."
    return problem(HTTPStatus.FORBIDDEN, detail, f'{REALM}, error="insufficient_scope", scope="results"')
