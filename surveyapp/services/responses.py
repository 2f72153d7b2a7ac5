"""Responses: check one, store one, withdraw one. Counts of visits are kept apart and tied to no response.

A connection is passed in, not a session: there are no objects here, and to make them would take longer than to store.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from surveyapp.content.agreement_scale import CODES
from surveyapp.db import INSERTS
from surveyapp.errors import AnswerOutsideCodes, NothingAnswered, ReceiptUnknown
from surveyapp.models import Exposure, Mode, Placement, PlacementDay, Response, Wave, WaveState
from surveyapp.models.responses import LONGEST_SECONDS
from surveyapp.services.entrances import Entrance
from surveyapp.services.questionnaires import Document

YES, NO, SKIP = "yes", "no", "skip"


@dataclass(frozen=True)
class Given:
    """What somebody chose, as it came in: key → code. Exposure keys are "<initiative key>.<exposure>"."""

    items: Mapping[str, str] = field(default_factory=dict)
    exposures: Mapping[str, str] = field(default_factory=dict)
    background: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """What is stored: codes that the questionnaire allows, nothing that it didn't ask."""

    answers: dict[str, str]
    background: dict[str, str]


def checked_answers(document: Document, given: Given) -> Answers:
    """The answers that count. What the questionnaire doesn't ask is left out, and so are attribution answers
    without a yes to their exposure question.

    Raises AnswerOutsideCodes naming the key of the statement or question, or NothingAnswered without any statement.
    """
    answers = _chosen(given.items, {item["key"]: CODES for item in document["items"]})
    for initiative in document["initiatives"]:
        exposure = exposure_key(initiative)
        exposed = _chosen(given.exposures, {exposure: (YES, NO)})
        answers |= exposed
        asked = {item["key"]: CODES for item in initiative["items"]}
        attributed = _chosen(given.items, asked)
        if exposed.get(exposure) == YES:
            answers |= attributed
    if not answers:
        raise NothingAnswered
    return Answers(answers, _background(document, given.background))


def exposure_key(initiative: Document) -> str:
    """The key under which the answer to an initiative's exposure question is stored."""
    return f"{initiative['key']}.{Exposure(initiative['exposure'])}"


def store_response(
    connection: sa.Connection,
    entrance: Entrance,
    version: int,
    language: str,
    receipt: str,
    seconds: int,
    answers: Answers,
) -> bool:
    """Store one person's answers under their receipt, once: the same receipt again changes nothing.

    Gives whether they are stored now. They aren't when they came after the wave's last day or the code's: the insert
    itself decides that. `seconds` is how long it took, rounded to 10 and capped, 0 where the phone couldn't tell.
    """
    today = entrance.today
    row = {
        "receipt_hash": receipt_hash(receipt),
        "questionnaire_version": version,
        "entrance_id": entrance.placement_id,
        "today": today,
        "mode": entrance.mode,
        "language": language,
        "seconds": min(LONGEST_SECONDS, max(0, round(seconds, -1))),
        "answers": answers.answers,
        "background": answers.background,
    }
    dialect = connection.dialect.name
    if connection.execute(_STORE[dialect], row, execution_options={"preserve_rowcount": True}).rowcount:
        if dialect == "sqlite":  # PostgreSQL has counted in the same statement
            count(connection, entrance.placement_id, today, completed=1)
        return True
    return is_stored(connection, entrance, receipt)


def is_stored(connection: sa.Connection, entrance: Entrance, receipt: str) -> bool:
    """Whether the wave has a response with this receipt."""
    return bool(connection.scalar(sa.select(sa.exists().where(_with_receipt(entrance, receipt)))))


def correct_response(connection: sa.Connection, entrance: Entrance, receipt: str, answers: Answers) -> None:
    """Put other answers in the place of those typed in from paper. Raises ReceiptUnknown where paper left none."""
    typed = _with_receipt(entrance, receipt) & (_RESPONSE.c.mode == Mode.PAPER)
    correction = sa.update(_RESPONSE).where(typed).values(answers=answers.answers, background=answers.background)
    if not connection.execute(correction).rowcount:
        raise ReceiptUnknown


def withdraw_response(connection: sa.Connection, entrance: Entrance, receipt: str) -> None:
    """Delete the answers with this receipt. Raises ReceiptUnknown where the wave has none."""
    mine = _with_receipt(entrance, receipt)
    placement_id = connection.scalar(sa.select(_RESPONSE.c.placement_id).where(mine))
    if placement_id is None:
        raise ReceiptUnknown
    connection.execute(sa.delete(_RESPONSE).where(mine))
    count(connection, placement_id, entrance.today, withdrawn=1)


def count(connection: sa.Connection, placement_id: int, day: dt.date, **more: int) -> None:
    """Add to a placement's counts of one day: opened, not_resident, completed, withdrawn."""
    row = {"placement_id": placement_id, "day": day, **dict.fromkeys(_COUNTS, 0), **more}
    connection.execute(_COUNT[connection.dialect.name], row)


def receipt_hash(receipt: str) -> bytes:
    """What is stored of a receipt: its SHA-256, 32 bytes."""
    return hashlib.sha256(receipt.encode()).digest()


_RESPONSE = cast(sa.Table, Response.__table__)
_DAY = cast(sa.Table, PlacementDay.__table__)
_COUNTS = ("opened", "not_resident", "completed", "withdrawn")


def _count_with(insert: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    added = {name: _DAY.c[name] + insert.excluded[name] for name in _COUNTS}
    return insert.on_conflict_do_update(index_elements=["placement_id", "day"], set_=added)


def _store_with(insert: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    """An insert that finds nothing to insert once the wave doesn't take answers or the code is revoked."""
    given = ("receipt_hash", "questionnaire_version", "mode", "language", "seconds", "answers", "background")
    of_placement = {
        "wave_id": Placement.wave_id,
        "placement_id": Placement.id,
        "place_kind": Placement.kind,
    }
    values = of_placement | {name: sa.bindparam(name, type_=_RESPONSE.c[name].type) for name in given}
    taking_answers = (
        sa.select(*values.values())
        .join(Placement.wave)
        .where(Placement.id == sa.bindparam("entrance_id"), Placement.revoked_on.is_(None))
        .where(Wave.state == WaveState.OPEN, Wave.closes_on >= sa.bindparam("today"))
    )
    return insert.from_select(list(values), taking_answers).on_conflict_do_nothing()


def _counting(store: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    """Store and count in one statement, which spares PostgreSQL a round trip; SQLite, in this process, has none."""
    stored = store.returning(_RESPONSE.c.placement_id).cte("stored")
    day = sa.bindparam("today", type_=_DAY.c.day.type)
    counts = [sa.literal(int(name == "completed")) for name in _COUNTS]
    row = sa.select(stored.c.placement_id, day, *counts)
    adding = postgresql.insert(_DAY).from_select(["placement_id", "day", *_COUNTS], row, include_defaults=False)
    return _count_with(adding).add_cte(stored)


# Made once: to build a statement takes longer than to run it.
_STORE = {
    "sqlite": _store_with(sqlite.insert(_RESPONSE)),
    "postgresql": _counting(_store_with(postgresql.insert(_RESPONSE))),
}
_COUNT = {name: _count_with(insert(_DAY)) for name, insert in INSERTS.items()}


def _with_receipt(entrance: Entrance, receipt: str) -> sa.ColumnElement[bool]:
    return (_RESPONSE.c.wave_id == entrance.wave_id) & (_RESPONSE.c.receipt_hash == receipt_hash(receipt))


def _chosen(given: Mapping[str, str], allowed: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    chosen = {key: given[key] for key in allowed if given.get(key)}
    for key, code in chosen.items():
        if code not in allowed[key]:
            raise AnswerOutsideCodes(statement=key)
    return chosen


def _background(document: Document, given: Mapping[str, str]) -> dict[str, str]:
    asked = {
        question["key"]: (*(category["key"] for category in question["categories"]), SKIP)
        for question in document["background"]
    }
    return {key: code for key, code in _chosen(given, asked).items() if code != SKIP}
