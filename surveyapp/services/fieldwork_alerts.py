"""What a coordinator should look into while a wave is open. It rests on counters and the daily picture alone."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from surveyapp.models import CompositionPicture, Mode, Placement, Wave
from surveyapp.services.composition import LANGUAGE, cells_of
from surveyapp.services.fieldwork import GOAL, Counts, Totals, counts_per_day
from surveyapp.services.placements import places_of
from surveyapp.services.waves import takes_answers

CLOSING_DAYS = 3
QUIET_DAYS = 4
LEAST_IN_A_BURST = 10
TIMES_THE_USUAL = 3
DAYS_TO_COMPARE = 2
ENOUGH_TO_MISS_A_LANGUAGE = 20


class Kind(StrEnum):
    """What there is to look into."""

    CLOSING_SHORT = "closing_short"
    BURST = "burst"
    QUIET = "quiet"
    NEVER_OPENED = "never_opened"
    LANGUAGES = "languages"


QUIET = frozenset({Kind.QUIET, Kind.NEVER_OPENED})


@dataclass(frozen=True)
class Alert:
    """One thing to look into: at a place or in languages; `number` is of days or answers, as the kind needs."""

    kind: Kind
    place: Placement | None = None
    languages: tuple[str, ...] = ()
    number: int = 0
    day: dt.date | None = None


def alerts(wave: Wave, totals: Totals, picture: CompositionPicture | None, today: dt.date) -> list[Alert]:
    """What to look into today, the most pressing first; nothing once the wave takes no answers."""
    if not takes_answers(wave, today):
        return []
    found = [_closing_short(wave, totals, today)]
    for place in places_of(wave):
        if place.revoked_on is None:
            days = counts_per_day(place)
            found += [_burst(place, days, today), _quiet(wave, place, days, today)]
    found.append(_languages(wave, picture))
    return sorted((each for each in found if each), key=lambda each: list(Kind).index(each.kind))


def _closing_short(wave: Wave, totals: Totals, today: dt.date) -> Alert | None:
    left = (wave.closes_on - today).days
    if left > CLOSING_DAYS or totals.responses >= GOAL[0]:
        return None
    return Alert(Kind.CLOSING_SHORT, number=GOAL[0] - totals.responses)


def _burst(place: Placement, days: dict[dt.date, Counts], today: dt.date) -> Alert | None:
    """Many answers today or yesterday, against its other days; a helper or a tablet may gather that many."""
    if place.mode is not Mode.SELF:
        return None
    for day in (today, today - dt.timedelta(days=1)):
        others = [counts.completed for other, counts in days.items() if other != day]
        came = days[day].completed if day in days else 0
        is_known = len(others) >= DAYS_TO_COMPARE
        if is_known and came >= max(LEAST_IN_A_BURST, TIMES_THE_USUAL * sum(others) / len(others)):
            return Alert(Kind.BURST, place, number=came, day=day)
    return None


def _quiet(wave: Wave, place: Placement, days: dict[dt.date, Counts], today: dt.date) -> Alert | None:
    """Nobody has opened its page or answered for some days, though it is meant to be there. Paper is typed in later."""
    first, last = place.starts_on or wave.opens_on, place.ends_on or wave.closes_on
    if place.mode is Mode.PAPER or not first <= today <= last:
        return None
    lively = [day for day, counts in days.items() if counts.opened or counts.completed]
    silent = (today - max([first, *lively])).days
    if silent < QUIET_DAYS:
        return None
    return Alert(Kind.QUIET if lively else Kind.NEVER_OPENED, place, number=silent)


def _languages(wave: Wave, picture: CompositionPicture | None) -> Alert | None:
    """Languages in which next to nobody answers: how few can't be told from the picture."""
    if picture is None or picture.responses < ENOUGH_TO_MISS_A_LANGUAGE:
        return None
    cells = cells_of(picture, LANGUAGE) or {}
    rare = tuple(language for language in wave.survey.languages if language in cells and cells[language].is_small)
    return Alert(Kind.LANGUAGES, languages=rare) if rare else None
