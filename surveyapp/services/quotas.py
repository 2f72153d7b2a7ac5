"""How those who answered compare with the area, margin by margin, as far as yesterday's picture lets on."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from surveyapp import statistics
from surveyapp.models import BackgroundQuestion, CompositionPicture, Margin, PlaceKind, Wave, Wording
from surveyapp.services.composition import NOT_STATED, Cells, Range, cells_of
from surveyapp.services.representativeness import Representativeness, representativeness
from surveyapp.services.results.composition import area_shares
from surveyapp.statistics import MarginCheck

NOTICEABLY_MISSING = 0.05
MOST_NAMED = 3


class Unknown(StrEnum):
    """Why a question's answers can't be held against the area."""

    NO_MARGIN = "no_margin"
    PERSONS_UNKNOWN = "persons_unknown"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Group:
    """One category: how many said it, its share of the area, and how many answers that share calls for.

    `met_at` is the kind of place where most of the group answered, where that may be told.
    """

    key: str
    wording: Wording
    answers: Range | None
    share: float | None
    expected: float | None
    met_at: PlaceKind | None


@dataclass(frozen=True)
class Quota:
    """One background question beside the area's margin.

    `stated` is how many said where they belong, reckoned with the middle of what is hidden; so is `check`.
    """

    question: BackgroundQuestion
    groups: tuple[Group, ...]
    not_stated: Range | None
    stated: int
    check: MarginCheck | None
    word: Representativeness | None
    unknown: Unknown | None
    source: str
    year: int | None


def quotas(wave: Wave, picture: CompositionPicture) -> list[Quota]:
    """Every background question of the wave, in its order, with Holm's adjustment over those that can be checked."""
    margins = {question.key: _margin(wave, question.key) for question in wave.background_questions}
    cells = {key: cells_of(picture, key) for key in margins}
    shares = area_shares(wave.survey.partnership.area, margins)
    checked = {key: found for key, found in cells.items() if found is not None and key in shares}
    checks = statistics.quota_check(
        {key: {each: found[each].middle for each in shares[key] if each in found} for key, found in checked.items()},
        {key: shares[key] for key in checked},
        {key: found[NOT_STATED].middle for key, found in checked.items()},
    )
    return [
        _quota(
            question,
            margins[question.key],
            cells[question.key],
            shares.get(question.key, {}),
            checks.get(question.key),
            picture.met_at.get(question.key, {}),
        )
        for question in wave.background_questions
    ]


def most_missing(found: Iterable[Quota]) -> list[Group]:
    """The groups that lack at least five points of answers against the area for sure, three at most, the worst first.

    Each is a group of one margin: groups of two margins at once would be few people.
    """
    lacking = [
        (group.expected - group.answers.high, group)
        for quota in found
        for group in quota.groups
        if group.answers and group.expected is not None
        if group.expected - group.answers.high >= NOTICEABLY_MISSING * quota.stated
    ]
    return [group for _shortfall, group in sorted(lacking, key=lambda each: -each[0])[:MOST_NAMED]]


def _margin(wave: Wave, dimension: str) -> list[Margin]:
    return [row for row in wave.survey.partnership.area.margins if row.dimension == dimension]


def _quota(
    question: BackgroundQuestion,
    margin: list[Margin],
    cells: Cells | None,
    shares: dict[str, float],
    check: MarginCheck | None,
    met_at: dict[str, str],
) -> Quota:
    stated = check.fit.n if check else 0
    return Quota(
        question=question,
        groups=tuple(
            Group(
                key=category.key,
                wording=category.wording,
                answers=cells[category.key] if cells else None,
                share=shares.get(category.key),
                expected=shares[category.key] * stated if check and category.key in shares else None,
                met_at=PlaceKind(met_at[category.key]) if category.key in met_at else None,
            )
            for category in question.categories
        ),
        not_stated=cells[NOT_STATED] if cells else None,
        stated=stated,
        check=check,
        word=representativeness([check]) if check else None,
        unknown=_unknown(margin, cells, shares),
        source=margin[0].source if margin else "",
        year=margin[0].year if margin else None,
    )


def _unknown(margin: list[Margin], cells: Cells | None, shares: dict[str, float]) -> Unknown | None:
    if cells is None:
        return Unknown.WITHHELD
    if not margin:
        return Unknown.NO_MARGIN
    return None if shares else Unknown.PERSONS_UNKNOWN
