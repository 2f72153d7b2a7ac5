"""What an organisation measures beside the library's indicators, and what it has stopped measuring."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.content.library import library
from surveyapp.errors import AlreadyTaken, IndicatorInUse, NotFound
from surveyapp.models import (
    Indicator,
    IndicatorKind,
    Item,
    ItemTemplate,
    Observation,
    Organisation,
    Target,
)
from surveyapp.models.surveys import survey_indicator
from surveyapp.services import audit
from surveyapp.services.building.writing import Author, key_from
from surveyapp.services.translations.checks import tidy


def indicators_of(session: Session, organisation: Organisation) -> Sequence[Indicator]:
    """The organisation's indicators: its own, and the library's that it has used."""
    return session.scalars(
        select(Indicator).where(Indicator.organisation_id == organisation.id).order_by(Indicator.id)
    ).all()


def find_indicator(session: Session, organisation: Organisation, key: str) -> Indicator:
    """One of the organisation's indicators. Raises NotFound."""
    for indicator in indicators_of(session, organisation):
        if indicator.key == key:
            return indicator
    raise NotFound


def add_indicator(
    session: Session,
    organisation: Organisation,
    author: Author,
    *,
    names: dict[str, str],
    definitions: dict[str, str],
    kind: IndicatorKind,
) -> Indicator:
    """An indicator of the organisation's own; names and definitions by staff language.

    Raises AlreadyTaken where an indicator is called the same.
    """
    names = {language: tidy(text) for language, text in names.items() if text.strip()}
    known = indicators_of(session, organisation)
    all_names = [row.names for row in known] + [row.names for row in library().indicators.values()]
    if {name.casefold() for name in names.values()} & {name.casefold() for row in all_names for name in row.values()}:
        raise AlreadyTaken(field="name")
    taken = {row.key for row in known} | set(library().indicators)
    indicator = Indicator(
        organisation_id=organisation.id,
        key=key_from(next(iter(names.values())), taken, "indicator"),
        kind=kind,
        names=names,
        definitions={language: tidy(text) for language, text in definitions.items() if text.strip()},
    )
    session.add(indicator)
    session.flush()
    audit.record(session, organisation, author.user, "indicator.added", f"indicator {indicator.id}")
    return indicator


def remove_indicator(session: Session, organisation: Organisation, author: Author, indicator: Indicator) -> None:
    """Forget an indicator that nothing has been asked or noted about. Raises IndicatorInUse otherwise."""
    if is_in_use(session, indicator):
        raise IndicatorInUse(indicators=[indicator.key])
    audit.record(session, organisation, author.user, "indicator.removed", f"indicator {indicator.id}")
    session.execute(survey_indicator.delete().where(survey_indicator.c.indicator_id == indicator.id))
    session.delete(indicator)
    session.flush()


def archive_indicator(
    session: Session, organisation: Organisation, author: Author, indicator: Indicator, *, archived: bool
) -> None:
    """Stop offering an indicator, or offer it again; its results stay where they are."""
    indicator.archived = archived
    action = "indicator.archived" if archived else "indicator.restored"
    audit.record(session, organisation, author.user, action, f"indicator {indicator.id}")
    session.flush()


def is_in_use(session: Session, indicator: Indicator) -> bool:
    """Whether statements, targets or observations hang on it."""
    used_by = (Item, ItemTemplate, Target, Observation)
    return any(
        session.scalar(select(1).select_from(kind).where(kind.indicator_id == indicator.id).limit(1))
        for kind in used_by
    )
