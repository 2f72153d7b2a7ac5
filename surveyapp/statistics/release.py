"""What may be published for a base, and which groups may be shown. The rules themselves, no search.

The thresholds count respondents in a group, not answer cells (Hundepool et al. 2012).
"""

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


def _check(group: GroupAnswers) -> None:
    if not (is_count(group.n) and 0 <= group.positive <= group.n):
        raise BadInput(f"{group.positive} of {group.n} answers cannot be.")
