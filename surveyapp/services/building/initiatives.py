"""Initiatives: what a partner does, since when, and the clause that says it in each language."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.canonical import canonical_json, checksum
from surveyapp.errors import InitiativeRefused, NotFound, TextRefused
from surveyapp.models import Initiative, InitiativeExposure, Partnership, Wave, WaveState
from surveyapp.services import audit
from surveyapp.services.building.writing import Author, check_seen, checked, key_from, rewrite, translate, written

NO_SLOTS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class InitiativeFacts:
    """The partner, the day it started, and the clause per language; the first language must have one."""

    partner: str
    started_on: dt.date
    clauses: Mapping[str, str]


def languages_of(partnership: Partnership) -> list[str]:
    """The languages that a clause is needed in; the first is the one it is written in."""
    return list(dict.fromkeys(language for survey in partnership.surveys for language in survey.languages)) or ["da"]


def find_initiative(partnership: Partnership, key: str) -> Initiative:
    """One of the partnership's initiatives. Raises NotFound."""
    for initiative in partnership.initiatives:
        if initiative.key == key:
            return initiative
    raise NotFound


def add_initiative(session: Session, partnership: Partnership, author: Author, facts: InitiativeFacts) -> Initiative:
    """One more initiative. Raises TextRefused, whose details["language"] says where."""
    clauses = _checked(facts.clauses)
    first, *others = languages_of(partnership)
    initiative = Initiative(
        key=key_from(facts.partner, {each.key for each in partnership.initiatives}, "initiative"),
        partner=" ".join(facts.partner.split()),
        started_on=facts.started_on,
        clause=written(session, first, clauses.get(first, ""), author),
    )
    translate(initiative.clause, {code: clauses[code] for code in others if code in clauses}, author)
    partnership.initiatives.append(initiative)
    session.flush()
    audit.record(session, partnership.lead, author.user, "initiative.added", f"initiative {initiative.id}")
    return initiative


def change_initiative(
    session: Session, initiative: Initiative, author: Author, facts: InitiativeFacts, seen: str
) -> None:
    """Other facts, as long as no wave that has begun asks about it.

    Raises InitiativeRefused ("in_use"), ChangedMeanwhile, or TextRefused.
    """
    session.flush()
    session.refresh(initiative, with_for_update=True)
    session.expire_all()
    if is_in_use(session, initiative):
        raise InitiativeRefused(reason="in_use")
    check_seen(seen, initiative_version(initiative))
    clauses = _checked(facts.clauses)
    first, *others = languages_of(initiative.partnership)
    initiative.partner, initiative.started_on = " ".join(facts.partner.split()), facts.started_on
    rewrite(session, initiative.clause, first, clauses.get(first, ""), author)
    translate(initiative.clause, {code: clauses[code] for code in others if code in clauses}, author)
    session.flush()
    partnership = initiative.partnership
    audit.record(session, partnership.lead, author.user, "initiative.changed", f"initiative {initiative.id}")


def initiative_version(initiative: Initiative) -> str:
    """A fingerprint of what the initiative's form shows: whoever saves must have seen this one."""
    texts = {language: text.text for language, text in initiative.clause.texts.items()}
    return checksum(canonical_json([initiative.partner, initiative.started_on.isoformat(), texts]))[:16]


def is_in_use(session: Session, initiative: Initiative) -> bool:
    """Whether a wave that has begun asks about it."""
    asked = (
        select(1)
        .select_from(InitiativeExposure)
        .join(Wave)
        .where(InitiativeExposure.initiative_id == initiative.id, Wave.state != WaveState.DRAFT)
    )
    return session.scalar(asked.limit(1)) is not None


def _checked(clauses: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for language, text in clauses.items():
        try:
            if text.strip():
                found[language] = checked(text, NO_SLOTS)
        except TextRefused as refusal:
            raise TextRefused(**refusal.details, language=language) from refusal
    return found
