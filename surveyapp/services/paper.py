"""Forms on paper become ordinary responses: the same rules, the same row, mode paper, a receipt that nobody has."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveyapp.errors import WaveNotTakingAnswers, WrongState
from surveyapp.models import Placement, User
from surveyapp.services.entrances import Entrance, find_entrance
from surveyapp.services.paper_batches import EVERY, SecondKeying, add_to_batch, forms_typed
from surveyapp.services.responses import Answers, correct_response, count, is_stored, store_response, withdraw_response


@dataclass(frozen=True)
class PaperForm:
    """One form as it is to be stored: its language, the version printed on it, and what was crossed."""

    language: str
    version: int
    receipt: str
    answers: Answers


def paper_entrance(session: Session, placement: Placement) -> Entrance:
    """Where a paper placement's forms are stored.

    Raises WrongState for a draft, WaveNotTakingAnswers after the last day, CodeRevoked for a withdrawn placement.
    """
    if placement.wave.questionnaire is None:
        raise WrongState(state=placement.wave.state)
    entrance = find_entrance(session, placement.code)
    entrance.refuse_unless_open()
    return entrance


def is_typed(session: Session, entrance: Entrance, receipt: str) -> bool:
    """Whether this very form has been stored: somebody pressed twice, or loaded the page again."""
    return is_stored(session.connection(), entrance, receipt)


def is_due_twice(session: Session, placement: Placement) -> bool:
    """Whether the next form is one of those that are typed in a second time."""
    return (forms_typed(session, placement) + 1) % EVERY == 0


def store_form(
    session: Session, placement: Placement, user: User, form: PaperForm, second: SecondKeying | None = None
) -> None:
    """Store one form, once, and count it in the day's batch. Raises what paper_entrance does."""
    session.refresh(placement, with_for_update=True)  # two who type at once count one after the other
    entrance = paper_entrance(session, placement)
    if is_typed(session, entrance, form.receipt):
        return
    connection = session.connection()
    if not store_response(connection, entrance, form.version, form.language, form.receipt, 0, form.answers):
        raise WaveNotTakingAnswers(code=entrance.code)
    add_to_batch(session, placement, user, form.language, entrance.today, second)


def correct_form(session: Session, placement: Placement, form: PaperForm) -> None:
    """Put other answers in the place of those just stored. Raises ReceiptUnknown, and what paper_entrance does."""
    correct_response(session.connection(), paper_entrance(session, placement), form.receipt, form.answers)


def count_not_resident(session: Session, placement: Placement) -> None:
    """Count a form of somebody who doesn't live here or isn't 18; nothing else of it is kept."""
    entrance = paper_entrance(session, placement)
    count(session.connection(), placement.id, entrance.today, not_resident=1)


def take_back(session: Session, placement: Placement, receipt: str) -> None:
    """Delete the form just stored, which turned out not to count. Raises ReceiptUnknown."""
    withdraw_response(session.connection(), paper_entrance(session, placement), receipt)
    count_not_resident(session, placement)
