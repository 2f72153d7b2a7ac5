"""Who has answered, as staff may see it before publication: yesterday's picture, with the small counts hidden.

Only protected counts are stored: ranges from which nobody can work out a count under five, not even by subtracting
the rest from the total that everybody sees. What is computed later from the ranges can't give away more than they do.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import CompositionPicture, Mode, Placement, Response, Wave, WaveState
from surveyapp.services.waves import today_in

SMALLEST_SHOWN = 5
NEW_RESPONSES = 5
SMALLEST_GROUP_TO_FIND = 10
LANGUAGE, MODE = "language", "mode"
NOT_STATED = ""
RENEWED_WHILE = frozenset({WaveState.OPEN, WaveState.CLOSED})


@dataclass(frozen=True)
class Range:
    """The lowest and highest count that a cell may have; the same where the count is shown."""

    low: int
    high: int

    @property
    def is_exact(self) -> bool:
        """Whether the count itself is shown."""
        return self.low == self.high

    @property
    def middle(self) -> int:
        """The count to reckon with where the count itself isn't shown."""
        return (self.low + self.high) // 2

    @property
    def is_small(self) -> bool:
        """Whether all that is shown is that there are fewer than five."""
        return self.high < SMALLEST_SHOWN


SMALL = Range(0, SMALLEST_SHOWN - 1)
Cells = dict[str, Range]


def protect(counts: Mapping[str, int], order: Sequence[str]) -> Cells | None:
    """The cells of one dimension, whose total everybody knows, so that no count under five can be worked out.

    Counts under five become "under 5". Where the total minus the rest would still narrow one down, the first cell in
    `order` that isn't small is shown as a range. The order must come from the questionnaire or the area, not from the
    answers, or it would itself tell something. None where even that isn't enough: the dimension is withheld.
    """
    small = [cell for cell, count in counts.items() if count < SMALLEST_SHOWN]
    hidden = sum(counts[cell] for cell in small)
    shown = {cell: SMALL if cell in small else Range(count, count) for cell, count in counts.items()}
    if not small or _stays_hidden(hidden, len(small)):
        return shown
    blurred = next((cell for cell in order if cell in counts and cell not in small), None)
    if blurred is None or hidden + counts[blurred] < _enough_to_blur(len(small)):
        return None
    together = hidden + counts[blurred]
    return shown | {blurred: Range(max(SMALLEST_SHOWN, together - SMALL.high * len(small)), together)}


def _stays_hidden(total: int, cells: int) -> bool:
    """Whether any of so many small cells may still hold none or one and any may hold four, given their sum."""
    return total >= SMALL.high and total - SMALL.high * (cells - 1) <= 1


def _enough_to_blur(cells: int) -> int:
    """The least that so many small cells and a blurred one must hold together for any small one to have four.

    Whoever knows this module knows that nothing is blurred where the sum alone hides the small cells.
    """
    return SMALLEST_SHOWN + max(SMALL.high, SMALL.high * (cells - 1) + 2)


def picture_of(session: Session, wave: Wave) -> CompositionPicture | None:
    """The picture that may be shown; None while fewer than five have answered."""
    picture = session.get(CompositionPicture, wave.id)
    return picture if picture and picture.responses else None


def is_due(session: Session, wave: Wave, today: dt.date) -> bool:
    """Whether nobody has considered a new picture today."""
    picture = session.get(CompositionPicture, wave.id, populate_existing=True)
    return wave.state in RENEWED_WHILE and (picture is None or picture.considered_on < today)


def renew_picture(session: Session, wave: Wave, today: dt.date) -> None:
    """Take the wave's picture again, if five or more have answered since the last one.

    That is considered once a day, whatever comes in later: nobody can wait beside a tablet for the moment when one
    more answer makes it move.
    """
    if not is_due(session, wave, today):
        return
    session.refresh(wave, with_for_update={"key_share": True})  # two at once: the second finds it done
    if not is_due(session, wave, today):
        return
    picture = session.get(CompositionPicture, wave.id)
    if picture is None:
        picture = CompositionPicture(
            wave_id=wave.id, taken_on=today, considered_on=today, responses=0, counts={}, met_at={}
        )
        session.add(picture)
    picture.considered_on = today
    total = session.scalar(select(func.count()).where(Response.wave_id == wave.id)) or 0
    if total - picture.responses >= NEW_RESPONSES:
        picture.taken_on, picture.responses = today, total
        rows = session.execute(_ANSWERED.where(Response.wave_id == wave.id)).all()
        found = dict(_dimensions(wave, rows))
        picture.counts = {
            dimension: cells and {cell: [shown.low, shown.high] for cell, shown in cells.items()}
            for dimension, cells in found.items()
        }
        picture.met_at = {
            question.key: met_at(found[question.key] or {}, _kinds_by_category(question.key, rows))
            for question in wave.background_questions
        }
    session.flush()


def renew_pictures(session: Session, placement_ids: Iterable[int]) -> None:
    """The pictures of these placements' waves. Called when residents open pages, so that a day's picture is taken
    before anybody can have answered on that day.
    """
    for wave in session.scalars(select(Wave).where(Wave.placements.any(Placement.id.in_(placement_ids)))).all():
        renew_picture(session, wave, today_in(wave.survey.partnership.area.time_zone))


def cells_of(picture: CompositionPicture, dimension: str) -> Cells | None:
    """One dimension of the picture; None where it was withheld or isn't in it."""
    stored = picture.counts.get(dimension)
    return None if stored is None else {cell: Range(low, high) for cell, (low, high) in stored.items()}


def met_at(shown: Cells, kinds: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The kind of place at which most of a group answered, for groups that are shown with ten or more.

    It is told only where five or more of the group answered there, and more than at any other kind of place.
    """
    found = {}
    for cell, places in kinds.items():
        if cell == NOT_STATED or cell not in shown or shown[cell].low < SMALLEST_GROUP_TO_FIND:
            continue
        (kind, most), *others = Counter(places).most_common(2)
        if most >= SMALLEST_SHOWN and most > max((count for _kind, count in others), default=0):
            found[cell] = kind
    return found


_ANSWERED = select(Response.language, Response.mode, Response.place_kind, Response.background)


def _kinds_by_category(question: str, rows: Sequence[Any]) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        kinds[row.background.get(question, NOT_STATED)].append(row.place_kind.value)
    return kinds


def _dimensions(wave: Wave, rows: Sequence[Any]) -> Iterable[tuple[str, Cells | None]]:
    languages = [wave.survey.default_language, *wave.survey.languages]
    yield LANGUAGE, protect(_counted(languages, [row.language for row in rows]), languages)
    possible = {Mode.SELF, *(placement.mode for placement in wave.placements)}  # a phone reads every code
    modes = [mode.value for mode in Mode if mode in possible]
    yield MODE, protect(_counted(modes, [row.mode.value for row in rows]), modes)
    for question in wave.background_questions:
        categories = [category.key for category in question.categories]
        stated = [row.background.get(question.key, NOT_STATED) for row in rows]
        order = _by_persons(wave, question.key, categories)
        yield question.key, protect(_counted([*categories, NOT_STATED], stated), order)


def _counted(cells: Sequence[str], values: Sequence[str]) -> dict[str, int]:
    found = Counter(values)
    return {cell: found[cell] for cell in dict.fromkeys([*cells, *found])}


def _by_persons(wave: Wave, dimension: str, categories: Sequence[str]) -> list[str]:
    """The categories with most persons in the area first; without margins, in the order they are asked."""
    margins = wave.survey.partnership.area.margins
    persons = {row.category: row.persons or 0 for row in margins if row.dimension == dimension}
    return sorted(categories, key=lambda category: -persons.get(category, 0))
