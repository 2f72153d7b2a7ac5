"""Words for what the data calls by keys, in the reader's language."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import Flask
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from surveyapp.i18n import format_number
from surveyapp.models import (
    IndicatorKind,
    Mode,
    Observation,
    ObservationKind,
    PlaceKind,
    Role,
    Target,
    TargetKind,
    TextStatus,
    WaveState,
    Wording,
)
from surveyapp.services.representativeness import Representativeness
from surveyapp.services.translations.strings import StringKind, TextState
from surveyapp.services.year import Progress, Step, Stop
from surveyapp.web.languages import staff_language

SMALLEST_P = 0.001

STATES = {
    WaveState.DRAFT: _("Draft"),
    WaveState.OPEN: _("Open"),
    WaveState.CLOSED: _("Closed"),
    WaveState.PUBLISHED: _("Published"),
}
ROLES = {
    Role.ADMIN: _("Administrator"),
    Role.COORDINATOR: _("Coordinator"),
    Role.TRANSLATOR: _("Translator"),
    Role.READER: _("Reader"),
}
STOPS = {
    Stop.BUILD: _("Build"),
    Stop.TRANSLATE: _("Translate"),
    Stop.PRINT: _("Print"),
    Stop.COLLECT: _("Collect"),
    Stop.RESULTS: _("Results"),
}
PROGRESS = {Progress.BEHIND: _("done"), Progress.HERE: _("here"), Progress.AHEAD: _("later")}
STEPS = {
    Step.ADD_STATEMENTS: _("Add statements"),
    Step.TRANSLATE: _("Fill in the missing texts"),
    Step.REVIEW: _("Have the texts reviewed"),
    Step.ADD_PLACEMENTS: _("Add placements"),
    Step.OPEN: _("Open the measurement"),
    Step.COLLECT: _("Follow the fieldwork"),
    Step.CLOSE: _("Close the measurement"),
    Step.PUBLISH: _("Publish"),
    Step.READ: _("See the results"),
}
PLACE_KINDS = {
    PlaceKind.COURTYARD: _("Courtyard"),
    PlaceKind.LAUNDRY: _("Laundry"),
    PlaceKind.COMMUNITY_HOUSE: _("Community house"),
    PlaceKind.SHOPPING_CENTRE: _("Shopping centre"),
    PlaceKind.SCHOOL: _("School"),
    PlaceKind.LETTER: _("Letter"),
    PlaceKind.EVENT: _("Event"),
    PlaceKind.TABLET: _("Tablet"),
    PlaceKind.PAPER: _("Paper"),
}
MODES = {
    Mode.SELF: _("On one's own phone"),
    Mode.INTERVIEWER: _("With a helper"),
    Mode.KIOSK: _("On a shared tablet"),
    Mode.PAPER: _("On paper"),
}
TEXT_STATUSES = {
    TextStatus.SOURCE: _("written in this language"),
    TextStatus.DRAFT: _("draft"),
    TextStatus.MACHINE: _("machine translation, not reviewed"),
    TextStatus.REVIEWED: _("reviewed"),
}
OBSERVATION_KINDS = {
    ObservationKind.COUNT: _("A count"),
    ObservationKind.TEXT: _("A text"),
    ObservationKind.COMMENT: _("A comment"),
    ObservationKind.EARLIER_FIGURE: _("An earlier figure from elsewhere"),
}
TEXT_STATES = {
    TextState.SOURCE: _("source"),
    TextState.REVIEWED: _("reviewed"),
    TextState.MACHINE: _("machine translation"),
    TextState.DRAFT: _("draft"),
    TextState.STALE: _("out of date"),
    TextState.MISSING: _("missing"),
}
STRING_KINDS = {
    StringKind.ITEM: _("Statement"),
    StringKind.CLAUSE: _("What the partner did"),
    StringKind.EXPOSURE: _("Question about an initiative"),
    StringKind.BACKGROUND: _("Background question"),
    StringKind.CATEGORY: _("Answer to a background question"),
}
CONFIDENCES = {
    "published": _("published"),
    "usage": _("in use elsewhere, not reviewed"),
    "recalled": _("not checked by anybody"),
}
SCALE_SOURCES = {
    "EVS 2017 Danish cards (five steps)": _("European Values Study 2017, Danish cards"),
    "EVS 2017 German cards (five steps)": _("European Values Study 2017, German cards"),
    "ESS 2010/2012 Swedish showcards (five steps)": _("European Social Survey 2010 and 2012, Swedish cards"),
    "ESS source questionnaire": _("European Social Survey, written down from memory"),
    "usage in public software": _("public software"),
    "usage in public software; rest recalled": _("public software, and some from memory"),
    "usage in public software; not relevant and don't know from WVS-6": _("public software and World Values Survey 6"),
    "usage in public software (Croatian); rest recalled": _("public software in Croatian, and some from memory"),
    "usage in public software; midpoint recalled and begins with the word for disagree: review first": _(
        "public software; the middle step is from memory and begins with the word for disagreeing: look at it first"
    ),
    "none found; check the midpoint first": _("no source found; look at the middle step first"),
}
LIBRARY_SOURCES = {
    "written for this library": _("written for this library"),
    "Business2Community guide (AlmenNet, 2024), its example statement with slots": _(
        "the guide Business2Community (AlmenNet, 2024), an example statement"
    ),
    "Business2Community guide (AlmenNet, 2024), its retrospective example": _(
        "the guide Business2Community (AlmenNet, 2024), its example of looking back"
    ),
}
TEXT_GAPS = {"missing": _("missing"), "stale": _("out of date: the source has changed")}
DIMENSIONS = {
    "age": _("Age"),
    "gender": _("Gender"),
    "household": _("Household"),
    "tenure": _("Tenure"),
    "years_here": _("Years in the area"),
}
REPRESENTATIVENESS = {
    Representativeness.FITS: _("fits"),
    Representativeness.SLIGHTLY_SKEWED: _("slightly skewed"),
    Representativeness.SKEWED: _("skewed"),
}
_TABLES: tuple[Mapping[Any, Any], ...] = (
    STATES,
    ROLES,
    STOPS,
    PROGRESS,
    STEPS,
    PLACE_KINDS,
    MODES,
    TEXT_STATUSES,
    OBSERVATION_KINDS,
    REPRESENTATIVENESS,
    TEXT_STATES,
    STRING_KINDS,
)
# By type as well: the keys of different tables may be the same text.
_WORDS = {(type(key), key): words for table in _TABLES for key, words in table.items()}


def init_words(app: Flask) -> None:
    """Give templates these words, as filters and functions."""
    app.jinja_env.filters.update(
        words=words,
        spoken=spoken,
        said=said,
        target=target_words,
        text_status=text_status_words,
        text_state=text_state_words,
        confidence=confidence_words,
        scale_source=scale_source_words,
        library_source=library_source_words,
        observed=observed_words,
        p_value=p_value_words,
        percent=percent_words,
    )
    app.jinja_env.globals.update(days_words=days_words, dimension_words=dimension_words)


def words(key: object) -> str:
    """What a state, role, kind or step is called."""
    return str(_WORDS[type(key), key])


def dimension_words(dimension: str, question: str = "") -> str:
    """What a margin is called; one of the organisation's own is called by its question."""
    return str(DIMENSIONS.get(dimension, question or dimension))


def text_status_words(status: str) -> str:
    """How far a text has come; "missing" and "stale" are statuses too."""
    return str(TEXT_GAPS.get(status) or TEXT_STATUSES[TextStatus(status)])


def text_state_words(state: str) -> str:
    """How far a text has come, in a word or two."""
    return str(TEXT_STATES[TextState(state)])


def confidence_words(confidence: str) -> str:
    """How far the wording of a shipped scale can be trusted."""
    return str(CONFIDENCES[confidence])


def scale_source_words(source: str) -> str:
    """Where the wording of a shipped scale comes from."""
    return str(SCALE_SOURCES[source])


def library_source_words(source: str) -> str:
    """Where a shipped statement comes from."""
    return str(LIBRARY_SOURCES[source])


def spoken(texts: Mapping[str, str]) -> str:
    """A name or definition in the reader's language, else in the first it has."""
    return texts.get(staff_language()) or next(iter(texts.values()), "")


def said(wording: Wording) -> str:
    """A wording in the reader's language, else as it was first written."""
    text = wording.texts.get(staff_language())
    return text.text if text else wording.source_text


def days_words(days: int) -> str:
    """How long a wave is still open."""
    if days < 0:
        return str(gettext("The last day has passed"))
    if days == 0:
        return str(gettext("Today is the last day"))
    return str(ngettext("%(num)d day left", "%(num)d days left", days))


def target_words(target: Target) -> str:
    """A target as one short line: "at least 85 % in 2028"."""
    aim = _aim_words(target)
    return str(gettext("%(target)s in %(year)s", target=aim, year=target.year)) if aim and target.year else aim


def _aim_words(target: Target) -> str:
    if target.kind is TargetKind.INCREASING:
        return str(gettext("rising"))
    if target.kind is TargetKind.DECREASING:
        return str(gettext("falling"))
    if target.kind is TargetKind.NONE or target.value is None:
        return target.text
    unit = "\u00a0%" if target.indicator.kind is IndicatorKind.SHARE else ""
    value, upper = plain_number(target.value) + unit, plain_number(target.upper or target.value) + unit
    words: dict[TargetKind, str] = {
        TargetKind.AT_LEAST: gettext("at least %(value)s", value=value),
        TargetKind.AT_MOST: gettext("at most %(value)s", value=value),
        TargetKind.RANGE: gettext("%(low)s to %(high)s", low=value, high=upper),
        TargetKind.POINT: value,
    }
    return words[target.kind]


def observed_words(observation: Observation) -> str:
    """An observed number with its unit."""
    unit = "\u00a0%" if observation.indicator.kind is IndicatorKind.SHARE else ""
    return "" if observation.number is None else plain_number(observation.number) + unit


def p_value_words(p: float) -> str:
    """A p-value with three decimals, or that it is smaller than they can show."""
    if p < SMALLEST_P:
        return f"p < {format_number(SMALLEST_P, staff_language(), 3)}"
    return f"p = {format_number(p, staff_language(), 3)}"


def percent_words(share: float) -> str:
    """A share as whole percent, without the sign."""
    return format_number(100 * share, staff_language())


def plain_number(number: Decimal) -> str:
    """A number with as many decimals as it has."""
    decimals = max(0, -int(number.normalize().as_tuple().exponent))
    return format_number(float(number), staff_language(), decimals)
