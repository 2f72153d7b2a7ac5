"""What may be published for a base, and which groups may be shown. The rules themselves, no search.

The thresholds count respondents in a group, not answer cells (Hundepool et al. 2012).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from surveyapp.statistics.checks import is_count
from surveyapp.statistics.status import BadInput

SMALLEST_BASE = 10
FULL_BASE = 30
SMALLEST_SIDE = 3
SMALLEST_FLAGGED_GROUP = 5


class Detail(StrEnum):
    """How much of a figure about a whole wave goes out.

    ``three_groups``: positive, middle, negative in words; no class, no change, no target. ``full``: share, interval,
    change, class and five-step distribution.
    """

    WITHHELD = "withheld"
    THREE_GROUPS = "three_groups"
    FULL = "full"


class Coding(StrEnum):
    """Whether a share goes out as it is, or only that one side holds fewer than three respondents.

    A coded figure has no distribution and no groups either: they would give the count back.
    """

    EXACT = "exact"
    BOTTOM_CODED = "bottom_coded"
    TOP_CODED = "top_coded"


@dataclass(frozen=True, slots=True)
class GroupAnswers:
    """One group's base and positive answers for one indicator.

    With several items ``positive`` is the sum of the respondents' scores.
    """

    n: int
    positive: float


def release_detail(base: int) -> Detail:
    """How much may be published about a whole wave, or about the exposed, with ``base`` valid answers."""
    if not is_count(base):
        raise BadInput(f"A base is a number of answers, not {base}.")
    if base < SMALLEST_BASE:
        return Detail.WITHHELD
    return Detail.FULL if base >= FULL_BASE else Detail.THREE_GROUPS


def share_coding(positive: float, base: int) -> Coding:
    """Whether ``positive`` of ``base`` may be said exactly: fewer than three on a side may not ("under 3 of 41")."""
    _check(GroupAnswers(base, positive))
    if positive < SMALLEST_SIDE:
        return Coding.BOTTOM_CODED
    return Coding.TOP_CODED if base - positive < SMALLEST_SIDE else Coding.EXACT


def may_be_shown(group: GroupAnswers) -> bool:
    """Whether a group's top-two share may be published: ten answers, three on either side."""
    _check(group)
    return group.n >= SMALLEST_BASE and share_coding(group.positive, group.n) == Coding.EXACT


def may_show_without(flagged: int, base: int) -> bool:
    """Whether a figure without ``flagged`` of its ``base`` respondents may stand beside the one with them.

    Subtraction gives the flagged group's answers, so it must hold five, and the rest must still be a base.
    """
    if not (is_count(flagged) and is_count(base) and flagged <= base):
        raise BadInput(f"{flagged} flagged respondents among {base} cannot be.")
    return flagged >= SMALLEST_FLAGGED_GROUP and base - flagged >= SMALLEST_BASE


def merge_small_groups(
    categories: Sequence[str], indicators: Sequence[Sequence[GroupAnswers]]
) -> tuple[tuple[str, ...], ...]:
    """Merge neighbouring ``categories`` of one dimension until every group may be shown for every indicator.

    ``indicators`` holds, per indicator, one :class:`GroupAnswers` per category, in the same order; not stated is a
    category too, so that the groups add up to the whole and subtraction finds nothing. All indicators share one
    grouping, because two overlapping ones would differ by a handful of people. The smallest group that may not be
    shown joins its smaller neighbour. Gives the groups, or none at all: then the dimension is withheld.
    """
    if any(len(indicator) != len(categories) for indicator in indicators) or not indicators:
        raise BadInput("Every indicator needs one entry per category.")
    groups: list[tuple[str, ...]] = [(category,) for category in categories]
    columns = [list(column) for column in zip(*indicators, strict=True)]
    while len(groups) > 1:
        small = [place for place, column in enumerate(columns) if not all(map(may_be_shown, column))]
        if not small:
            return tuple(groups)
        place = min(small, key=lambda place: _size(columns[place]))
        beside = [other for other in (place - 1, place + 1) if 0 <= other < len(groups)]
        first, second = sorted((place, min(beside, key=lambda other: _size(columns[other]))))
        groups[first : second + 1] = [groups[first] + groups[second]]
        columns[first : second + 1] = [
            [_together(one, other) for one, other in zip(columns[first], columns[second], strict=True)]
        ]
    return ()


def _size(column: Sequence[GroupAnswers]) -> int:
    return sum(group.n for group in column)


def _together(one: GroupAnswers, other: GroupAnswers) -> GroupAnswers:
    return GroupAnswers(one.n + other.n, one.positive + other.positive)


def _check(group: GroupAnswers) -> None:
    if not (is_count(group.n) and 0 <= group.positive <= group.n):
        raise BadInput(f"{group.positive} of {group.n} answers cannot be.")
