"""Setting up a partnership around an area: its lead and members, and the survey it will repeat year after year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.canonical import canonical_json, checksum
from surveyapp.content.library import library
from surveyapp.errors import ChangedMeanwhile, NotFound
from surveyapp.models import Area, Indicator, IndicatorKind, Organisation, Partnership, Survey, User
from surveyapp.services import audit
from surveyapp.services.first_visit import suggested_slug


@dataclass(frozen=True)
class SurveyPlan:
    """The series of measurements: in which languages residents are asked, and which library indicators are measured."""

    name: str
    default_language: str
    languages: Sequence[str]
    indicators: Sequence[str]


def create_partnership(
    session: Session,
    lead: Organisation,
    user: User | None,
    *,
    name: str,
    area: Area,
    members: Iterable[str],
    survey: SurveyPlan,
) -> Partnership:
    """A partnership around one of the lead's areas, with its first survey, which has no measurement yet.

    Members are names: an organisation that is known by exactly this name joins, any other is made.
    """
    partnership = Partnership(lead=lead, area=area, name=_tidy(name))
    session.add(partnership)
    partnership.members = organisations_named(session, lead, members)
    partnership.surveys = [
        Survey(
            name=_tidy(survey.name),
            default_language=survey.default_language,
            languages=list(survey.languages),
            indicators=[indicator_of(session, lead, key) for key in survey.indicators],
        )
    ]
    session.flush()
    audit.record(session, lead, user, "partnership.added", f"partnership {partnership.id}")
    return partnership


def change_partnership(
    session: Session,
    partnership: Partnership,
    user: User | None,
    *,
    name: str,
    members: Iterable[str],
    comparison: Partnership | None,
    seen: str,
) -> None:
    """A new name, other members, or another area to compare with.

    Raises ChangedMeanwhile unless it still stands as `seen`, and NotFound for a comparison that isn't one of
    comparisons_for.
    """
    if comparison and comparison not in comparisons_for(session, partnership):
        raise NotFound
    session.refresh(partnership, with_for_update=True)
    if seen != partnership_version(partnership):
        raise ChangedMeanwhile(theirs=partnership_version(partnership))
    partnership.name = _tidy(name)
    partnership.members = organisations_named(session, partnership.lead, members)
    partnership.comparison = comparison
    session.flush()
    audit.record(session, partnership.lead, user, "partnership.changed", f"partnership {partnership.id}")


def comparisons_for(session: Session, partnership: Partnership) -> Sequence[Partnership]:
    """The same lead's partnerships in other areas: their changes can be held against this one's."""
    others = select(Partnership).where(
        Partnership.lead_id == partnership.lead_id, Partnership.area_id != partnership.area_id
    )
    with_area = others.options(joinedload(Partnership.area))
    return session.scalars(with_area.order_by(Partnership.name, Partnership.id)).all()


def partnership_version(partnership: Partnership) -> str:
    """A fingerprint of name, members and comparison: whoever saves must have seen this one."""
    content = [partnership.name, sorted(member.id for member in partnership.members), partnership.comparison_id]
    return checksum(canonical_json(content))[:16]


def organisations_named(session: Session, lead: Organisation, names: Iterable[str]) -> list[Organisation]:
    """The organisations with these names, each once and never the lead itself; those that don't exist are made."""
    found = [_organisation(session, name) for name in dict.fromkeys(map(_tidy, names)) if name]
    return [organisation for organisation in dict.fromkeys(found) if organisation is not lead]


def indicator_of(session: Session, owner: Organisation, key: str) -> Indicator:
    """The organisation's own copy of a library indicator, made the first time it is wanted."""
    own = session.scalar(select(Indicator).where(Indicator.organisation_id == owner.id, Indicator.key == key))
    if own:
        return own
    template = library().indicators[key]
    return Indicator(
        organisation_id=owner.id,
        key=key,
        kind=IndicatorKind(template.kind),
        names=template.names,
        opposites=template.opposites,
        definitions=template.definitions,
        guide_definitions=template.guide_definitions,
    )


def _organisation(session: Session, name: str) -> Organisation:
    known = session.scalar(select(Organisation).where(Organisation.name == name).order_by(Organisation.id).limit(1))
    if known:
        return known
    made = Organisation(slug=_free_slug(session, name), name=name, short_name=name)
    session.add(made)
    session.flush()
    return made


def _free_slug(session: Session, name: str) -> str:
    slug = suggested_slug(name)
    taken = set(session.scalars(select(Organisation.slug).where(Organisation.slug.startswith(slug, autoescape=True))))
    return next(
        each for each in (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))) if each not in taken
    )


def _tidy(name: str) -> str:
    return " ".join(name.split())
