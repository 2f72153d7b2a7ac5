"""The questionnaire: shown from memory, and received as one response."""

from dataclasses import replace

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from surveyapp import errors
from surveyapp.db import db, writing
from surveyapp.services.codes import RECEIPT_LENGTH, grouped, is_receipt, new_receipt, normalise
from surveyapp.services.entrances import Entrance, find_entrance
from surveyapp.services.give_back import given_back
from surveyapp.services.responses import NO, YES, Answers, checked_answers, count, store_response
from surveyapp.web.guard import public
from surveyapp.web.resident.addresses import blueprint
from surveyapp.web.resident.finished_pages import NEVER_KEPT, WHILE_ANSWERING, best_encoding, finish
from surveyapp.web.resident.memory import memory
from surveyapp.web.resident.sheet import Sheet, read_given
from surveyapp.web.resident.tokens import read_token
from surveyapp.web.resident.visit import Visit, visit_of

NO_RECEIPT, RECEIPT_GROUP = "0" * RECEIPT_LENGTH, 4
NOT_ANSWERS = frozenset({"page", "receipt", "keep", "change", "part"})
RETURNABLE = "private, no-cache"  # going back finds the page with the same receipt on it, and so makes no second row
REFUSALS: dict[type[errors.DomainError], int] = {
    errors.PageNotOurs: 400,
    errors.LivesHereUnsaid: 422,
    errors.AnswerOutsideCodes: 422,
    errors.NothingAnswered: 422,
}


@blueprint.get("/<code:code>")
@public
def questionnaire(code: str) -> ResponseReturnValue:
    """The questionnaire on one page, the first time or after two seconds; until then FirstViews gives it."""
    entrance = _open_entrance(code)
    visit = visit_of(entrance)
    cache_control = NEVER_KEPT if entrance.is_rehearsal else WHILE_ANSWERING
    pages = memory().page(
        entrance,
        visit.language,
        lambda: finish(visit.page("questionnaire", token=visit.token), visit.accent, cache_control),
    )
    page = pages[best_encoding(request.headers.get("Accept-Encoding", ""))]
    if _is_first_view() and not entrance.is_rehearsal:
        memory().opened.add(entrance.placement_id, entrance.today)
    status, headers, body = page.answer(request.headers.get("If-None-Match", ""))
    return current_app.response_class(body, status, headers)


@blueprint.post("/<code:code>")
@public
def send(code: str) -> ResponseReturnValue:
    """One response, stored durably before the thanks. What can't be used comes back with every answer kept."""
    entrance = memory().last_known_entrance(code)  # the insert itself sees whether the wave still takes answers
    language = ""
    try:
        token = read_token(request.form.get("page", ""), entrance)
        language = token.language
        met = replace(entrance, mode=token.mode)
        return _receive(Visit(met, memory().document(met, token.version), language), token.version)
    except tuple(REFUSALS) as refusal:
        return _refused(visit_of(_open_entrance(code), language), refusal)


@blueprint.errorhandler(errors.WaveNotTakingAnswers)
def closed(refusal: errors.WaveNotTakingAnswers) -> Response:
    """Thanks, and where the results come; whoever just sent answers is told that they weren't counted."""
    db.session.rollback()
    visit = visit_of(memory().entrance(str(refusal.details["code"])))
    is_ready = given_back(db.session, visit.entrance.wave_id) is not None
    return visit.answer(visit.page("closed", came_too_late=request.method == "POST", is_ready=is_ready), 410)


def _open_entrance(code: str) -> Entrance:
    """What the code leads to now. Raises WaveNotTakingAnswers where nobody can answer."""
    entrance = memory().entrance(code)
    entrance.refuse_unless_open()
    return entrance


def _refused(visit: Visit, refusal: errors.DomainError) -> Response:
    page = visit.page("questionnaire", token=visit.token, **_as_sent(), alert=_what_to_do(refusal, visit.sheet))
    return visit.answer(page, REFUSALS[type(refusal)], RETURNABLE)


def _receive(visit: Visit, version: int) -> Response:
    if request.form.get("lives_here") == NO:
        return _only_count(visit)
    if request.form.get("lives_here") != YES:
        raise errors.LivesHereUnsaid
    answers = checked_answers(visit.document, read_given(request.form))
    receipt = normalise(request.form.get("receipt", ""))
    if "change" in request.form or not is_receipt(receipt):
        _open_entrance(visit.entrance.code)
        return _looked_at_again(visit)
    if not visit.entrance.is_rehearsal:
        _store(visit, version, receipt, answers)
    return visit.answer(_thanks(visit, receipt))


def _store(visit: Visit, version: int, receipt: str, answers: Answers) -> None:
    entrance = visit.entrance
    with writing(db.engine) as connection:
        is_stored = store_response(connection, entrance, version, visit.language, receipt, _seconds(), answers)
    if not is_stored:
        find_entrance(db.session, entrance.code)  # a revoked code says so
        raise errors.WaveNotTakingAnswers(code=entrance.code)


def _thanks(visit: Visit, receipt: str) -> str:
    """The thanks with somebody's receipt written into the page that all get."""
    blank = {"receipt": NO_RECEIPT, "receipt_in_groups": grouped(NO_RECEIPT, RECEIPT_GROUP)}
    html = memory().thanks(visit.entrance, visit.language, lambda: visit.page("thanks", **blank))
    if request.form.get("part") == "main":  # the page's script has the rest already
        html = html[html.index("<main") : html.index("</body")]
    return html.replace(NO_RECEIPT, receipt).replace(blank["receipt_in_groups"], grouped(receipt, RECEIPT_GROUP))


def _only_count(visit: Visit) -> Response:
    _open_entrance(visit.entrance.code)
    if not visit.entrance.is_rehearsal:
        with writing(db.engine) as connection:
            count(connection, visit.entrance.placement_id, visit.entrance.today, not_resident=1)
    return visit.answer(visit.page("not_resident"))


def _looked_at_again(visit: Visit) -> Response:
    """The form to change, or the review with a receipt to send it under: that of an earlier review, or a fresh one."""
    if "change" in request.form:
        page = visit.page("questionnaire", token=request.form["page"], **_as_sent())
    else:
        kept = normalise(request.form.get("keep", ""))
        receipt = kept if is_receipt(kept) else new_receipt()
        page = visit.page("review", token=request.form["page"], fields=_fields(), receipt=receipt)
    return visit.answer(page, cache_control=RETURNABLE)


def _what_to_do(refusal: errors.DomainError, sheet: Sheet) -> Markup:
    _ = sheet.translate
    match refusal:
        case errors.PageNotOurs():
            return _("This page has changed since you opened it. Look at your answers and send them again.")
        case errors.LivesHereUnsaid():
            return _("First say whether you live here and are 18.")
        case errors.AnswerOutsideCodes():
            asked = sheet.text_of(str(refusal.details["statement"]))
            return _("One answer did not come through. Choose again: %(statement)s", statement=asked)
        case _:
            return _("You have not answered yet. Choose an answer to at least one statement.")


def _as_sent() -> dict[str, object]:
    """Everything that was sent, for showing it again."""
    return {"fields": _fields(), "keep": request.form.get("keep") or request.form.get("receipt")}


def _fields() -> dict[str, str]:
    return {name: value for name, value in request.form.items() if name not in NOT_ANSWERS}


def _is_first_view() -> bool:
    """Not a change of language, not a page that the phone has already, not a machine asking only for the head."""
    return request.method == "GET" and "lang" not in request.args and "If-None-Match" not in request.headers


def _seconds() -> int:
    """How long the phone says it took; 0 where it can't tell."""
    try:
        return int(request.form.get("seconds", "0")[:9])
    except ValueError:
        return 0
