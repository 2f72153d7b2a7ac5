"""A measurement's year as five places, and what is next in it."""

import datetime as dt
from enum import StrEnum

from surveyapp.models import Wave, WaveState
from surveyapp.services.questionnaires import gaps_in, unfinished_document
from surveyapp.services.translations.fielding import languages_without_reason
from surveyapp.services.waves import takes_answers


class Stop(StrEnum):
    """The five places of the year."""

    BUILD = "build"
    TRANSLATE = "translate"
    PRINT = "print"
    COLLECT = "collect"
    RESULTS = "results"


class Step(StrEnum):
    """What somebody has to do next, or, in the last one, can look forward to."""

    ADD_STATEMENTS = "add_statements"
    TRANSLATE = "translate"
    REVIEW = "review"
    ADD_PLACEMENTS = "add_placements"
    OPEN = "open"
    COLLECT = "collect"
    CLOSE = "close"
    PUBLISH = "publish"
    READ = "read"


class Progress(StrEnum):
    """Whether a place lies behind, is where we stand, or lies ahead."""

    BEHIND = "behind"
    HERE = "here"
    AHEAD = "ahead"


STOP_OF = {
    Step.ADD_STATEMENTS: Stop.BUILD,
    Step.TRANSLATE: Stop.TRANSLATE,
    Step.REVIEW: Stop.TRANSLATE,
    Step.ADD_PLACEMENTS: Stop.PRINT,
    Step.OPEN: Stop.PRINT,  # whether posters hang is known to nobody but who opens
    Step.COLLECT: Stop.COLLECT,
    Step.CLOSE: Stop.COLLECT,
    Step.PUBLISH: Stop.RESULTS,
    Step.READ: Stop.RESULTS,
}


def next_step(wave: Wave, today: dt.date) -> Step:
    """What is next for this wave."""
    if wave.state is WaveState.DRAFT:
        return _next_for_draft(wave)
    if wave.state is WaveState.OPEN:
        return Step.COLLECT if takes_answers(wave, today) else Step.CLOSE
    return Step.PUBLISH if wave.state is WaveState.CLOSED else Step.READ


def progress(wave: Wave, step: Step) -> dict[Stop, Progress]:
    """Where the wave stands in its year when this is its next step; a published wave has it all behind."""
    here = STOP_OF[step]
    stops = list(Stop)
    if wave.state is WaveState.PUBLISHED:
        return dict.fromkeys(stops, Progress.BEHIND)
    return {stop: _progress(stops.index(stop) - stops.index(here)) for stop in stops}


def days_left(wave: Wave, today: dt.date) -> int:
    """Days after today on which the wave takes answers; 0 on the last one, negative once it has passed."""
    return (wave.closes_on - today).days


def _next_for_draft(wave: Wave) -> Step:
    gaps = gaps_in(unfinished_document(wave))
    if gaps == ["items"]:
        return Step.ADD_STATEMENTS
    if gaps:
        return Step.TRANSLATE
    if languages_without_reason(wave):
        return Step.REVIEW
    return Step.OPEN if wave.placements else Step.ADD_PLACEMENTS


def _progress(distance: int) -> Progress:
    if distance == 0:
        return Progress.HERE
    return Progress.BEHIND if distance < 0 else Progress.AHEAD
