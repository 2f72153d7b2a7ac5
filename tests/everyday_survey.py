"""The survey that the page's budget is set for: 10 statements, 3 background questions, in all 17 languages.

Its texts were translated by machine and reviewed by nobody; they are as long as such texts are.
"""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import (
    BackgroundCategory,
    BackgroundQuestion,
    Exposure,
    Form,
    InitiativeExposure,
    Item,
    PlaceKind,
    Placement,
    Wave,
    Wording,
)
from surveyapp.services.placements import add_placement
from surveyapp.services.waves import open_wave, today_in
from tests.builders import UNREVIEWED, make_world, wording

TEXTS: dict[str, dict[str, str]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
LANGUAGES = list(TEXTS)
LEVEL = ("belonging", "trust", "co_creation", "safety", "proud", "help", "meet", "stay")
ATTRIBUTED = ("dinners_trust", "dinners_proud")
AGES = ("18-29", "30-44", "45-59", "60-74", "75+")
BACKGROUND = {"gender": ("woman", "man", "other"), "household": ("alone", "couple", "family", "single_parent")}


def open_everyday_survey(
    session: Session, days_left: int = 20, languages: Sequence[str] = LANGUAGES, *, synthetic: bool = False
) -> Placement:
    """The survey, open until `days_left` days from now, with one placement; both committed."""
    wave = draft_everyday_survey(session, languages)
    wave.survey.synthetic = synthetic
    placement = add_placement(session, wave, None, "Gården", PlaceKind.COURTYARD)
    open_wave(session, wave, None, wave.opens_on, wave.opens_on + dt.timedelta(days=days_left))
    session.commit()
    return placement


def find_placement(session: Session) -> Placement:
    """The only placement of a database that such a survey was opened in."""
    placement = session.scalars(select(Placement)).one()
    session.commit()
    return placement


def draft_everyday_survey(session: Session, languages: Sequence[str] = LANGUAGES) -> Wave:
    """The survey before it opens."""
    world = make_world(session)
    belonging, today = world.survey.indicators[0], today_in("Europe/Copenhagen")
    wave = Wave(survey=world.survey, number=1, label="År 1", opens_on=today, closes_on=today)
    wave.unreviewed_reasons = dict.fromkeys(languages, UNREVIEWED)
    world.survey.languages = list(languages)
    initiative = world.partnership.initiatives[0]
    initiative.clause = wording(**dict.fromkeys(LANGUAGES, "startede fællesspisning"))
    wave.items = [
        Item(key=key, position=position, form=Form.LEVEL, indicator=belonging, wording=said(key))
        for position, key in enumerate(LEVEL)
    ] + [
        Item(
            key=key,
            position=len(LEVEL) + position,
            form=Form.ATTRIBUTION,
            indicator=belonging,
            initiative=initiative,
            wording=said(key),
        )
        for position, key in enumerate(ATTRIBUTED)
    ]
    wave.exposures = [
        InitiativeExposure(initiative=initiative, exposure=Exposure.KNOWS, position=0, wording=said("knows"))
    ]
    wave.background_questions = [_ages(), *(_question(key, BACKGROUND[key]) for key in BACKGROUND)]
    for position, question in enumerate(wave.background_questions):
        question.position = position
    session.add(wave)
    session.flush()
    return wave


def said(key: str) -> Wording:
    """One of the survey's texts in every language."""
    return wording(**{language: texts[key] for language, texts in TEXTS.items()})


def _ages() -> BackgroundQuestion:
    categories = [
        BackgroundCategory(key=age, position=position, wording=wording(**dict.fromkeys(LANGUAGES, age)))
        for position, age in enumerate(AGES)
    ]
    return BackgroundQuestion(key="age", wording=said("age"), categories=categories)


def _question(key: str, categories: tuple[str, ...]) -> BackgroundQuestion:
    answers = [
        BackgroundCategory(key=category, position=position, wording=said(category))
        for position, category in enumerate(categories)
    ]
    return BackgroundQuestion(key=key, wording=said(key), categories=answers)
