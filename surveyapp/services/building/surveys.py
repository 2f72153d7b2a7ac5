"""A survey: its name, its languages and what it measures."""

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from surveyapp.canonical import canonical_json, checksum
from surveyapp.content.library import library
from surveyapp.errors import IndicatorInUse
from surveyapp.models import Indicator, Organisation, Partnership, Survey
from surveyapp.services import audit
from surveyapp.services.building.indicators import indicators_of
from surveyapp.services.building.trend import begun_waves
from surveyapp.services.building.writing import Author, check_seen
from surveyapp.services.partnership_setup import SurveyPlan, indicator_of


def create_survey(session: Session, partnership: Partnership, author: Author, plan: SurveyPlan) -> Survey:
    """One more series of measurements in the partnership's area."""
    survey = Survey(partnership=partnership)
    _set(session, survey, plan)
    session.add(survey)
    session.flush()
    audit.record(session, partnership.lead, author.user, "survey.added", f"survey {survey.id}")
    return survey


def change_survey(session: Session, survey: Survey, author: Author, plan: SurveyPlan, seen: str) -> None:
    """Another name, other languages or indicators.

    Raises ChangedMeanwhile unless it stands as `seen`, and IndicatorInUse where an indicator would go that a wave
    has asked about: its figures belong to the series.
    """
    session.flush()
    session.refresh(survey, with_for_update=True)
    session.expire_all()
    check_seen(seen, survey_version(survey))
    lost = used_indicators(survey) - set(plan.indicators)
    if lost:
        raise IndicatorInUse(indicators=sorted(lost))
    _set(session, survey, plan)
    session.flush()
    audit.record(session, survey.partnership.lead, author.user, "survey.changed", f"survey {survey.id}")


def survey_version(survey: Survey) -> str:
    """A fingerprint of what the survey's form shows: whoever saves must have seen this one."""
    indicators = sorted(indicator.key for indicator in survey.indicators)
    content = [survey.name, survey.default_language, sorted(survey.languages), indicators]
    return checksum(canonical_json(content))[:16]


def used_indicators(survey: Survey) -> set[str]:
    """The indicators that a wave of the survey asks about."""
    return {item.indicator.key for wave in survey.waves for item in wave.items}


def default_is_fixed(survey: Survey) -> bool:
    """Whether the first language can't change any more: a wave has been opened in it."""
    return bool(begun_waves(survey))


def offered_indicators(
    session: Session, organisation: Organisation, kept: Collection[Indicator] = ()
) -> dict[str, dict[str, str]]:
    """What a survey of the organisation can measure: key → names. Archived ones only where they are `kept`."""
    own = indicators_of(session, organisation)
    archived = {row.key for row in own if row.archived and row not in kept}
    offered = {key: row.names for key, row in library().indicators.items()} | {row.key: row.names for row in own}
    return {key: names for key, names in offered.items() if key not in archived}


def _set(session: Session, survey: Survey, plan: SurveyPlan) -> None:
    survey.name = " ".join(plan.name.split())
    survey.languages = _in_order(plan)
    survey.default_language = plan.default_language
    owner = survey.partnership.lead
    with session.no_autoflush:
        survey.indicators = [indicator_of(session, owner, key) for key in plan.indicators]


def _in_order(plan: SurveyPlan) -> list[str]:
    """The first language is always one of those that can be chosen, and stands first."""
    others: Sequence[str] = [code for code in plan.languages if code != plan.default_language]
    return [plan.default_language, *others]
