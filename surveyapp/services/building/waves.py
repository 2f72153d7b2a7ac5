"""A new wave: the baseline from suggested statements or empty, every later one as a copy of the last."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveyapp.canonical import canonical_json, checksum
from surveyapp.content.library import ItemTemplate, library
from surveyapp.errors import WrongState
from surveyapp.models import (
    BackgroundCategory,
    BackgroundQuestion,
    Exposure,
    Form,
    Initiative,
    InitiativeExposure,
    Item,
    Polarity,
    Survey,
    Wave,
    WaveState,
)
from surveyapp.services import audit
from surveyapp.services.building.exposures import ask_about_held
from surveyapp.services.building.trend import has_started
from surveyapp.services.building.writing import Author, check_seen, copied, hold_draft, shipped
from surveyapp.services.partnership_setup import indicator_of


@dataclass(frozen=True)
class WaveFacts:
    """What a wave is called and when it is planned to take answers."""

    label: str
    opens_on: dt.date
    closes_on: dt.date


def draft_of(survey: Survey) -> Wave | None:
    """The wave that is being built, where there is one."""
    return next((wave for wave in survey.waves if wave.state is WaveState.DRAFT), None)


def create_wave(session: Session, survey: Survey, author: Author, facts: WaveFacts, *, suggested: bool = True) -> Wave:
    """The survey's next wave.

    A baseline starts with the library's first level item of each indicator, or empty where not `suggested`. Every
    later wave copies the last one: keys and wordings stay, and the statements about initiatives follow those that
    have started by the day it opens. Raises WrongState while another wave is still a draft.
    """
    session.flush()
    session.refresh(survey, with_for_update=True)
    session.expire_all()
    if draft_of(survey):
        raise WrongState(state=WaveState.DRAFT)
    last = survey.waves[-1] if survey.waves else None
    wave = Wave(survey=survey, number=last.number + 1 if last else 0, unreviewed_reasons={})
    _set(wave, facts)
    session.add(wave)
    session.flush()
    if last:
        _copy(session, last, wave)
    elif suggested:
        _suggest(session, wave)
    session.flush()
    audit.record(session, survey.partnership.lead, author.user, "wave.added", f"wave {wave.id}")
    session.expire(wave)
    return wave


def change_wave(session: Session, wave: Wave, author: Author, facts: WaveFacts, seen: str) -> None:
    """Another name or other dates. Raises WrongState, or ChangedMeanwhile unless it stands as `seen`."""
    hold_draft(session, wave)
    check_seen(seen, wave_version(wave))
    _set(wave, facts)
    session.flush()
    audit.record(session, wave.survey.partnership.lead, author.user, "wave.changed", f"wave {wave.id}")


def wave_version(wave: Wave) -> str:
    """A fingerprint of what the wave's form shows: whoever saves must have seen this one."""
    return checksum(canonical_json([wave.label, wave.opens_on.isoformat(), wave.closes_on.isoformat()]))[:16]


def _set(wave: Wave, facts: WaveFacts) -> None:
    wave.label = " ".join(facts.label.split())
    wave.opens_on, wave.closes_on = facts.opens_on, facts.closes_on


def _suggest(session: Session, wave: Wave) -> None:
    for indicator in wave.survey.indicators:
        template = _first(indicator.key, Form.LEVEL)
        if template:
            wave.items.append(_item(session, wave, template))


def _copy(session: Session, last: Wave, wave: Wave) -> None:
    wave.background_questions = [_copied_question(question) for question in last.background_questions]
    asked = {each.initiative_id: each for each in last.exposures}
    followed = [each for each in wave.survey.partnership.initiatives if has_started(wave, each)]
    wave.items = [_copied_item(item) for item in last.items if item.form is Form.LEVEL]
    session.flush()
    for initiative in followed:
        if initiative.id in asked:
            wave.exposures.append(_copied_exposure(asked[initiative.id], len(wave.exposures)))
            wave.items += [_copied_item(item) for item in last.items if item.initiative_id == initiative.id]
        else:
            _follow(session, wave, initiative)
    session.flush()


def _follow(session: Session, wave: Wave, initiative: Initiative) -> None:
    """Ask about an initiative for the first time, with the first fitting statement of what the survey measures."""
    ask_about_held(session, wave, initiative, Exposure.KNOWS)
    for indicator in wave.survey.indicators:
        template = _first(indicator.key, Form.ATTRIBUTION, Exposure.KNOWS)
        if template:
            wave.items.append(_item(session, wave, template, initiative))
            return


def _first(indicator: str, form: Form, exposure: str = "") -> ItemTemplate | None:
    fitting = (
        item
        for item in library().items.values()
        if item.indicator == indicator and item.form == form and (item.exposure == exposure or not exposure)
    )
    return next(fitting, None)


def _item(session: Session, wave: Wave, template: ItemTemplate, initiative: Initiative | None = None) -> Item:
    return Item(
        key=f"{template.key}_{initiative.key}" if initiative else template.key,
        position=1 + max((item.position for item in wave.items), default=-1),
        form=Form(template.form),
        polarity=Polarity(template.polarity),
        indicator=indicator_of(session, wave.survey.partnership.lead, template.indicator),
        initiative=initiative,
        wording=shipped(template.texts),
    )


def _copied_item(item: Item) -> Item:
    return Item(
        key=item.key,
        position=item.position,
        form=item.form,
        polarity=item.polarity,
        indicator=item.indicator,
        initiative=item.initiative,
        wording=copied(item.wording),
    )


def _copied_exposure(asked: InitiativeExposure, position: int) -> InitiativeExposure:
    return InitiativeExposure(
        initiative=asked.initiative, exposure=asked.exposure, position=position, wording=copied(asked.wording)
    )


def _copied_question(question: BackgroundQuestion) -> BackgroundQuestion:
    return BackgroundQuestion(
        key=question.key,
        position=question.position,
        wording=copied(question.wording),
        categories=[
            BackgroundCategory(key=category.key, position=category.position, wording=copied(category.wording))
            for category in question.categories
        ],
    )
