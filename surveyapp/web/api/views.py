"""The API's addresses: partnerships, their published results, what was asked. Nothing here computes a figure."""

import json
from typing import Any

from flask import Response, request, url_for

from surveyapp.access import TokenReader
from surveyapp.canonical import checksum
from surveyapp.db import db, written_apart
from surveyapp.errors import NotFound
from surveyapp.exports.codebook import codebook_of
from surveyapp.exports.json_file import result_json
from surveyapp.i18n import SOURCE_LANGUAGE
from surveyapp.models import Partnership, Result
from surveyapp.services import audit
from surveyapp.services.issued_files import issue
from surveyapp.services.partnerships import joined_by, led_by
from surveyapp.services.reading import visible_results
from surveyapp.web.api import blueprint
from surveyapp.web.api.openapi import openapi_document
from surveyapp.web.guard import public, requires_token

NEWEST = "newest"


@blueprint.get("/openapi.json")
@public
def openapi() -> Response:
    """What this API offers, for a machine."""
    return _answer(openapi_document())


@blueprint.get("/partnerships")
@requires_token("api.list")
def partnerships(reader: TokenReader) -> Response:
    """The partnerships that the organisation leads or is a member of."""
    found = [*led_by(db.session, reader.organisation), *joined_by(db.session, reader.organisation)]
    return _answer({"partnerships": [_about(reader, partnership) for partnership in found]})


@blueprint.get("/partnerships/<int:partnership_id>/results")
@requires_token("api.list")
def results(reader: TokenReader, partnership: Partnership) -> Response:
    """Every published version that the organisation may read, the newest wave and version first."""
    return _answer({"results": [_listed(partnership, result) for result in _visible(reader, partnership)]})


@blueprint.get("/partnerships/<int:partnership_id>/results/<which>")
@requires_token("api.results")
def result(reader: TokenReader, partnership: Partnership, which: str) -> Response:
    """One result document exactly as it was frozen: the newest, or the one with this checksum."""
    found = _find(reader, partnership, which)
    response = _answer(result_json(found.document, found.checksum))
    _note(reader, found, "document", response)
    return response


@blueprint.get("/partnerships/<int:partnership_id>/results/<which>/codebook")
@requires_token("api.codebook")
def codebook(reader: TokenReader, partnership: Partnership, which: str) -> Response:
    """What was asked and how answers are coded, without a single figure."""
    found = _find(reader, partnership, which)
    content = {"checksum": found.checksum} | codebook_of(json.loads(found.document))
    response = _answer(content)
    _note(reader, found, "codebook", response)
    return response


def _visible(reader: TokenReader, partnership: Partnership) -> list[Result]:
    return visible_results(partnership, released_only=not reader.leads(partnership))


def _find(reader: TokenReader, partnership: Partnership, which: str) -> Result:
    for found in _visible(reader, partnership):
        if which in (NEWEST, found.checksum):
            return found
    raise NotFound


def _about(reader: TokenReader, partnership: Partnership) -> dict[str, Any]:
    return {
        "id": partnership.id,
        "name": partnership.name,
        "area": partnership.area.name,
        "lead": partnership.lead.name,
        "members": [member.name for member in partnership.members],
        "your_part": "lead" if reader.leads(partnership) else "member",
        "results": url_for("api.results", partnership_id=partnership.id),
    }


def _listed(partnership: Partnership, result: Result) -> dict[str, Any]:
    return {
        "survey": result.wave.survey.name,
        "wave": result.wave.number,
        "wave_label": result.wave.label,
        "version": result.version,
        "published_on": result.published_on.isoformat(),
        "reason": result.reason,
        "method_version": result.method_version,
        "checksum": result.checksum,
        "document": url_for("api.result", partnership_id=partnership.id, which=result.checksum),
        "codebook": url_for("api.codebook", partnership_id=partnership.id, which=result.checksum),
    }


def _answer(content: dict[str, Any] | bytes) -> Response:
    """A JSON answer that a client need not fetch again while its bytes are the same: 304 where it names their ETag."""
    body = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    response = Response(body, mimetype="application/json")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Authorization"
    response.set_etag(checksum(body.decode()))
    response.make_conditional(request)
    return response


def _note(reader: TokenReader, found: Result, file: str, response: Response) -> None:
    """Register what is handed out, and log which token fetched it; a 304 hands out nothing, neither does a HEAD."""
    if response.status_code != 200 or request.method == "HEAD":
        return
    name, subject, token = f"api {file}", f"wave {found.wave_id}", reader.token.prefix
    with written_apart(db.session):
        issue(db.session, found, response.get_data(), name, SOURCE_LANGUAGE)
        audit.record(
            db.session,
            reader.organisation,
            None,
            "results.downloaded",
            subject,
            version=found.version,
            file=name,
            token=token,
        )
