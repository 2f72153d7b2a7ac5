"""Typing the code from a poster."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from surveyapp.colours import DEFAULT_ACCENT
from surveyapp.content.agreement_scale import languages
from surveyapp.db import db
from surveyapp.errors import CodeUnknown
from surveyapp.services.codes import is_placement_code, normalise
from surveyapp.services.first_visit import is_first_visit
from surveyapp.web.guard import public
from surveyapp.web.resident.addresses import blueprint
from surveyapp.web.resident.finished_pages import html_answer
from surveyapp.web.resident.language_choice import chosen_language
from surveyapp.web.resident.rendering import render


@blueprint.get("/")
@public
def type_code() -> ResponseReturnValue:
    """The form for a code. A new installation sends its first visitor to set it up."""
    typed = request.args.get("code", "")
    code = normalise(typed)
    if is_placement_code(code):
        return redirect(url_for("resident.questionnaire", code=code, lang=request.args.get("lang")), 303)
    if typed:
        raise CodeUnknown(code=typed)
    if is_first_visit(db.session):
        return redirect(url_for("account.first_visit"), 303)
    language = chosen_language(list(languages()), "da")
    html = render("resident/type_code.html", language, DEFAULT_ACCENT, languages=languages())
    return html_answer(html, 200, DEFAULT_ACCENT)
