"""Where an organisation's ESG report uses the indicators of a partnership: versioned, each with who and when."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.content.esg_standards import Standard
from surveyapp.errors import ChangedMeanwhile, NotFound
from surveyapp.models import EsgMapping, Indicator, Organisation, Partnership, User
from surveyapp.services import audit
from surveyapp.services.observations import indicators_of

FIRST = "0"


@dataclass(frozen=True)
class Choice:
    """What somebody says of an indicator: the requirements that it answers, and words beside the document's own."""

    requirements: tuple[str, ...]
    methodology: str = ""
    limitations: str = ""
    comment: str = ""


def mappings_of(
    session: Session, organisation: Organisation, partnership: Partnership, standard: Standard
) -> dict[str, list[EsgMapping]]:
    """Every version that the organisation has written, the oldest first, by the indicator's key."""
    wanted = (
        select(EsgMapping)
        .where(
            EsgMapping.organisation_id == organisation.id,
            EsgMapping.partnership_id == partnership.id,
            EsgMapping.standard == standard.key,
        )
        .order_by(EsgMapping.id)
        .options(joinedload(EsgMapping.indicator), joinedload(EsgMapping.noted_by))
    )
    found: dict[str, list[EsgMapping]] = {}
    for row in session.scalars(wanted):
        found.setdefault(row.indicator.key, []).append(row)
    return found


def save_mapping(
    session: Session,
    organisation: Organisation,
    partnership: Partnership,
    user: User | None,
    *,
    standard: Standard,
    indicator: Indicator,
    choice: Choice,
    seen: str,
) -> EsgMapping:
    """Write a new version in the place of the one with the id `seen` (FIRST where there was none); earlier ones stay.

    Raises NotFound for an indicator or a requirement that isn't theirs, and ChangedMeanwhile.
    """
    if indicator not in indicators_of(session, partnership) or not set(choice.requirements) <= set(
        standard.requirements
    ):
        raise NotFound
    session.refresh(partnership, with_for_update=True)  # two who save at once do it one after the other
    versions = mappings_of(session, organisation, partnership, standard).get(indicator.key, [])
    if seen != seen_as(versions):
        raise ChangedMeanwhile(theirs=seen_as(versions))
    row = EsgMapping(
        organisation_id=organisation.id,
        partnership_id=partnership.id,
        indicator=indicator,
        standard=standard.key,
        requirements=[key for key in standard.requirements if key in choice.requirements],
        methodology=choice.methodology.strip(),
        limitations=choice.limitations.strip(),
        comment=choice.comment.strip(),
        noted_at=dt.datetime.now(dt.UTC),
        noted_by=user,
    )
    session.add(row)
    session.flush()
    subject = f"partnership {partnership.id}"
    audit.record(session, organisation, user, "esg.saved", subject, standard=standard.key, indicator=indicator.key)
    return row


def seen_as(versions: list[EsgMapping]) -> str:
    """What whoever saves must have seen: the newest version."""
    return str(versions[-1].id) if versions else FIRST
