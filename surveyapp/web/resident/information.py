"""What a resident may want to know: what happens to the answers, and what came of them."""

from flask.typing import ResponseReturnValue

from surveyapp import i18n
from surveyapp.db import db
from surveyapp.services.give_back import given_back
from surveyapp.web.guard import public
from surveyapp.web.resident.addresses import blueprint
from surveyapp.web.resident.came_back import answers
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
    """What came of the answers, once the partnership shows it; until then thanks, and when it comes."""
    visit = visit_of_any_code(code)
    given = given_back(db.session, visit.entrance.wave_id)
    if given is None:
        return visit.answer(visit.page("results", given=None))
    said, spoken = given.said_in(visit.language)
    page = visit.page(
        "results",
        given=given,
        said=said,
        spoken=spoken,
        next_month=i18n.format_month(given.next_wave_on, visit.language) if given.next_wave_on else "",
        answers=answers(given.document, visit.language),
        count=i18n.format_number(given.document["responses"]["all"], visit.language),
    )
    return visit.answer(page)
