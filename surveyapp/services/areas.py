"""Areas, and what is known of who lives there: margins of persons aged 18 or more, each with its source and year."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveyapp.canonical import canonical_json, checksum
from surveyapp.content.library import LibraryText, library
from surveyapp.errors import AreaRefused, ChangedMeanwhile
from surveyapp.models import (
    Area,
    BackgroundQuestion,
    Margin,
    Organisation,
    Partnership,
    Survey,
    User,
    Wave,
    WordingText,
)
from surveyapp.services import audit

TIME_ZONES = (
    "Europe/Copenhagen",
    "Europe/Stockholm",
    "Europe/Oslo",
    "Europe/Helsinki",
    "Atlantic/Faroe",
    "America/Nuuk",
)
MOST_ADULTS = 1_000_000
ANSWERS_PLANNED = 100
FEWEST_EXPECTED = 5
TOLERATED_DIFFERENCE = 0.02

Counts = Sequence[tuple[str, int | None]]  # category → persons; None where the source withholds them


@dataclass(frozen=True)
class AreaFacts:
    """What a coordinator says about an area."""

    name: str
    adults: int
    time_zone: str
    parent_id: int | None = None


@dataclass(frozen=True)
class Category:
    """One category of a dimension, with its words per language."""

    key: str
    texts: dict[str, str]


@dataclass(frozen=True)
class Dimension:
    """What residents may be asked about themselves, and an area may be known by."""

    key: str
    texts: dict[str, str]
    categories: tuple[Category, ...]


class Doubt(StrEnum):
    """What makes a margin weaker than it looks; nothing of it is forbidden."""

    UNKNOWN = "unknown"
    TOO_SMALL = "too_small"
    DIFFERS_FROM_ADULTS = "differs_from_adults"


@dataclass(frozen=True)
class Finding:
    """A doubt, with the categories it is about, or the persons that the margin counts."""

    doubt: Doubt
    categories: tuple[str, ...] = ()
    persons: int = 0


def areas_of(session: Session, organisation: Organisation) -> Sequence[Area]:
    """The organisation's areas by name."""
    wanted = select(Area).where(Area.organisation_id == organisation.id).order_by(Area.name)
    return session.scalars(wanted.options(selectinload(Area.margins))).all()


def add_area(session: Session, organisation: Organisation, user: User | None, facts: AreaFacts) -> Area:
    """A new area. Raises AreaRefused, whose details["field"] says what to change."""
    area = Area(organisation=organisation)
    _set_facts(session, area, facts)
    session.add(area)
    session.flush()
    audit.record(session, organisation, user, "area.added", f"area {area.id}")
    return area


def change_area(session: Session, area: Area, user: User | None, facts: AreaFacts, seen: str) -> None:
    """Change an area that stood as `seen` when its form was opened. Raises AreaRefused or ChangedMeanwhile."""
    _hold(session, area)
    _check_seen(seen, version_of(facts_of(area)))
    _set_facts(session, area, facts)
    session.flush()
    audit.record(session, area.organisation, user, "area.changed", f"area {area.id}")


def facts_of(area: Area) -> AreaFacts:
    """The area as its form shows it."""
    return AreaFacts(area.name, area.adults, area.time_zone, area.parent_id)


def possible_parents(session: Session, organisation: Organisation, area: Area | None) -> list[Area]:
    """The areas that could hold this one: all but itself and those inside it."""
    return [other for other in areas_of(session, organisation) if area is None or not _lies_in(session, other, area)]


def dimensions_of(session: Session, area: Area) -> dict[str, Dimension]:
    """Every dimension the area may be known by: the library's, and what its newest measurements ask.

    The categories are those of the newest question, so that answers and margins can be compared.
    """
    found = {
        key: Dimension(
            key, _texts(row.texts), tuple(Category(name, _texts(texts)) for name, texts in row.categories.items())
        )
        for key, row in library().background.items()
    }
    asked = (
        select(BackgroundQuestion.key, BackgroundQuestion.id)
        .join(Wave)
        .join(Survey)
        .join(Partnership)
        .where(Partnership.area_id == area.id)
        .order_by(Wave.opens_on)
    )
    newest = dict(session.execute(asked).all())
    for question in session.scalars(select(BackgroundQuestion).where(BackgroundQuestion.id.in_(newest.values()))):
        found[question.key] = _dimension(question)
    return found


def margin_of(area: Area, dimension: str) -> list[Margin]:
    """The margin's categories in order; empty where nothing is known."""
    return [margin for margin in area.margins if margin.dimension == dimension]


def save_margin(
    session: Session,
    area: Area,
    user: User | None,
    dimension: str,
    counts: Counts,
    *,
    source: str,
    year: int,
    seen: str,
) -> None:
    """Put a margin in the place of the one that stood as `seen` when its form was opened.

    Raises ChangedMeanwhile, or AreaRefused where nobody is counted or a count is below zero.
    """
    if not any(persons for _category, persons in counts):
        raise AreaRefused(field="persons", reason="nobody")
    if any(persons is not None and persons < 0 for _category, persons in counts):
        raise AreaRefused(field="persons", reason="negative")
    _replace(session, area, dimension, seen)
    area.margins.extend(
        Margin(dimension=dimension, category=category, position=place, persons=persons, source=source, year=year)
        for place, (category, persons) in enumerate(counts)
    )
    session.flush()
    audit.record(session, area.organisation, user, "margin.saved", f"area {area.id}", dimension=dimension)


def remove_margin(session: Session, area: Area, user: User | None, dimension: str, seen: str) -> None:
    """Forget a margin that stood as `seen`. Raises ChangedMeanwhile."""
    _replace(session, area, dimension, seen)
    audit.record(session, area.organisation, user, "margin.removed", f"area {area.id}", dimension=dimension)


def margin_version(area: Area, dimension: str) -> str:
    """A fingerprint of the margin as it stands: whoever saves must have seen this one."""
    rows = [(row.category, row.persons, row.source, row.year) for row in margin_of(area, dimension)]
    return _fingerprint([list(row) for row in rows])


def version_of(facts: AreaFacts) -> str:
    """A fingerprint of the area's own facts."""
    return _fingerprint(asdict(facts))


def findings_in(counts: Counts, adults: int) -> list[Finding]:
    """What a coordinator should know before relying on these counts for an area with so many adults.

    A category that would have fewer than 5 of 100 expected answers is too small; a total more than 2 % from the
    area's adults can't be of the same people; one unknown count keeps the whole margin out of every comparison.
    """
    known = {category: persons for category, persons in counts if persons is not None}
    unknown = tuple(category for category, persons in counts if persons is None)
    if unknown:
        return [Finding(Doubt.UNKNOWN, unknown)]
    total = sum(known.values())
    small = tuple(key for key, persons in known.items() if persons * ANSWERS_PLANNED < FEWEST_EXPECTED * total)
    findings = [Finding(Doubt.TOO_SMALL, small)] if small else []
    if abs(total - adults) > TOLERATED_DIFFERENCE * adults:
        findings.append(Finding(Doubt.DIFFERS_FROM_ADULTS, persons=total))
    return findings


def percentages_of(counts: Counts) -> dict[str, float]:
    """Each category's share of the persons counted, in percent; empty where one of the counts is unknown."""
    known = {category: persons for category, persons in counts if persons is not None}
    total = sum(known.values())
    if len(known) < len(counts) or not total:
        return {}
    return {category: 100 * persons / total for category, persons in known.items()}


def _set_facts(session: Session, area: Area, facts: AreaFacts) -> None:
    name = " ".join(facts.name.split())
    if not name:
        raise AreaRefused(field="name", reason="missing")
    if not 1 <= facts.adults <= MOST_ADULTS:
        raise AreaRefused(field="adults", reason="out_of_range")
    if facts.time_zone not in TIME_ZONES:
        raise AreaRefused(field="time_zone", reason="unknown")
    _check_parent(session, area, facts.parent_id)
    area.name, area.adults, area.time_zone, area.parent_id = name, facts.adults, facts.time_zone, facts.parent_id


def _check_parent(session: Session, area: Area, parent_id: int | None) -> None:
    with session.no_autoflush:
        parent = session.get(Area, parent_id) if parent_id else None
        theirs = parent is not None and parent.organisation_id != (area.organisation_id or area.organisation.id)
        if parent_id and (parent is None or theirs or _lies_in(session, parent, area)):
            raise AreaRefused(field="parent_id", reason="not_possible")


def _lies_in(session: Session, area: Area, outer: Area) -> bool:
    """Whether an area is the outer one, or lies in it at any depth."""
    at: Area | None = area
    while at is not None and at is not outer:
        at = session.get(Area, at.parent_id) if at.parent_id else None
    return at is outer


def _dimension(question: BackgroundQuestion) -> Dimension:
    categories = tuple(Category(row.key, _texts(row.wording.texts)) for row in question.categories)
    return Dimension(question.key, _texts(question.wording.texts), categories)


def _texts(texts: Mapping[str, LibraryText] | Mapping[str, WordingText]) -> dict[str, str]:
    return {language: text.text for language, text in texts.items()}


def _replace(session: Session, area: Area, dimension: str, seen: str) -> None:
    _hold(session, area)
    _check_seen(seen, margin_version(area, dimension))
    for row in margin_of(area, dimension):
        session.delete(row)
    session.flush()
    session.expire(area, ["margins"])


def _hold(session: Session, area: Area) -> None:
    """Read the area afresh and hold it: of two people saving at once, the second sees the first's."""
    session.refresh(area, with_for_update=True)
    session.expire(area, ["margins"])


def _check_seen(seen: str, current: str) -> None:
    if seen != current:
        raise ChangedMeanwhile(theirs=current)


def _fingerprint(content: object) -> str:
    return checksum(canonical_json(content))[:16]
