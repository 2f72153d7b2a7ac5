"""What a resident may want to know: what happens to the answers, and what came of them."""

from flask.typing import ResponseReturnValue

from surveyapp.web.guard import public
from surveyapp.web.resident.addresses import blueprint
from surveyapp.web.resident.visit import visit_of_any_code


@blueprint.get("/<code:code>/privacy")
@public
def privacy(code: str) -> ResponseReturnValue:
    """Who asks, what is stored and what isn't, when it is deleted, whom to ask."""
    visit = visit_of_any_code(code)
    return visit.answer(visit.page("privacy"))


@blueprint.get("/<code:code>/results")
@public
def results(code: str) -> ResponseReturnValue:
    """Thanks, and when the results come."""
    visit = visit_of_any_code(code)
    return visit.answer(visit.page("results"))
