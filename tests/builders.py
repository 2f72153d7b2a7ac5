"""A small world for tests: three organisations, one partnership, one survey with a draft wave."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import (
    Area,
    BackgroundCategory,
    BackgroundQuestion,
    Exposure,
    Form,
    Indicator,
    IndicatorKind,
    Initiative,
    InitiativeExposure,
    Item,
    Margin,
    Membership,
    ObservationKind,
    Organisation,
    Partnership,
    PlaceKind,
    Placement,
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
from surveyapp.services.observations import add_observation
from surveyapp.services.placements import add_placement
from surveyapp.services.waves import open_wave

PASSWORD = "en lang og tosset sætning"
TODAY = dt.date(2026, 11, 21)
UNREVIEWED = "Opdigtet prøve: ingen har gennemgået teksterne."
_fast_hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@dataclass
class World:
    """Everything a test may want to reach by name."""

    lead: Organisation
    member: Organisation
    foreign: Organisation
    partnership: Partnership
    survey: Survey
    wave: Wave


def wording(**texts: str) -> Wording:
    """A wording written in Danish, with machine-made texts in the other languages."""
    made = Wording(source_language="da")
    for language, text in texts.items():
        status = TextStatus.SOURCE if language == "da" else TextStatus.MACHINE
        made.texts[language] = WordingText(language=language, text=text, status=status)
    return made


def user(session: Session, organisation: Organisation, role: Role, email: str) -> User:
    """Somebody with a role in an organisation, who signs in with PASSWORD."""
    person = User(email=email, name=email.split("@")[0], password_hash=_fast_hash)
    person.memberships.append(Membership(organisation=organisation, role=role))
    session.add(person)
    session.flush()
    return person


def make_world(session: Session) -> World:
    """Lead, member and foreign organisation; a partnership in Egeparken; a survey in Danish, English and Arabic.

    Its draft wave asks two level items, one initiative's attribution item and one background question.
    """
    lead = Organisation(slug="egebo", name="Boligforeningen Egebo", short_name="Egebo", contact="12 34 56 78")
    member = Organisation(slug="solsikken", name="Supermarkedet Solsikken", short_name="Solsikken")
    foreign = Organisation(slug="birkebo", name="Boligforeningen Birkebo", short_name="Birkebo")
    area = Area(organisation=lead, name="Egeparken", adults=1_200)
    for position, (category, persons) in enumerate({"18-29": 250, "30-59": 600, "60+": 350}.items()):
        area.margins.append(
            Margin(dimension="age", category=category, position=position, persons=persons, source="test", year=2026)
        )
    partnership = Partnership(lead=lead, area=area, name="Partnerskab Egeparken", members=[member])
    session.add_all([lead, member, foreign, partnership])
    session.flush()
    survey = _survey(lead, partnership)
    wave = make_wave(session, survey, number=0)
    return World(lead, member, foreign, partnership, survey, wave)


def find_world(session: Session) -> World:
    """The world in a database that make_world has written to."""
    lead, member, foreign = session.scalars(select(Organisation).order_by(Organisation.id).limit(3))
    survey = session.scalars(select(Survey).order_by(Survey.id)).first()
    assert survey
    session.commit()
    return World(lead, member, foreign, survey.partnership, survey, survey.waves[0])


def _survey(lead: Organisation, partnership: Partnership) -> Survey:
    names = {"belonging": "Tilhørsforhold", "trust": "Tillid"}
    indicators = [
        Indicator(organisation_id=lead.id, key=key, kind=IndicatorKind.SHARE, names={"da": name, "sv": name, "en": key})
        for key, name in names.items()
    ]
    partnership.targets.append(Target(indicator=indicators[0], kind=TargetKind.AT_LEAST, value=Decimal(85)))
    partnership.initiatives.append(
        Initiative(
            key="dinners",
            partner="Supermarkedet Solsikken",
            started_on=dt.date(2026, 2, 1),
            clause=wording(da="startede fællesspisning", en="started shared dinners", ar="بدأ العشاء المشترك"),
        )
    )
    return Survey(
        partnership=partnership,
        name="Egeparken",
        default_language="da",
        languages=["da", "en", "ar"],
        indicators=indicators,
    )


def make_wave(session: Session, survey: Survey, number: int) -> Wave:
    """A draft wave of the survey, one year after the last, with the same statements."""
    opens_on = dt.date(2026 + number, 11, 1)
    belonging, trust = survey.indicators[:2]
    initiative = survey.partnership.initiatives[0]
    wave = Wave(
        survey=survey,
        number=number,
        label=f"År {number}" if number else "Baseline",
        opens_on=opens_on,
        closes_on=opens_on + dt.timedelta(days=29),
        unreviewed_reasons=dict.fromkeys(survey.languages, UNREVIEWED),
    )
    wave.items = [
        Item(
            key="belonging",
            position=0,
            form=Form.LEVEL,
            indicator=belonging,
            wording=wording(da="Jeg hører til her", en="I belong here", ar="أنتمي إلى هذا المكان"),
        ),
        Item(
            key="trust",
            position=1,
            form=Form.LEVEL,
            indicator=trust,
            wording=wording(da="Jeg stoler på mine naboer", en="I trust my neighbours", ar="أثق بجيراني"),
        ),
        Item(
            key="dinners_trust",
            position=2,
            form=Form.ATTRIBUTION,
            indicator=trust,
            initiative=initiative,
            wording=wording(
                da="Siden {partner} {initiative}, stoler jeg mere på mine naboer",
                en="Since {partner} {initiative}, I trust my neighbours more",
                ar="منذ أن {initiative} ({partner}) صرت أثق بجيراني أكثر",
            ),
        ),
    ]
    wave.exposures = [
        InitiativeExposure(
            initiative=initiative,
            exposure=Exposure.KNOWS,
            position=0,
            wording=wording(
                da="Kender du til, at {partner} {initiative}?",
                en="Do you know that {partner} {initiative}?",
                ar="هل تعرف أن {partner} {initiative}؟",
            ),
        )
    ]
    wave.background_questions = [_age_question()]
    session.add(wave)
    session.flush()
    return wave


def _age_question() -> BackgroundQuestion:
    categories = [
        BackgroundCategory(key=key, position=position, wording=wording(da=key, en=key, ar=key))
        for position, key in enumerate(["18-29", "30-59", "60+"])
    ]
    asked = wording(da="Hvor gammel er du?", en="How old are you?", ar="كم عمرك؟")
    return BackgroundQuestion(key="age", position=0, wording=asked, categories=categories)


def note_earlier_figures(session: Session, world: World, *figures: tuple[int, str]) -> None:
    """Figures for belonging from before there was a survey, each with its source."""
    for number, source in figures:
        add_observation(
            session,
            world.partnership,
            None,
            indicator=world.survey.indicators[0],
            wave=None,
            kind=ObservationKind.EARLIER_FIGURE,
            number=Decimal(number),
            source=source,
        )


def open_with_placement(session: Session, wave: Wave, kind: PlaceKind = PlaceKind.COURTYARD) -> Placement:
    """Open the wave with one placement and give that placement."""
    placement = add_placement(session, wave, None, "Gården", kind)
    open_wave(session, wave, None, TODAY)
    session.commit()
    return placement
