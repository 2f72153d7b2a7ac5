"""The worked example of `make demo`: a partnership with two published waves and a third one open."""

import datetime as dt
import tomllib
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import content
from surveyapp.content.library import SOURCE_LANGUAGE, BackgroundTemplate, Texts, library, texts_of
from surveyapp.models import (
    Area,
    BackgroundCategory,
    BackgroundQuestion,
    Exposure,
    Form,
    IndicatorKind,
    Initiative,
    InitiativeExposure,
    Item,
    Margin,
    ObservationKind,
    Organisation,
    Partnership,
    PlaceKind,
    Polarity,
    Role,
    Survey,
    Target,
    TargetKind,
    TextStatus,
    User,
    Wave,
    Wording,
    WordingText,
)
from surveyapp.services.accounts import create_user
from surveyapp.services.building.writing import Author
from surveyapp.services.example_responses import add_responses
from surveyapp.services.give_back import Said, give_back_version, write_give_back
from surveyapp.services.observations import add_observation
from surveyapp.services.partnership_setup import indicator_of
from surveyapp.services.placements import Households, add_placement, replace_placement
from surveyapp.services.publication import publish_wave, release_results, show_to_residents
from surveyapp.services.translations.fielding import languages_without_review, write_reason
from surveyapp.services.waves import close_wave, open_wave

EMAIL = "koordinator@egebo.example"
FIELDWORK_DAYS = 28
OPEN_SINCE_DAYS = 12
PUBLISHED_AFTER_DAYS = 14


def load_example(session: Session, password: str, today: dt.date) -> Partnership:
    """Build the whole example around `today`. The third wave opened 12 days ago."""
    plan = _plan()
    lead = Organisation(**plan["organisation"])
    session.add(lead)
    session.flush()
    user = create_user(session, EMAIL, "Karin Koordinator", password, lead, Role.ADMIN)
    partnership = _partnership(session, lead, plan)
    survey = _survey(session, partnership, plan)
    last = len(plan["waves"]) - 1
    for number in range(last + 1):
        opens_on = _years_before(today - dt.timedelta(days=OPEN_SINCE_DAYS), last - number)
        wave = _wave(session, survey, number, opens_on, plan)
        _fieldwork(session, wave, user, plan, min(wave.closes_on, today - dt.timedelta(days=1)))
        if number < last:
            _publish(session, wave, user, plan)
    return partnership


def find_example(session: Session) -> Partnership | None:
    """The example's partnership, where it has been loaded."""
    return session.scalar(select(Partnership).join(Partnership.lead).where(Organisation.slug == "egebo"))


def _plan() -> dict[str, Any]:
    return tomllib.loads(Path(content.__file__).with_name("example.toml").read_text(encoding="utf-8"))


def _years_before(day: dt.date, years: int) -> dt.date:
    return day.replace(year=day.year - years, day=min(day.day, 28))


def _partnership(session: Session, lead: Organisation, plan: dict[str, Any]) -> Partnership:
    facts = plan["area"]
    area = Area(organisation=lead, name=facts["name"], adults=facts["adults"])
    year = dt.date.today().year
    for dimension, categories in facts["margins"].items():
        for position, (category, persons) in enumerate(categories.items()):
            area.margins.append(
                Margin(
                    dimension=dimension,
                    category=category,
                    position=position,
                    persons=persons,
                    source=facts["source"],
                    year=year,
                )
            )
    members = [
        Organisation(slug=initiative["slug"], name=initiative["partner"], short_name=initiative["partner"].split()[-1])
        for initiative in plan["initiatives"]
    ]
    partnership = Partnership(lead=lead, area=area, name=plan["partnership"]["name"], members=members)
    session.add(partnership)
    return partnership


def _survey(session: Session, partnership: Partnership, plan: dict[str, Any]) -> Survey:
    facts = plan["partnership"]
    session.flush()
    indicators = [indicator_of(session, partnership.lead, key) for key in facts["indicators"]]
    for indicator in indicators:
        value = Decimal(plan["targets"][indicator.key])
        partnership.targets.append(Target(indicator=indicator, kind=TargetKind.AT_LEAST, value=value))
    survey = Survey(
        partnership=partnership,
        name=facts["survey"],
        default_language="da",
        languages=facts["languages"],
        synthetic=True,
        indicators=indicators,
    )
    session.add(survey)
    return survey


def _wave(session: Session, survey: Survey, number: int, opens_on: dt.date, plan: dict[str, Any]) -> Wave:
    facts = plan["partnership"]
    wave = Wave(
        survey=survey,
        number=number,
        label=plan["waves"][number]["label"],
        opens_on=opens_on,
        closes_on=opens_on + dt.timedelta(days=FIELDWORK_DAYS),
    )
    session.add(wave)
    wave.items = [_item(survey, key, position) for position, key in enumerate(facts["level_items"])]
    wave.background_questions = [
        _background_question(library().background[key], position) for position, key in enumerate(facts["background"])
    ]
    if number == 1:
        _start_initiatives(survey.partnership, opens_on, plan)
    for position, initiative in enumerate(survey.partnership.initiatives):
        _ask_about(wave, initiative, plan["initiatives"][position], position)
    session.flush()
    return wave


def _start_initiatives(partnership: Partnership, year_1: dt.date, plan: dict[str, Any]) -> None:
    """They begin after the baseline, a month apart, half a year before the first follow-up."""
    partnership.initiatives = [
        Initiative(
            key=facts["key"],
            partner=facts["partner"],
            started_on=year_1 - dt.timedelta(days=180 - 30 * position),
            clause=_wording(texts_of(facts["clause"])),
        )
        for position, facts in enumerate(plan["initiatives"])
    ]


def _ask_about(wave: Wave, initiative: Initiative, facts: dict[str, Any], position: int) -> None:
    exposure = Exposure(facts["exposure"])
    wording = _wording(library().exposures[exposure].texts)
    wave.exposures.append(
        InitiativeExposure(initiative=initiative, exposure=exposure, position=position, wording=wording)
    )
    wave.items.append(_item(wave.survey, facts["item"], len(wave.items), initiative))


def _item(survey: Survey, key: str, position: int, initiative: Initiative | None = None) -> Item:
    template = library().items[key]
    indicator = next(known for known in survey.indicators if known.key == template.indicator)
    return Item(
        key=key,
        position=position,
        form=Form(template.form),
        polarity=Polarity(template.polarity),
        indicator=indicator,
        initiative=initiative,
        wording=_wording(template.texts),
    )


def _background_question(template: BackgroundTemplate, position: int) -> BackgroundQuestion:
    categories = [
        BackgroundCategory(key=key, position=place, wording=_wording(texts))
        for place, (key, texts) in enumerate(template.categories.items())
    ]
    return BackgroundQuestion(
        key=template.key, position=position, wording=_wording(template.texts), categories=categories
    )


def _wording(texts: Texts) -> Wording:
    """A library text as a wording of the survey, with the status that it has in the library."""
    wording = Wording(source_language=SOURCE_LANGUAGE)
    for language, text in texts.items():
        wording.texts[language] = WordingText(language=language, text=text.text, status=TextStatus(text.status))
    return wording


def _fieldwork(session: Session, wave: Wave, user: User, plan: dict[str, Any], last_day: dt.date) -> None:
    facts = plan["waves"][wave.number]
    for place in [*plan["placements"], *facts.get("more_placements", [])]:
        shared = Households(place["households"], several_stairwells=True) if "households" in place else None
        add_placement(session, wave, user, place["name"], PlaceKind(place["kind"]), households=shared)
    for language in languages_without_review(wave):
        write_reason(session, wave, user, language, plan["partnership"]["unreviewed_reason"])
    open_wave(session, wave, user, wave.opens_on)
    for name, day in facts.get("replaced", {}).items():
        place = next(placement for placement in wave.placements if placement.name == name)
        replace_placement(session, place, user, wave.opens_on + dt.timedelta(days=day))
    add_responses(session, wave, facts, plan["answering"], last_day)
    session.flush()


def _publish(session: Session, wave: Wave, user: User, plan: dict[str, Any]) -> None:
    close_wave(session, wave, user, wave.closes_on)
    published_on = wave.closes_on + dt.timedelta(days=PUBLISHED_AFTER_DAYS)
    _observe(session, wave, user, plan)
    publish_wave(session, wave, user, published_on)
    _give_back(session, wave, user, plan, published_on)
    release_results(session, wave, user, published_on)
    show_to_residents(session, wave, user, published_on)


def _give_back(session: Session, wave: Wave, user: User, plan: dict[str, Any], today: dt.date) -> None:
    """What the partnership does now, in every language; all but the Danish are machine translations."""
    texts = plan["waves"][wave.number]["give_back"]
    said = {language: Said(text, TextStatus.MACHINE) for language, text in texts.items()}
    author = Author(user, Role.ADMIN.value, today)
    write_give_back(session, wave, author, said, _years_before(wave.opens_on, -1), give_back_version(wave))


def _observe(session: Session, wave: Wave, user: User, plan: dict[str, Any]) -> None:
    """The count of young people in internships, and the guide's comment on each indicator."""
    for indicator in wave.survey.indicators:
        noted = partial(add_observation, session, wave.survey.partnership, user, indicator=indicator, wave=wave)
        if indicator.kind is IndicatorKind.COUNT:
            count = Decimal(plan["waves"][wave.number][indicator.key])
            noted(kind=ObservationKind.COUNT, number=count, source=plan["area"]["source"])
        noted(kind=ObservationKind.COMMENT, text=plan["comments"][indicator.key])
