"""Why a form on paper isn't stored, in words."""

from surveyapp.db import db
from surveyapp.errors import CodeRevoked, DomainError, NothingAnswered, WaveNotTakingAnswers, WrongState
from surveyapp.models import Placement
from surveyapp.services.paper import paper_entrance
from surveyapp.web.translating import gettext as _

NO_LONGER_TAKEN = (WrongState, WaveNotTakingAnswers, CodeRevoked)


def why_not(placement: Placement) -> str:
    """Why no form can be typed in now; empty where one can."""
    try:
        paper_entrance(db.session, placement)
    except NO_LONGER_TAKEN as refusal:
        return refused(refusal)
    return ""


def refused(refusal: DomainError) -> str:
    """Why no form is stored, and what to do."""
    match refusal:
        case WrongState():
            return _("The measurement isn't open yet. Forms can be typed in from the day it opens.")
        case CodeRevoked():
            return _("This placement has been withdrawn. Type the forms in at another paper placement.")
        case _:
            return _(
                "The measurement doesn't take answers any more, so nothing is stored. Reopen it to type in the rest."
            )


def to_mend(refusal: DomainError) -> str:
    """What is wrong with this one form."""
    if isinstance(refusal, NothingAnswered):
        return _("No statement has a cross, so there is nothing to store. Put the form aside, or type it again.")
    return _("The form just stored can't be corrected any more.")
