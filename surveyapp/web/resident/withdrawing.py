"""Taking one's answers back, with the receipt."""

from flask import request
from flask.typing import ResponseReturnValue

from surveyapp.db import begin_writing, db
from surveyapp.errors import ReceiptUnknown
from surveyapp.services.codes import normalise
from surveyapp.services.entrances import find_entrance
from surveyapp.services.responses import withdraw_response
from surveyapp.web.guard import public
from surveyapp.web.resident.addresses import blueprint
from surveyapp.web.resident.visit import visit_of, visit_of_any_code


@blueprint.get("/<code:code>/withdraw")
@public
def ask_receipt(code: str) -> ResponseReturnValue:
    """The form for a receipt, while the wave is open."""
    visit = visit_of_any_code(code)
    return visit.answer(visit.page("withdraw"))


@blueprint.post("/<code:code>/withdraw")
@public
def withdraw(code: str) -> ResponseReturnValue:
    """Delete the answers with this receipt; a receipt that isn't found stays in the form."""
    begin_writing(db.session)
    entrance = find_entrance(db.session, code, even_revoked=True)
    visit, typed = visit_of(entrance), request.form.get("receipt", "")
    if not visit.is_open:
        return visit.answer(visit.page("withdraw"), 410)
    try:
        withdraw_response(db.session.connection(), entrance, normalise(typed))
    except ReceiptUnknown:
        _ = visit.sheet.translate
        alert = _("We find no answers with this receipt. Look at the twelve characters again.")
        return visit.answer(visit.page("withdraw", typed=typed[:40], alert=alert), 422)
    db.session.commit()
    return visit.answer(visit.page("withdraw", is_withdrawn=True))
