"""Background questions of a draft: from the library or one's own, with their answers, and whether they fit the area."""

import re
from collections.abc import Sequence

from sqlalchemy.orm import Session

from surveyapp.canonical import canonical_json, checksum
from surveyapp.content.library import library
from surveyapp.errors import AlreadyTaken, NotFound, QuestionRefused
from surveyapp.models import BackgroundCategory, BackgroundQuestion, Wave
from surveyapp.services import audit
from surveyapp.services.building.writing import (
    Author,
    check_seen,
    checked,
    hold_draft,
    key_from,
    rewrite,
    shipped,
    text_in,
    written,
)

FEWEST_ANSWERS, MOST_ANSWERS = 2, 12
NO_SLOTS: frozenset[str] = frozenset()
_OWN_ANSWER = re.compile(r"c(\d+)")


def find_question(wave: Wave, key: str) -> BackgroundQuestion:
    """The wave's background question with this key. Raises NotFound."""
    for question in wave.background_questions:
        if question.key == key:
            return question
    raise NotFound


def add_library_question(session: Session, wave: Wave, author: Author, key: str) -> BackgroundQuestion:
    """Ask one of the library's questions. Raises WrongState, NotFound, AlreadyTaken where it is asked already."""
    hold_draft(session, wave)
    if key not in library().background:
        raise NotFound
    template = library().background[key]
    if key in {question.key for question in wave.background_questions}:
        raise AlreadyTaken(field="key")
    categories = [
        BackgroundCategory(key=name, position=place, wording=shipped(texts))
        for place, (name, texts) in enumerate(template.categories.items())
    ]
    question = BackgroundQuestion(key=key, wording=shipped(template.texts), categories=categories)
    return _add(session, wave, author, question)


def add_question(session: Session, wave: Wave, author: Author, text: str, answers: Sequence[str]) -> BackgroundQuestion:
    """Ask something of one's own in the survey's first language. Raises WrongState, TextRefused, QuestionRefused."""
    hold_draft(session, wave)
    language = wave.survey.default_language
    text, answers = checked(text, NO_SLOTS), _checked(answers)
    taken = {each.key for other in wave.survey.waves for each in other.background_questions}
    question = BackgroundQuestion(
        key=key_from(text, taken | set(library().background), "question"),
        wording=written(session, language, text, author),
        categories=[
            BackgroundCategory(key=f"c{place + 1}", position=place, wording=written(session, language, each, author))
            for place, each in enumerate(answers)
        ],
    )
    return _add(session, wave, author, question)


def change_question(
    session: Session, wave: Wave, author: Author, key: str, text: str, answers: Sequence[str], seen: str
) -> BackgroundQuestion:
    """Another text or other answers. An answer that is said as before keeps its key, and with it its margin.

    Raises WrongState, NotFound, ChangedMeanwhile, TextRefused, QuestionRefused.
    """
    hold_draft(session, wave)
    question = find_question(wave, key)
    check_seen(seen, question_version(question))
    language = wave.survey.default_language
    text, answers = checked(text, NO_SLOTS), _checked(answers)
    rewrite(session, question.wording, language, text, author)
    known = {text_in(row.wording, language): row for row in question.categories}
    for said, row in known.items():
        if said not in answers:
            _delete(session, row)
    for place, said in enumerate(answers):
        if said in known:
            known[said].position = place
        else:
            row = BackgroundCategory(key=_free_key(question), position=place)
            row.wording = written(session, language, said, author)
            question.categories.append(row)
            session.flush()
    session.expire(question, ["categories"])
    _note(session, wave, author, "background.changed", key)
    return question


def move_question(session: Session, wave: Wave, author: Author, key: str, by: int) -> None:
    """Ask a question `by` places later, or earlier where it is negative."""
    hold_draft(session, wave)
    questions = list(wave.background_questions)
    place = questions.index(find_question(wave, key))
    questions.insert(max(0, place + by), questions.pop(place))
    for position, question in enumerate(questions):
        question.position = position
    _note(session, wave, author, "background.moved", key)
    session.expire(wave, ["background_questions"])


def remove_question(session: Session, wave: Wave, author: Author, key: str) -> None:
    """Stop asking a question. Raises WrongState, NotFound."""
    hold_draft(session, wave)
    question = find_question(wave, key)
    for category in list(question.categories):
        _delete(session, category)
    session.expire(question, ["categories"])
    _delete(session, question)
    _note(session, wave, author, "background.removed", key)
    session.expire(wave, ["background_questions"])


def answers_of(question: BackgroundQuestion) -> list[str]:
    """Its answers in the survey's first language, in order."""
    language = question.wave.survey.default_language
    return [text_in(category.wording, language) for category in question.categories]


def question_version(question: BackgroundQuestion) -> str:
    """A fingerprint of what the question's form shows: whoever saves must have seen this one."""
    text = text_in(question.wording, question.wave.survey.default_language)
    return checksum(canonical_json([text, answers_of(question)]))[:16]


def _checked(answers: Sequence[str]) -> list[str]:
    found = [checked(answer, NO_SLOTS) for answer in answers if answer.strip()]
    if len(found) < FEWEST_ANSWERS:
        raise QuestionRefused(reason="too_few")
    if len(found) > MOST_ANSWERS:
        raise QuestionRefused(reason="too_many")
    if len({answer.casefold() for answer in found}) < len(found):
        raise QuestionRefused(reason="twice")
    return found


def _free_key(question: BackgroundQuestion) -> str:
    """A key that no answer of this question has had in any wave: a changed answer is never taken for an older one."""
    asked = [
        category.key
        for wave in question.wave.survey.waves
        for each in wave.background_questions
        if each.key == question.key
        for category in each.categories
    ]
    numbers = [int(found[1]) for key in asked if (found := _OWN_ANSWER.fullmatch(key))]
    return f"c{1 + max(numbers, default=0)}"


def _add(session: Session, wave: Wave, author: Author, question: BackgroundQuestion) -> BackgroundQuestion:
    question.position = 1 + max((each.position for each in wave.background_questions), default=-1)
    with session.no_autoflush:
        wave.background_questions.append(question)
    session.flush()
    _note(session, wave, author, "background.added", question.key)
    return question


def _delete(session: Session, part: BackgroundQuestion | BackgroundCategory) -> None:
    wording = part.wording
    session.delete(part)
    session.flush()
    session.delete(wording)
    session.flush()


def _note(session: Session, wave: Wave, author: Author, action: str, key: str) -> None:
    session.flush()
    audit.record(session, wave.survey.partnership.lead, author.user, action, f"wave {wave.id}", key=key)
